"""From an uploaded file to rows of cells, sheet by sheet. Only the file as a whole is judged."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from residents.feeds import headings
from residents.feeds.column_table import TITLES, named
from residents.feeds.headings import Chosen, Headings
from residents.feeds.kinds import only_kind_of
from residents.feeds.limits import BOUNDS, MOST_ROWS
from residents.feeds.needed import missing_of
from residents.services.codes import Kind
from wacat.spreadsheets import separated, workbook
from wacat.spreadsheets.opening import OLE, ZIP, SheetRefused
from wacat.spreadsheets.wording import plain

TOO_MANY = "Berkas ini lebih dari 200.000 baris. Bagi menjadi beberapa berkas, misalnya per bulan."
EMPTY = "Berkas ini tidak berisi baris layanan di bawah judul kolomnya."
NO_HEADINGS = (
    "Judul kolom tidak ditemukan pada 40 baris pertama. Perlu sebuah baris judul di atas baris "
    "layanan, misalnya NIK, Nama, Tanggal Layanan, Alamat, RT, Kelurahan."
)
HEADLESS = (
    "Lembar “{}” berisi NIK, tetapi tidak ada judul kolomnya. Tambahkan baris judulnya, "
    "atau hapus lembar itu."
)
BLANK, HEADING, TOTAL = "blank", "heading", "total"
# A row with nothing else says nothing of anybody.
_PREFILLED = frozenset(
    "kind rt kelurahan kecamatan code code_prov code_kab code_kec code_kel city from_city to_city"
    " from_kecamatan to_kecamatan".split()
)
_TOTAL = re.compile(r"(?:grand|sub)?\s*(?:total|jumlah|jml)\b", re.IGNORECASE)
_NIK = re.compile(r"\D*\d{16}\D*")


@dataclass
class Sheet:
    """A list with its headings, and the kind of its services where no cell says it.

    ``hides_nik``: none of its columns is known as the NIK, and one that is not known holds some.
    """

    number: int
    title: str
    heads: Headings
    kind: Kind | None
    source: Any
    hides_nik: bool = False
    skipped: Counter[str] = field(default_factory=Counter)

    @property
    def names(self) -> list[str]:
        """What it is called: its own name, and the texts above its headings."""
        return [self.title, *self.heads.titles]

    @property
    def missing(self) -> list[str]:
        """Titles of what is needed and that no column holds."""
        missing = missing_of(self.heads.keys.values(), self.kind is not None)
        return [TITLES["nik"], *missing] if self.hides_nik else missing

    def rows(self) -> Iterator[tuple[int, dict[str, Any], Sequence[Any]]]:
        """Number, cells by key and all values of each row of somebody's. Raises SheetRefused."""
        columns, first = list(self.heads.keys.items()), self.heads.first
        found = 0
        for number, values in enumerate(self.source.rows(), start=1):
            if number <= first:
                continue
            width, cells = len(values), dict[str, Any]()
            for n, key in columns:
                value = values[n] if n < width else ""
                if value == "" or (value.__class__ is str and not value.strip()):
                    continue
                cells[key] = value
            if kind := self._is_none(cells, values):
                self.skipped[kind] += 1
                continue
            found += 1
            if found > MOST_ROWS:
                raise SheetRefused(TOO_MANY)
            yield number, cells, values

    def _is_none(self, cells: dict[str, Any], values: Sequence[Any]) -> str:
        """Why the row is nobody's; nothing for a service."""
        if cells.keys() <= _PREFILLED:
            return BLANK
        if _is_nik(cells.get("nik")):
            return ""
        if self.heads.repeated(values):
            return HEADING
        first = next((value for value in values if value != ""), "")
        is_total = isinstance(first, str) and bool(_TOTAL.match(first.strip()))
        # Somebody's has a name, a day and a place at least.
        is_service = len(cells) > 2 and cells.keys() >= {"full_name", "served_on"}
        return TOTAL if is_total and not is_service else ""


@dataclass
class Found:
    """The sheets that hold services, and those that were passed over."""

    sheets: list[Sheet]
    passed: list[str]

    @property
    def missing(self) -> list[str]:
        """Titles of what is needed and that a sheet lacks."""
        return list(dict.fromkeys(title for sheet in self.sheets for title in sheet.missing))


def read(content: bytes, name: str, chosen: Chosen, kind: Kind | None) -> Found:
    """The lists in an XLSX or CSV file called *name*. Raises SheetRefused.

    *chosen* are columns of which somebody has said what they hold, *kind* what the services are
    where nothing in the file says it.
    """
    every = list(_sheets(content, name, chosen))
    looked = [(one, _heads_of(one, chosen)) for one in every]
    sheets: list[Sheet] = []
    passed: list[str] = []
    for one, heads in looked:
        if heads is None:
            _pass_over(one, passed)
            continue
        own = only_kind_of(one.title) or kind or _kind_of_titles([*heads.titles, name])
        sheets.append(Sheet(0, one.title, heads, own, one, _hides_nik(one, heads, chosen)))
    kept = _lists(sheets, passed)
    if not kept:
        raise SheetRefused(NO_HEADINGS)
    for number, sheet in enumerate(kept):
        sheet.number = number
    return Found(kept, passed)


def _heads_of(sheet: Any, chosen: Chosen) -> Headings | None:
    return headings.find(list(sheet.rows(headings.LOOKED_AT)), chosen)


def _hides_nik(sheet: Any, heads: Headings, chosen: Chosen) -> bool:
    """Without its NIK a service is another one; somebody has to say that there is none."""
    if "nik" in heads.keys.values():
        return False
    strange = [
        n for n, label in heads.labels.items() if not named(label) and plain(label) not in chosen
    ]
    below = list(sheet.rows(headings.LOOKED_AT))[heads.first :]
    return any(_is_nik(row[n]) for row in below for n in strange if n < len(row))


def _kind_of_titles(titles: Iterable[str]) -> Kind | None:
    return next((kind for text in titles if (kind := only_kind_of(text))), None)


def _lists(sheets: list[Sheet], passed: list[str]) -> list[Sheet]:
    """Without summaries that stand beside a list that is complete."""
    if all(sheet.missing for sheet in sheets):
        return sheets
    kept = []
    for sheet in sheets:
        if sheet.missing and "full_name" not in sheet.heads.keys.values():
            _pass_over(sheet.source, passed)
        else:
            kept.append(sheet)
    return kept


def _pass_over(sheet: Any, passed: list[str]) -> None:
    """Note a sheet that is no list. Raises SheetRefused when there are people on it."""
    filled = False
    for values in sheet.rows():
        filled = filled or any(value != "" for value in values)
        if any(map(_is_nik, values)):
            raise SheetRefused(HEADLESS.format(sheet.title[:40]) if sheet.title else NO_HEADINGS)
    if filled:
        passed.append(sheet.title[:40])


def _is_nik(value: Any) -> bool:
    if isinstance(value, float):
        return 10**15 <= value < 10**16
    return isinstance(value, str) and bool(_NIK.fullmatch(value[:60]))


def _sheets(content: bytes, name: str, chosen: Chosen) -> Iterator[Any]:
    if content.startswith((ZIP, OLE)) or name.lower().endswith((".xlsx", ".xlsm", ".xls")):
        return workbook.sheets(content, BOUNDS)
    return separated.sheets(content, BOUNDS, lambda rows: _recognised(rows, chosen))


def _recognised(rows: list[list[str]], chosen: Chosen) -> int:
    found = headings.find(rows, chosen)
    return len(found.keys) if found else 0
