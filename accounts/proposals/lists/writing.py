"""The spreadsheets that are handed out: the template, and the rows that were rejected."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from accounts.proposals.lists.columns import BY_KEY, COLUMNS, TEXT, Column
from accounts.proposals.lists.opening import MOST_ROWS
from accounts.proposals.lists.parsing import Judged
from accounts.proposals.offices import KETUA_RT, Office
from wacat.sheets import plain, workbook

FOR_KETUA_RT = tuple(
    "kelurahan rt full_name email phone decree_number decree_date starts term_ends".split()
)
FOR_LURAH = tuple(
    "kelurahan kind full_name nip rank email phone decree_number decree_date starts "
    "term_ends".split()
)
GUIDE = (
    "Cara mengisi",
    "1. Satu baris untuk satu orang. Baris yang hanya berisi kelurahan dan RT dilewati.",
    "2. Isi tanggal sebagai tanggal/bulan/tahun, misalnya 21/11/2026.",
    "3. Telepon diawali 0, misalnya 081234567890. Satu nomor saja.",
    "4. Ketua RT yang tidak punya surel: tulis “tidak punya” pada kolom Surel.",
    "5. Jangan menggabungkan sel dan jangan memakai rumus.",
    "6. Paling banyak 2.000 baris. Simpan sebagai .xlsx, lalu unggah di WaCAT.",
    "Surel dan telepon harus aktif: akun dan kata sandi dikirim berdasarkan keduanya.",
)
_HEAD = PatternFill("solid", fgColor="E0EEF1")


def template(office: Office, rows: Iterable[dict[str, str]], names: Sequence[str]) -> bytes:
    """A list to fill in, with these *rows* of it filled in already.

    *names* are the kelurahan to choose from.
    """
    columns = [BY_KEY[key] for key in (FOR_KETUA_RT if office is KETUA_RT else FOR_LURAH)]
    book = Workbook()
    sheet = _begun(book, "Daftar", [column.title for column in columns], columns)
    for number, row in enumerate(rows, start=2):
        for position, column in enumerate(columns, start=1):
            cell = sheet.cell(number, position)
            cell.number_format = column.format
            if text := row.get(column.key, ""):
                _write(cell, text)
    guide = book.create_sheet("Petunjuk")
    guide.column_dimensions["A"].width = 90
    for number, line in enumerate(GUIDE, start=1):
        _write(guide.cell(number, 1), line)
    _offer(book, sheet, columns, names)
    return _saved(book)


def rejected(rows: Iterable[Judged]) -> bytes:
    """The rows that were not accepted, as they were read, each with its reasons.

    The columns are those of the template, so that the mended file can be uploaded again.
    """
    titles = [*(column.title for column in COLUMNS), "Baris", "Alasan ditolak"]
    lines = [
        [
            *(row.cells.get(column.key, "") for column in COLUMNS),
            str(row.number),
            " ".join(row.errors),
        ]
        for row in rows
    ]
    return workbook("Ditolak", titles, lines)


def _begun(book: Workbook, title: str, heads: Sequence[str], columns: Sequence[Column]) -> Any:
    sheet: Any = book.active
    sheet.title = title
    sheet.freeze_panes = "A2"
    for position, head in enumerate(heads, start=1):
        cell = sheet.cell(1, position)
        _write(cell, head)
        cell.font, cell.fill = Font(bold=True), _HEAD
        cell.alignment = Alignment(wrap_text=True, vertical="top")
    for position, column in enumerate(columns, start=1):
        dimension = sheet.column_dimensions[get_column_letter(position)]
        dimension.width, dimension.number_format = column.width, column.format
    return sheet


def _write(cell: Any, text: str) -> None:
    """As text that no spreadsheet takes for a formula."""
    cell.value, cell.data_type, cell.number_format = plain(text), "s", TEXT


def _offer(book: Workbook, sheet: Any, columns: Sequence[Column], names: Sequence[str]) -> None:
    """Drop-downs for what is one of a few."""
    where = {column.key: get_column_letter(n) for n, column in enumerate(columns, start=1)}
    if "kind" in where:
        _choose(sheet, where["kind"], '"Definitif,Plt."')
    if len(names) > 1:
        choices: Any = book.create_sheet("Kelurahan")
        choices.sheet_state = "hidden"
        for number, name in enumerate(names, start=1):
            _write(choices.cell(number, 1), name)
        _choose(sheet, where["kelurahan"], f"Kelurahan!$A$1:$A${len(names)}")


def _choose(sheet: Any, column: str, source: str) -> None:
    choice = DataValidation(type="list", formula1=source, allow_blank=True)
    choice.errorTitle, choice.error = "Tidak dikenal", "Pilih salah satu dari daftar."
    sheet.add_data_validation(choice)
    choice.add(f"{column}2:{column}{MOST_ROWS + 1}")


def _saved(book: Workbook) -> bytes:
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()
