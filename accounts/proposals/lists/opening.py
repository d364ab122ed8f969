"""Whether an uploaded list may be read at all, decided before anything in it is unpacked."""

from __future__ import annotations

from zipfile import ZipFile

from wacat.spreadsheets import opening
from wacat.spreadsheets.opening import MEGABYTE, Limits, SheetRefused

ListRefused = SheetRefused
DAMAGED, STRANGE = opening.DAMAGED, opening.STRANGE
MOST_BYTES = 3 * MEGABYTE
MOST_ROWS = 2000
TOO_LARGE = (
    "Berkas terlalu besar. Paling banyak 2.000 baris dan 3 MB; bagi menjadi beberapa berkas."
)
LIMITS = Limits(
    packed=MOST_BYTES,
    unpacked=20 * MEGABYTE,
    part=2 * MEGABYTE,
    tags=MEGABYTE,
    too_large=TOO_LARGE,
)


def checked(content: bytes) -> ZipFile:
    """The archive, safe to be read by openpyxl. Raises ListRefused."""
    return opening.checked(content, LIMITS)
