"""Keyset paging: a page costs the same wherever it lies."""

from dataclasses import dataclass
from typing import Any

from django.core.exceptions import BadRequest
from django.db.models import QuerySet
from django.http import HttpRequest

from wacat.keys import row_key

PAGE_SIZE = 25


@dataclass(frozen=True)
class Page:
    """The rows of a page, the latest first, and the addresses of its neighbours."""

    rows: list[Any]
    next_url: str
    previous_url: str


def page_of(request: HttpRequest, rows: QuerySet[Any], size: int = PAGE_SIZE) -> Page:
    """The page of *rows* (by descending key) that follows ``?sebelum=<key>``.

    Raises BadRequest when that is not a number.
    """
    after = request.GET.get("sebelum", "")
    if after:
        key = row_key(after)
        if key is None:
            raise BadRequest("Halaman tidak dikenal.")
        rows = rows.filter(pk__lt=key)
    found = list(rows.order_by("-pk")[: size + 1])
    more = len(found) > size
    return Page(
        rows=found[:size],
        next_url=_address(request, str(found[size - 1].pk)) if more else "",
        previous_url=_address(request, "") if after else "",
    )


def _address(request: HttpRequest, after: str) -> str:
    query = request.GET.copy()
    query.pop("sebelum", None)
    if after:
        query["sebelum"] = after
    return f"?{query.urlencode()}" if query else request.path
