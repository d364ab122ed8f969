"""All that a report says: gathered from the figures, frozen as JSON, drawn and shown from that."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from accounts.areas.models import Area
from reports.letters.models import Letter
from reports.letters.models import Status as LetterStatus
from reports.summaries.breakdowns import Line, Pyramid, breakdown, pyramid_of
from reports.summaries.dimensions import DIMENSIONS
from reports.summaries.figures import Row, Table, line_of, table_of
from reports.summaries.periods import Period
from reports.summaries.report_silence import Silence, silence_in
from reports.summaries.tallies import STANDING, Figures
from wacat.drawing.characters import drawable
from wacat.sheets import plain

# A breakdown of letters is by what their holders are here for; of people by all dimensions.
LETTERS_BY = "keperluan"


@dataclass(frozen=True)
class Part:
    """An area's figures in the period and in the one before."""

    code: str
    name: str
    figures: Figures
    before: Figures


@dataclass(frozen=True)
class ReportFacts:
    """``parts`` are the areas directly below, ``line`` what stood at the ends of 25 months.

    ``groups`` are the active ones by each dimension's key, ``letters`` the period's letters by
    ``LETTERS_BY``, of which ``revoked`` were revoked by the time this was known.
    """

    total: Part
    parts: tuple[Part, ...]
    line: tuple[tuple[date, Figures], ...]
    groups: dict[str, tuple[Line, ...]]
    pyramid: Pyramid
    letters: tuple[Line, ...]
    revoked: int
    silence: tuple[Silence, ...]

    def as_json(self) -> dict[str, Any]:
        """As it is frozen; days as ISO."""
        told = asdict(self)
        told["line"] = [[day.isoformat(), figures] for day, figures in self.line]
        return told

    @classmethod
    def from_json(cls, told: Any) -> ReportFacts:
        """What was frozen."""
        return cls(
            total=Part(**told["total"]),
            parts=tuple(Part(**one) for one in told["parts"]),
            line=tuple((date.fromisoformat(day), figures) for day, figures in told["line"]),
            groups={
                key: _lines(told["groups"][key]) for key in DIMENSIONS if key in told["groups"]
            },
            pyramid=_pyramid(told["pyramid"]),
            letters=_lines(told["letters"]),
            revoked=told["revoked"],
            silence=tuple(
                Silence(**{**one, "named": tuple(one["named"])}) for one in told["silence"]
            ),
        )


def gather(area: Area, period: Period) -> tuple[ReportFacts, Table]:
    """What is known now of the area in the period, and the table that it begins with."""
    table = _written_plainly(table_of(area, period))
    facts = ReportFacts(
        total=_part(table.total),
        parts=tuple(_part(row) for row in table.parts),
        line=tuple(
            (day, {key: figures[key] for key in STANDING})
            for day, figures in line_of(area, period.last)
        ),
        groups={one.key: breakdown(area, period, one) for one in DIMENSIONS.values()},
        pyramid=pyramid_of(area, period),
        letters=breakdown(area, period, DIMENSIONS[LETTERS_BY], "letters"),
        revoked=_revoked(area, period),
        silence=silence_in(area, period),
    )
    return facts, table


def _part(row: Row) -> Part:
    return Part(row.area.code, row.area.label, row.figures, row.before)


def _written_plainly(table: Table) -> Table:
    """The names without what paper or a cell cannot hold, so that all forms say the same."""
    for row in table.rows:
        row.area.name = drawable(plain(row.area.name))
    return table


def _revoked(area: Area, period: Period) -> int:
    letters = Letter.objects.filter(status=LetterStatus.REVOKED).under((area.code,))
    return int(letters.filter(issued_on__range=(period.first, period.last)).count())


def _lines(told: Iterable[Any]) -> tuple[Line, ...]:
    return tuple(Line(**one) for one in told)


def _pyramid(told: dict[str, Any]) -> Pyramid:
    ages = tuple((str(age), int(men), int(women)) for age, men, women in told["ages"])
    return Pyramid(ages, told["unknown"])
