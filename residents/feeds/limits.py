"""How large an uploaded file of services may be, and what is said about more."""

from __future__ import annotations

from wacat.spreadsheets.opening import MEGABYTE, Bounds, Limits

MOST_ROWS = 200_000
MOST_BYTES = 30 * MEGABYTE  # the proxy takes requests of 32 MB
TOO_LARGE = (
    "Berkas terlalu besar. Paling banyak 200.000 baris dan 30 MB; bagi menjadi beberapa berkas."
)
BOUNDS = Bounds(
    Limits(
        packed=MOST_BYTES,
        unpacked=250 * MEGABYTE,
        part=8 * MEGABYTE,
        tags=25_000_000,
        too_large=TOO_LARGE,
    ),
    cells=6_000_000,
    text=250 * MEGABYTE,
)
