"""Where a row stands in its file, as one number: the sheet and the row of the spreadsheet."""

from __future__ import annotations

from collections.abc import Sequence

_PER_SHEET = 2_000_000  # more than any spreadsheet has


def line(sheet: int, row: int) -> int:
    """The number that a service keeps; just the row for those of the first sheet."""
    return sheet * _PER_SHEET + row


def sheet_of(number: int) -> int:
    """The sheet, of that number."""
    return number // _PER_SHEET


def told(number: int, sheets: Sequence[str]) -> str:
    """As in "12", or "KTP-el: 12" where several sheets were read."""
    sheet, row = sheet_of(number), number % _PER_SHEET
    return f"{sheets[sheet]}: {row}" if len(sheets) > 1 and sheet < len(sheets) else str(row)
