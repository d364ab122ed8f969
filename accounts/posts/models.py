"""Posts (*jabatan*), not users, carry power: user, role, area, kind, from a date until another.

Each rests on something that is written down, and the database holds that too: a Lurah's and
a Ketua RT's on the proposal of the office above (Perwali 33/2020 Pasal 5(1)), a Plh.'s on a
letter or the Lurah's own word, all others' on a letter of assignment (Pasal 7, 9, 10).
"""

from __future__ import annotations

from datetime import timedelta
from functools import reduce
from operator import or_
from typing import Any, ClassVar, Self

import pghistory
import pgtrigger
from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Func, Q
from django.db.models.functions import Length
from django.db.models.lookups import Exact

from accounts.areas.guards import LIES_IN_A_LIVING_AREA
from accounts.areas.models import Level
from accounts.rules import PROPOSED_BY, REACH_OF_ROLE, Role
from accounts.scope import ScopedModel, ScopedQuerySet
from wacat.clock import now, today

# Offices that one person holds; of the others an area may have several.
SINGLE_HOLDER = (Role.KETUA_RT, Role.LURAH, Role.CAMAT)
# Offices whose holders sign for another one, each under a title of their own.
OWN_TITLE = (Role.PENANDA_TANGAN,)
# How long a Lurah may let himself be stood in for without a letter.
DELEGATION_DAYS = 14
_AREA_FITS_ROLE = reduce(
    or_,
    (Q(Exact(Length("area"), length), role=role) for role, length in REACH_OF_ROLE.items()),
)
_DAYS = Func("starts", "until", function="daterange")
_RESTS_ON_ITS_OWN_KIND = """
IF NEW.proposal_id IS NOT NULL AND NOT EXISTS (
    SELECT 1 FROM accounts_proposal AS one
    WHERE one.id = NEW.proposal_id AND one.role = NEW.role AND one.kind = NEW.kind
        AND one.area_id = NEW.area_id AND one.status IN ('proposed', 'issued')
) THEN
    RAISE EXCEPTION 'no such proposal for this post' USING ERRCODE = 'check_violation';
END IF;
IF NEW.mandate_id IS NOT NULL AND NEW.role <> 'administrator' AND EXISTS (
    SELECT 1 FROM accounts_mandate AS one WHERE one.id = NEW.mandate_id AND one.kind = 'bootstrap'
) THEN
    RAISE EXCEPTION 'only an administrator is set up' USING ERRCODE = 'check_violation';
END IF;
IF NEW.delegated_by_id IS NOT NULL AND NOT EXISTS (
    SELECT 1 FROM accounts_post AS one
    WHERE one.id = NEW.delegated_by_id AND one.role = NEW.role AND one.area_id = NEW.area_id
) THEN
    RAISE EXCEPTION 'only the holder delegates' USING ERRCODE = 'check_violation';
END IF;
RETURN NEW;
"""


class Mandate(models.Model):
    """An official letter on which a post, a proposal or a change of areas rests.

    ``form_key`` is that of the form which it came with, where that may be sent twice.
    """

    append_only = True

    class Kind(models.TextChoices):
        PROPOSAL = "proposal", "Surat usulan"
        ASSIGNMENT = "assignment", "Surat tugas"
        ACTING = "acting", "Surat penunjukan Plh."
        AREA = "area", "Surat perubahan wilayah"
        BOOTSTRAP = "bootstrap", "Perintah pemasangan"

    kind = models.CharField(max_length=10, choices=Kind)
    number = models.CharField("nomor surat", max_length=80)
    date = models.DateField("tanggal surat")
    issuer = models.CharField("pejabat atau instansi yang menerbitkan", max_length=120)
    scan = models.CharField(max_length=100, blank=True)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    at = models.DateTimeField(default=now)
    form_key = models.UUIDField(null=True)

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(kind="bootstrap") | Q(recorded_by__isnull=False),
                name="mandate_recorded_by_somebody",
            ),
            models.UniqueConstraint(fields=("recorded_by", "form_key"), name="mandate_form_once"),
        )

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.number}"


class PostQuerySet(ScopedQuerySet):
    def today(self) -> Self:
        """Held today; a post ends on the day ``until`` names."""
        return self.on(today())

    def on(self, day: Any) -> Self:
        """Held on *day*."""
        return self.filter(Q(until__isnull=True) | Q(until__gt=day), starts__lte=day)

    def not_over(self) -> Self:
        """Held today or to be held."""
        later = Q(until__gt=today()) & Q(until__gt=F("starts"))
        return self.filter(Q(until__isnull=True) | later)


