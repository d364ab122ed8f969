"""THE FIGURES: each is defined here once, and page, XLSX and PDF draw from it.

All are "as at" a date D and go by the dates of events, not of reports. Areas are those of the
placements at their date.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Q

from accounts.areas.models import Area, Level
from reports.letters.models import NUMBERED, Letter
from residents.registry.queries import (
    arrived_between,
    left_between,
    present_on,
    verified_by,
)
from residents.registry.spans import Placement
from residents.registry.stays import overdue_on


@dataclass(frozen=True)
class Figure:
    """A figure's key (also in the page's ``data-figure``), its heading, and what it counts."""

    key: str
    label: str
    definition: str


FIGURES = (
    Figure(
        "active",
        "Aktif",
        "Penduduk nonpermanen yang sudah dilaporkan, sudah datang, dan belum berakhir pada "
        "tanggal ini, termasuk yang lewat masa tinggal.",
    ),
    Figure("verified", "Diverifikasi", "Di antara yang aktif: sudah diverifikasi Disdukcapil."),
    Figure("overdue", "Lewat masa", "Di antara yang aktif: masa tinggalnya sudah lewat."),
    Figure("arrived", "Datang", "Datang sejak 1 Januari tahun ini sampai dengan tanggal ini."),
    Figure("ended", "Berakhir", "Berakhir sejak 1 Januari tahun ini sampai dengan tanggal ini."),
    Figure("letters", "Surat", "Surat keterangan domisili yang terbit sejak 1 Januari tahun ini."),
)


@dataclass(frozen=True)
class Row:
    """An area's figures: key → whole number."""

    area: Area
    figures: dict[str, int]


@dataclass(frozen=True)
class Table:
    """The figures of an area and of its parts (none for an RT) as at a date."""

    total: Row
    parts: tuple[Row, ...]
    as_at: date

    @property
    def rows(self) -> tuple[Row, ...]:
        """The parts and then the whole."""
        return (*self.parts, self.total)


def table_of(area: Area, as_at: date) -> Table:
    """All figures of *area* and of each area directly under it."""
    counts = _counts(area, as_at)
    parts = tuple(
        Row(part, {key: by_area.get(part.code, 0) for key, by_area in counts.items()})
        for part in Area.objects.filter(parent=area).order_by("code")
    )
    total = Row(area, {key: sum(by_area.values()) for key, by_area in counts.items()})
    return Table(total, parts, as_at)


def _counts(area: Area, as_at: date) -> dict[str, dict[str, int]]:
    """Each figure by the area one level down (an RT: by itself), in one pass over the people."""
    column = _PART_COLUMN[Level(area.level)]
    conditions = _conditions(as_at)
    people = Placement.objects.known().filter(starts__lte=as_at).under((area.code,))
    counted = {key: Count("pk", filter=condition) for key, condition in conditions.items()}
    counts: dict[str, dict[str, int]] = {key: {} for key in counted}
    for code, *numbers in people.order_by().values_list(column).annotate(**counted):
        for key, number in zip(counted, numbers, strict=True):
            counts[key][code] = number
    letters = _letters(as_at).under((area.code,)).order_by()
    counts["letters"] = dict(letters.values_list(column).annotate(Count("pk")))
    return counts


def _conditions(as_at: date) -> dict[str, Q]:
    """What a placement must be to count for a figure."""
    january, present = date(as_at.year, 1, 1), present_on(as_at)
    return {
        "active": present,
        "verified": present & verified_by(as_at),
        "overdue": present & overdue_on(as_at),
        "arrived": arrived_between(january, as_at),
        "ended": left_between(january, as_at),
    }


def _letters(as_at: date) -> Any:
    january = date(as_at.year, 1, 1)
    return Letter.objects.filter(status__in=NUMBERED, issued_on__range=(january, as_at))


_PART_COLUMN = {
    Level.KOTA: "kecamatan",
    Level.KECAMATAN: "kelurahan",
    Level.KELURAHAN: "area",
    Level.RT: "area",
}
