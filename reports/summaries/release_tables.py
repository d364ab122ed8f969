"""The tables of a release: numbers of areas and groups, with the small ones left out.

Of kelurahan only how many; who they are is told of kecamatan and the city. Never of an RT.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Any, NamedTuple

from django.db.models import Count
from django.db.models.functions import Left

from accounts.areas.models import Area
from accounts.scope import KECAMATAN
from reports.summaries.dimensions import DIMENSIONS, UNKNOWN, Dimension
from reports.summaries.figures import BY_KEY, figures_in
from reports.summaries.models import CountedStay
from reports.summaries.periods import Period
from reports.summaries.release_protection import Sum, untold
from residents.registry.queries import present_on

# Those of which no other told figure is a part.
TOLD_FIGURES = ("active", "arrived", "ended", "extended", "letters")
WHOLE = ""  # the group of all


class Cell(NamedTuple):
    """An area's number: ``what`` is a figure's key, or a dimension's with a group of it."""

    code: str
    what: str
    group: str = WHOLE


def tables_of(city: Area, period: Period) -> list[dict[str, Any]]:
    """Each table as ``_table`` makes it; None is a number left out.

    Belongs into a transaction of one moment: raises ValueError where the rows changed meanwhile.
    """
    areas = list(Area.objects.filter(parent=city).order_by("code"))
    below = list(Area.objects.filter(parent__in=areas).order_by("code"))
    numbers = _figures(city, areas, below, period) | _groups(city, areas, period)
    hidden = untold(numbers, _sums(city, areas, below, numbers))
    told = {cell: None if cell in hidden else number for cell, number in numbers.items()}
    return [_of_areas(city, areas, below, told), *_of_groups(city, areas, told)]


def _figures(city: Area, areas: list[Area], below: list[Area], period: Period) -> dict[Cell, int]:
    return {
        Cell(code, key): figures[key]
        for level in ([city], areas, below)
        if level
        for (code, _), figures in figures_in([one.code for one in level], [period]).items()
        for key in TOLD_FIGURES
    }


def _groups(city: Area, areas: list[Area], period: Period) -> dict[Cell, int]:
    """The active ones of each kecamatan and of the city by all dimensions."""
    people = CountedStay.objects.filter(present_on(period.last)).under((city.code,)).order_by()
    counts: Counter[Cell] = Counter()
    for key, dimension in DIMENSIONS.items():
        rows = people.annotate(part=Left("area", KECAMATAN)).values_list("part", dimension.column)
        for code, value, count in rows.annotate(count=Count("pk")):
            group = dimension.group(value, period.last)
            counts[Cell(code, key, group)] += count
            counts[Cell(city.code, key, group)] += count
    found = dict.fromkeys((cell.what, cell.group) for cell in counts)
    return {
        Cell(one.code, *group): counts[Cell(one.code, *group)]
        for group in found
        for one in (city, *areas)
    }


def _sums(
    city: Area, areas: list[Area], below: list[Area], numbers: dict[Cell, int]
) -> list[Sum[Cell]]:
    """All that an outsider can add up."""
    inside = {city.code: areas} | {
        one.code: [part for part in below if part.parent_id == one.code] for one in areas
    }
    sums = [
        Sum(Cell(code, key), tuple(Cell(part.code, key) for part in parts))
        for code, parts in inside.items()
        if parts
        for key in TOLD_FIGURES
    ]
    groups = [cell for cell in numbers if cell.code == city.code and cell.group]
    for cell in groups:
        sums.append(Sum(cell, tuple(cell._replace(code=one.code) for one in areas)))
    for code in (city.code, *(one.code for one in areas)):
        for key in DIMENSIONS:
            parts = tuple(one._replace(code=code) for one in groups if one.what == key)
            sums.append(Sum(Cell(code, "active"), parts))
    return sums


Told = dict[Cell, int | None]


def _of_areas(city: Area, areas: list[Area], below: list[Area], told: Told) -> dict[str, Any]:
    rows = [
        _row([one.code, one.label], (told[Cell(one.code, key)] for key in TOLD_FIGURES))
        for one in (*sorted([*areas, *below], key=lambda one: one.code), city)
    ]
    labels = [BY_KEY[key].label for key in TOLD_FIGURES]
    return _table("Per wilayah", ["Kode", "Nama"], labels, rows)


def _of_groups(city: Area, areas: list[Area], told: Told) -> list[dict[str, Any]]:
    """A table for each dimension: its groups, in each kecamatan and in the city."""
    columns = (*areas, city)
    tables = []
    for key, dimension in DIMENSIONS.items():
        groups = [cell.group for cell in told if (cell.code, cell.what) == (city.code, key)]
        rows = [
            _row([group], (told[Cell(one.code, key, group)] for one in columns))
            for group in in_order(groups, dimension)
        ]
        headings = [one.name for one in columns]
        tables.append(_table(dimension.label, [dimension.label], headings, rows))
    return tables


def _table(
    title: str, named: list[str], headings: list[str], rows: list[dict[str, Any]]
) -> dict[str, Any]:
    """What is kept as JSON: headings of the names and of the numbers, and the rows."""
    return {"title": title, "named": named, "headings": headings, "rows": rows}


def _row(names: list[str], numbers: Iterable[int | None]) -> dict[str, Any]:
    return {"names": names, "numbers": list(numbers)}


def in_order(groups: Iterable[str], dimension: Dimension) -> list[str]:
    """As the dimension says, else by their names. At the end the unknown."""
    places = {label: number for number, label in enumerate(dimension.labels)}
    return sorted(groups, key=lambda one: (one == UNKNOWN, places.get(one, 0), one))
