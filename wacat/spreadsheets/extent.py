"""How far a worksheet reaches, asked of its XML before a reader lays out a grid that large.

A reader that fills the rectangle between the first and the last cell needs gigabytes for two
cells in opposite corners; one that copies shared texts needs them for one long text named by
every cell.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

# Beyond column Z or row 99,999, as few lists reach.
_BEYOND = re.compile(rb'<c r="(?:[A-Z]{2}|[A-Z]\d{6})')
_NEAR = 26 * 99_999
# A cell that does not begin with its reference, or is in a named namespace.
_ODD = re.compile(rb'<c(?! r=")(?=[\s>/])')
_NAMED = re.compile(rb":c[\s>/]")
_COLUMNS = re.compile(rb'<c r="([A-Z]{1,4})')
_ROWS = re.compile(rb'<c r="[A-Z]{1,4}(\d{1,10})')
# A row, or a cell that is not closed at once; the reference in either kind of quotes, or none.
_TAG = re.compile(rb"<(?:\w+:)?(row|c)((?:\s[^>]*)?)(?<!/)>(?:(?=\s*(<)(?!/)))?")
_REFERENCE = re.compile(rb"""\sr\s*=\s*["']\s*([A-Za-z]*)(\d*)""")
_ITEM_ENDS = re.compile(rb"</(?:\w+:)?si\s*>")
_INDEX = re.compile(rb"<(?:\w+:)?v(?:\s[^>]*)?>\s*(\d{1,9})\s*<")


class TooFar(Exception):
    """A cell lies too far out. The text is its name, as in "XFD1048576"."""


class TooLong(Exception):
    """The shared texts, copied into each cell that names them, would be too long."""


@dataclass
class Extent:
    """What the parts of a workbook, shown to ``look`` one after another, would take.

    ``cells`` is the largest rectangle, ``text`` the longest sum of copied texts in bytes.
    """

    cells: int
    text: int
    _lengths: list[int] = field(default_factory=list)
    _sheets: list[bytes] = field(default_factory=list)

    def look(self, part: bytes) -> None:
        """Raises TooFar. What is no sheet and no table of texts is passed over."""
        if b"sheetData" in part:
            self._measure(part)
            self._sheets.append(part)
        elif _ITEM_ENDS.search(part):
            self._lengths = [len(item) for item in _ITEM_ENDS.split(part)]

    def check_texts(self) -> None:
        """To be asked when all parts were shown. Raises TooLong."""
        longest = max(self._lengths, default=0)
        for sheet in self._sheets:
            if longest * sheet.count(b"v>") > self.text and self._copied(sheet) > self.text:
                raise TooLong
        self._sheets.clear()

    def _copied(self, sheet: bytes) -> int:
        """Bytes of text, were every whole number the number of a text."""
        lengths = self._lengths
        numbers = (int(found[1]) for found in _INDEX.finditer(sheet))
        return sum(lengths[number] for number in numbers if number < len(lengths))

    def _measure(self, sheet: bytes) -> None:
        if _is_plain(sheet):
            if self.cells >= _NEAR and not _BEYOND.search(sheet):
                return
            columns = {_column(name) for name in set(_COLUMNS.findall(sheet))}
            rows = max(map(int, set(_ROWS.findall(sheet))), default=0)
            if max(columns, default=0) * rows <= self.cells:
                return
        self._measure_slowly(sheet)

    def _measure_slowly(self, sheet: bytes) -> None:
        """As the reader counts: a cell without a reference follows the one before it."""
        row = column = last_row = last_column = 0
        for kind, attributes, content in _TAG.findall(sheet):
            found = _REFERENCE.search(attributes)
            if kind == b"row":
                row, column = (int(found[2]) if found and found[2] else row + 1), 0
                continue
            named = bool(found and found[1] and found[2])
            column = _column(found[1].upper()) if found and named else column + 1
            row = int(found[2]) if found and named else row
            if content:
                last_row, last_column = max(last_row, row), max(last_column, column)
            if last_row * last_column > self.cells:
                raise TooFar(f"{_letters(last_column)}{last_row}")


def _is_plain(sheet: bytes) -> bool:
    """Written as most programs do: each cell begins with its reference."""
    return not (_ODD.search(sheet) or _NAMED.search(sheet))


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


def _letters(number: int) -> str:
    text = ""
    while number:
        number, rest = divmod(number - 1, 26)
        text = chr(65 + rest) + text
    return text
