"""The evaluation as a page and a paper show it: groups of measures, a line for each area."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from accounts.areas.models import Area
from reports.evaluation.counting import Row, Table
from reports.evaluation.measures import GROUPS, Group, Measure, Worth


@dataclass(frozen=True)
class Cell:
    """One number: as it is worked out, and as it is read."""

    measure: Measure
    value: Worth
    told: str


@dataclass(frozen=True)
class Line:
    """An area's numbers of one group; ``link`` leads to its own evaluation, or nowhere."""

    area: Area
    cells: tuple[Cell, ...]
    link: str = ""


@dataclass(frozen=True)
class Section:
    """A group's table: the parts, and the whole below them."""

    group: Group
    lines: tuple[Line, ...]
    total: Line


def sections(table: Table, link: Callable[[Area], str] | None = None) -> list[Section]:
    """A table for each group, in its order."""
    return [
        Section(
            group,
            tuple(_line(row, group, link(row.area) if link else "") for row in table.parts),
            _line(table.total, group),
        )
        for group in GROUPS
    ]


def _line(row: Row, group: Group, link: str = "") -> Line:
    cells = (Cell(one, one.of(row.counts), one.told(row.counts)) for one in group.measures)
    return Line(row.area, tuple(cells), link)
