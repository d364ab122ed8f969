"""Keyset paging of lists that begin with the oldest (``wacat.pages``: with the latest)."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.core.exceptions import BadRequest, ValidationError
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils import timezone

from wacat.keys import row_key
from wacat.pages import PAGE_SIZE, Page


def page_from_oldest(
    request: HttpRequest, rows: QuerySet[Any], field: str, size: int = PAGE_SIZE
) -> Page:
    """The page of *rows*, by the date or moment in *field*, that follows ``?sesudah=``.

    Keys first, so that an index that holds what *rows* are narrowed by need not visit the rest:
    two queries. Raises BadRequest when the address names no place in the list.
    """
    asked = request.GET.get("sesudah", "")
    listed = rows.order_by(field, "pk")
    if asked:
        value, key = _place(rows, field, asked)
        later = Q(**{f"{field}__gt": value}) | Q(**{field: value}, pk__gt=key)
        listed = listed.filter(later, **{f"{field}__gte": value})
    keys = list(listed.values_list(field, "pk")[: size + 1])
    shown = keys[:size]
    found = rows.in_bulk([pk for _, pk in shown])
    return Page(
        rows=[found[pk] for _, pk in shown if pk in found],
        next_url=_address(request, *shown[-1]) if len(keys) > size else "",
        previous_url=_address(request) if asked else "",
    )


def _place(rows: QuerySet[Any], field: str, text: str) -> tuple[Any, int]:
    moment, _, number = text.rpartition("_")
    key = row_key(number)
    try:
        value: Any = rows.model._meta.get_field(field).to_python(moment)
    except ValidationError:
        value = None
    if key is None or not value or (isinstance(value, datetime) and timezone.is_naive(value)):
        raise BadRequest("Halaman tidak dikenal.")
    return value, key


def _address(request: HttpRequest, *place: Any) -> str:
    query = request.GET.copy()
    query.pop("sesudah", None)
    if place:
        value, key = place
        query["sesudah"] = f"{value.isoformat()}_{key}"
    return f"?{query.urlencode()}" if query else request.path
