"""Two records side by side, what differs marked."""

from __future__ import annotations

from dataclasses import dataclass

from residents.registry.models import Resident
from residents.registry.presenting import summary_of
from wacat.words import tanggal, waktu

_ALWAYS = ("Keadaan", "Nama lengkap", "NIK", "Tempat, tanggal lahir", "RT", "Alamat tinggal")


@dataclass(frozen=True)
class Line:
    """One fact of both records, in words."""

    label: str
    first: str
    second: str

    @property
    def differs(self) -> bool:
        return self.first.casefold() != self.second.casefold()


@dataclass(frozen=True)
class Comparison:
    """Who and where, and whatever differs; apart from these what is the same in both."""

    shown: list[Line]
    alike: list[Line]


def compare(first: Resident, second: Resident) -> Comparison:
    """Every fact that either record tells, NIK and No. KK masked; areas and lodgings at hand."""
    left, right = _facts(first), _facts(second)
    labels = [*left, *(label for label in right if label not in left)]
    lines = [Line(label, left.get(label, ""), right.get(label, "")) for label in labels]
    shown = [line for line in lines if line.differs or line.label in _ALWAYS]
    return Comparison(shown, [line for line in lines if line not in shown])


def _facts(resident: Resident) -> dict[str, str]:
    ended = f"Sejak {tanggal(resident.ended_on)}" if resident.ended_on else ""
    reason = str(resident.get_end_reason_display() or "")
    facts = {
        "Keadaan": str(resident.get_status_display()),
        **dict(summary_of(resident, revealed=False)),
        "Berakhir": ", ".join(part for part in (ended, reason) if part),
        "Dilaporkan": waktu(resident.reported_at),
    }
    return {label: value for label, value in facts.items() if value}
