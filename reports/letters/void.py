"""Issued letters of people whose record never counts: by it they do not live there.

A returned report is mended and reported again, and a cancelled registration has counted: neither
makes a letter void. Derived, so that a letter is no longer among these once the record counts.
"""

from __future__ import annotations

from typing import Any

from django.db.models import Exists, OuterRef, Q

from reports.letters.models import Letter, LetterSubject, Status
from residents.registry.models import Resident
from residents.registry.spans import Placement
from residents.registry.states import Status as Registered
from wacat.clock import today

TO_REVOKE = ("to_revoke", "Perlu dicabut")  # of lists, by ?status=
_WHY = {
    Registered.HELD: "Laporan {} ditahan.",
    Registered.MERGED: "Catatan {} digabung dengan catatan lain.",
    Registered.DISCARDED: "Catatan {} dibuang.",
}
_NEVER_COUNTING = tuple(_WHY)


def to_revoke(letters: Any) -> Any:
    """Those of *letters* that are valid though the record of one of their people never counts."""
    valid = letters.filter(status=Status.ISSUED, valid_until__gte=today())
    return valid.filter(pk__in=_void(LetterSubject.objects.all()).values("letter"))


def reasons_to_revoke(letter: Letter) -> list[str]:
    """What became of its people's records; nothing where the letter is right, or not valid."""
    if letter.status != Status.ISSUED or letter.is_expired:
        return []
    void = _void(LetterSubject.objects.filter(letter=letter)).values_list("resident", flat=True)
    found = set(void)
    lines = zip(letter.lines.all(), letter.names, strict=True)
    return [_why(line.resident, name) for line, name in lines if line.resident_id in found]


def _why(resident: Resident, name: str) -> str:
    return _WHY[Registered(resident.status)].format(name)


def _void(lines: Any) -> Any:
    """Those whose record never counts; one merged into another of that very place is no loss.

    Asked for as an alternative: a plain NOT EXISTS would be joined, and might be joined badly.
    """
    kept = Placement.objects.lived().filter(
        resident=OuterRef("resident__merged_into"), area=OuterRef("letter__area")
    )
    holds_true = Exists(kept.exclude(resident__status__in=_NEVER_COUNTING))
    gone = Q(resident__status__in=(Registered.HELD, Registered.DISCARDED))
    return lines.filter(gone | Q(resident__status=Registered.MERGED) & ~holds_true)
