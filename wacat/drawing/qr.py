"""A QR code as one SVG path. WeasyPrint draws one path four times as fast as many squares."""

from __future__ import annotations

from itertools import groupby
from typing import NamedTuple

import segno

QUIET_ZONE = 4  # modules of white around the code, as ISO/IEC 18004 asks


class QrShape(NamedTuple):
    """``path`` draws the dark modules, one unit each; ``view_box`` includes the quiet zone."""

    path: str
    view_box: str


def qr_shape(text: str) -> QrShape:
    """The QR code of ``text``, error correction M or better."""
    rows = segno.make_qr(text, error="m").matrix
    side = len(rows) + 2 * QUIET_ZONE
    path = "".join(_row_path(row, y) for y, row in enumerate(rows))
    return QrShape(path, f"{-QUIET_ZONE} {-QUIET_ZONE} {side} {side}")


def _row_path(row: bytearray, y: int) -> str:
    """The dark runs of one row, as boxes one unit high; filling closes them."""
    path, x = [], 0
    for dark, run in groupby(row):
        length = len(list(run))
        if dark:
            path.append(f"M{x} {y}h{length}v1h-{length}")
        x += length
    return "".join(path)
