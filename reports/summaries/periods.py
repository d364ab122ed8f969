"""Spans of whole days that figures are told of, and what each is compared with."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from wacat.words import MONTHS, tanggal


@dataclass(frozen=True)
class Period:
    """From ``first`` to ``last``, both counted."""

    first: date
    last: date

    def __str__(self) -> str:
        """``Oktober 2026``, ``Semester 1 2026``, ``2025`` or ``3 Maret sampai 5 April 2026``."""
        first, last = self.first, self.last
        if not self._is_of_whole_months:
            return (
                tanggal(first) if first == last else f"{_begin(first, last)} sampai {tanggal(last)}"
            )
        if self._months == 12 and first.month == 1:
            return str(first.year)
        if self._months == 6 and first.month in (1, 7):
            return f"Semester {1 if first.month == 1 else 2} {first.year}"
        if self._months == 1:
            return f"{MONTHS[first.month - 1]} {first.year}"
        begins = f"{MONTHS[first.month - 1]} {first.year}"
        return f"{begins} sampai {MONTHS[last.month - 1]} {last.year}"

    @property
    def eve(self) -> date:
        """The day before it."""
        return _back(self.first, 1)

    @property
    def before(self) -> Period:
        """The period that it is compared with.

        Of whole months: as many months directly before. From 1 January on: the same days of the
        year before. Else as many days directly before.
        """
        if self.first == date.min:
            return Period(date.min, date.min)
        if self._is_of_whole_months:
            return Period(_months_before(self.first, self._months), self.eve)
        if (self.first.month, self.first.day) == (1, 1) and self.first.year == self.last.year:
            return Period(_a_year_before(self.first), _a_year_before(self.last))
        return Period(_back(self.eve, (self.last - self.first).days), self.eve)

    @property
    def _is_of_whole_months(self) -> bool:
        return self.first.day == 1 and self.last == month_of(self.last).last

    @property
    def _months(self) -> int:
        return 12 * (self.last.year - self.first.year) + self.last.month - self.first.month + 1


def year_to(day: date) -> Period:
    """From 1 January to *day*."""
    return Period(day.replace(month=1, day=1), day)


def month_of(day: date) -> Period:
    """The whole month that *day* lies in."""
    return Period(day.replace(day=1), day.replace(day=monthrange(day.year, day.month)[1]))


def semester_of(day: date) -> Period:
    """The half of the year that *day* lies in."""
    first = day.replace(month=1 if day.month <= 6 else 7, day=1)
    return Period(first, month_of(first.replace(month=first.month + 5)).last)


def month_before(day: date) -> Period:
    """The last whole month that had ended by *day*."""
    return month_of(month_of(day).eve)


def semester_before(day: date) -> Period:
    """The last half of a year that had ended by *day*."""
    return semester_of(semester_of(day).eve)


def last_months(count: int, day: date) -> list[Period]:
    """The months that had last ended by *day*, the latest first."""
    return _and_before(month_before(day), month_of, count)


def last_semesters(count: int, day: date) -> list[Period]:
    """The semesters that had last ended by *day*, the latest first."""
    return _and_before(semester_before(day), semester_of, count)


def year_before(day: date) -> Period:
    """The last whole year that had ended by *day*."""
    january = day.replace(month=1, day=1)
    return Period(_a_year_before(january), _back(january, 1))


def month_ends(last: date, count: int) -> list[date]:
    """*last* and the ends of the months before it: *count* days in their order."""
    days = [last]
    while len(days) < count:
        days.append(month_of(days[-1]).eve)
    return days[::-1]


def _and_before(latest: Period, of: Callable[[date], Period], count: int) -> list[Period]:
    periods = [latest]
    while len(periods) < count:
        periods.append(of(periods[-1].eve))
    return periods


def _begin(first: date, last: date) -> str:
    """Without the year, where that is the last day's as well."""
    told = tanggal(first)
    return told.removesuffix(f" {first.year}") if first.year == last.year else told


def _back(day: date, days: int) -> date:
    """So many days before, as far as the calendar goes."""
    return date.fromordinal(max(day.toordinal() - days, 1))


def _months_before(first: date, months: int) -> date:
    whole = max(12 * first.year + first.month - 1 - months, 12)
    return date(whole // 12, whole % 12 + 1, 1)


def _a_year_before(day: date) -> date:
    """28 February for a 29th."""
    return day.replace(year=day.year - 1, day=min(day.day, monthrange(day.year - 1, day.month)[1]))
