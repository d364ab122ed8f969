"""Days as people write them in cells; an ambiguous one is read the Indonesian way, day first."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from typing import Any

from wacat.words import MONTHS

LOST = "“{}” bukan tanggal. Tulis lengkap, misalnya 17-08-1990."
NO_SUCH = "“{}” tidak ada dalam kalender."
_ZERO_DAY = date(1899, 12, 30)  # of the spreadsheets' count
_SERIALS = range(3_654, 73_415)  # 1910 to 2100
_SERIAL = re.compile(r"(\d{4,5})(?:[.,]\d+)?")
_CLOCK = re.compile(
    r"[,\s]*(?:T|pukul|jam)?\s*\d{1,2}[:.]\d{2}(?:[:.]\d{2}(?:\.\d+)?)?\s*"
    r"(?:AM|PM|Z|WITA|WIB|WIT|\+\d{2}:?\d{2})?$",
    re.IGNORECASE,
)
_WEEKDAY = re.compile(
    r"(?:senin|selasa|rabu|kamis|jum[’'`]?at|sabtu|minggu|ahad)\b[,\s]*", re.IGNORECASE
)
_BETWEEN = r"(?:\s*[-/.,\s–—]\s*)"
_YEAR = r"(\d{4}|['’]?\d{2})"
_DAY_FIRST = re.compile(rf"(\d{{1,2}}){_BETWEEN}(\d{{1,2}}){_BETWEEN}{_YEAR}")
_YEAR_FIRST = re.compile(rf"(\d{{4}}){_BETWEEN}(\d{{1,2}}){_BETWEEN}(\d{{1,2}})")
_IN_WORDS = re.compile(
    rf"(?:tgl\.?\s*)?(\d{{1,2}}){_BETWEEN}?([A-Za-z]{{3,9}})\.?{_BETWEEN}?{_YEAR}"
)
_MONTH_FIRST = re.compile(rf"([A-Za-z]{{3,9}})\.?\s*(\d{{1,2}})(?:st|nd|rd|th)?\s*,?\s*{_YEAR}")
_YEAR_AND_WORD = re.compile(r"(\d{4})[-\s]([A-Za-z]{3,9})[-\s](\d{1,2})")
_RUN_TOGETHER = re.compile(r"(\d{2})(\d{2})((?:19|20)\d{2})")
_YEAR_RUN = re.compile(r"((?:19|20)\d{2})(\d{2})(\d{2})")
_MONTH_NUMBERS = {
    **{name[:3].casefold(): n for n, name in enumerate(MONTHS, start=1)},
    **{name.casefold(): n for n, name in enumerate(MONTHS, start=1)},
    **dict.fromkeys(("agt", "ags", "agust", "agst", "aug", "august", "agus"), 8),
    **dict.fromkeys(("sept", "septem"), 9),
    **dict.fromkeys(("may",), 5),
    **dict.fromkeys(("oct", "october", "okto"), 10),
    **dict.fromkeys(("dec", "december", "desem"), 12),
    **dict.fromkeys(("january", "jann", "janu"), 1),
    **dict.fromkeys(("february", "pebruari", "peb", "febr", "pebr"), 2),
    **dict.fromkeys(("march", "mrt", "maart"), 3),
    **dict.fromkeys(("april", "aprl"), 4),
    **dict.fromkeys(("june", "jn"), 6),
    **dict.fromkeys(("july",), 7),
    **dict.fromkeys(("nop", "nopember", "nopem", "novem"), 11),
}


class NoDay(ValueError):
    """The cell holds no day. The text is for the user and quotes the cell."""


def day_of(value: Any, latest: date) -> date:
    """The day that a cell holds.

    A year of two digits is the last such up to *latest*: today for births, later for stays.
    Raises NoDay.
    """
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    if isinstance(value, float) and not isinstance(value, bool):
        return _of_number(value)
    if not isinstance(value, str):
        raise NoDay(LOST.format(_quoted(value)))
    return _written(" ".join(value.split()).strip("'`’ "), latest)


def _of_number(value: float) -> date:
    """A day as a spreadsheet counts them, or its digits run together (17081990)."""
    if value == value and abs(value) < 10**9:
        if int(value) in _SERIALS:
            return _ZERO_DAY + timedelta(days=int(value))
        if value.is_integer():
            return _run_together(f"{int(value):08}")
    raise NoDay(LOST.format(_quoted(value)))


def _written(text: str, latest: date) -> date:
    text = _WEEKDAY.sub("", text, count=1)
    found = _parts(text) or _parts(_CLOCK.sub("", text))
    if found is None:
        counted = _SERIAL.fullmatch(text)
        if counted and int(counted[1]) in _SERIALS:
            return _ZERO_DAY + timedelta(days=int(counted[1]))
        return _run_together(text)
    day, month, year = found
    if len(year) < 4:
        return _of_short_year(day, month, int(year.lstrip("'’")), latest, text)
    return _existing(day, month, int(year), text)


def _parts(text: str) -> tuple[int, int, str] | None:
    """Day, month and the year's digits; a second number over 12 is a day after its month."""
    if one := _DAY_FIRST.fullmatch(text):
        day, month = int(one[1]), int(one[2])
        return (month, day, one[3]) if month > 12 >= day else (day, month, one[3])
    if one := _YEAR_FIRST.fullmatch(text):
        return int(one[3]), int(one[2]), one[1]
    if one := _IN_WORDS.fullmatch(text):
        return int(one[1]), _month(one[2]), one[3]
    if one := _MONTH_FIRST.fullmatch(text):
        return int(one[2]), _month(one[1]), one[3]
    if one := _YEAR_AND_WORD.fullmatch(text):
        return int(one[3]), _month(one[2]), one[1]
    return None


def _run_together(text: str) -> date:
    if one := _RUN_TOGETHER.fullmatch(text):
        return _existing(int(one[1]), int(one[2]), int(one[3]), text)
    if one := _YEAR_RUN.fullmatch(text):
        return _existing(int(one[3]), int(one[2]), int(one[1]), text)
    raise NoDay(LOST.format(_quoted(text)))


def _of_short_year(day: int, month: int, year: int, latest: date, text: str) -> date:
    found = None
    for century in (1900, 2000):
        try:
            one = date(century + year, month, day)
        except ValueError:
            continue
        found = one if one <= latest or found is None else found
    if found is None:
        raise NoDay(NO_SUCH.format(_quoted(text)))
    return found


def _existing(day: int, month: int, year: int, text: str) -> date:
    try:
        return date(year, month, day)
    except ValueError as error:
        raise NoDay(NO_SUCH.format(_quoted(text))) from error


def _month(name: str) -> int:
    """1 to 12; 0, of which there is no day, for what is none."""
    return _MONTH_NUMBERS.get(name.casefold(), 0)


def _quoted(value: Any) -> str:
    if isinstance(value, float) and value.is_integer() and abs(value) < 10**15:
        value = int(value)
    return str(value)[:30]
