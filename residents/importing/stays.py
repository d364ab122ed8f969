"""Since when and until when: days, spans and what stands for those that are missing."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Any

from residents.importing.cells import BadCell, text_of
from residents.importing.judged import Judged
from residents.importing.who import Remembered
from residents.registry.consistency import OLDEST, age_on
from residents.registry.stays import a_year_after, latest_end
from wacat.calendar import months_after
from wacat.spreadsheets.days import NoDay, day_of
from wacat.words import tanggal

_SPAN = re.compile(r"±?\s*(\d{1,3})\s*(tahun|thn|th|bulan|bln|bl|minggu|mgg|hari|hr)\b.*", re.I)
_OPEN = re.compile(
    r"seterusnya|selamanya|menetap|tidak (?:tentu|pasti)|belum (?:tentu|tahu|pasti)|sekarang|"
    r"tdk (?:tentu|tahu)|saat ini|kontrak habis|selesai|lulus|masih|s\.?\s*/?\s*d\.?$",
    re.IGNORECASE,
)
OVERDUE = "Masa tinggal sudah lewat. Perpanjang, atau catat kepindahannya."


class Stays:
    """Reads the days of stays as of *today*; *arrival* stands for those that are missing."""

    def __init__(self, today: date, arrival: date | None) -> None:
        self.today, self.arrival = today, arrival
        # A two-digit year of a stay lies in this century.
        self._latest = today.replace(year=today.year + 50, day=1)

    def add(self, judged: Judged, remembered: Remembered) -> None:
        """Put both days into the row, or what is wrong with them."""
        given, fields = judged.row.cells, judged.fields
        fields["arrived_on"] = fields["stays_until"] = ""
        try:
            arrived = self._arrived(given.get("arrived_on"), remembered)
            born = fields.get("birth_date")
            if born and arrived.isoformat() < born:
                raise BadCell("Tanggal datang tidak boleh sebelum tanggal lahir.")
            cell = (given.get("stays_until"), arrived)
            until, note = remembered("until", cell, lambda pair: self._until(*pair))
        except BadCell as error:
            judged.errors.append(str(error))
            return
        if note:
            judged.warnings.append(note)
        if until < self.today:
            judged.warnings.append(OVERDUE)
        fields["arrived_on"], fields["stays_until"] = arrived.isoformat(), until.isoformat()

    def _arrived(self, cell: Any, remembered: Remembered) -> date:
        day: date | None = remembered("arrived", cell, self._arrival)
        if day is None:
            raise BadCell("Isi tanggal datang.")
        return day

    def _arrival(self, cell: Any) -> date | None:
        if cell is None or (isinstance(cell, str) and not text_of(cell)):
            return self.arrival
        try:
            day = day_of(cell, self._latest)
        except NoDay as error:
            raise BadCell(f"Tanggal datang {error}") from error
        if day > self.today:
            raise BadCell("Tanggal datang tidak boleh setelah hari ini.")
        if age_on(self.today, day) > OLDEST:
            raise BadCell("Tanggal datang: periksa tahunnya.")
        return day

    def _until(self, cell: Any, arrived: date) -> tuple[date, str]:
        """The last day, and what is to be said about it."""
        text = text_of(cell) if cell is not None else ""
        if not text or (isinstance(cell, str) and _OPEN.search(text)):
            until = a_year_after(arrived)
            return until, f"Akhir masa tinggal belum jelas; dicatat sampai {tanggal(until)}."
        until = self._end(cell, text, arrived)
        if until < arrived:
            raise BadCell("Akhir masa tinggal lebih awal daripada tanggal datang.")
        latest = latest_end(arrived)
        if until > latest:
            return latest, f"Paling lama 1 tahun; dicatat sampai {tanggal(latest)}."
        return until, ""

    def _end(self, cell: Any, text: str, arrived: date) -> date:
        if isinstance(cell, str) and (span := _SPAN.fullmatch(text)):
            return _after(arrived, int(span[1]), span[2].lower())
        try:
            return day_of(cell, self._latest)
        except NoDay as error:
            raise BadCell(f"Akhir masa tinggal {error}") from error


def _after(day: date, count: int, unit: str) -> date:
    """Three months, a year, ten days after *day*."""
    if unit.startswith(("hari", "hr")):
        return day + timedelta(days=count)
    if unit.startswith("m"):
        return day + timedelta(weeks=count)
    return months_after(day, count * (12 if unit.startswith("t") else 1))
