"""Who the active ones are: their number by sex, age, purpose and so on, as at a date.

Counted from the rows; the whole is the figure ``active`` (reports.summaries.figures).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count
from django.db.models.functions import ExtractYear

from accounts.areas.models import Area
from residents.registry import codes
from residents.registry.provinces import PROVINCES
from residents.registry.queries import present_on
from residents.registry.spans import Placement

UNKNOWN = "Belum diisi"
OLDEST = 75


@dataclass(frozen=True)
class Dimension:
    """By what people are counted: the key in the address, its heading and what it means.

    ``column`` is read from a placement; ``group`` makes a label of its value and the date, and
    ``labels`` is their order, where that is not by number.
    """

    key: str
    label: str
    definition: str
    column: Any
    group: Callable[[Any, date], str]
    labels: tuple[str, ...] = ()


@dataclass(frozen=True)
class Line:
    """One group: how many, and how many hundredths of all."""

    label: str
    count: int
    percent: float


def breakdown(area: Area, as_at: date, dimension: Dimension) -> tuple[Line, ...]:
    """The groups of those active in *area* as at a date; none where nobody is."""
    people = Placement.objects.known().filter(present_on(as_at)).under((area.code,))
    counts: Counter[str] = Counter()
    for value, count in people.order_by().values_list(dimension.column).annotate(Count("pk")):
        counts[dimension.group(value, as_at)] += count
    whole = counts.total()
    return tuple(
        Line(label, counts[label], round(100 * counts[label] / whole, 1))
        for label in _in_order(counts, dimension)
    )


def _in_order(counts: Counter[str], dimension: Dimension) -> list[str]:
    """As the dimension says, without a gap; else the most first. At the end the unknown."""
    if dimension.labels:
        places = [n for n, label in enumerate(dimension.labels) if label in counts]
        known = list(dimension.labels[min(places) : max(places) + 1]) if places else []
    else:
        known = sorted(counts.keys() - {UNKNOWN}, key=lambda label: (-counts[label], label))
    return [*known, UNKNOWN] if UNKNOWN in counts else known


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
DIMENSIONS = {
    one.key: one
    for one in (
        Dimension(
            "kelamin",
            "Jenis kelamin",
            "Menurut jenis kelamin yang dilaporkan.",
            "resident__sex",
            _coded(codes.Sex),
            _labels(codes.Sex),
        ),
        Dimension(
            "umur",
            "Umur",
            "Tahun dari tanggal ini dikurangi tahun lahir.",
            ExtractYear("resident__birth_date"),
            _age,
            AGES,
        ),
        Dimension(
            "keperluan",
            "Keperluan",
            "Alasan tinggal yang dilaporkan.",
            "resident__purpose",
            _coded(codes.Purpose),
        ),
        Dimension(
            "pekerjaan",
            "Pekerjaan",
            "Menurut daftar pekerjaan F-1.01.",
            "resident__occupation",
            _coded(codes.Occupation),
        ),
        Dimension(
            "pendidikan",
            "Pendidikan",
            "Pendidikan terakhir yang dilaporkan.",
            "resident__education",
            _coded(codes.Education),
            _labels(codes.Education),
        ),
        Dimension(
            "asal",
            "Provinsi asal",
            "Provinsi dari alamat pada KTP-el.",
            "resident__origin_province",
            _province,
        ),
        Dimension(
            "tempat",
            "Jenis tempat tinggal",
            "Jenis kos atau tempat tinggal yang tercatat; yang tidak di sana belum diisi.",
            "resident__lodging__kind",
            _coded(codes.LodgingKind),
        ),
    )
}
