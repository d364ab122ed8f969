"""What single cells hold: numbers that spreadsheets damage, telephones, words.

Each function gives the value, empty where the cell says nothing, or raises BadCell.
"""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from typing import Any

from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

from accounts.login.phones import as_phone
from residents.importing.limits import LONGEST_CELL
from residents.importing.lists import says_nothing
from residents.registry.nik import normalise, normalise_no_kk

DAMAGED_NIK = (
    "Excel telah merusak NIK ini, digit terakhir hilang. Jadikan kolomnya Teks, lalu ketik lagi "
    "16 angka dari KTP-el."
)
DAMAGED_KK = "Excel telah merusak No. KK ini, digit terakhir hilang; dikosongkan."
_LARGEST_EXACT = 2**53  # from it on a number in a spreadsheet stands for its neighbours as well
_SIXTEEN = range(10**15, 10**16)
_SCIENTIFIC = re.compile(r"['`’]?\+?(\d)(?:[.,](\d+))?\s*E\s*\+?\s*(\d{1,2})", re.IGNORECASE)
_WITH_DECIMALS = re.compile(r"['`’]?(\d{16})[.,]0+")
_LABEL = re.compile(r"^(?:NIK|No\.?\s*KTP|No\.?\s*KK)\s*[:.=]?\s*", re.IGNORECASE)
_USUAL_PHONE = re.compile(r"0[1-9][0-9]{7,12}")
_LOST_ZERO = re.compile(r"8\d{8,12}")
_SEVERAL = re.compile(r"\s*(?:/|;|,|\batau\b|\bdan\b|&|\n)\s*")
_HAS_LETTER = re.compile(r"[^\W\d_]")


class BadCell(ValueError):
    """The cell cannot be read. The text is for the user."""


def shown(value: Any) -> str:
    """The cell as text, so that it can be written back and read again alike.

    A number of sixteen digits is shown as it was damaged: written out, its last digit would
    look like one that somebody typed.
    """
    if value.__class__ is str:
        return value if len(value) <= LONGEST_CELL else value[:LONGEST_CELL]
    if isinstance(value, bool):
        return "YA" if value else "TIDAK"
    if isinstance(value, float):
        return _shown_number(value)
    if isinstance(value, datetime):
        return f"{value:%d-%m-%Y}" if value.time() == time() else f"{value:%d-%m-%Y %H:%M}"
    if isinstance(value, date):
        return f"{value:%d-%m-%Y}"
    if isinstance(value, (time, timedelta)):
        return str(value)
    return str(value)[:LONGEST_CELL]


def _shown_number(value: float) -> str:
    if not value.is_integer():
        return repr(value)
    number = int(value)
    if number in _SIXTEEN and _is_damaged(number):
        return f"{value:.14E}".replace(".", ",")
    return str(number) if abs(number) < 10**17 else repr(value)


def text_of(value: Any) -> str:
    """The words of a cell with single spaces; nothing for a dash and the like."""
    text = " ".join(shown(value).split())
    if not text.isprintable():
        text = ILLEGAL_CHARACTERS_RE.sub("", text)
    text = text.removeprefix("'")
    return "" if len(text) < 20 and says_nothing(text) else text


def name_of(value: Any) -> str:
    """A person's name. Raises BadCell for what has no letter in it."""
    if not isinstance(value, str):
        raise BadCell("Nama lengkap tidak terbaca sebagai tulisan.")
    text = " ".join(value.split()).removeprefix("'")
    if not text.isprintable():
        text = ILLEGAL_CHARACTERS_RE.sub("", text)
    if not _HAS_LETTER.search(text):
        raise BadCell("Isi nama lengkap.")
    if len(text) > 120:
        raise BadCell("Nama lengkap terlalu panjang (paling banyak 120 huruf).")
    return text


def nik_of(value: Any) -> str:
    """The sixteen digits; nothing for an empty cell, a dash or *belum ada*."""
    return _sixteen(value, normalise, DAMAGED_NIK)


def no_kk_of(value: Any) -> str:
    """The sixteen digits of a No. KK, or nothing."""
    return _sixteen(value, normalise_no_kk, DAMAGED_KK)


def _sixteen(value: Any, normaliser: Any, damaged: str) -> str:
    if isinstance(value, float):
        return _of_number(value, normaliser, damaged)
    if not isinstance(value, str):
        raise BadCell("NIK atau No. KK tidak terbaca: selnya bukan angka atau tulisan.")
    text = value.strip()
    if len(text) == 16 and text.isascii() and text.isdigit():
        return text
    if says_nothing(text):
        return ""
    if found := _SCIENTIFIC.fullmatch(text):
        return _of_scientific(found, damaged)
    if found := _WITH_DECIMALS.fullmatch(text):
        return _of_number(float(found[1]), normaliser, damaged)
    return _normalised(_LABEL.sub("", text), normaliser)


def _of_scientific(found: re.Match[str], damaged: str) -> str:
    """Whole only where all sixteen digits are written, as in 6.471051205900123E+15."""
    digits = found[1] + (found[2] or "")
    if found[3] == "15" and len(digits) == 16 and not _is_damaged(int(digits)):
        return digits
    raise BadCell(damaged)


def _normalised(text: str, normaliser: Any) -> str:
    try:
        return str(normaliser(text))
    except ValueError as error:
        raise BadCell(str(error)) from error


def _of_number(value: float, normaliser: Any, damaged: str) -> str:
    """Of a cell that holds a quantity: only fifteen of its digits are to be trusted."""
    if value == 0:
        return ""
    number = int(value) if value == value and abs(value) < 10**18 else 0
    if number in _SIXTEEN:
        if _is_damaged(number):
            raise BadCell(damaged)
        return str(number)
    return _normalised(str(number), normaliser)


def _is_damaged(number: int) -> bool:
    """Excel keeps fifteen digits and puts a zero for the sixteenth.

    A last digit that is no zero shows that another program wrote the number, whole as long as
    its neighbours can be told apart.
    """
    return number % 10 == 0 or number >= _LARGEST_EXACT


def phone_of(value: Any) -> str:
    """The number in the form 08…, the first of several. Raises BadCell."""
    text = text_of(value)
    if not text or _USUAL_PHONE.fullmatch(text):
        return text
    if phone := _one_phone(text):
        return phone
    for part in _SEVERAL.split(text):
        if phone := _one_phone(part):
            return phone
    raise BadCell(f"“{text[:30]}” bukan nomor telepon; dikosongkan.")


def _one_phone(text: str) -> str:
    digits = re.sub(r"[\s().'-]", "", text)
    if _LOST_ZERO.fullmatch(digits):
        return f"0{digits}"
    return as_phone(text.replace("'", ""))
