"""Drawing a sheet of figures: numbers in, PDF bytes out. No ORM.

The numbers are drawn as they are given: nothing is added up here.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NamedTuple

from wacat.drawing import engine
from wacat.drawing.marks import SAMPLE_DATA
from wacat.words import angka, tanggal, waktu

TEMPLATE = "documents/summary.html"
STYLES = ("document.css", "summary.css")
COLUMNS_ON_UPRIGHT_PAPER = 3


@dataclass(frozen=True)
class SummaryRow:
    """One area's figures by column key."""

    code: str
    name: str
    figures: dict[str, int]


@dataclass(frozen=True)
class SummarySheet:
    """All that the sheet says. ``columns`` are (key, label); every row and ``total`` has each key.

    ``as_at`` is the last day of the ``period`` that the figures describe, ``known_at`` the aware
    moment up to which facts had arrived. The bars show the column ``charted``, the first one
    unless it is named. ``named`` is the heading of what stands in the rows; areas have a code
    before their name, groups none.
    """

    title: str
    area_name: str
    area_code: str
    as_at: date
    period: str
    known_at: datetime
    definition: str
    columns: tuple[tuple[str, str], ...]
    rows: tuple[SummaryRow, ...]
    total: SummaryRow
    charted: str = ""
    named: str = "Nama"
    specimen: bool = False


class Line(NamedTuple):
    """One line of the table; ``share`` is the bar's length in hundredths of the longest one."""

    code: str
    name: str
    numbers: list[str]
    share: float


def draw_summary(sheet: SummarySheet) -> bytes:
    """The sheet as PDF/A, one or more pages.

    Raises KeyError when a column's figure is missing and DrawingError when a text holds
    characters that the embedded family does not have.
    """
    return engine.draw(TEMPLATE, _context(sheet), STYLES).pdf


def _context(sheet: SummarySheet) -> dict[str, Any]:
    charted = sheet.charted or sheet.columns[0][0]
    longest = max((row.figures[charted] for row in sheet.rows), default=0) or 1
    return {
        "sheet": sheet,
        "as_at": tanggal(sheet.as_at),
        "coded": any(row.code for row in sheet.rows),
        "known_at": waktu(sheet.known_at),
        "labels": [label for _key, label in sheet.columns],
        "charted": dict(sheet.columns)[charted],
        "lines": [
            Line(
                row.code,
                row.name,
                _numbers(row.figures, sheet),
                round(100 * row.figures[charted] / longest, 1),
            )
            for row in sheet.rows
        ],
        "total": _numbers(sheet.total.figures, sheet),
        "wide": len(sheet.columns) > COLUMNS_ON_UPRIGHT_PAPER,
        "marks": (SAMPLE_DATA,) if sheet.specimen else (),
    }


def _numbers(figures: dict[str, int], sheet: SummarySheet) -> list[str]:
    return [angka(figures[key]) for key, _label in sheet.columns]
