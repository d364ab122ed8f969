"""What may stand in a cell: text that stays text, whatever a spreadsheet makes of its beginning.

A cell of a workbook is told to be text. CSV knows no kinds of cells: there it takes a ' in front.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import date

from wacat.sheets import plain

_FORMULA = frozenset("=+-@\N{MINUS SIGN}")
_BEFORE_A_FORMULA = ("\t", "\r", "\n")
_NO_CHARACTERS = re.compile("[\ufffe\uffff]")
_NUMBER = re.compile(r"[0-9][0-9 .,/:-]*")

Cell = str | date | None


def clean(text: str) -> str:
    """The text without what no file may hold."""
    return plain(_NO_CHARACTERS.sub("", text))


def safe_in_csv(text: str) -> str:
    """The same with ' before what a spreadsheet would take for something else than text.

    That is what begins like a formula, also in wide letters or after spaces, and what would be
    read as a number: 16 digits would lose the last.
    """
    text = clean(text)
    first = unicodedata.normalize("NFKC", text.lstrip()[:1])
    begins = first in _FORMULA or text.startswith(_BEFORE_A_FORMULA)
    is_number = len(text) > 1 and _NUMBER.fullmatch(text)
    return f"'{text}" if begins or is_number else text
