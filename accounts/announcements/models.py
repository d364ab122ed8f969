"""Announcements to the users of some offices in some areas (Perwali 33/2020 Pasal 8b)."""

# pgtrigger is typed in part only.
# mypy: allow-untyped-calls

from __future__ import annotations

from typing import Any, ClassVar, Self

import pghistory
import pgtrigger
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Exists, F, OuterRef, Q

from accounts.announcements.codes import Status
from accounts.areas.models import CITY_CODE
from accounts.scope import KECAMATAN, KELURAHAN, ScopedModel, ScopedQuerySet
from wacat.clock import now, today
from wacat.workflow import Step

# What was published is what was read: it is withdrawn, and written anew.
_STANDS = ("title", "text", "roles", "areas", "starts", "until", "is_important")
_STANDS_AS_PUBLISHED = f"""
IF OLD.status <> 'draft' AND ROW({", ".join(f"OLD.{one}" for one in _STANDS)})
    IS DISTINCT FROM ROW({", ".join(f"NEW.{one}" for one in _STANDS)}) THEN
    RAISE EXCEPTION 'a published announcement stands' USING ERRCODE = 'check_violation';
END IF;
RETURN NEW;
"""


class AnnouncementQuerySet(ScopedQuerySet):
    def addressed_to(self, user: Any) -> Self:
        """Those that name the role and the area of one of the user's posts of today."""
        named = Q(pk__in=[])
        for post in user.todays_posts:
            code = post.area_id
            above = {code, code[:KELURAHAN], code[:KECAMATAN], CITY_CODE}
            named |= Q(roles__contains=[post.role], areas__overlap=sorted(above))
        return self.filter(named)

    def published(self) -> Self:
        return self.filter(status=Status.PUBLISHED)

    def current(self) -> Self:
        """Published, and today is one of their days."""
        return self.published().filter(starts__lte=today(), until__gte=today())

    def marked(self, user: Any) -> Self:
        """With ``is_read``: whether the user has opened it."""
        marks = ReadMark.objects.filter(announcement=OuterRef("pk"), user=user.pk)
        return self.annotate(is_read=Exists(marks))


@pghistory.track(exclude=["kelurahan", "kecamatan"])
class Announcement(ScopedModel):
    """Told from ``starts`` to ``until``, both included, to holders of ``roles`` in ``areas``.

    An area is the city's code, a kecamatan's or a kelurahan's. ``area`` is that of the
    administrator's post. ``told_at``: when its readers were sent a word, of important ones.
    """

    status = models.CharField(max_length=10, choices=Status, default=Status.DRAFT)
    title = models.CharField("judul", max_length=120)
    text = models.TextField("isi", max_length=4000)
    roles = ArrayField(models.CharField(max_length=20), verbose_name="untuk peran")
    areas = ArrayField(models.CharField(max_length=KELURAHAN), verbose_name="untuk wilayah")
    is_important = models.BooleanField("penting", default=False)
    starts = models.DateField("mulai")
    until = models.DateField("sampai")
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    written_at = models.DateTimeField("waktu ditulis", default=now)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    published_at = models.DateTimeField("waktu terbit", null=True)
    published_on = models.DateField("tanggal terbit", null=True)
    told_at = models.DateTimeField("waktu diberitahukan", null=True)
    form_key = models.UUIDField("kunci formulir")

    objects: ClassVar = AnnouncementQuerySet.as_manager()

    class Meta:
        indexes = (
            models.Index(
                fields=("published_on", "id"),
                condition=Q(status=Status.PUBLISHED),
                name="announcement_published",
            ),
        )
        constraints = (
            models.UniqueConstraint(
                fields=("written_by", "form_key"), name="announcement_form_once"
            ),
            models.CheckConstraint(
                condition=Q(until__gte=F("starts")), name="announcement_in_order"
            ),
            models.CheckConstraint(
                condition=Q(roles__len__gt=0, areas__len__gt=0), name="announcement_to_somebody"
            ),
            models.CheckConstraint(
                condition=~Q(status__in=(Status.PUBLISHED, Status.WITHDRAWN))
                | Q(published_at__isnull=False, published_on__isnull=False)
                & Q(published_by__isnull=False),
                name="announcement_published_by_somebody",
            ),
        )
        triggers = (
            pgtrigger.Trigger(
                name="announcement_stands_as_published",
                when=pgtrigger.Before,
                operation=pgtrigger.UpdateOf(*_STANDS),
                func=_STANDS_AS_PUBLISHED,
            ),
        )

    @property
    def is_current(self) -> bool:
        return self.status == Status.PUBLISHED and self.starts <= today() <= self.until


class AnnouncementStep(Step):
    """One transition of an announcement."""

    subject = models.ForeignKey(Announcement, models.PROTECT, related_name="steps")


class ReadMark(models.Model):
    """That somebody has opened an announcement, and when first."""

    append_only = True

    announcement = models.ForeignKey(
        Announcement, models.PROTECT, related_name="marks", db_index=False
    )
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=now)

    class Meta:
        indexes = (models.Index(fields=("at", "id"), name="read_mark_latest"),)
        constraints = (
            models.UniqueConstraint(fields=("announcement", "user"), name="read_mark_once"),
        )
