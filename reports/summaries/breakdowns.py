"""Who the counted ones are: a figure of an area and period by sex, age, purpose and so on.

Counted from the counted stays, letters by their first person; the whole is the figure itself
(reports.summaries.figures).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import (
    BooleanField,
    Count,
    DateField,
    F,
    FilteredRelation,
    Func,
    IntegerField,
    Q,
    Sum,
    Value,
)
from django.db.models.functions import Cast

from accounts.areas.models import Area
from reports.letters.models import NUMBERED, Letter
from reports.summaries.dimensions import AGES, DIMENSIONS, UNKNOWN, Dimension
from reports.summaries.models import CountedStay
from reports.summaries.periods import Period
from residents.registry.codes import Sex
from residents.registry.queries import present_on


@dataclass(frozen=True)
class Line:
    """One group: how many, and how many hundredths of all."""

    label: str
    count: int
    percent: float


@dataclass(frozen=True)
class Pyramid:
    """Men and women by age, the youngest first; of ``unknown`` either is not known."""

    ages: tuple[tuple[str, int, int], ...]
    unknown: int


def breakdown(
    area: Area, period: Period, dimension: Dimension, figure: str = "active"
) -> tuple[Line, ...]:
    """The groups of those whom the *figure* counts; none where it is nought."""
    counts: Counter[str] = Counter()
    for value, count in _counted(area, period, figure, dimension):
        counts[dimension.group(value, period.last)] += count
    whole = counts.total()
    return tuple(
        Line(label, counts[label], round(100 * counts[label] / whole, 1))
        for label in _in_order(counts, dimension)
    )


def pyramid_of(area: Area, period: Period) -> Pyramid:
    """The active ones by age and sex: every age up to the oldest that somebody has."""
    counts: Counter[tuple[str, int | None]] = Counter()
    rows = _stays(area, present_on(period.last)).values_list("birth_year", "sex")
    for year, sex, count in rows.annotate(count=Count("pk")):
        counts[DIMENSIONS["umur"].group(year, period.last), sex] += count
    told = [(age, counts.pop((age, Sex.MALE), 0), counts.pop((age, Sex.FEMALE), 0)) for age in AGES]
    while told and told[-1][1:] == (0, 0):
        told.pop()
    return Pyramid(tuple(told), counts.total())


def _counted(area: Area, period: Period, figure: str, dimension: Dimension) -> Any:
    """Pairs of the dimension's value and a number."""
    if figure == "letters":
        letters: Any = Letter.objects.filter(status__in=NUMBERED).under((area.code,)).order_by()
        letters = letters.filter(issued_on__range=(period.first, period.last))
        letters = letters.alias(first=FilteredRelation("lines", condition=Q(lines__position=0)))
        return letters.values_list(dimension.of_letter).annotate(Count("pk"))
    if figure == "extended":
        rows = _stays(area, ~Q(extended=[])).values_list(dimension.column)
        counted = [(value, count) for value, count in rows.annotate(count=Sum(_extensions(period)))]
        return [(value, count) for value, count in counted if count]
    return (
        _stays(area, _CONDITIONS[figure](period))
        .values_list(dimension.column)
        .annotate(Count("pk"))
    )


def _stays(area: Area, condition: Q) -> Any:
    return CountedStay.objects.filter(condition).under((area.code,)).order_by()


def _overdue(period: Period) -> Q:
    day = Cast(Value(period.last), DateField())
    found = Func(
        day,
        F("overdue"),
        template="(%(expressions)s))",
        arg_joiner=" <@ ANY (",
        output_field=BooleanField(),
    )
    return Q(found)


_CONDITIONS: dict[str, Callable[[Period], Q]] = {
    "active": lambda period: present_on(period.last),
    "verified": lambda period: present_on(period.last) & Q(verified_on__lte=period.last),
    "overdue": lambda period: present_on(period.last) & _overdue(period),
    "arrived": lambda period: Q(arrived=True, starts__range=(period.first, period.last)),
    "ended": lambda period: Q(ended=True, until__range=(period.first, period.last)),
}


def _extensions(period: Period) -> Func:
    """How many extensions of a stay begin in the period."""
    first, last = (Cast(Value(day), DateField()) for day in (period.first, period.last))
    return Func(
        F("extended"), first, last, function="reports_days_within", output_field=IntegerField()
    )


def _in_order(counts: Counter[str], dimension: Dimension) -> list[str]:
    """As the dimension says, without a gap; else the most first. At the end the unknown."""
    if dimension.labels:
        places = [n for n, label in enumerate(dimension.labels) if label in counts]
        known = list(dimension.labels[min(places) : max(places) + 1]) if places else []
    else:
        known = sorted(counts.keys() - {UNKNOWN}, key=lambda label: (-counts[label], label))
    return [*known, UNKNOWN] if UNKNOWN in counts else known
