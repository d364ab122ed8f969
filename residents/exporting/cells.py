"""What may stand in a cell: text that stays text, whatever a spreadsheet makes of its beginning."""

from __future__ import annotations

import re
import unicodedata
from datetime import date

from wacat.sheets import plain

_FORMULA = frozenset("=+-@\N{MINUS SIGN}")
_NO_CHARACTERS = re.compile("[\ufffe\uffff]")
_NUMBER = re.compile(r"[0-9][0-9 .,/:-]*")

Cell = str | date | None


def safe(text: str) -> str:
    """The text with ' before what begins like a formula, also in wide letters or after spaces."""
    text = plain(_NO_CHARACTERS.sub("", text))
    first = unicodedata.normalize("NFKC", text.lstrip()[:1])
    return f"'{text}" if first in _FORMULA else text


def safe_in_csv(text: str) -> str:
    """The same, and ' before what would be read as a number: 16 digits would lose the last."""
    text = safe(text)
    return f"'{text}" if len(text) > 1 and _NUMBER.fullmatch(text) else text
