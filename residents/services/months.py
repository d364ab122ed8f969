"""Months, by the day on which services were made known."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

from wacat.calendar import months_after
from wacat.clock import today
from wacat.words import tanggal

_CHOICE = 36
_WRITTEN = re.compile(r"(20\d\d)-(0[1-9]|1[0-2])")


@dataclass(frozen=True, order=True)
class Month:
    """The month that begins with ``first``. In addresses as in ``2026-11``."""

    first: date

    def __str__(self) -> str:
        return f"{self.first:%Y-%m}"

    @property
    def days(self) -> tuple[date, date]:
        """Its first day and its last."""
        return self.first, months_after(self.first, 1) - timedelta(days=1)

    @property
    def label(self) -> str:
        """As in *November 2026*."""
        return tanggal(self.first).partition(" ")[2]

    @property
    def before(self) -> Month:
        return Month(months_after(self.first, -1))

    @property
    def after(self) -> Month:
        return Month(months_after(self.first, 1))


def this_month() -> Month:
    """Today's."""
    return Month(today().replace(day=1))


def month_from(text: str) -> Month | None:
    """The month that was written as in ``2026-11``, not later than today's; else None."""
    found = _WRITTEN.fullmatch(text)
    month = Month(date(int(found[1]), int(found[2]), 1)) if found else None
    return month if month and month <= this_month() else None


def latest_months() -> list[Month]:
    """Today's month and those before it, three years in all."""
    return [Month(months_after(this_month().first, -back)) for back in range(_CHOICE)]
