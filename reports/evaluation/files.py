"""The evaluation as XLSX (at once) and as PDF (by a worker): what the page says, all of it."""

from __future__ import annotations

from typing import Any

import tablib
from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from accounts.areas.models import Area
from reports.evaluation.counting import Table, table_of
from reports.evaluation.measures import GROUPS, MEASURES
from reports.evaluation.models import EvaluationFile
from reports.evaluation.presenting import sections
from reports.evaluation.statements import silence_in
from reports.evaluation.trend import trend_of
from reports.summaries.files import book_of, sheet
from reports.summaries.periods import Period
from wacat.clock import now
from wacat.drawing import engine
from wacat.drawing.marks import SAMPLE_DATA
from wacat.words import waktu

TEMPLATE = "documents/evaluation.html"
STYLES = ("document.css", "summary.css", "evaluation.css")


def xlsx_of(table: Table) -> bytes:
    """All measures of each area; who has not reported; month by month; and what it means."""
    area, period = table.total.area, table.period
    return book_of(
        [_measures(table), _silence(area, period), _trend(area, period), _meanings(period)]
    )


def draw(work: EvaluationFile) -> None:
    """Draw the evaluation as it is now and store the sealed PDF."""
    table = table_of(work.area, Period(work.first, work.last))
    pdf = engine.draw(TEMPLATE, _context(table), STYLES).pdf
    work.file = default_storage.save(f"evaluations/{work.pk}.pdf", ContentFile(pdf))


def _context(table: Table) -> dict[str, Any]:
    area = table.total.area
    return {
        "area": area,
        "period": table.period,
        "known_at": waktu(now()),
        "sections": sections(table),
        "silence": silence_in(area, table.period) if area.level in ("kelurahan", "rt") else (),
        "groups": GROUPS,
        "marks": (SAMPLE_DATA,) if settings.DEMO else (),
    }


def _measures(table: Table) -> tablib.Dataset:
    headings = [
        "kode",
        "nama",
        *(f"{one.label} (hari)" if one.unit == "hari" else one.label for one in MEASURES),
    ]
    rows = [
        [row.area.code, row.area.label, *(one.of(row.counts) for one in MEASURES)]
        for row in table.rows
    ]
    return sheet("evaluasi", headings, rows)


def _silence(area: Area, period: Period) -> tablib.Dataset:
    rows = [
        [one.area.code, one.area.label, str(month)]
        for one in silence_in(area, period)
        for month in one.months
    ]
    return sheet("belum melapor", ["kode", "nama", "bulan"], rows)


def _trend(area: Area, period: Period) -> tablib.Dataset:
    headings = ["bulan", "diberitahukan", "dijawab", "persen", "laporan warga", "koreksi"]
    rows = [
        [str(one.period), one.told, one.answered, one.percent, one.reports, one.corrections]
        for one in trend_of(area, period.last)
    ]
    return sheet("bulan demi bulan", headings, rows)


def _meanings(period: Period) -> tablib.Dataset:
    rows = [[group.label, one.label, one.definition] for group in GROUPS for one in group.measures]
    about = [["", "Jangka waktu", str(period)], ["", "Data diketahui sampai", waktu(now())]]
    return sheet("arti", ["bagian", "ukuran", "arti"], rows + about)
