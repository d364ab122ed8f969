"""The figures counted a second time, by plain loops over the rows, as their definitions read."""

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import date
from typing import Any

from django.db.models import F
from django.db.models.functions import ExtractYear

from reports.letters.models import Letter, LetterSubject
from reports.summaries.periods import Period
from residents.registry.models import Resident
from residents.registry.spans import Placement, StayPeriod

Row = dict[str, Any]
NOBODY: Row = defaultdict(lambda: None)
COUNTED = {"reported", "verified", "ended"}


class Recount:
    """All rows in memory; ``of`` counts them for one area and day."""

    def __init__(self) -> None:
        people = Resident.objects.annotate(
            birth_year=ExtractYear("birth_date"), lodging_kind=F("lodging__kind")
        )
        self.people: list[Row] = [dict(one) for one in people.values()]
        self.places = _by_resident(Placement.objects.lived().order_by("starts", "pk").values())
        self.periods = _by_resident(StayPeriod.objects.values())
        self.letters: list[Row] = [dict(one) for one in Letter.objects.values()]
        by_key = {one["id"]: one for one in self.people}
        first = LetterSubject.objects.filter(position=0).values_list("letter", "resident")
        self._first_on = {letter: by_key[person] for letter, person in first}

    def of(self, area: str, period: Period) -> dict[str, int]:
        """Every figure of the area, by its key."""
        return {key: len(people) for key, people in self.who(area, period).items()}

    def groups(self, area: str, period: Period, by: str) -> dict[str, Counter[Any]]:
        """Of every figure how many have which value in the column *by*."""
        who = self.who(area, period)
        return {key: Counter(person[by] for person in people) for key, people in who.items()}

    def who(self, area: str, period: Period) -> dict[str, list[Row]]:
        """Whom every figure counts, as often as it does; for letters the first person on each."""
        day = period.last
        counted = [one for one in self.people if one["status"] in COUNTED]
        active = [one for one in counted if self._lives_in(one, area, day)]
        return {
            "active": active,
            "verified": [one for one in active if _is_by(one["verified_on"], day)],
            "overdue": [one for one in active if not self._is_covered(one, day)],
            "arrived": [one for one in counted if self._came(one, area, period)],
            "ended": [one for one in counted if self._went(one, area, period)],
            "extended": [
                one
                for one in counted
                for starts in sorted(p["starts"] for p in self.periods.get(one["id"], []))[1:]
                if _lies_between(starts, period) and self._lives_in(one, area, starts)
            ],
            "letters": [
                self._first_on.get(one["id"], NOBODY)
                for one in self.letters
                if one["status"] in ("issued", "revoked")
                and _lies_between(one["issued_on"], period)
                and _lies_in(one, area)
            ],
        }

    def _came(self, person: Row, area: str, period: Period) -> bool:
        return _lies_between(person["arrived_on"], period) and self._place(person, 0, area)

    def _went(self, person: Row, area: str, period: Period) -> bool:
        return _lies_between(person["ended_on"], period) and self._place(person, -1, area)

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
