"""The figures counted a second time, by plain loops over the rows, as their definitions read."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from reports.letters.models import Letter
from reports.summaries.periods import Period
from residents.registry.models import Resident
from residents.registry.spans import Placement, StayPeriod

Row = dict[str, Any]
COUNTED = {"reported", "verified", "ended"}


class Recount:
    """All rows in memory; ``of`` counts them for one area and day."""

    def __init__(self) -> None:
        self.people: list[Row] = [dict(one) for one in Resident.objects.values()]
        self.places = _by_resident(Placement.objects.lived().order_by("starts", "pk").values())
        self.periods = _by_resident(StayPeriod.objects.values())
        self.letters: list[Row] = [dict(one) for one in Letter.objects.values()]

    def of(self, area: str, period: Period) -> dict[str, int]:
        """Every figure of the area, by its key."""
        day = period.last
        counted = [one for one in self.people if one["status"] in COUNTED]
        active = [one for one in counted if self._lives_in(one, area, day)]
        return {
            "active": len(active),
            "verified": _count(_is_by(one["verified_on"], day) for one in active),
            "overdue": _count(not self._is_covered(one, day) for one in active),
            "arrived": _count(
                _lies_between(one["arrived_on"], period) and self._place(one, 0, area)
                for one in counted
            ),
            "ended": _count(
                _lies_between(one["ended_on"], period) and self._place(one, -1, area)
                for one in counted
            ),
            "extended": _count(
                _lies_between(starts, period) and self._lives_in(one, area, starts)
                for one in counted
                for starts in sorted(p["starts"] for p in self.periods.get(one["id"], []))[1:]
            ),
            "letters": _count(
                one["status"] in ("issued", "revoked")
                and _lies_between(one["issued_on"], period)
                and _lies_in(one, area)
                for one in self.letters
            ),
        }

    def _lives_in(self, person: Row, area: str, day: date) -> bool:
        return any(
            place["starts"] <= day
            and (place["until"] is None or day < place["until"])
            and _lies_in(place, area)
            for place in self.places[person["id"]]
        )

    def _is_covered(self, person: Row, day: date) -> bool:
        periods = self.periods.get(person["id"], [])
        return any(period["starts"] <= day <= period["until"] for period in periods)

    def _place(self, person: Row, number: int, area: str) -> bool:
        return _lies_in(self.places[person["id"]][number], area)


def _count(answers: Iterable[bool]) -> int:
    return list(answers).count(True)


def _by_resident(rows: Any) -> dict[int, list[Row]]:
    found: dict[int, list[Row]] = {}
    for row in rows:
        found.setdefault(row["resident_id"], []).append(row)
    return found


def _lies_in(row: Row, area: str) -> bool:
    return row["area_id"] == area or row["area_id"].startswith(f"{area}.")


def _is_by(event: date | None, day: date) -> bool:
    return event is not None and event <= day


def _lies_between(event: date | None, period: Period) -> bool:
    return event is not None and period.first <= event <= period.last
