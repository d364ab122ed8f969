"""Files made to do harm: bombs, lies, cells in far corners. Each is refused soon."""

from __future__ import annotations

import io
import random
import struct
import time
from collections.abc import Callable
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from openpyxl.styles import Font

from residents.importing import reading
from residents.importing.limits import BOUNDS
from tests.residents.imported import book_of, grid, person, saved, xlsx
from wacat.spreadsheets import workbook
from wacat.spreadsheets.opening import STRANGE, SheetRefused

GIVEN = ("rt", "kelurahan", "address", "arrived_on", "purpose")


def refusal(content: bytes, name: str = "daftar.xlsx") -> str:
    with pytest.raises(SheetRefused) as caught:
        reading.read(content, name, GIVEN)
    return str(caught.value)


def repacked(change: Callable[[str, bytes], bytes], extra: dict[str, bytes] | None = None) -> bytes:
    """A sound list with its parts changed."""
    file = io.BytesIO()
    with ZipFile(io.BytesIO(xlsx(person()))) as old, ZipFile(file, "w", ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, change(name, old.read(name)))
        for name, content in (extra or {}).items():
            new.writestr(name, content)
    return file.getvalue()


def sheet_of(xml: bytes) -> bytes:
    """A workbook whose sheet is *xml*."""
    return repacked(lambda name, old: xml if name.startswith("xl/worksheets/") else old)


def soon(content: bytes, name: str = "daftar.xlsx") -> str:
    began = time.perf_counter()
    words = refusal(content, name)
    assert time.perf_counter() - began < 5
    return words


def test_bombs_are_refused_before_they_are_unpacked() -> None:
    plain = repacked(lambda name, old: old, {"xl/worksheets/sheet9.xml": b"<row/>" * 45_000_000})
    lies = bytearray(
        repacked(lambda name, old: old, {"xl/worksheets/sheet9.xml": b"<c/>" * 7_500_000})
    )
    at = lies.rindex(b"PK\x01\x02")
    lies[at + 24 : at + 28] = struct.pack("<I", 1000)
    for bomb in (plain, bytes(lies)):
        began = time.perf_counter()
        with pytest.raises(SheetRefused):
            workbook._check(bomb, BOUNDS)
        assert time.perf_counter() - began < 1


@pytest.mark.parametrize(
    "xml",
    [
        b'<!DOCTYPE a [<!ENTITY b "c">]><worksheet/>',
        '<?xml version="1.0" encoding="utf-16"?><worksheet/>'.encode("utf-16"),
    ],
    ids=["entities", "utf-16"],
)
def test_sheets_that_declare_what_no_sheet_declares(xml: bytes) -> None:
    assert soon(sheet_of(xml)) == STRANGE


HEAD = b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
CELL = b'<c r="%s" t="inlineStr"><is><t>x</t></is></c>'


@pytest.mark.parametrize(
    "rows",
    [
        b'<row r="1">' + CELL % b"A1" + CELL % b"XFD1" + b'</row><row r="1048576">'
        + CELL % b"A1048576" + b"</row>",
        b"<row><c r='A1'><v>1</v></c><c r='XFD1'><v>1</v></c><c r='A1048576'><v>1</v></c></row>",
        b"<row>" + b"<c><v>1</v></c>" * 9000 + b'</row><row r="900000"><c><v>1</v></c></row>',
    ],
    ids=["far", "other quotes", "no references"],
)  # fmt: skip
def test_a_sheet_that_reaches_too_far_is_refused_and_the_cell_named(rows: bytes) -> None:
    words = soon(sheet_of(HEAD + rows + b"</sheetData></worksheet>"))
    assert "jauh di luar daftar" in words


def test_an_empty_cell_far_away_is_no_harm() -> None:
    book = book_of(grid(person()))
    book.active["XFD1048576"].font = Font(bold=True)
    assert len(reading.read(saved(book), "a.xlsx", ("kelurahan",)).rows) == 1


def test_one_long_text_named_by_every_cell_is_refused() -> None:
    """Copied into each cell, 30 kB would become six gigabytes."""
    strings = (
        b"<sst><si><t>" + random.Random(3).randbytes(15_000).hex().encode() + b"</t></si></sst>"
    )
    cells = b"".join(b'<c r="A%d" t="s"><v>0</v></c>' % n for n in range(1, 200_000))
    content = repacked(
        lambda name, old: (
            HEAD + cells + b"</sheetData></worksheet>" if name.startswith("xl/worksheets/") else old
        ),
        {"xl/sharedStrings.xml": strings},
    )
    assert "terlalu besar" in soon(content)


def test_a_sheet_under_another_name_is_looked_at_as_well() -> None:
    bad = (
        HEAD
        + b'<row r="1">'
        + CELL % b"A1"
        + CELL % b"XFD99999"
        + b"</row></sheetData></worksheet>"
    )
    content = repacked(lambda name, old: old, {"xl/media/image1.png": bad})
    assert "jauh di luar daftar" in soon(content)
