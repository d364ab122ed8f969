"""How dates, numbers, NIKs and names are written on screen and on paper, in Indonesian."""

from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from typing import Literal
from zoneinfo import ZoneInfo

WITA = ZoneInfo("Asia/Makassar")
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
NIK_DIGITS = 16
BULLET = "•"


def tanggal(day: date | None) -> str:
    """``21 November 2026``; a moment gives its day in Balikpapan, none gives nothing.

    Raises ``ValueError`` for a moment without a time zone.
    """
    if not day:
        return ""
    if isinstance(day, datetime):
        day = _in_wita(day)
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def waktu(moment: datetime | None) -> str:
    """``21 November 2026 14.05 WITA``; none gives nothing.

    Raises ``ValueError`` for a moment without a time zone.
    """
    if not moment:
        return ""
    local = _in_wita(moment)
    return f"{tanggal(local)} {local:%H.%M} WITA"


def angka(number: int | float | Decimal | Literal[""] | None) -> str:
    """``1.378`` or ``12,5``: dots between thousands, a comma before at most two decimals."""
    if number is None or number == "":
        return ""
    exact = Decimal(str(number)).quantize(Decimal("0.01"), rounding=ROUND_HALF_UP)
    whole, _, decimals = f"{abs(exact):,f}".partition(".")
    decimals = decimals.rstrip("0")
    sign = "−" if exact < 0 else ""
    return sign + whole.replace(",", ".") + (f",{decimals}" if decimals else "")


def nik_grouped(nik: str | None) -> str:
    """``9971 0512 3456 0012``: sixteen digits in fours, as people read them aloud."""
    text = _without_spaces(nik)
    return " ".join(text[start : start + 4] for start in range(0, len(text), 4))


def nik_masked(nik: str | None) -> str:
    """``99•• •••• •••• 0012``: province and serial only; what is no NIK is hidden entirely."""
    text = _without_spaces(nik)
    if len(text) == NIK_DIGITS and text.isdigit():
        text = text[:2] + BULLET * (NIK_DIGITS - 6) + text[-4:]
    else:
        text = BULLET * len(text)
    return nik_grouped(text)


def name_masked(name: str | None) -> str:
    """``S*** A*****``: the first letter of each word."""
    return " ".join(word[0] + "*" * (len(word) - 1) for word in (name or "").split())


def _in_wita(moment: datetime) -> datetime:
    if moment.tzinfo is None:
        raise ValueError("a moment needs a time zone")
    return moment.astimezone(WITA)


def _without_spaces(text: str | None) -> str:
    return "".join((text or "").split())
