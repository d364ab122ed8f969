"""From an uploaded file to rows of cells. Nothing is judged here but the file as a whole."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from residents.importing import headings
from residents.importing.columns import BY_KEY, NEEDED
from residents.importing.given import Columns, Known
from residents.importing.headings import Headings
from residents.importing.limits import BOUNDS, MOST_ROWS
from wacat.spreadsheets import separated, workbook
from wacat.spreadsheets.opening import OLE, ZIP, SheetRefused
from wacat.spreadsheets.wording import plain

TOO_MANY = "Daftar ini lebih dari 50.000 baris. Bagi menjadi beberapa berkas, misalnya per RT."
EMPTY = "Daftar ini belum diisi: tidak ada baris warga di bawah judul kolomnya."
NO_HEADINGS = (
    "Judul kolom tidak ditemukan pada 40 baris pertama. Perlu sebuah baris judul dengan paling "
    "sedikit Nama Lengkap dan NIK; samakan dengan contoh yang dapat diunduh."
)
HEADLESS = (
    "Lembar “{}” berisi NIK, tetapi tidak ada judul kolomnya. Tambahkan baris judulnya, "
    "atau hapus lembar itu."
)
ABOVE = "Ada NIK di atas judul kolom. Pindahkan judul kolom ke atas semua baris warga."
# Said of rows that are passed over, by kind.
BLANK, HEADING, TOTAL, EXAMPLE = "blank", "heading", "total", "example"
EXAMPLE_NAME, EXAMPLE_NIK = "CONTOH, hapus baris ini", "9999990101900001"
_TOTAL = re.compile(r"(?:grand|sub)?\s*(?:total|jumlah|jml)\b", re.IGNORECASE)
_COUNT = re.compile(r"\d{1,6}(?:[.,]\d+)?(?:\s*(?:orang|jiwa|kk))?", re.IGNORECASE)
_NIK = re.compile(r"\D*\d{16}\D*")
_RT_IN_TITLE = re.compile(r"\bRT[\s._-]*0*(\d{1,3})\b", re.IGNORECASE)


@dataclass(slots=True)
class Row:
    """A row of somebody's; ``number`` is the spreadsheet's, ``cells`` go by the column's key.

    Cells of columns that are not recognised go by a key that begins with ``given.OTHER``.
    ``sheet`` is its name where there are several lists, ``more`` are cells beyond the headings.
    """

    number: int
    cells: dict[str, Any]
    sheet: str = ""
    more: bool = False


@dataclass
class Found:
    """What a file holds: its people, and what was passed over.

    ``columns`` are all that it has: where each stands and its heading, by key.
    """

    rows: list[Row] = field(default_factory=list)
    columns: Known = field(default_factory=dict)
    ignored: list[str] = field(default_factory=list)
    other_sheets: list[str] = field(default_factory=list)
    skipped: Counter[str] = field(default_factory=Counter)


def read(content: bytes, name: str, given: Iterable[str] = ()) -> Found:
    """The people in an XLSX or CSV file called *name*.

    *given* are the keys of columns that may be missing, because their value is known otherwise.
    Raises SheetRefused.
    """
    found, given = Found(), frozenset(given)
    sheets = list(_sheets(content, name))
    for sheet in sheets:
        heads = headings.find(list(islice(sheet.rows(headings.LOOKED_AT), headings.LOOKED_AT)))
        if heads is None:
            _pass_over(sheet, found)
            continue
        implied = {"rt"} if len(sheets) > 1 and _RT_IN_TITLE.search(sheet.title) else set()
        _require(heads, given | implied)
        found.ignored += [text for text in heads.ignored if text not in found.ignored]
        found.rows += _people(sheet, heads, found)
    if not found.columns:
        raise SheetRefused(NO_HEADINGS)
    if not found.rows:
        raise SheetRefused(EMPTY)
    if len({row.sheet for row in found.rows}) == 1:
        _forget_sheet(found.rows)
    return found


def _sheets(content: bytes, name: str) -> Iterator[Any]:
    if content.startswith((ZIP, OLE)) or name.lower().endswith((".xlsx", ".xlsm", ".xls")):
        return workbook.sheets(content, BOUNDS)
    return separated.sheets(content, BOUNDS, _recognised)


def _recognised(rows: list[list[str]]) -> int:
    """How many columns are known in the first rows of a CSV."""
    found = headings.find(rows[: headings.LOOKED_AT])
    return len(found.keys) if found else 0


def _require(heads: Headings, given: frozenset[str]) -> None:
    """Raise SheetRefused with what is needed and neither there nor given."""
    has = set(heads.keys.values()) | given
    if "lodging" in has:
        has.add("address")
    needed = (*NEEDED, "rt", "kelurahan", "address", "arrived_on", "purpose")
    missing = [BY_KEY[key].title for key in needed if key not in has]
    if missing:
        raise SheetRefused(
            f"Kolom yang tidak ditemukan: {', '.join(missing)}. Tambahkan kolomnya, samakan dengan "
            "contoh yang dapat diunduh, atau isi “Untuk baris yang kosong” saat mengunggah."
        )


def _people(sheet: Any, heads: Headings, found: Found) -> Iterator[Row]:
    implied = _RT_IN_TITLE.search(sheet.title)
    columns = Columns(heads, found.columns)
    if implied:  # given back as a column, for the sheet's name gets lost
        found.columns.setdefault("rt", (len(heads.words), BY_KEY["rt"].title))
    for number, values in enumerate(sheet.rows(), start=1):
        if number <= heads.first:
            if number <= heads.above and any(map(_is_nik, values)):
                raise SheetRefused(ABOVE)
            continue
        cells = columns.cells(values)
        if cells is None or (kind := _not_a_person(cells, values, heads)):
            found.skipped[BLANK if cells is None else kind] += 1
            continue
        if len(found.rows) >= MOST_ROWS:
            raise SheetRefused(TOO_MANY)
        if implied and "rt" not in cells:
            cells["rt"] = implied[1]
        more = sheet.is_text and any(values[len(heads.words) :])
        yield Row(number, cells, sheet.title, more)


def _not_a_person(cells: dict[str, Any], values: Sequence[Any], heads: Headings) -> str:
    """Why the row is nobody's; nothing for a person's."""
    nik, name = cells.get("nik"), cells.get("full_name")
    if name == EXAMPLE_NAME and plain(nik) == EXAMPLE_NIK:
        return EXAMPLE
    if _is_nik(nik):
        return ""
    if heads.repeated(values):
        return HEADING
    first = next((value for value in values if value != ""), "")
    is_total = isinstance(first, str) and _TOTAL.match(first.strip())
    return TOTAL if is_total and (nik is None or _COUNT.fullmatch(str(nik).strip())) else ""


def _pass_over(sheet: Any, found: Found) -> None:
    """Note a sheet without headings. Raises SheetRefused when there are people on it."""
    rows = [values for values in sheet.rows() if any(value != "" for value in values)]
    if any(_is_nik(value) for values in rows for value in values):
        raise SheetRefused(HEADLESS.format(sheet.title[:40]) if sheet.title else NO_HEADINGS)
    if rows:
        found.other_sheets.append(sheet.title[:40])


def _is_nik(value: Any) -> bool:
    if isinstance(value, float):
        return 10**15 <= value < 10**16
    return isinstance(value, str) and bool(_NIK.fullmatch(value[:60]))


def _forget_sheet(rows: list[Row]) -> None:
    for row in rows:
        row.sheet = ""
