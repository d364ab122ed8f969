"""The figures as XLSX (at once) and as PDF (by a worker)."""

import hashlib
from datetime import datetime

import tablib
from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from import_export.formats.base_formats import XLSX

from reports.summaries import drawing
from reports.summaries.figures import FIGURES, Row, Table, table_of
from reports.summaries.models import SummaryFile
from wacat.clock import now


def xlsx_of(table: Table) -> bytes:
    """One sheet: kode, nama, jumlah (the active ones), then the other figures."""
    sheet = tablib.Dataset(headers=["kode", "nama", "jumlah", *(one.label for one in FIGURES[1:])])
    sheet.title = table.as_at.isoformat()
    for row in table.rows:
        sheet.append([row.area.code, row.area.label, *row.figures.values()])
    return bytes(XLSX().export_data(sheet, escape=True))


def draw(work: SummaryFile) -> None:
    """Draw the figures as they are known now and store the sealed PDF."""
    table, work.known_at = table_of(work.area, work.as_at), now()
    pdf = drawing.draw_summary(sheet_of(table, work.known_at))
    work.file = default_storage.save(f"summaries/{work.pk}.pdf", ContentFile(pdf))
    work.sha256 = hashlib.sha256(pdf).hexdigest()


def sheet_of(table: Table, known_at: datetime) -> drawing.SummarySheet:
    """The table as the drawing wants it."""
    return drawing.SummarySheet(
        title="Rekapitulasi penduduk nonpermanen",
        area_name=table.total.area.label,
        area_code=table.total.area.code,
        as_at=table.as_at,
        known_at=known_at,
        definition=FIGURES[0].definition,
        columns=tuple((figure.key, figure.label) for figure in FIGURES),
        rows=tuple(_line(row) for row in table.parts),
        total=_line(table.total),
        specimen=settings.DEMO,
    )


def _line(row: Row) -> drawing.SummaryRow:
    return drawing.SummaryRow(row.area.code, row.area.label, row.figures)
