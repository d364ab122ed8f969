"""Which characters the embedded family can draw. A letter must not show boxes for a name."""

from __future__ import annotations

import unicodedata
from functools import cache

from django.conf import settings

FONTS = settings.BASE_DIR / "static/fonts/huruf-dokumen"


def undrawable(text: str) -> str:
    """The code points of ``text`` that cannot be printed faithfully, or nothing.

    These are characters that the fonts lack, and invisible ones that could reorder or hide
    what is read (direction marks, zero-width characters). White space counts as drawable.
    """
    wrong = sorted(one for one in set(text) - _drawable() if not one.isspace())
    return ", ".join(f"U+{ord(one):04X}" for one in wrong)


def drawable(text: str) -> str:
    """``text`` with a question mark for each character that cannot be printed faithfully.

    For papers that a person reads before they count: one odd letter must not keep them back.
    """
    wrong = {one for one in set(text) - _drawable() if not one.isspace()}
    return "".join("?" if one in wrong else one for one in text) if wrong else text


@cache
def _drawable() -> frozenset[str]:
    from fontTools.ttLib import TTFont

    faces = (set(TTFont(path, lazy=True).getBestCmap()) for path in sorted(FONTS.glob("*.ttf")))
    shared = {chr(code) for code in set.intersection(*faces)}
    return frozenset(one for one in shared if unicodedata.category(one)[0] != "C")
