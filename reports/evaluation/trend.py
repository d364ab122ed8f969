"""How it went, month by month: for the line on the page and the sheet of the workbook."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from accounts.areas.models import Area
from reports.summaries.periods import Period, month_ends, month_of
from reports.summaries.tallies import totals_at

MONTHS = 13


@dataclass(frozen=True)
class Month:
    """What was told in a month, how much of it is answered by now, and what was reported."""

    period: Period
    told: int
    answered: int
    reports: int
    corrections: int

    @property
    def percent(self) -> int | None:
        """How many hundredths are answered; None where nothing was told."""
        return round(100 * self.answered / self.told) if self.told else None


def trend_of(area: Area, last: date) -> list[Month]:
    """The months up to the one that *last* lies in, of which only the days until then count."""
    days = month_ends(last, MONTHS + 1)
    totals = totals_at([area.code], days)
    return [
        _month(totals[area.code, day], totals[area.code, eve], day) for eve, day in pairwise(days)
    ]


def _month(until: dict[str, int], before: dict[str, int], day: date) -> Month:
    happened = {key: until[key] - before[key] for key in until}
    return Month(
        period=Period(month_of(day).first, day),
        told=happened["told"],
        answered=happened["confirmed"] + happened["corrected"],
        reports=happened["reports"],
        corrections=happened["corrections"],
    )
