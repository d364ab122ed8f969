"""The sheets of an XLSX: refused when they would do harm, else read by calamine."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from python_calamine import (
    CalamineError,
    CalamineSheet,
    SheetTypeEnum,
    SheetVisibleEnum,
    load_workbook,
)

from residents.importing.limits import LIMITS, MOST_CELLS, MOST_TEXT, TOO_LARGE
from wacat.spreadsheets.extent import Extent, TooFar, TooLong
from wacat.spreadsheets.opening import DAMAGED, SheetRefused, checked

MOST_SHEETS = 100
FAR = (
    "Ada isi di sel {}, jauh di luar daftar. Hapus isi sel itu, simpan, lalu unggah lagi. "
    "Daftar yang sangat besar perlu dibagi menjadi beberapa berkas."
)
MANY_SHEETS = "Berkas ini berisi lebih dari 100 lembar. Bagi menjadi beberapa berkas."


@dataclass
class BookSheet:
    """A sheet that can be seen; empty cells are ``""``, numbers floats, days dates."""

    title: str
    read: CalamineSheet
    is_text = False

    def rows(self, most: int | None = None) -> Iterator[list[Any]]:
        """All rows, or the first ones, also those above what is filled."""
        above, left = self.read.start or (0, 0)
        for _ in range(above):
            yield []
        before = [""] * left  # calamine leaves out what is empty to the left and above
        for values in self.read.to_python(skip_empty_area=True, nrows=most):
            yield before + values if before else values


def sheets(content: bytes) -> Iterator[BookSheet]:
    """The sheets that can be seen. Raises SheetRefused."""
    _check(content)
    try:
        book = load_workbook(io.BytesIO(content))
        seen = [
            sheet.name
            for sheet in book.sheets_metadata
            if sheet.visible == SheetVisibleEnum.Visible and sheet.typ == SheetTypeEnum.WorkSheet
        ]
        if len(seen) > MOST_SHEETS:
            raise SheetRefused(MANY_SHEETS)
        for name in seen:
            yield BookSheet(name, book.get_sheet_by_name(name))
    except (CalamineError, OSError, ValueError) as error:
        raise SheetRefused(DAMAGED) from error


def _check(content: bytes) -> None:
    extent = Extent(MOST_CELLS, MOST_TEXT)
    try:
        checked(content, LIMITS, extent.look)
        extent.check_texts()
    except TooFar as error:
        raise SheetRefused(FAR.format(error)) from error
    except TooLong as error:
        raise SheetRefused(TOO_LARGE) from error
