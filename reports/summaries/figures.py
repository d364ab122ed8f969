"""THE FIGURES: each is defined here once, and page, XLSX and PDF draw from it.

All are "as at" a date D and go by the dates of events, not of reports. Areas are those of the
placements at their date.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Value

from accounts.areas.models import Area, Level
from reports.letters.models import NUMBERED, Letter
from residents.registry.models import COUNTED, Placement


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
    """Each figure by the area one level down (an RT: by itself), in one question."""
    column = _PART_COLUMN[Level(area.level)]
    first, *others = (
        _rows(figure.key, as_at)
        .under((area.code,))
        .order_by()
        .values_list(Value(figure.key), column)
        .annotate(Count("pk", distinct=True))
        for figure in FIGURES
    )
    counts: dict[str, dict[str, int]] = {figure.key: {} for figure in FIGURES}
    for key, code, count in first.union(*others, all=True):
        counts[key][code] = count
    return counts


def _rows(key: str, as_at: date) -> Any:
    present = Placement.objects.counted_at(as_at)
    january = date(as_at.year, 1, 1)
    known = Placement.objects.filter(resident__status__in=COUNTED)
    match key:
        case "active":
            return present
        case "verified":
            return present.verified_by(as_at)
        case "overdue":
            return present.overdue_at(as_at)
        case "arrived":
            return known.arrivals().filter(starts__range=(january, as_at))
        case "ended":
            return known.departures().filter(until__range=(january, as_at))
        case "letters":
            return Letter.objects.filter(status__in=NUMBERED, issued_on__range=(january, as_at))
    raise KeyError(key)


_PART_COLUMN = {
    Level.KOTA: "kecamatan",
    Level.KECAMATAN: "kelurahan",
    Level.KELURAHAN: "area",
    Level.RT: "area",
}
