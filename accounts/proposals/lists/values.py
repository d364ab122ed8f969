"""What a cell of a list means. Each function gives the value or raises ValidationError."""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import Any

from django.core.exceptions import ValidationError
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.utils.datetime import from_excel

from accounts.login.phones import as_phone, phone_from
from accounts.posts.models import Post
from accounts.proposals.lists.reading import Cell
from wacat.spreadsheets.wording import plain
from wacat.words import MONTHS

_LONGEST = 300
_EXACT = 10**15  # a spreadsheet keeps fifteen digits of a number, no more
_SERIALS = range(30_000, 80_000)  # days as a spreadsheet counts them: 1982 to 2119
_COUNTED = re.compile(r"[0-9]{5}")
_SCIENTIFIC = re.compile(r"[+-]?\d+(?:[.,]\d+)?E[+-]?\d+", re.IGNORECASE)
_MOBILE = re.compile(r"8\d{8,12}")
_RT = re.compile(r"(?:rt)?[\s.:/-]*0*(\d{1,3})(?:\.0)?", re.IGNORECASE)
_DAY_FIRST = re.compile(r"(\d{1,2})[/. -](\d{1,2})[/. -](\d{4})")
_YEAR_FIRST = re.compile(r"(\d{4})[/.-](\d{1,2})[/.-](\d{1,2})(?:[ T]00:00(?::00)?)?")
_IN_WORDS = re.compile(r"(\d{1,2})[ -]([A-Za-z]{3,9})\.?[ -](\d{4})")
_MONTHS = {
    **{name[:3].casefold(): n for n, name in enumerate(MONTHS, start=1)},
    "agt": 8,
    "ags": 8,
    "agust": 8,
    "sept": 9,
    "may": 5,
    "aug": 8,
    "oct": 10,
    "dec": 12,
    # As they were written before, and still are.
    "pebruari": 2,
    "nop": 11,
    "nopember": 11,
}
_KINDS = {
    **dict.fromkeys(("definitif", "def", "tetap"), Post.Kind.DEFINITIF),
    **dict.fromkeys(("plt", "pelaksanatugas"), Post.Kind.PLT),
}
NO_DATE = "Tulis tanggal lengkap, misalnya 21/11/2026."
NO_EMAIL = frozenset(
    {"", "tidakpunya", "tidakada", "tidakpunyasurel", "tidakpunyaemail"}
)  # "" is "-"


def shown(cell: Cell | None) -> str:
    """The cell as it is written back into the list of rejected rows."""
    if cell is None:
        return ""
    if isinstance(cell.value, date):
        return f"{cell.value:%d/%m/%Y}"
    value = cell.value
    if isinstance(value, float) and value.is_integer() and abs(value) < _EXACT:
        value = int(value)
    return ILLEGAL_CHARACTERS_RE.sub("", str(getattr(value, "text", value)))[:_LONGEST]


def text_of(cell: Cell | None) -> str:
    """Words, or a number as it is read."""
    if cell is None:
        return ""
    if cell.is_formula:
        raise ValidationError(f"Sel {cell.name} berisi rumus. Ganti dengan nilainya.")
    if cell.is_error:
        raise ValidationError(f"Sel {cell.name} berisi kesalahan ({shown(cell)}).")
    if isinstance(cell.value, date):
        raise ValidationError(
            f"Sel {cell.name} terbaca sebagai tanggal. Jadikan selnya Teks, lalu tulis lagi."
        )
    if isinstance(cell.value, bool) or not isinstance(cell.value, (str, int, float)):
        raise ValidationError(f"Sel {cell.name} tidak terbaca sebagai tulisan.")
    return " ".join(shown(cell).split()).removeprefix("'")


def phone_of(cell: Cell | None) -> tuple[str, bool]:
    """The number in the form 08…, and whether its leading zero had been lost."""
    text = text_of(cell)
    if not text or cell is None:
        raise ValidationError("Isi nomor telepon yang aktif.")
    number = isinstance(cell.value, (int, float))
    if _SCIENTIFIC.fullmatch(text) or (number and abs(cell.value) >= _EXACT):
        raise ValidationError(
            f"Telepon di sel {cell.name} berubah menjadi {text}; angkanya hilang. "
            "Jadikan kolomnya Teks, lalu tulis lagi."
        )
    digits = re.sub(r"[\s().-]", "", text)
    if not as_phone(text) and _MOBILE.fullmatch(digits):
        return f"0{digits}", True
    return phone_from(text), False


def email_of(cell: Cell | None) -> str:
    """The address as written; nothing for a dash or *tidak punya*."""
    text = text_of(cell)
    return "" if plain(text) in NO_EMAIL else text


def rt_of(cell: Cell | None) -> str:
    """The number of an RT: "012" for 12, 12.0, "012", "RT 012"; nothing for an empty cell."""
    text = text_of(cell)
    if not text:
        return ""
    found = _RT.fullmatch(text)
    if not found or int(found[1]) == 0:
        raise ValidationError(f"RT “{text}” tidak dikenal. Tulis nomornya, misalnya 012.")
    return f"{int(found[1]):03}"


def kind_of(cell: Cell | None) -> str:
    """Definitive where nothing is said."""
    text = text_of(cell)
    kind = _KINDS.get(plain(text)) if text else Post.Kind.DEFINITIF
    if kind is None:
        raise ValidationError(f"“{text}” tidak dikenal. Pilih Definitif atau Plt.")
    return kind


def day_of(cell: Cell | None) -> date | None:
    """A day, in whichever of the usual ways it is written; None for an empty cell."""
    if cell is None:
        return None
    if isinstance(cell.value, date) and not cell.is_formula:
        return cell.value.date() if isinstance(cell.value, datetime) else cell.value
    text = text_of(cell)
    if _COUNTED.fullmatch(text) and int(text) in _SERIALS:
        counted: Any = from_excel(int(text))
        return counted.date()
    return _written(text)


def _written(text: str) -> date:
    if found := _DAY_FIRST.fullmatch(text):
        day, month, year = (int(part) for part in found.groups())
    elif found := _YEAR_FIRST.fullmatch(text):
        year, month, day = (int(part) for part in found.groups())
    elif found := _IN_WORDS.fullmatch(text):
        day, month, year = int(found[1]), _month(found[2]), int(found[3])
    else:
        raise ValidationError(f"“{text}” bukan tanggal. {NO_DATE}")
    try:
        return date(year, month, day)
    except ValueError as error:
        raise ValidationError(f"“{text}” tidak ada dalam kalender. {NO_DATE}") from error


def _month(name: str) -> int:
    """1 to 12; 0 for what is none."""
    whole = [n for n, month in enumerate(MONTHS, start=1) if month.casefold() == name.casefold()]
    return whole[0] if whole else _MONTHS.get(name.casefold(), 0)
