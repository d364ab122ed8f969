"""How large an uploaded list of residents may be, and what is said about more."""

from __future__ import annotations

from wacat.spreadsheets.opening import MEGABYTE, Bounds, Limits

MOST_ROWS = 50_000
MOST_BYTES = 18 * MEGABYTE  # the proxy takes requests of 20 MB
MOST_CELLS = 3_000_000  # of the rectangle that holds all of a sheet
MOST_TEXT = 100 * MEGABYTE  # of all cells
LONGEST_CELL = 2_000  # letters; what is longer is cut off, and too long for any column
TOO_LARGE = (
    "Berkas terlalu besar. Paling banyak 50.000 baris dan 18 MB; bagi menjadi beberapa berkas."
)
LIMITS = Limits(
    packed=MOST_BYTES,
    unpacked=100 * MEGABYTE,
    part=8 * MEGABYTE,
    tags=10_000_000,
    too_large=TOO_LARGE,
)
BOUNDS = Bounds(LIMITS, MOST_CELLS, MOST_TEXT)
