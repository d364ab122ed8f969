"""The spreadsheets that are handed out: the template, and the rows that were rejected."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from accounts.areas.models import Area, AreaStatus, Level
from residents.importing.column_table import COLUMNS, GENERAL, TEXT, Column
from residents.importing.columns import BY_KEY
from residents.importing.headings import REASON, ROW, SHEET
from residents.importing.lists import LISTS, labels_of
from residents.importing.reading import EXAMPLE_NAME, EXAMPLE_NIK
from residents.importing.staging import Staged
from wacat.sheets import plain

TEMPLATE_ROWS = 5_000  # formatted ones; a list may be longer
EXAMPLE = {
    "full_name": EXAMPLE_NAME,
    "nik": EXAMPLE_NIK,
    "sex": "Laki-laki",
    "birth_place": "Samarinda",
    "birth_date": "17-08-1990",
    "religion": "Islam",
    "origin_area": "Kota Samarinda",
    "origin_province": "Kalimantan Timur",
    "address": "Jl. Contoh Melati 1",
    "arrived_on": "01-11-2026",
    "stays_until": "31-10-2027",
    "purpose": "Pekerjaan",
    "phone": "080000001234",
}
GUIDE = (
    "Cara mengisi",
    "1. Satu baris untuk satu orang. Baris contoh boleh dibiarkan: ia dilewati.",
    "2. Yang wajib: nama, NIK (atau alasannya), RT, alamat domisili, tanggal datang, keperluan.",
    "3. NIK dan No KK: 16 angka. Biarkan kolomnya sebagai Teks, agar digit terakhir tidak hilang.",
    "4. Isi tanggal sebagai tanggal-bulan-tahun, misalnya 17-08-1990.",
    "5. Sampai: akhir rencana tinggal, paling lama 1 tahun. Bila kosong, dicatat 1 tahun.",
    "6. Kolom yang tidak perlu boleh dihapus atau dikosongkan. Urutan kolom bebas.",
    "7. Simpan sebagai .xlsx, lalu unggah di WaCAT. Isinya diperlihatkan dahulu sebelum masuk.",
)
_HEAD = PatternFill("solid", fgColor="E0EEF1")
_CHOICES = "Pilihan"


def template(area: Area) -> bytes:
    """A list to fill in for people in *area*, with drop-downs and an example."""
    rts = _rts_of(area)
    columns = [one for one in COLUMNS if one.in_template]
    if area.level in (Level.RT, Level.KELURAHAN):
        columns = [one for one in columns if one.key != "kelurahan"]
    if area.level == Level.RT:
        columns = [one for one in columns if one.key != "rt"]
    book = Workbook()
    sheet: Any = book.active
    sheet.title, sheet.freeze_panes = "Daftar", "A2"
    for position, column in enumerate(columns, start=1):
        _format(sheet, position, column)
    example = {**EXAMPLE, "rt": rts[0].name if rts else "", "kelurahan": _kelurahan(rts)}
    for position, column in enumerate(columns, start=1):
        _write(sheet.cell(2, position), example.get(column.key, ""))
        sheet.cell(2, position).font = Font(italic=True, color="808080")
    _offer(book, sheet, columns, rts)
    _guide(book)
    return _saved(book)


def rejected(rows: Iterable[Staged]) -> bytes:
    """The rows that were not accepted as they came, with all columns, and their reasons beside.

    Headings are the file's own, on one line, so that it can be mended and uploaded as it is.
    """
    rows = list(rows)
    columns = rows[0].columns if rows else {}
    book = Workbook(write_only=True)
    sheet: Any = book.create_sheet("Ditolak")
    sheet.freeze_panes = "B2"
    heads = [REASON, *columns.values(), ROW, SHEET]
    widths = [60, *(BY_KEY[key].width if key in BY_KEY else 18 for key in columns), 8, 14]
    for position, width in enumerate(widths, start=1):
        sheet.column_dimensions[get_column_letter(position)].width = width
    sheet.append([_bold(sheet, text) for text in heads])
    for row in rows:
        texts = [text or "" for text in row.texts]
        line = [" ".join(row.errors), *texts, str(row.number), row.sheet]
        sheet.append([_text(sheet, text) for text in line])
    return _saved(book)


def _rts_of(area: Area) -> list[Area]:
    rows = Area.objects.under((area.code,)).filter(level=Level.RT).exclude(state=AreaStatus.MERGED)
    return list(rows.select_related("parent"))


def _kelurahan(rts: Sequence[Area]) -> str:
    return rts[0].containing.name if rts else ""


def _format(sheet: Any, position: int, column: Column) -> None:
    head = sheet.cell(1, position)
    _write(head, column.title)
    head.font, head.fill = Font(bold=True), _HEAD
    head.alignment = Alignment(wrap_text=True, vertical="top")
    dimension = sheet.column_dimensions[get_column_letter(position)]
    # Days as text: what is typed stays as it is typed, whatever language the computer speaks.
    dimension.width, dimension.number_format = column.width, TEXT


def _offer(book: Workbook, sheet: Any, columns: Sequence[Column], rts: Sequence[Area]) -> None:
    """Drop-downs, their words on a hidden sheet."""
    hidden: Any = book.create_sheet(_CHOICES)
    hidden.sheet_state = "hidden"
    words = {key: list(labels_of(key)) for key in LISTS}
    words["rt"] = sorted({rt.name for rt in rts})
    words["kelurahan"] = sorted({rt.containing.name for rt in rts})
    used = 0
    for position, column in enumerate(columns, start=1):
        offered = words.get(column.choices, [])
        if not offered:
            continue
        used += 1
        letter = get_column_letter(used)
        for number, text in enumerate(offered, start=1):
            _write(hidden.cell(number, used), text)
        source = f"{_CHOICES}!${letter}$1:${letter}${len(offered)}"
        _choose(sheet, get_column_letter(position), source)


def _choose(sheet: Any, column: str, source: str) -> None:
    choice = DataValidation(type="list", formula1=source, allow_blank=True)
    choice.errorTitle, choice.error = "Tidak dikenal", "Pilih salah satu dari daftar."
    choice.errorStyle = "warning"  # another spelling may be understood as well
    sheet.add_data_validation(choice)
    choice.add(f"{column}2:{column}{TEMPLATE_ROWS + 1}")


def _guide(book: Workbook) -> None:
    guide: Any = book.create_sheet("Petunjuk")
    guide.column_dimensions["A"].width = 100
    for number, line in enumerate(GUIDE, start=1):
        _write(guide.cell(number, 1), line)


def _write(cell: Any, text: str) -> None:
    """As text that no spreadsheet takes for a formula."""
    cell.value, cell.data_type, cell.number_format = plain(text), "s", TEXT


def _text(sheet: Any, text: str) -> Any:
    if not text:
        return None
    cell = WriteOnlyCell(sheet, plain(text))
    cell.data_type, cell.number_format = "s", TEXT if text[:1].isdigit() else GENERAL
    return cell


def _bold(sheet: Any, text: str) -> Any:
    cell = WriteOnlyCell(sheet, plain(text))
    cell.data_type, cell.font = "s", Font(bold=True)
    return cell


def _saved(book: Workbook) -> bytes:
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()
