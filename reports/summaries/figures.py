"""THE FIGURES: each is defined here once, and page, XLSX and PDF draw from it.

All are "as at" a date D and go by the dates of events, not of reports. Areas are those of the
placements at their date.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from accounts.areas.models import Area
from reports.summaries.tallies import figures_at


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
    inside = list(Area.objects.filter(parent=area).order_by("code")) or [area]
    each = figures_at([part.code for part in inside], as_at)
    rows = tuple(Row(part, each[part.code]) for part in inside)
    total = {one.key: sum(row.figures[one.key] for row in rows) for one in FIGURES}
    return Table(Row(area, total), () if inside == [area] else rows, as_at)
