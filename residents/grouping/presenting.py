"""A line for each person of a group: who, how long, in which state, and what stands against it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from residents.registry.models import Resident
from wacat.words import tanggal

OVERDUE = "Lewat masa tinggal"


@dataclass(frozen=True)
class Line:
    """*words* stand after the name; *notes* under it, as what needs a look."""

    resident: Resident
    words: str
    notes: list[str] = field(default_factory=list)
    is_ticked: bool = True


def lines_of(
    people: Iterable[Resident], notes: dict[int, str] | None = None, ticked: bool = True
) -> list[Line]:
    """The people's lines; *notes* by their keys."""
    said = notes or {}
    return [
        Line(one, _words(one), [said[one.pk]] if one.pk in said else _overdue(one), ticked)
        for one in people
    ]


def _words(one: Resident) -> str:
    relation = one.get_family_relation_display() if one.family_id else ""
    until = f"sampai {tanggal(one.stays_until)}"
    return " · ".join(part for part in (relation, until, one.get_status_display()) if part)


def _overdue(one: Resident) -> list[str]:
    return [OVERDUE] if one.is_overdue else []
