"""Keyset paging: a page costs the same wherever it lies.

A list is walked along an index in an ``Order``. Conditions that no index knows in that order are
looked for among the nearest rows first; where these hold too few, all that fulfil them are sorted
apart, because few can be left. So neither a rare condition nor a common one costs a long walk.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.exceptions import BadRequest
from django.db.models import F, Func, Q, QuerySet, Value
from django.http import HttpRequest

from wacat.keys import row_key

PAGE_SIZE = 25
WALKED = 4000  # rows that are looked through in order before the others are sorted apart


@dataclass(frozen=True)
class Page:
    """The rows of a page and the addresses of its neighbours.

    ``next_place`` is where the next page begins, for lists whose pages have no address.
    """

    rows: list[Any]
    next_url: str = ""
    previous_url: str = ""
    next_place: str = ""


@dataclass(frozen=True)
class Place:
    """Where a row stands in an order: its key, behind the day that it is sorted by."""

    key: int
    day: date | None = None

    def __str__(self) -> str:
        return f"{self.day.isoformat()}:{self.key}" if self.day else str(self.key)


@dataclass(frozen=True)
class Order:
    """By the key alone, or by a column of days and then by the key; ``rises``: the least first."""

    column: str = ""
    rises: bool = False

    def sort(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        """*rows* in this order, along an index where there is one."""
        sign = "" if self.rises else "-"
        columns = (self.column, "pk") if self.column else ("pk",)
        return rows.order_by(*(f"{sign}{name}" for name in columns))

    def sort_apart(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        """The same order, of which the database knows no index: it finds all *rows* first."""
        first = Func(
            F(self.column or "pk"), Value(0), template="(%(expressions)s)", arg_joiner=" + "
        )
        sorts = (first, F("pk")) if self.column else (first,)
        return rows.order_by(*(one.asc() if self.rises else one.desc() for one in sorts))

    def beyond(self, rows: QuerySet[Any], place: Place) -> QuerySet[Any]:
        """Those of *rows* that follow *place*."""
        then = "gt" if self.rises else "lt"
        later = Q(**{f"pk__{then}": place.key})
        if self.column:
            # The first bound is what an index understands.
            rows = rows.filter(**{f"{self.column}__{then}e": place.day})
            later |= Q(**{f"{self.column}__{then}": place.day})
        return rows.filter(later)

    def until(self, rows: QuerySet[Any], place: Place) -> QuerySet[Any]:
        """Those of *rows* that do not follow *place*, or stand at the same day."""
        bound = "lte" if self.rises else "gte"
        value = place.day if self.column else place.key
        return rows.filter(**{f"{self.column or 'pk'}__{bound}": value})

    def place_of(self, row: Any) -> Place:
        """Where *row* stands."""
        return Place(row.pk, getattr(row, self.column) if self.column else None)

    def nth(self, rows: QuerySet[Any], number: int) -> Place | None:
        """Where the row of this number stands, the first being 1; None where there are fewer."""
        names = ("pk", self.column) if self.column else ("pk",)
        found = self.sort(rows).values_list(*names)[number - 1 : number]
        return next((Place(*values) for values in found), None)

    def read(self, text: str) -> Place | None:
        """The place that was sent as *text*, or None. Raises BadRequest when it is none."""
        if not text:
            return None
        day, _, number = text.rpartition(":")
        key = row_key(number)
        if key is None or bool(day) != bool(self.column):
            raise BadRequest("Halaman tidak dikenal.")
        try:
            return Place(key, date.fromisoformat(day) if day else None)
        except ValueError as error:
            raise BadRequest("Halaman tidak dikenal.") from error


LATEST = Order()


def page_of(
    request: HttpRequest,
    rows: QuerySet[Any],
    size: int = PAGE_SIZE,
    order: Order = LATEST,
    walked: QuerySet[Any] | None = None,
) -> Page:
    """The page of *rows* that follows ``?sebelum=<place>``; *walked* as for ``following``.

    Raises BadRequest when that is no place.
    """
    text = request.GET.get("sebelum", "")
    page = page_after(rows, order.read(text), size, order, walked)
    return Page(
        rows=page.rows,
        next_url=_address(request, page.next_place) if page.next_place else "",
        previous_url=_address(request, "") if text else "",
        next_place=page.next_place,
    )


def page_after(
    rows: QuerySet[Any],
    place: Place | None,
    size: int = PAGE_SIZE,
    order: Order = LATEST,
    walked: QuerySet[Any] | None = None,
) -> Page:
    """The page of *rows* that follows *place*, without addresses."""
    found = following(rows, place, size + 1, order, walked)
    more = len(found) > size
    next_place = str(order.place_of(found[size - 1])) if more else ""
    return Page(found[:size], next_place=next_place)


def following(
    rows: QuerySet[Any],
    place: Place | None,
    count: int,
    order: Order = LATEST,
    walked: QuerySet[Any] | None = None,
) -> list[Any]:
    """The first *count* of *rows* after *place*, in order.

    *walked* are more rows than *rows*, by conditions that an index knows in this order; without
    it *rows* themselves are.
    """
    if place:
        rows = order.beyond(rows, place)
        walked = walked if walked is None else order.beyond(walked, place)
    if walked is None:
        return list(order.sort(rows)[:count])
    edge = order.nth(walked, WALKED)
    if edge is None:
        return list(order.sort(rows)[:count])
    found = list(order.sort(order.until(rows, edge))[:count])
    return found if len(found) == count else _apart(rows, count, order)


def _apart(rows: QuerySet[Any], count: int, order: Order) -> list[Any]:
    """Sorted by their keys only, so that the sort carries no whole rows about."""
    keys = list(order.sort_apart(rows).values_list("pk", flat=True)[:count])
    by_key = rows.in_bulk(keys) if keys else {}
    return [by_key[key] for key in keys if key in by_key]


def _address(request: HttpRequest, after: str) -> str:
    query = request.GET.copy()
    query.pop("sebelum", None)
    if after:
        query["sebelum"] = after
    return f"?{query.urlencode()}" if query else request.path
