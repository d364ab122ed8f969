"""What a proposal must say, checked alike in a form and in each row of a list.

Each function gives the value as it is kept, or raises ValidationError with what to do.
"""

from __future__ import annotations

import re
from datetime import date, timedelta

from django.core.exceptions import ValidationError

from wacat.clock import today
from wacat.words import tanggal

FURTHEST_DECREE = timedelta(days=31)  # a decree may be dated on the day that it takes effect
FURTHEST_START = timedelta(days=366)
LONGEST_TERM = timedelta(days=10 * 366)
LONGEST_PAST = timedelta(days=30 * 366)
_NAME = re.compile(r"[^\W\d_][\w .,'’`()/&-]*")
NIP_DIGITS = 18


def name_from(text: str) -> str:
    """A person's name with its titles."""
    name = " ".join(text.split())
    if not _NAME.fullmatch(name):
        raise ValidationError("Tulis nama dengan huruf, tanpa tanda khusus.")
    return name


def nip_from(text: str) -> str:
    """A civil servant's number, or nothing."""
    nip = re.sub(r"[\s.]", "", text)
    if nip and not (len(nip) == NIP_DIGITS and nip.isascii() and nip.isdigit()):
        raise ValidationError("NIP terdiri atas 18 angka.")
    return nip


def check_decree_date(day: date) -> None:
    """A decree is there when somebody is proposed on its strength."""
    _check_past(day)
    if day > today() + FURTHEST_DECREE:
        raise ValidationError("Tanggal SK terlalu jauh di depan. Periksa tahunnya.")


def check_starts(day: date) -> None:
    """The office changes hands within a year, or did so in living memory."""
    _check_past(day)
    if day > (latest := today() + FURTHEST_START):
        raise ValidationError(f"Paling lama setahun lagi: sampai {tanggal(latest)}.")


def check_term(starts: date, term_ends: date) -> None:
    """The term ends after it began, and within ten years."""
    if term_ends <= starts:
        raise ValidationError("Akhir masa bakti harus setelah tanggal mulai menjabat.")
    if term_ends > starts + LONGEST_TERM:
        raise ValidationError("Masa bakti lebih dari 10 tahun. Periksa tahunnya.")


def _check_past(day: date) -> None:
    if day < today() - LONGEST_PAST:
        raise ValidationError("Tanggal ini terlalu lama. Periksa tahunnya.")
