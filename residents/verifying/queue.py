"""What waits for the operator: reports with nothing to look at, and those with something."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet
from django.http import Http404

from accounts.areas.models import Area, Level
from accounts.cards import counted
from accounts.login.models import User
from accounts.rules import Action
from residents.registry.cautions import NO_NIK, number_warnings
from residents.registry.models import Resident
from residents.registry.queries import ResidentQuerySet
from residents.registry.states import Status
from residents.verifying.claims import CLAIMS
from residents.verifying.models import Claim

PLAIN, ODD = Q(cautions=[]), ~Q(cautions=[])
# What a line shows. Sealed columns cost their opening, so they come only where they are looked at.
_SHOWN = (
    "full_name",
    "birth_date",
    "reported_at",
    "cautions",
    "area__level",
    "area__name",
    "area__parent__level",
    "area__parent__name",
)
_LOOKED_AT = ("nik", "no_kk", "sex", "no_nik_reason")


@dataclass(frozen=True)
class Waiting:
    """A line of the list. ``claim`` is somebody's who is at it now."""

    resident: Resident
    cautions: list[str]
    claim: Claim | None


class Queue:
    """The reports that *user* may judge, narrowed to ``?wilayah=``.

    Raises Http404 for an area that is none of theirs.
    """

    def __init__(self, user: User, query: Mapping[str, Any]) -> None:
        levels = (Level.KECAMATAN, Level.KELURAHAN)
        areas = Area.objects.visible_to(user, Action.RESIDENT_JUDGE).filter(level__in=levels)
        self.user, self.areas = user, list(areas)
        self.area = query.get("wilayah", "")
        if self.area and self.area not in {area.code for area in self.areas}:
            raise Http404

    @property
    def grouped(self) -> list[tuple[Area, list[Area]]]:
        """Each kecamatan with its kelurahan, for the choice."""
        upper = [area for area in self.areas if area.level == Level.KECAMATAN]
        return [(one, [area for area in self.areas if area.parent_id == one.code]) for one in upper]

    @property
    def rows(self) -> ResidentQuerySet:
        """All that the user may judge, in whatever state."""
        found: ResidentQuerySet = Resident.objects.visible_to(self.user, Action.RESIDENT_JUDGE)
        return found.under((self.area,)) if self.area else found

    def plain(self) -> ResidentQuerySet:
        """Reported, without cautions."""
        return self.rows.filter(PLAIN, status=Status.REPORTED)

    def odd(self) -> ResidentQuerySet:
        """Reported, with something to look at."""
        return self.rows.filter(ODD, status=Status.REPORTED)

    def counts(self) -> dict[str, int]:
        """How many are ``plain``, ``odd`` and ``held``, at most so many as ``counted`` counts."""
        return counted({"plain": self.plain(), "odd": self.odd(), "held": self.held()})

    def held(self) -> ResidentQuerySet:
        """Held back because of another record: the twins' room judges them."""
        return self.rows.filter(status=Status.HELD)


def for_lines(rows: QuerySet[Any], odd: bool) -> QuerySet[Any]:
    """*rows* with what their lines show, no more."""
    columns = (*_SHOWN, *_LOOKED_AT) if odd else _SHOWN
    return rows.select_related("area__parent").only(*columns)


def lines_of(user: User, residents: Iterable[Resident]) -> tuple[list[Waiting], list[Claim]]:
    """The residents with what there is to see about them, and all that *user* is at.

    By one query.
    """
    rows = list(residents)
    either = Q(subject__in=[row.pk for row in rows]) | Q(operator=user)
    claims = CLAIMS.living().filter(either).select_related("operator", "subject").order_by("until")
    claims = list(claims.only("until", "operator__full_name", "subject__full_name"))
    by_resident = {claim.subject_id: claim for claim in claims}
    lines = [Waiting(row, cautions_in_words(row), by_resident.get(row.pk)) for row in rows]
    return lines, [claim for claim in claims if claim.operator_id == user.pk]


def cautions_in_words(resident: Resident) -> list[str]:
    """What somebody should look at, as sentences."""
    if not resident.cautions:
        return []
    words = [one.text for one in number_warnings(resident)]
    if NO_NIK in resident.cautions:
        reason = resident.get_no_nik_reason_display() or "belum ada alasannya"
        words.append(f"Tanpa NIK: {reason}.")
    return words
