"""What in a record's numbers somebody should look at again."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.conf import settings

from residents.registry.nik import NumberWarning, nik_warnings, no_kk_warnings
from residents.registry.provinces import PROVINCES
from wacat.clock import today

# Generated people have NIK beginning with 99; only where such people live is that a region.
KNOWN = PROVINCES if settings.PRODUCTION else {**PROVINCES, "99": "Wilayah contoh"}
NO_NIK = "no_nik"


def number_warnings(record: Any, on: date | None = None) -> list[NumberWarning]:
    """Warnings about NIK and No. KK of a resident, or of whatever has the same fields.

    *on* is today, for those who ask for thousands.
    """
    found = []
    if record.nik:
        found += nik_warnings(
            record.nik,
            birth_date=record.birth_date,
            sex=record.sex,
            no_kk=record.no_kk,
            known_provinces=KNOWN,
        )
    if record.no_kk:
        found += no_kk_warnings(record.no_kk, today=on or today(), known_provinces=KNOWN)
    return found


def cautions_of(record: Any) -> list[str]:
    """The codes of these warnings, each once; a person without NIK is one as well."""
    return codes_of(number_warnings(record), record.nik)


def codes_of(warnings: Iterable[NumberWarning], nik: str) -> list[str]:
    """What is kept of the *warnings* about somebody with this NIK, or none."""
    codes = {one.code for one in warnings}
    return sorted(codes if nik else {*codes, NO_NIK})
