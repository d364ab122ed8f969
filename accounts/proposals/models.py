"""Proposals: a Camat supplies a Lurah's data, a Lurah a Ketua RT's (Perwali 33/2020 Pasal 5(1))."""

from __future__ import annotations

from typing import Any, ClassVar, Self

import pghistory
import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q

from accounts.areas.guards import LIES_IN_A_LIVING_AREA
from accounts.posts.models import Mandate, Post
from accounts.rules import PROPOSED_BY, Role
from accounts.scope import ScopedModel, ScopedQuerySet
from wacat.clock import now
from wacat.workflow import Step


class Status(models.TextChoices):
    PROPOSED = "proposed", "Diusulkan"
    RETURNED = "returned", "Dikembalikan"
    ISSUED = "issued", "Diterbitkan"
    WITHDRAWN = "withdrawn", "Ditarik"


OPEN = (Status.PROPOSED, Status.RETURNED)
_FROM_THE_RIGHT_OFFICE = """
IF NOT EXISTS (
    SELECT 1 FROM accounts_post AS one
    WHERE one.id = NEW.by_post_id AND one.user_id = NEW.proposed_by_id AND (
        (one.role = 'camat' AND NEW.role = 'lurah' AND left(NEW.area_id, 8) = one.area_id)
        OR (one.role = 'lurah' AND NEW.role = 'ketua_rt' AND left(NEW.area_id, 13) = one.area_id)
        OR (one.role = 'administrator' AND NEW.mandate_id IS NOT NULL)
    )
) THEN
    RAISE EXCEPTION 'not proposed by the office above' USING ERRCODE = 'check_violation';
END IF;
RETURN NEW;
"""


class ProposalQuerySet(ScopedQuerySet):
    def open(self) -> Self:
        """Neither issued nor withdrawn."""
        return self.filter(status__in=OPEN)


@pghistory.track()
class Proposal(ScopedModel):
    """Somebody proposed for an office: from whom, with which contacts, on which decree.

    ``starts`` is the day on which the office is to change hands. ``user`` is the account that
    was issued, or one that the person holds already.
    """

    area = models.ForeignKey("accounts.Area", models.PROTECT, related_name="proposals")
    status = models.CharField(max_length=10, choices=Status, default=Status.PROPOSED)
    role = models.CharField(max_length=20, choices=[(r.value, r.label) for r in Role])
    kind = models.CharField(max_length=10, choices=Post.Kind, default=Post.Kind.DEFINITIF)
    full_name = models.CharField("nama lengkap", max_length=120)
    email = models.EmailField("surel aktif", blank=True)
    phone = models.CharField("telepon aktif", max_length=20)
    rank = models.CharField("pangkat", max_length=60, blank=True)
    nip = models.CharField("NIP", max_length=18, blank=True)
    decree_number = models.CharField("nomor SK", max_length=80)
    decree_date = models.DateField("tanggal SK")
    starts = models.DateField("mulai menjabat")
    term_ends = models.DateField("akhir masa bakti", null=True, blank=True)
    proposed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    by_post = models.ForeignKey(Post, models.PROTECT, related_name="+")
    mandate = models.ForeignKey(Mandate, models.PROTECT, null=True, related_name="proposals")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="proposals"
    )
    at = models.DateTimeField(default=now)
    form_key = models.UUIDField()

    objects: ClassVar[Any] = ProposalQuerySet.as_manager()

    class Meta:
        indexes = (
            models.Index(fields=("kelurahan", "-id"), name="proposal_kelurahan"),
            models.Index(fields=("kecamatan", "-id"), name="proposal_kecamatan"),
            models.Index(fields=("status", "-id"), name="proposal_status"),
        )
        constraints = (
            models.UniqueConstraint(
                fields=("role", "area", "kind"),
                condition=Q(status__in=OPEN),
                name="proposal_one_open",
            ),
            models.UniqueConstraint(
                fields=("proposed_by", "form_key", "area"), name="proposal_form_once"
            ),
            models.CheckConstraint(
                condition=Q(role__in=tuple(PROPOSED_BY)), name="proposal_of_an_office_below"
            ),
            models.CheckConstraint(
                condition=~Q(kind=Post.Kind.PLH), name="proposal_of_no_day_holder"
            ),
            models.CheckConstraint(
                condition=Q(term_ends=None) | Q(term_ends__gt=F("starts")),
                name="proposal_term_in_order",
            ),
            models.CheckConstraint(
                condition=~Q(status=Status.ISSUED) | Q(user__isnull=False),
                name="proposal_issued_has_user",
            ),
        )
        triggers = (
            LIES_IN_A_LIVING_AREA,
            pgtrigger.Trigger(
                name="from_the_right_office",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert
                | pgtrigger.UpdateOf(
                    "by_post_id", "proposed_by_id", "role", "area_id", "mandate_id"
                ),
                func=_FROM_THE_RIGHT_OFFICE,
            ),
            pgtrigger.Protect(
                name="issued_is_final",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__status="issued"),
            ),
        )

    def __str__(self) -> str:
        return f"Usulan {self.get_role_display()}"

    @property
    def title(self) -> str:
        """As in "Ketua RT" or "Plt. Lurah"."""
        acting = "" if self.kind == Post.Kind.DEFINITIF else f"{self.get_kind_display()} "
        return f"{acting}{self.get_role_display()}"


class ProposalStep(Step):
    subject = models.ForeignKey(Proposal, models.PROTECT, related_name="steps")


@pghistory.track(exclude=["file"])
class ProposalList(ScopedModel):
    """An uploaded list of proposals, read and shown; its good rows are proposed when confirmed.

    ``file`` names the sealed rows as they were read (JSON), ``digest`` the SHA-256 of what was
    uploaded.
    """

    area = models.ForeignKey("accounts.Area", models.PROTECT, related_name="+")
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    by_post = models.ForeignKey(Post, models.PROTECT, related_name="+")
    mandate = models.ForeignKey(Mandate, models.PROTECT, null=True, related_name="+")
    digest = models.CharField(max_length=64)
    file = models.CharField(max_length=100)
    accepted = models.PositiveIntegerField()
    rejected = models.PositiveIntegerField()
    at = models.DateTimeField(default=now)
    confirmed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("digest", "area"),
                condition=Q(confirmed_at__isnull=False),
                name="proposal_list_confirmed_once",
            ),
        )
