"""From an uploaded spreadsheet to rows of cells. Nothing is judged here but the file as a whole."""

from __future__ import annotations

import io
import re
import time
import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from openpyxl import load_workbook
from openpyxl.utils import column_index_from_string, get_column_letter

from accounts.proposals.lists.columns import HEADING_ROWS, LIKELY, PREFILLED, headings_in, titles
from accounts.proposals.lists.opening import DAMAGED, MOST_ROWS, TOO_LARGE, ListRefused, checked

LAST_ROW = 1_048_576  # of any spreadsheet; a file that names more is not believed
MOST_COLUMNS = 40
MOST_SHEETS = 5
MOST_SECONDS = 8.0
TOO_MANY = (
    "Daftar ini lebih dari 2.000 baris. Bagi menjadi beberapa berkas, misalnya per kecamatan."
)
EMPTY = "Daftar ini belum diisi: tidak ada baris dengan nama, telepon, dan SK."
SECOND = (
    "Lembar “{}” juga berisi daftar. Satukan semua baris dalam satu lembar, atau hapus lembar itu."
)
_MERGE = re.compile(
    rb'<(?:\w+:)?mergeCell\s[^>]*?ref="([A-Z]{1,3})(\d{1,7}):([A-Z]{1,3})(\d{1,7})"'
)


@dataclass(frozen=True)
class Cell:
    """A value as the spreadsheet holds it. ``name`` is as in "E7"."""

    name: str
    value: Any = None
    is_formula: bool = False
    is_error: bool = False


@dataclass(frozen=True)
class Row:
    """A filled row; ``number`` is the spreadsheet's, ``cells`` go by the column's key."""

    number: int
    cells: dict[str, Cell]


@dataclass(frozen=True)
class Sheet:
    rows: list[Row]
    keys: frozenset[str]


def read(content: bytes, required: tuple[str, ...]) -> Sheet:
    """The filled rows of the first sheet that has the headings of a list.

    *required* are the keys of columns that must be there. Raises ListRefused.
    """
    archive = checked(content)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # openpyxl's remarks on styles it does not know
            book = load_workbook(io.BytesIO(content), read_only=True, keep_links=False)
            sheet, row, columns = _headings(book, required)
            _must_be_the_only_one(book, sheet, required)
            rows = list(_rows(sheet, row, columns))
            merges = archive.read(sheet._worksheet_path.lstrip("/"))
    except ListRefused:
        raise
    except Exception as error:  # openpyxl raises whatever a broken file happens to trip over
        raise ListRefused(DAMAGED) from error
    _check_merges(merges, row, columns)
    if not rows:
        raise ListRefused(EMPTY)
    return Sheet(rows, frozenset(columns))


def _headings(book: Any, required: tuple[str, ...]) -> tuple[Any, int, dict[str, int]]:
    """The sheet, the row of its headings and the column of each."""
    best: list[tuple[int, str]] = []
    for sheet in book.worksheets[:MOST_SHEETS]:
        for number, found in _known_headings(sheet):
            if len(found) >= LIKELY and not _missing(found, required):
                return sheet, number, _once(found)
            best = max(best, found, key=len)
    missing = _missing(best, required)
    raise ListRefused(
        f"Kolom yang tidak ditemukan: {titles(missing)}. Judul kolom dicari pada "
        f"{HEADING_ROWS} baris pertama; samakan dengan contoh yang dapat diunduh."
    )


def _known_headings(sheet: Any) -> Iterator[tuple[int, list[tuple[int, str]]]]:
    heads = sheet.iter_rows(1, HEADING_ROWS, 1, MOST_COLUMNS, values_only=True)
    for number, values in enumerate(heads, start=1):
        yield number, headings_in(values)


def _must_be_the_only_one(book: Any, chosen: Any, required: tuple[str, ...]) -> None:
    """Raise ListRefused for a second list beside the *chosen* one: nobody's row is left out."""
    for sheet in book.worksheets[:MOST_SHEETS]:
        if sheet is chosen:
            continue
        for number, found in _known_headings(sheet):
            if len(found) >= LIKELY and not _missing(found, required):
                if next(_rows(sheet, number, {key: position for position, key in found}), None):
                    raise ListRefused(SECOND.format(sheet.title[:40]))
                break


def _missing(found: list[tuple[int, str]], required: tuple[str, ...]) -> list[str]:
    keys = {key for _, key in found}
    return [key for key in required if key not in keys]


def _once(found: list[tuple[int, str]]) -> dict[str, int]:
    keys = [key for _, key in found]
    twice = sorted({key for key in keys if keys.count(key) > 1})
    if twice:
        raise ListRefused(f"Kolom ini ada dua kali: {titles(twice)}. Hapus salah satunya.")
    return {key: position for position, key in found}


def _rows(sheet: Any, heading: int, columns: dict[str, int]) -> Iterator[Row]:
    blank: Any = None
    began, count = time.monotonic(), 0
    lines = sheet.iter_rows(heading + 1, LAST_ROW, 1, MOST_COLUMNS)
    for number, line in enumerate(lines, start=heading + 1):
        if line is blank:  # openpyxl fills a gap of a million rows with one and the same
            continue
        if time.monotonic() - began > MOST_SECONDS:
            raise ListRefused(TOO_LARGE)
        cells = _cells(line, number, columns)
        if all(key in PREFILLED for key in cells):
            blank = None if cells else line
            continue
        count += 1
        if count > MOST_ROWS:
            raise ListRefused(TOO_MANY)
        yield Row(number, cells)


def _cells(line: Any, number: int, columns: dict[str, int]) -> dict[str, Cell]:
    """The cells with something in them."""
    found = {}
    for key, position in columns.items():
        cell = line[position] if position < len(line) else None
        value = cell.value if cell is not None else None
        if cell is None or value is None or (isinstance(value, str) and not value.strip()):
            continue
        name = f"{get_column_letter(position + 1)}{number}"
        found[key] = Cell(name, value, cell.data_type == "f", cell.data_type == "e")
    return found


def _check_merges(xml: bytes, heading: int, columns: dict[str, int]) -> None:
    """Raise ListRefused for merged cells among the data: who they belong to is a guess."""
    used = {position + 1 for position in columns.values()}
    merged = []
    for left, top, right, bottom in _MERGE.findall(xml):
        wide = range(
            column_index_from_string(left.decode()), column_index_from_string(right.decode()) + 1
        )
        if int(bottom) > heading and any(column in used for column in wide):
            merged.append(f"{left.decode()}{int(top)}:{right.decode()}{int(bottom)}")
    if merged:
        more = f" dan {len(merged) - 5} lainnya" if len(merged) > 5 else ""
        raise ListRefused(
            f"Ada sel yang digabung: {', '.join(merged[:5])}{more}. "
            "Pisahkan dahulu (Unmerge Cells), lalu isi tiap barisnya."
        )
