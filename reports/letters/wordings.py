"""The wordings of a letter, one template each: a letter is always drawn in that of its issue.

A published wording is never edited, since letters that say it may be drawn again years later. A
new text is a new file and the next number here; the tests know each one by its digest.
"""

from wacat.drawing.engine import DrawingError

WORDINGS = {1: "documents/letter/v1.html"}


class WordingUnknown(DrawingError):
    """The letter was issued in a wording that this installation does not have."""


def template_of(wording: int) -> str:
    """The template of the *wording* of that number. Raises WordingUnknown."""
    if wording not in WORDINGS:
        raise WordingUnknown(f"no wording {wording} of the letter")
    return WORDINGS[wording]
