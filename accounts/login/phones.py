"""Telephone numbers as people write them."""

import re

from django.core.exceptions import ValidationError

# After the leading 0 of an Indonesian one, and after the + of any other (E.164: at most 15).
_HERE = re.compile(r"0[1-9][0-9]{8,12}")
_ABROAD = re.compile(r"\+[1-9][0-9]{6,14}")
# The same for the database, where numbers by which somebody logs in stand.
NORMAL = rf"^({_HERE.pattern}|{_ABROAD.pattern})$"


def as_phone(text: str) -> str:
    """The number in the form 08… or, for one abroad, +60…; nothing when *text* is none.

    Spaces, dots, dashes and brackets are passed over; +62, 0062 and 62 stand for the leading 0.
    """
    number = re.sub(r"[\s().\-\u2010-\u2014]", "", text)
    number = re.sub(r"^((\+62|0062|62)0*|\+0)", "0", number)
    is_phone = _HERE.fullmatch(number) or _ABROAD.fullmatch(number)
    return number if is_phone else ""


def phone_from(text: str) -> str:
    """The same for what was typed into a form. Raises ValidationError when it is no number."""
    phone = as_phone(text)
    if not phone:
        raise ValidationError(
            "Tulis satu nomor telepon lengkap dengan angka, misalnya 0812 3456 7890. "
            "Nomor luar negeri diawali +, misalnya +60 12 345 6789."
        )
    return phone


def international(phone: str) -> str:
    """The number as wa.me wants it: 62…, or with another country's digits."""
    return phone.removeprefix("+") if phone.startswith("+") else f"62{phone[1:]}"