@pghistory.track()
class Post(ScopedModel):
    """``until`` ends power and is set only by a handover or an explicit end.

    ``term_ends`` (*akhir masa bakti*) only reminds. ``end_note`` says why it was ended.
    ``own_title`` is what somebody is who signs in the Lurah's name: "Sekretaris Lurah".
    """

    class Kind(models.TextChoices):
        DEFINITIF = "definitif", "Definitif"
        PLT = "plt", "Plt."
        PLH = "plh", "Plh."

    class Ending(models.TextChoices):
        HANDOVER = "handover", "Diganti pejabat baru"
        RESIGNED = "resigned", "Menyatakan tidak lagi menjabat"
        ENDED = "ended", "Diakhiri"
        REPLACED = "replaced", "Dinyatakan sudah berganti"
        DELEGATION = "delegation", "Masa Plh. selesai"
        MERGED = "merged", "RT digabung"

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="posts")
    role = models.CharField(max_length=20, choices=Role)
    area = models.ForeignKey("accounts.Area", models.PROTECT, related_name="posts")
    kind = models.CharField(max_length=10, choices=Kind, default=Kind.DEFINITIF)
    own_title = models.CharField("jabatan sendiri", max_length=60, blank=True)
    starts = models.DateField()
    until = models.DateField(null=True)
    term_ends = models.DateField(null=True)
    ending = models.CharField(max_length=10, choices=Ending, blank=True)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    end_note = models.CharField(max_length=300, blank=True)
    proposal = models.OneToOneField(
        "accounts.Proposal", models.PROTECT, null=True, related_name="post"
    )
    mandate = models.ForeignKey(Mandate, models.PROTECT, null=True, related_name="posts")
    delegated_by = models.ForeignKey("self", models.PROTECT, null=True, related_name="delegations")

    objects: ClassVar[Any] = PostQuerySet.as_manager()

    class Meta:
        indexes = (
            models.Index(fields=("kelurahan", "role"), name="post_kelurahan"),
            models.Index(fields=("kecamatan", "role"), name="post_kecamatan"),
        )
        constraints = (
            ExclusionConstraint(
                name="post_one_holder",
                expressions=[
                    ("role", RangeOperators.EQUAL),
                    ("area", RangeOperators.EQUAL),
                    ("kind", RangeOperators.EQUAL),
                    (_DAYS, RangeOperators.OVERLAPS),
                ],
                condition=Q(role__in=SINGLE_HOLDER),
            ),
            ExclusionConstraint(
                name="post_not_twice",
                expressions=[
                    ("user", RangeOperators.EQUAL),
                    ("role", RangeOperators.EQUAL),
                    ("area", RangeOperators.EQUAL),
                    (_DAYS, RangeOperators.OVERLAPS),
                ],
            ),
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gte=F("starts")),
                name="post_in_order",
            ),
            models.CheckConstraint(condition=_AREA_FITS_ROLE, name="post_area_fits_role"),
            models.CheckConstraint(
                condition=(
                    Q(proposal__isnull=False, mandate=None, delegated_by=None)
                    | Q(proposal=None, mandate__isnull=False, delegated_by=None)
                    | Q(proposal=None, mandate=None, delegated_by__isnull=False)
                ),
                name="post_rests_on_one_thing",
            ),
            models.CheckConstraint(
                condition=(
                    ~Q(role__in=tuple(PROPOSED_BY)) | Q(kind="plh") | Q(proposal__isnull=False)
                ),
                name="post_proposed",
            ),
            models.CheckConstraint(
                condition=(
                    Q(delegated_by=None)
                    | Q(
                        role=Role.LURAH,
                        kind="plh",
                        until__isnull=False,
                        until__lte=F("starts") + timedelta(days=DELEGATION_DAYS),
                    )
                ),
                name="post_delegated_briefly",
            ),
            models.CheckConstraint(
                condition=Q(until__isnull=True) | ~Q(ending=""), name="post_end_has_reason"
            ),
            models.CheckConstraint(
                condition=(
                    (Q(role__in=OWN_TITLE) & ~Q(own_title=""))
                    | (~Q(role__in=OWN_TITLE) & Q(own_title=""))
                ),
                name="post_own_title",
            ),
        )
        triggers = (
            LIES_IN_A_LIVING_AREA,
            pgtrigger.Trigger(
                name="rests_on_its_own_kind",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert
                | pgtrigger.UpdateOf(
                    "proposal_id", "mandate_id", "delegated_by_id", "role", "area_id", "kind"
                ),
                func=_RESTS_ON_ITS_OWN_KIND,
            ),
        )

    def __str__(self) -> str:
        return self.label

    @property
    def own_name(self) -> str:
        """As in "Lurah", "Plh. Lurah", "Sekretaris Lurah": not in whose name it is held."""
        acting = "" if self.kind == self.Kind.DEFINITIF else f"{self.get_kind_display()} "
        return f"{acting}{self.own_title or self.get_role_display()}"

    @property
    def title(self) -> str:
        """As in "Lurah", "Plh. Lurah", "Ketua RT", "Sekretaris Lurah, a.n. Lurah"."""
        return f"{self.own_name}{self._in_whose_name}"

    @property
    def place(self) -> str:
        """As in "RT 012, Kel. Sepinggan" or "Kecamatan Balikpapan Selatan"."""
        return place_of(self.area)

    @property
    def label(self) -> str:
        """As in "Ketua RT 012 · Kel. Sepinggan" or "Sekretaris Lurah Sepinggan, a.n. Lurah"."""
        level = self.area.level
        if level == Level.RT:
            return f"{self.title} {self.area.name} · Kel. {self.area.containing.name}"
        if level == Level.KOTA:
            return self.title
        return f"{self.own_name} {self.area.name}{self._in_whose_name}"

    @property
    def _in_whose_name(self) -> str:
        return f", a.n. {Role.LURAH.label}" if self.own_title else ""


def place_of(area: Any) -> str:
    """An area with its kelurahan, as in "RT 012, Kel. Sepinggan". Needs the area's parent."""
    if area.level != Level.RT:
        return area.label
    return f"{area.label}, Kel. {area.containing.name}"
