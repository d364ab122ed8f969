"""What a list of residents is narrowed to, and the order in which it is walked then."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, fields
from datetime import date
from typing import Any, Self

from django.db.models import Q
from django.db.models.functions import Upper

from accounts.rules import Action
from accounts.scope import Holder, may, reach
from residents.lodgings.models import Lodging
from residents.registry.nik import normalise
from residents.registry.queries import SOON
from residents.registry.states import ACTIVE, GONE, Status
from wacat.clock import today
from wacat.pages import LATEST, Order

OVERDUE, ENDING = "overdue", "soon"
FILTERS = {
    **{str(status): str(status.label) for status in Status},
    OVERDUE: "Lewat masa tinggal",
    ENDING: "Akan berakhir",
}
BY_ARRIVAL, BY_END = Order("arrived_on"), Order("stays_until", rises=True)
MOST_WORDS = 5
MOST_LODGINGS = 200


class TooManyLodgings(Exception):
    """The words for the lodging fit more than ``MOST_LODGINGS`` in reach."""


@dataclass(frozen=True)
class Narrowing:
    """What was asked for. ``text`` is a name or a NIK; ``area`` a code in the reader's reach.

    The ends are those of people who still stay.
    """

    text: str = ""
    status: str = ""
    area: str = ""
    province: str = ""
    origin: str = ""
    lodging: str = ""
    came_from: date | None = None
    came_until: date | None = None
    ends_from: date | None = None
    ends_until: date | None = None

    @property
    def nik(self) -> str:
        """The normalised NIK that was typed, or nothing."""
        try:
            return normalise(self.text) if self.text else ""
        except ValueError:
            return ""

    @property
    def names(self) -> str:
        """The typed name, or nothing."""
        return "" if self.nik else self.text

    @property
    def order(self) -> Order:
        """By what the list is about: ends, arrivals, else the latest entry first."""
        if self.status in (OVERDUE, ENDING) or self._ends:
            return BY_END
        return BY_ARRIVAL if self._came else LATEST

    def walked(self, rows: Any, holder: Holder) -> Any:
        """*rows* (all of them) as far as an index knows them in this order, without the rest."""
        rows = rows.under((self.area,) if self.area else reach(holder, Action.RESIDENT_VIEW))
        if self.order == BY_END:
            return rows.filter(self._staying())
        if self.order == BY_ARRIVAL:
            return rows.filter(self._arrived())
        return rows.filter(status=self.status) if self.status else rows

    @property
    def is_walked_whole(self) -> bool:
        """Whether nothing is asked for beyond what ``walked`` knows."""
        more = (self.province, self.origin, self.lodging, self.text)
        return not any(more) and bool(self.status) + self._came + self._ends <= 1

    def narrow(self, rows: Any, holder: Holder) -> Any:
        """*rows* (those that the reader may see) with all that was asked for, save the name.

        Raises TooManyLodgings.
        """
        if self.status == Status.DRAFT and not may(holder, Action.RESIDENT_ENTER):
            return rows.none()  # known without a look at every draft
        rows = rows.under((self.area,)) if self.area else rows
        rows = rows.filter(self._in_state(), self._staying(), self._arrived())
        if self.province:
            rows = rows.filter(origin_province=self.province)
        if self.origin:
            rows = _with_words(rows, "origin_area", self.origin)
        if self.lodging:
            rows = rows.filter(lodging__in=self._lodgings(holder))
        return rows.with_nik(self.nik) if self.nik else rows

    @property
    def _came(self) -> bool:
        return bool(self.came_from or self.came_until)

    @property
    def _ends(self) -> bool:
        return bool(self.ends_from or self.ends_until)

    def _in_state(self) -> Q:
        if self.status in (OVERDUE, ENDING):
            return Q()  # with the stays, below
        return Q(status=self.status) if self.status else ~Q(status__in=GONE)

    def _staying(self) -> Q:
        """Of the active alone, as the index of stays is."""
        asked = _between("stays_until", self.ends_from, self.ends_until)
        if self.status == OVERDUE:
            asked &= Q(stays_until__lt=today())
        elif self.status == ENDING:
            asked &= Q(stays_until__gte=today(), stays_until__lte=today() + SOON)
        return asked & Q(status__in=ACTIVE) if asked else asked

    def _arrived(self) -> Q:
        return _between("arrived_on", self.came_from, self.came_until)

    def _lodgings(self, holder: Holder) -> list[int]:
        found = Lodging.objects.under(reach(holder, Action.RESIDENT_VIEW))
        found = found.under((self.area,)) if self.area else found
        found = _with_words(found, "name", self.lodging)
        keys = list(found.values_list("pk", flat=True)[: MOST_LODGINGS + 1])
        if len(keys) > MOST_LODGINGS:
            raise TooManyLodgings
        return keys

    def as_json(self) -> str:
        """For keeping it with a work that is done later."""
        return json.dumps({name: one for name, one in asdict(self).items() if one}, default=str)

    @classmethod
    def from_json(cls, text: str) -> Self:
        """What ``as_json`` gave."""
        told: dict[str, Any] = json.loads(text)
        days = {one.name for one in fields(cls) if "date" in str(one.type)} & told.keys()
        return cls(**told | {name: date.fromisoformat(told[name]) for name in days})


def _between(column: str, first: date | None, last: date | None) -> Q:
    found = Q(**{f"{column}__gte": first}) if first else Q()
    return found & Q(**{f"{column}__lte": last}) if last else found


def _with_words(rows: Any, column: str, text: str) -> Any:
    """Those whose *column* contains each word of *text*."""
    rows = rows.annotate(**{f"{column}_capitals": Upper(column)})
    for word in text.upper().split()[:MOST_WORDS]:
        rows = rows.filter(**{f"{column}_capitals__contains": word})
    return rows
