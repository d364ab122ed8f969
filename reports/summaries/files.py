"""The figures as XLSX (at once) and as PDF (by a worker)."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

import tablib
from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from reports.summaries import drawing
from reports.summaries.breakdowns import Line, breakdown
from reports.summaries.dimensions import DIMENSIONS, Dimension
from reports.summaries.figures import BY_KEY, FIGURES, Row, Table, changes_of, line_of, table_of
from reports.summaries.models import SummaryFile
from reports.summaries.periods import Period
from reports.summaries.tallies import STANDING
from wacat.clock import now
from wacat.words import waktu


def xlsx_of(table: Table) -> bytes:
    """The figures, how they changed, their line of time, and what they mean: a sheet each.

    The first has the columns kode, nama, jumlah (the active ones), then the other figures.
    """
    return book_of(
        [
            figures_sheet(table),
            changes_sheet(table),
            line_sheet(table),
            meanings_sheet(table.period, now()),
        ]
    )


def xlsx_of_breakdowns(told: Iterable[tuple[Dimension, Sequence[Line]]]) -> bytes:
    """A sheet for each dimension."""
    return book_of(breakdown_sheet(dimension, lines) for dimension, lines in told)


def book_of(sheets: Iterable[tablib.Dataset]) -> bytes:
    """The sheets as XLSX; text that looks like a formula stays text."""
    return bytes(tablib.Databook(list(sheets)).export("xlsx", escape=True))


def figures_sheet(table: Table) -> tablib.Dataset:
    headings = ["kode", "nama", "jumlah", *(one.label for one in FIGURES[1:])]
    rows = [[row.area.code, row.area.label, *row.figures.values()] for row in table.rows]
    return sheet(table.period.last.isoformat(), headings, rows)


def changes_sheet(table: Table) -> tablib.Dataset:
    """Each area's figures in the period, in the one before, and the difference."""
    headings = ["kode", "nama", "angka", str(table.period), str(table.period.before), "selisih"]
    rows = [
        [row.area.code, row.area.label, one.figure.label, one.now, one.before, one.by]
        for row in table.rows
        for one in changes_of(row.figures, row.before)
    ]
    return sheet("perbandingan", headings, rows)


def line_sheet(table: Table) -> tablib.Dataset:
    """What stood at the ends of the last months."""
    headings = ["tanggal", *(BY_KEY[key].label for key in STANDING)]
    line = line_of(table.total.area, table.period.last)
    rows = [[day, *(figures[key] for key in STANDING)] for day, figures in line]
    return sheet("garis waktu", headings, rows)


def meanings_sheet(period: Period, known_at: datetime) -> tablib.Dataset:
    rows = [[one.label, one.definition] for one in FIGURES]
    about = [["Jangka waktu", str(period)], ["Data diketahui sampai", waktu(known_at)]]
    return sheet("arti", ["angka", "arti"], rows + about)


def breakdown_sheet(dimension: Dimension, lines: Sequence[Line]) -> tablib.Dataset:
    rows = [[line.label, line.count, line.percent] for line in lines]
    return sheet(dimension.label.lower(), [dimension.label, "jumlah", "persen"], rows)


def draw(work: SummaryFile) -> None:
    """Draw the figures as they are known now and store the sealed PDF."""
    period, work.known_at = Period(work.first, work.as_at), now()
    if work.dimension:
        drawn = breakdown_drawn(work, period)
    else:
        drawn = sheet_of(table_of(work.area, period), work.known_at)
    pdf = drawing.draw_summary(drawn)
    work.file = default_storage.save(f"summaries/{work.pk}.pdf", ContentFile(pdf))
    work.sha256 = hashlib.sha256(pdf).hexdigest()


def sheet_of(table: Table, known_at: datetime) -> drawing.SummarySheet:
    """The table as the drawing wants it."""
    return drawing.SummarySheet(
        title="Rekapitulasi penduduk nonpermanen",
        area_name=table.total.area.label,
        area_code=table.total.area.code,
        as_at=table.period.last,
        period=str(table.period),
        known_at=known_at,
        definition=FIGURES[0].definition,
        columns=tuple((figure.key, figure.label) for figure in FIGURES),
        rows=tuple(_line(row) for row in table.parts),
        total=_line(table.total),
        specimen=settings.DEMO,
    )


def breakdown_drawn(work: SummaryFile, period: Period) -> drawing.SummarySheet:
    """One breakdown as the drawing wants it."""
    dimension, figure = DIMENSIONS[work.dimension], BY_KEY[work.figure]
    lines = breakdown(work.area, period, dimension, figure.key)
    whole = sum(line.count for line in lines)
    return drawing.SummarySheet(
        title=f"{figure.label} menurut {dimension.label.lower()}",
        area_name=work.area.label,
        area_code=work.area_id,
        as_at=period.last,
        period=str(period),
        known_at=work.known_at,
        definition=f"{figure.definition} {dimension.definition}",
        columns=(("count", "Jumlah"),),
        rows=tuple(drawing.SummaryRow("", line.label, {"count": line.count}) for line in lines),
        total=drawing.SummaryRow("", "", {"count": whole}),
        named=dimension.label,
        specimen=settings.DEMO,
    )


def sheet(title: str, headings: list[str], rows: Iterable[Sequence[Any]]) -> tablib.Dataset:
    """Of a workbook; its title is cut where Excel would refuse it."""
    return tablib.Dataset(*rows, headers=headings, title=title[:31])


def _line(row: Row) -> drawing.SummaryRow:
    return drawing.SummaryRow(row.area.code, row.area.label, row.figures)
