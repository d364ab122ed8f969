"""Spreadsheets to take home: text stays text, and nothing typed by people becomes a formula."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any

from django.http import HttpResponse
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Font
from openpyxl.styles.numbers import FORMAT_TEXT
from openpyxl.utils import get_column_letter

from wacat.words import WITA

CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
WIDEST = 60  # characters

Value = str | int | date | datetime | None


def workbook(
    title: str, headings: Sequence[str], rows: Iterable[Sequence[Value]], note: str = ""
) -> bytes:
    """An XLSX of one sheet: *note*, where there is one, then the headings, then the rows.

    Text is written as text, so that telephone numbers keep their leading 0; days and moments
    (in WITA) as such. Raises ValueError for a moment without a time zone.
    """
    book = Workbook(write_only=True)
    sheet: Any = book.create_sheet(title[:31])
    written = [list(row) for row in rows]
    for number, width in enumerate(_widths(headings, written), start=1):
        sheet.column_dimensions[get_column_letter(number)].width = width
    sheet.freeze_panes = f"A{3 if note else 2}"
    if note:
        sheet.append([_cell(sheet, note)])
    sheet.append([_heading(sheet, text) for text in headings])
    for row in written:
        sheet.append([_cell(sheet, value) for value in row])
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def as_download(content: bytes, name: str) -> HttpResponse:
    """The workbook as a download called *name*, without its suffix."""
    response = HttpResponse(content, content_type=CONTENT_TYPE)
    response["Content-Disposition"] = f'attachment; filename="{name}.xlsx"'
    return response


def plain(text: str) -> str:
    """The text without what a cell cannot hold; its lines break as those of cells do."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    return ILLEGAL_CHARACTERS_RE.sub("", lines)


def _cell(sheet: Any, value: Value) -> Any:
    if isinstance(value, datetime):
        return _in_wita(value)
    return _text(sheet, value) if isinstance(value, str) else value


def _text(sheet: Any, text: str) -> Any:
    """A cell that holds text, whatever it begins with: nothing needs to be put before it."""
    cell = WriteOnlyCell(sheet, plain(text))
    cell.data_type, cell.number_format = "s", FORMAT_TEXT
    return cell


def _heading(sheet: Any, text: str) -> Any:
    cell = _text(sheet, text)
    cell.font = Font(bold=True)
    return cell


def _in_wita(moment: datetime) -> datetime:
    if moment.tzinfo is None:
        raise ValueError("a moment needs a time zone")
    return moment.astimezone(WITA).replace(tzinfo=None)


def _widths(headings: Sequence[str], rows: Sequence[Sequence[Value]]) -> list[int]:
    """Of each column by its first rows, so that most can be read without pulling at it."""
    columns = zip(headings, *rows[:200], strict=True)
    return [min(WIDEST, max(len(_shown(value)) for value in column) + 2) for column in columns]


def _shown(value: Value) -> str:
    return str(value)[:19] if isinstance(value, datetime) else str(value or "")
