"""The counts that measures are worked out from, of areas and a period."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from accounts.areas.models import Area
from reports.evaluation import complaints, offices, statements
from reports.evaluation.measures import Counts
from reports.summaries.periods import Period
from reports.summaries.tallies import ANSWERING, KEYS, REPORTING, Totals, totals_at

_HAPPENED = (*REPORTING, "letters", *ANSWERING)


@dataclass(frozen=True)
class Row:
    """An area's counts of a period."""

    area: Area
    counts: Counts


@dataclass(frozen=True)
class Table:
    """The counts of an area and of its parts (none for an RT) in a period.

    The whole is counted by itself: a Lurah belongs to the kelurahan and to none of its RTs.
    """

    total: Row
    parts: tuple[Row, ...]
    period: Period

    @property
    def rows(self) -> tuple[Row, ...]:
        """The parts and then the whole."""
        return (*self.parts, self.total)


def table_of(area: Area, period: Period) -> Table:
    """The counts of *area* and of each area directly under it."""
    parts = list(Area.objects.filter(parent=area).select_related("parent").order_by("code"))
    counted = counts_in([*(one.code for one in parts), area.code], period)
    whole = Row(area, counted[area.code])
    return Table(whole, tuple(Row(one, counted[one.code]) for one in parts), period)


def counts_in(codes: Sequence[str], period: Period) -> dict[str, Counts]:
    """All counts of each of *codes*; the statements do not grow with them."""
    totals = totals_at(codes, [period.last, period.eve])
    counts = {code: _tallied(totals, code, period) for code in codes}
    for found in (
        offices.usage(codes, period),
        offices.accounts(codes, period),
        statements.statements(codes, period),
        complaints.complaints(codes, period),
    ):
        for code in codes:
            counts[code] |= found[code]
    return counts


def _tallied(totals: Totals, code: str, period: Period) -> Counts:
    at_last, before = totals[code, period.last], totals[code, period.eve]
    happened = {key: at_last[key] - before[key] for key in KEYS if key in _HAPPENED}
    return happened | {"open": at_last["corrections"] - at_last["settled"]}
