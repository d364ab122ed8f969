"""Charts for paper: where each line, bar and word stands, in tenths of a millimetre.

Drawn by templates/documents/charts_*.html. On paper a drawing breaks over no page, so long rows
of bars are several drawings.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from reports.summaries.breakdowns import Pyramid
from reports.summaries.charts import Pair, bars, line, pairs
from wacat.words import MONTHS, angka

WIDTH = 1740  # of the page between its margins
BAR_STEP, BARS_A_DRAWING = 60, 8
BAR_LEFT, BAR_LENGTH, LONGEST_LABEL = 540, 1030, 34
PLOT_HEIGHT, PLOT_TOP, PLOT_LEFT, PLOT_WIDTH = 420, 60, 20, 1700
AGE_STEP, SIDE, MEN_END, WOMEN_BEGIN = 62, 660, 780, 960


class BarShape(NamedTuple):
    """A bar with its words: on the left what it is, right of it how many."""

    label: str
    value: str
    top: int
    text_top: int
    length: float
    value_left: float


class Bars(NamedTuple):
    height: int
    shapes: list[BarShape]
    said: str


class Mark(NamedTuple):
    """A point of the line that is told in words, and where these stand."""

    left: float
    top: float
    value_top: float
    value: str
    label: str
    anchor: str


class Curve(NamedTuple):
    """The points as SVG wants them; ``base`` is where nought lies."""

    points: str
    first: float
    last: float
    base: int
    marks: list[Mark]
    said: str


class AgeShape(NamedTuple):
    age: str
    men: str
    women: str
    top: int
    text_top: int
    men_left: float
    men_length: float
    women_length: float
    men_text: float
    women_text: float


class Ages(NamedTuple):
    height: int
    shapes: list[AgeShape]
    said: str


def bars_on_paper(values: Sequence[tuple[str, int]]) -> list[Bars]:
    """The values as one drawing or, where they are many, several of one scale."""
    found = [(one.label, one.value, BAR_LENGTH * one.width / 100) for one in bars(values)]
    return [
        _bars(found[start : start + BARS_A_DRAWING])
        for start in range(0, len(found), BARS_A_DRAWING)
    ]


def _bars(values: list[tuple[str, int, float]]) -> Bars:
    shapes = [
        BarShape(
            _short(label),
            angka(value),
            number * BAR_STEP + 12,
            number * BAR_STEP + 42,
            round(length, 1),
            round(BAR_LEFT + length + 15, 1),
        )
        for number, (label, value, length) in enumerate(values)
    ]
    said = "; ".join(f"{label} {angka(value)}" for label, value, _ in values)
    return Bars(len(values) * BAR_STEP, shapes, said)


def _short(label: str) -> str:
    return label if len(label) <= LONGEST_LABEL else f"{label[: LONGEST_LABEL - 1]}…"


def line_on_paper(values: Sequence[tuple[date, int]]) -> Curve:
    """What stood at each day, with words at the first, the last and every sixth."""
    places = [
        (
            round(PLOT_LEFT + PLOT_WIDTH * one.left / 100, 1),
            round(PLOT_TOP + PLOT_HEIGHT * one.top / 100, 1),
        )
        for one in line(values)
    ]
    final = len(values) - 1
    marks = [
        Mark(left, top, top - 18, angka(value), _month(day), _anchor(number, final))
        for number, ((left, top), (day, value)) in enumerate(zip(places, values, strict=True))
        if (final - number) % 6 == 0
    ]
    said = "; ".join(f"{_month(day)} {angka(value)}" for day, value in values)
    points = " ".join(f"{left},{top}" for left, top in places)
    return Curve(points, places[0][0], places[-1][0], PLOT_TOP + PLOT_HEIGHT, marks, said)


def _month(day: date) -> str:
    return f"{MONTHS[day.month - 1][:3]} {day.year}"


def _anchor(number: int, final: int) -> str:
    return {0: "start", final: "end"}.get(number, "middle")


def pyramid_on_paper(pyramid: Pyramid) -> Ages:
    """Men to the left of their age, women to the right; the oldest on top."""
    shapes = [_age(number, one) for number, one in enumerate(pairs(pyramid))]
    said = "; ".join(
        f"{one.age} tahun: laki-laki {one.men}, perempuan {one.women}" for one in shapes
    )
    return Ages(len(shapes) * AGE_STEP + 80, shapes, said)


def _age(number: int, one: Pair) -> AgeShape:
    top = number * AGE_STEP + 70
    men, women = SIDE * one.men_width / 100, SIDE * one.women_width / 100
    return AgeShape(
        one.age,
        angka(one.men),
        angka(one.women),
        top,
        top + 34,
        round(MEN_END - men, 1),
        round(men, 1),
        round(women, 1),
        round(MEN_END - men - 12, 1),
        round(WOMEN_BEGIN + women + 12, 1),
    )
