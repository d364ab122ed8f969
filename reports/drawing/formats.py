"""How dates and numbers are written in Indonesian documents. Pure functions of their argument."""

from __future__ import annotations

from datetime import date, datetime
from itertools import accumulate

MONTHS = (
    "Januari",
    "Februari",
    "Maret",
    "April",
    "Mei",
    "Juni",
    "Juli",
    "Agustus",
    "September",
    "Oktober",
    "November",
    "Desember",
)
NIK_GROUPS = (4, 4, 4, 4)
NIP_GROUPS = (8, 6, 1, 3)
CODE_GROUPS = (4, 4)


def long_date(day: date) -> str:
    """``21 November 2026``."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def moment(at: datetime) -> str:
    """``21 November 2026 pukul 14.05``, in the zone that ``at`` carries."""
    return f"{long_date(at)} pukul {at:%H.%M}"


def thousands(number: int) -> str:
    """``1.378``: Indonesian groups by dots."""
    return f"{number:,}".replace(",", ".")


def grouped_nik(nik: str) -> str:
    """``6471 0512 0385 0001``: fours, to be compared by eye with a card."""
    return _grouped(nik, NIK_GROUPS)


def grouped_nip(nip: str) -> str:
    """``19790512 200312 1 004``, as civil servants' numbers are always printed."""
    return _grouped(nip, NIP_GROUPS)


def grouped_code(code: str) -> str:
    """``K7QM-4TXP``: a letter's short code, to be typed from paper."""
    return _grouped(code, CODE_GROUPS, "-")


def _grouped(text: str, lengths: tuple[int, ...], between: str = " ") -> str:
    """``text`` in groups; anything but ASCII letters and digits of that length stays as it is."""
    if len(text) != sum(lengths) or not (text.isascii() and text.isalnum()):
        return text
    ends = list(accumulate(lengths))
    starts = [0, *ends[:-1]]
    return between.join(text[start:end] for start, end in zip(starts, ends, strict=True))
