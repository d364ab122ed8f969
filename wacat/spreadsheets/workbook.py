"""The sheets of an XLSX: refused when they would do harm, else read by calamine."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any

from python_calamine import (
    CalamineError,
    CalamineSheet,
    SheetTypeEnum,
    SheetVisibleEnum,
    load_workbook,
)

from wacat.spreadsheets.extent import Extent, TooFar, TooLong
from wacat.spreadsheets.opening import DAMAGED, Bounds, SheetRefused, checked

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
        _, left = self.read.start or (0, 0)
        before = [""] * left  # calamine leaves out what is empty to the left
        for values in islice(self.read.iter_rows(), most):
            yield before + values if before else values


def sheets(content: bytes, bounds: Bounds) -> Iterator[BookSheet]:
    """The sheets that can be seen. Raises SheetRefused."""
    _check(content, bounds)
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


def _check(content: bytes, bounds: Bounds) -> None:
    extent = Extent(bounds.cells, bounds.text)
    try:
        checked(content, bounds.archive, extent.look)
        extent.check_texts()
    except TooFar as error:
        raise SheetRefused(FAR.format(error)) from error
    except TooLong as error:
        raise SheetRefused(bounds.archive.too_large) from error
