"""By what people are counted: sex, age, purpose and so on, each defined here once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models.functions import ExtractYear

from residents.registry import codes
from residents.registry.provinces import PROVINCES

UNKNOWN = "Belum diisi"
OLDEST = 75
FIRST_PERSON = "first__resident"  # of letters that know their ``first`` line


@dataclass(frozen=True)
class Dimension:
    """By what people are counted: the key in the address, its heading and what it means.

    ``column`` is read from a counted stay, ``of_letter`` from a letter: by the first of its
    people. ``group`` makes a label of the value and the date, and ``labels`` is their order,
    where that is not by number. ``born``: the column is the year of a birth.
    """

    key: str
    label: str
    definition: str
    column: str
    group: Callable[[Any, date], str]
    labels: tuple[str, ...] = ()
    born: bool = False

    @property
    def of_letter(self) -> Any:
        """The same of a letter's first person."""
        if self.born:
            return ExtractYear(f"{FIRST_PERSON}__birth_date")
        return f"{FIRST_PERSON}__{self.column}"


def _coded(choices: Any) -> Callable[[Any, date], str]:
    words = {int(value): str(label) for value, label in choices.choices}
    return lambda value, _: words.get(value, UNKNOWN)


def _age(year: int | None, as_at: date) -> str:
    """Age is the year of the date minus that of the birth."""
    if year is None:
        return UNKNOWN
    age = max(as_at.year - int(year), 0)
    return f"{OLDEST} tahun ke atas" if age >= OLDEST else _span(age // 5 * 5)


def _span(first: int) -> str:
    return f"{first} sampai {first + 4} tahun"


def _province(code: str, _: date) -> str:
    return PROVINCES.get(code, UNKNOWN)


def _labels(choices: Any) -> tuple[str, ...]:
    return tuple(str(label) for label in choices.labels)


AGES = (*(_span(first) for first in range(0, OLDEST, 5)), f"{OLDEST} tahun ke atas")
SHORT_AGES = {
    age: f"{5 * n}–{5 * n + 4}" if 5 * n < OLDEST else f"{OLDEST}+" for n, age in enumerate(AGES)
}
DIMENSIONS = {
    one.key: one
    for one in (
        Dimension(
            "kelamin",
            "Jenis kelamin",
            "Menurut jenis kelamin yang dilaporkan.",
            "sex",
            _coded(codes.Sex),
            _labels(codes.Sex),
        ),
        Dimension(
            "umur",
            "Umur",
            "Tahun dari tanggal ini dikurangi tahun lahir.",
            "birth_year",
            _age,
            AGES,
            born=True,
        ),
        Dimension(
            "keperluan",
            "Keperluan",
            "Alasan tinggal yang dilaporkan.",
            "purpose",
            _coded(codes.Purpose),
        ),
        Dimension(
            "pekerjaan",
            "Pekerjaan",
            "Menurut daftar pekerjaan F-1.01.",
            "occupation",
            _coded(codes.Occupation),
        ),
        Dimension(
            "pendidikan",
            "Pendidikan",
            "Pendidikan terakhir yang dilaporkan.",
            "education",
            _coded(codes.Education),
            _labels(codes.Education),
        ),
        Dimension(
            "asal",
            "Provinsi asal",
            "Provinsi dari alamat pada KTP-el.",
            "origin_province",
            _province,
        ),
        Dimension(
            "tempat",
            "Jenis tempat tinggal",
            "Jenis kos atau tempat tinggal yang tercatat; yang tidak di sana belum diisi.",
            "lodging__kind",
            _coded(codes.LodgingKind),
        ),
    )
}
