"""THE FIGURES: each is defined here once, and page, XLSX, PDF and reports draw from it.

What stands is told of a period's last day, what happens of all its days. All go by the dates of
events, not of reports. Areas are those of the placements at their date.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from accounts.areas.models import Area
from reports.summaries.periods import Period, month_ends
from reports.summaries.tallies import HAPPENING, Figures, Totals, totals_at

MONTHS_OF_A_LINE = 25


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
        "hari terakhir, termasuk yang lewat masa tinggal.",
    ),
    Figure("verified", "Diverifikasi", "Di antara yang aktif: sudah diverifikasi Disdukcapil."),
    Figure("overdue", "Lewat masa", "Di antara yang aktif: masa tinggalnya sudah lewat."),
    Figure(
        "arrived",
        "Datang",
        "Yang mulai tinggal dalam jangka waktu ini. Pindah dari RT lain tidak dihitung datang.",
    ),
    Figure(
        "ended",
        "Berakhir",
        "Yang masa tinggalnya berakhir dalam jangka waktu ini. Pindah ke RT lain tidak dihitung.",
    ),
    Figure(
        "extended",
        "Diperpanjang",
        "Perpanjangan masa tinggal yang mulai berlaku dalam jangka waktu ini.",
    ),
    Figure(
        "letters",
        "Surat",
        "Surat keterangan domisili yang terbit dalam jangka waktu ini, termasuk yang kemudian "
        "dicabut.",
    ),
)


BY_KEY = {one.key: one for one in FIGURES}


@dataclass(frozen=True)
class Row:
    """An area's figures of a period and of the period before: key → whole number."""

    area: Area
    figures: Figures
    before: Figures


@dataclass(frozen=True)
class Change:
    """A figure in a period, in the one before, and by how much it rose (or fell)."""

    figure: Figure
    now: int
    before: int

    @property
    def by(self) -> int:
        return self.now - self.before


def changes_of(figures: Figures, before: Figures) -> list[Change]:
    """Of each figure, in their order."""
    return [Change(one, figures[one.key], before[one.key]) for one in FIGURES]


@dataclass(frozen=True)
class Table:
    """The figures of an area and of its parts (none for an RT) in a period."""

    total: Row
    parts: tuple[Row, ...]
    period: Period

    @property
    def rows(self) -> tuple[Row, ...]:
        """The parts and then the whole."""
        return (*self.parts, self.total)


def table_of(area: Area, period: Period) -> Table:
    """All figures of *area* and of each area directly under it."""
    inside = list(Area.objects.filter(parent=area).order_by("code")) or [area]
    told = figures_in([part.code for part in inside], (period, period.before))
    rows = tuple(
        Row(part, told[part.code, period], told[part.code, period.before]) for part in inside
    )
    whole = Row(area, _sum(row.figures for row in rows), _sum(row.before for row in rows))
    return Table(whole, () if inside == [area] else rows, period)


def figures_in(
    codes: Iterable[str], periods: Iterable[Period]
) -> dict[tuple[str, Period], Figures]:
    """The figures of each of *codes*, areas of one level, in each of *periods*."""
    wanted, spans = list(codes), list(periods)
    totals = totals_at(wanted, [day for span in spans for day in (span.last, span.eve)])
    return {(code, span): _figures(totals, code, span) for code in wanted for span in spans}


def line_of(area: Area, last: date) -> list[tuple[date, Figures]]:
    """What stood at *last* and at the ends of the 24 months before it."""
    days = month_ends(last, MONTHS_OF_A_LINE)
    totals = totals_at([area.code], days)
    return [(day, totals[area.code, day]) for day in days]


def _figures(totals: Totals, code: str, period: Period) -> Figures:
    at_last, before = totals[code, period.last], totals[code, period.eve]
    happened = {key: at_last[key] - before[key] for key in HAPPENING}
    return {one.key: (at_last | happened)[one.key] for one in FIGURES}


def _sum(rows: Iterable[Figures]) -> Figures:
    counted = list(rows)
    return {one.key: sum(row[one.key] for row in counted) for one in FIGURES}
