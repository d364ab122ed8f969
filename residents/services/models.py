"""Delivered services, one row for each place that is told of one, and what was said of them."""

from __future__ import annotations

from typing import ClassVar

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import F, Q

from accounts.areas.guards import LIES_IN_A_LIVING_AREA
from accounts.scope import ScopedModel
from residents.services.codes import ANSWERED, Kind, Status
from residents.services.guards import (
    ANONYMISED_IS_BLANK,
    ANSWERED_BY_SOMEBODY,
    PLACED_IS_TOLD,
    STANDS_AS_IT_CAME,
)
from residents.services.queries import ServiceQuerySet
from wacat.clock import now, today
from wacat.sealing.fields import BlindIndexField, SealedTextField
from wacat.workflow import Step

# Only one version of a service is in force.
IN_FORCE = Q(superseded_at=None)
# Nothing is said of a service, or done with it, once retention has erased whose it was.
WHOLE = Q(anonymised_on=None)


# An insert needs no trail of its own: the row names its file and line, and stands as it came.
@pghistory.track(
    pghistory.UpdateEvent(), pghistory.DeleteEvent(), exclude=["kelurahan", "kecamatan"]
)
class Service(ScopedModel):
    """A service that somebody received, as the national system told of it.

    ``area`` is the RT that is told. While none is known for the address (``waiting``) it is the
    kelurahan, where that is certain, else the city; then rows of one ``place_key`` have the same
    address text and are decided together. ``identity`` tells which service it is, ``content``
    whether it has changed (residents.services.identity): a changed one is a new row with the next
    ``version``, and the old one's ``superseded_at`` is set. ``told_on`` is the day of ``told_at``
    in WITA, by which months and figures go. ``file`` and ``row`` say where it came from; without
    a file, ``entered_by`` typed it. ``anonymised_on``: the retention schedule has erased whose it
    was (residents.retention.services); that it was, when and where, stays.
    """

    area = models.ForeignKey("accounts.Area", models.PROTECT, related_name="+", db_index=False)
    status = models.CharField(max_length=10, choices=Status)
    kind = models.PositiveSmallIntegerField("layanan", choices=Kind)
    served_on = models.DateField("tanggal layanan")
    number = SealedTextField("nomor dokumen", place="service.number", blank=True)
    nik = SealedTextField("NIK", place="service.nik", blank=True)
    nik_index = BlindIndexField(source="nik", purpose="nik")
    no_kk = SealedTextField("nomor KK", place="service.no_kk", blank=True)
    full_name = models.CharField("nama lengkap", max_length=120)
    address = models.CharField("alamat", max_length=200, blank=True)
    rt_text = models.CharField("RT menurut data", max_length=40, blank=True)
    kelurahan_text = models.CharField("kelurahan menurut data", max_length=60, blank=True)
    other_place = models.CharField("asal atau tujuan", max_length=200, blank=True)
    detail = models.CharField("keterangan", max_length=200, blank=True)
    place_key = models.UUIDField(null=True)
    identity = models.UUIDField()
    content = models.UUIDField()
    version = models.PositiveSmallIntegerField(default=1)
    superseded_at = models.DateTimeField(null=True)
    told_at = models.DateTimeField(null=True)
    told_on = models.DateField("diberitahukan", null=True)
    answered_at = models.DateTimeField(null=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False
    )
    file = models.ForeignKey(
        "residents.FeedFile", models.PROTECT, null=True, related_name="services", db_index=False
    )
    row = models.PositiveIntegerField(null=True)
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", db_index=False
    )
    entered_at = models.DateTimeField(default=now)
    anonymised_on = models.DateField(null=True)

    objects: ClassVar = ServiceQuerySet.as_manager()

    class Meta:
        triggers = (LIES_IN_A_LIVING_AREA, STANDS_AS_IT_CAME)
        indexes = (
            # The orders in which lists are walked, for an RT, a kelurahan and the city.
            models.Index(
                F("area"),
                F("told_on").desc(),
                F("id").desc(),
                condition=IN_FORCE,
                name="service_of_rt",
            ),
            models.Index(
                F("kelurahan"),
                F("told_on").desc(),
                F("id").desc(),
                condition=IN_FORCE,
                name="service_of_kelurahan",
            ),
            models.Index(
                F("told_on").desc(), F("id").desc(), condition=IN_FORCE, name="service_latest"
            ),
            models.Index(
                F("kind"),
                F("told_on").desc(),
                F("id").desc(),
                condition=IN_FORCE,
                name="service_of_kind",
            ),
            models.Index(
                fields=("area", "told_on"),
                condition=IN_FORCE & WHOLE & Q(status=Status.TOLD),
                name="service_unanswered",
            ),
            models.Index(
                fields=("kelurahan", "place_key"),
                condition=IN_FORCE & WHOLE & Q(status__in=(Status.WAITING, Status.ASIDE)),
                name="service_unplaced",
            ),
            models.Index(
                fields=("nik_index",), condition=Q(nik_index__isnull=False), name="service_nik"
            ),
            models.Index(
                fields=("file", "row"), condition=Q(file__isnull=False), name="service_file_row"
            ),
            models.Index(fields=("entered_at",), condition=WHOLE, name="service_to_anonymise"),
        )
        constraints = (
            models.UniqueConstraint(
                fields=("identity",), condition=IN_FORCE, name="service_in_force_once"
            ),
            models.UniqueConstraint(fields=("identity", "version"), name="service_version_once"),
            models.CheckConstraint(
                condition=Q(file__isnull=True, row__isnull=True)
                | Q(file__isnull=False, row__isnull=False),
                name="service_row_of_a_file",
            ),
            PLACED_IS_TOLD,
            ANSWERED_BY_SOMEBODY,
            ANONYMISED_IS_BLANK,
        )

    @property
    def is_alive(self) -> bool:
        """Something may still be said of it."""
        return self.superseded_at is None and self.anonymised_on is None

    @property
    def is_answered(self) -> bool:
        """The RT has said whether it is true. Silence is no answer."""
        return self.status in ANSWERED


class ServiceStep(Step):
    """One transition of a service. That it was told stands on the service itself."""

    subject = models.ForeignKey(Service, models.CASCADE, related_name="steps")


class ServiceReceipt(models.Model):
    """That somebody who answers for the place has seen the service: told on its page.

    No entry of the trail, which would be nothing else before long.
    """

    append_only = True

    service = models.ForeignKey(Service, models.CASCADE, related_name="receipts")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", db_index=False
    )
    seen_at = models.DateTimeField(default=now)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("service", "user"), name="service_seen_once"),
        )


class ServiceDigest(models.Model):
    """That those who answer for an RT were told of its services in one message.

    With ``TOLD`` of those made known on ``day``; with ``UNANSWERED`` of all that nobody had
    answered when the month that begins with ``day`` had come. ``on`` is when, ``count`` how many.
    """

    append_only = True

    class Kind(models.TextChoices):
        TOLD = "told", "Data layanan baru"
        UNANSWERED = "unanswered", "Belum dikonfirmasi"

    area = models.ForeignKey("accounts.Area", models.PROTECT, related_name="+", db_index=False)
    kind = models.CharField(max_length=10, choices=Kind)
    day = models.DateField()
    on = models.DateField(default=today)
    count = models.PositiveIntegerField()

    class Meta:
        indexes = (models.Index(fields=("on",), name="service_digest_on"),)
        constraints = (
            models.UniqueConstraint(fields=("day", "area", "kind"), name="service_digest_once"),
        )
