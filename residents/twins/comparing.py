"""Two records side by side, what differs marked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from residents.registry.models import Resident
from residents.registry.presenting import summary_of
from wacat.words import tanggal, waktu

Facts = dict[str, str]  # by their labels
_ALWAYS = ("Keadaan", "Nama lengkap", "NIK", "Tempat, tanggal lahir", "RT", "Alamat tinggal")


@dataclass(frozen=True)
class Line:
    """One fact of both records, in words; ``is_same`` of what these mask, too."""

    label: str
    first: str
    second: str
    is_same: bool

    @property
    def differs(self) -> bool:
        """Both tell of it, and not the same."""
        return not self.is_missing and not self.is_same

    @property
    def is_missing(self) -> bool:
        """One of them says nothing about it."""
        return not (self.first and self.second)


@dataclass(frozen=True)
class Comparison:
    """Who and where, and whatever differs or is missing; apart from these what is the same."""

    shown: list[Line]
    alike: list[Line]


def compare(first: Resident, second: Resident) -> Comparison:
    """Every fact that either record tells, NIK and No. KK masked; areas and lodgings at hand."""
    left, right = _facts(first), _facts(second)
    labels = [*left, *(label for label in right if label not in left)]
    whole = [_facts(one, revealed=True) for one in (first, second)]
    lines = [_line(label, (left, right), whole) for label in labels]
    shown = [line for line in lines if line.differs or line.is_missing or line.label in _ALWAYS]
    return Comparison(shown, [line for line in lines if line not in shown])


def _line(label: str, shown: Sequence[Facts], whole: Sequence[Facts]) -> Line:
    """Two numbers may look the same where they are masked."""
    first, second = (one.get(label, "") for one in shown)
    left, right = (one.get(label, "").casefold() for one in whole)
    return Line(label, first, second, is_same=left == right)


def _facts(resident: Resident, *, revealed: bool = False) -> Facts:
    ended = f"Sejak {tanggal(resident.ended_on)}" if resident.ended_on else ""
    reason = str(resident.get_end_reason_display() or "")
    facts = {
        "Keadaan": str(resident.get_status_display()),
        **dict(summary_of(resident, revealed=revealed)),
        "Berakhir": ", ".join(part for part in (ended, reason) if part),
        "Dilaporkan": waktu(resident.reported_at),
    }
    return {label: value for label, value in facts.items() if value}
