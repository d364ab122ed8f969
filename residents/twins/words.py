"""A field of a record in words, whatever it holds; numbers masked."""

from __future__ import annotations

from datetime import date

from residents.registry.models import Resident
from wacat.words import nik_masked, tanggal

_MASKED = frozenset({"nik", "no_kk", "passport_number", "guarantor_nik"})


def label_of(name: str) -> str:
    """The field's Indonesian name, as at the beginning of a line."""
    labels = {field.name: str(field.verbose_name) for field in Resident._meta.fields}
    return labels[name][:1].upper() + labels[name][1:]


def value_of(resident: Resident, name: str) -> str:
    """What the record says there."""
    value = getattr(resident, name)
    if name in _MASKED:
        return nik_masked(value)
    if isinstance(value, date):
        return tanggal(value)
    shown = getattr(resident, f"get_{name}_display", None)
    return str(shown() if shown else value)
