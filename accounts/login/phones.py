"""Telephone numbers as people write them."""

import re

_PHONE = re.compile(r"0[0-9]{7,14}")


def as_phone(text: str) -> str:
    """The number in the form 08…, or nothing when *text* is none.

    Spaces, dots, dashes and brackets are passed over; +62 and 62 stand for the leading 0.
    """
    digits = re.sub(r"[\s().\-\u2010-\u2014]", "", text)
    digits = re.sub(r"^(\+62|62|\+0|0062)", "0", digits)
    digits = re.sub(r"^00+", "0", digits)
    return digits if digits.isascii() and _PHONE.fullmatch(digits) else ""


def international(phone: str) -> str:
    """The number as wa.me wants it: 62…"""
    return f"62{phone[1:]}"
