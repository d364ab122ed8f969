"""The trail as a spreadsheet, up to so many rows."""

from __future__ import annotations

from collections.abc import Iterator

from accounts.audit.presenting import Entry, present
from accounts.audit.questions import Question
from accounts.audit.reading import read
from wacat.sheets import Value, workbook
from wacat.words import angka

MOST_ROWS = 20_000
HEADINGS = (
    "Waktu (WITA)",
    "Siapa",
    "Apa",
    "Rincian",
    "Objek",
    "Wilayah",
    "Kode wilayah",
    "Alamat IP",
    "Halaman",
)


def xlsx_of(question: Question) -> bytes:
    """The entries that answer, the latest first; its first line says so where it was cut."""
    rows = read(question, MOST_ROWS + 1)
    note = f"TERPOTONG: hanya {angka(MOST_ROWS)} catatan terbaru. Persempit tanggalnya."
    lines = _lines(present(rows[:MOST_ROWS]))
    return workbook("Jejak", HEADINGS, lines, note if len(rows) > MOST_ROWS else "")


def _lines(entries: list[Entry]) -> Iterator[list[Value]]:
    for one in entries:
        yield [
            one.at,
            one.actor,
            one.what,
            "; ".join(one.details),
            one.subject,
            one.area,
            one.area_code,
            one.address,
            one.url,
        ]
