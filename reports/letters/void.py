"""Issued letters of people whose record does not count any more: they never lived there.

Derived, so that a letter is no longer among these when its people's records count again.
"""

from __future__ import annotations

from typing import Any

from django.db.models import Exists, OuterRef, Q

from reports.letters.models import Letter, LetterSubject, Status
from residents.registry.codes import EndReason
from residents.registry.models import Resident
from residents.registry.spans import Placement
from residents.registry.states import COUNTED
from residents.registry.states import Status as Registered
from wacat.clock import today

TO_REVOKE = ("to_revoke", "Perlu dicabut")  # of lists, by ?status=
_UNCOUNTED = tuple(one for one in Registered if one not in COUNTED)
_WHY = {
    Registered.DRAFT: "Laporan {} belum dikirim.",
    Registered.RETURNED: "Laporan {} dikembalikan.",
    Registered.HELD: "Laporan {} ditahan.",
    Registered.MERGED: "Catatan {} digabung dengan catatan lain.",
    Registered.DISCARDED: "Catatan {} dibuang.",
    Registered.ENDED: "Pendaftaran {} dibatalkan.",
}


def to_revoke(letters: Any) -> Any:
    """Those of *letters* that are valid though one of their people does not count."""
    valid = letters.filter(status=Status.ISSUED, valid_until__gte=today())
    return valid.filter(Exists(_void(LetterSubject.objects.filter(letter=OuterRef("pk")))))


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
    """Those of people who never counted there; a record merged into one that did is no loss."""
    cancelled = Q(resident__end_reason=EndReason.CANCELLED)
    kept = Placement.objects.known().filter(
        resident=OuterRef("resident__merged_into"), area=OuterRef("letter__area")
    )
    counted = Exists(kept.exclude(resident__end_reason=EndReason.CANCELLED))
    return lines.filter(Q(resident__status__in=_UNCOUNTED) | cancelled).filter(~counted)
