"""What the drawn charts need: lengths and heights in hundredths. The drawings are templates."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import NamedTuple

from reports.summaries.breakdowns import Pyramid
from reports.summaries.dimensions import SHORT_AGES
from wacat.words import tanggal


class Bar(NamedTuple):
    """``width``: of the longest one."""

    label: str
    value: int
    width: float


class Point(NamedTuple):
    """A value of a line at a day; ``left`` and ``top`` from the upper left corner."""

    label: str
    value: int
    left: float
    top: float


class Pair(NamedTuple):
    """Men and women of one age; widths in hundredths of the longest bar of all."""

    age: str
    men: int
    women: int
    men_width: float
    women_width: float

    @property
    def men_left(self) -> float:
        """Where the men's bar begins, which ends on the right."""
        return 100 - self.men_width


def bars(values: Iterable[tuple[str, int]]) -> list[Bar]:
    """For ``components/bars.html``."""
    told = list(values)
    most = max((value for _, value in told), default=0) or 1
    return [Bar(label, value, _hundredths(value, most)) for label, value in told]


def line(values: Sequence[tuple[date, int]]) -> list[Point]:
    """For ``components/line.html``: nought at the bottom, the highest at the top."""
    most = max((value for _, value in values), default=0) or 1
    step = 100 / max(len(values) - 1, 1)
    return [
        Point(
            tanggal(day), value, round(number * step, 2), round(100 - _hundredths(value, most), 2)
        )
        for number, (day, value) in enumerate(values)
    ]


def pairs(pyramid: Pyramid) -> list[Pair]:
    """For ``components/pyramid.html``: the oldest on top."""
    most = max((max(men, women) for _, men, women in pyramid.ages), default=0) or 1
    return [
        Pair(SHORT_AGES[age], men, women, _hundredths(men, most), _hundredths(women, most))
        for age, men, women in reversed(pyramid.ages)
    ]


def _hundredths(value: int, most: int) -> float:
    return round(100 * value / most, 1)
