"""Keyset paging through posts in the order of their areas: each RT after the one before it."""

from __future__ import annotations

import re
from typing import Any

from django.core.exceptions import BadRequest
from django.db.models import Q
from django.http import HttpRequest

from wacat.pages import PAGE_SIZE, Page

ORDER = ("area_id", "pk")
_PLACE = re.compile(r"([0-9.]{5,17}):([0-9]{1,18})")


def page_by_area(request: HttpRequest, posts: Any, size: int = PAGE_SIZE) -> Page:
    """The page of *posts* that follows ``?sesudah=<area>:<key>``. Raises BadRequest."""
    after = request.GET.get("sesudah", "")
    if after:
        place = _PLACE.fullmatch(after)
        if place is None:
            raise BadRequest("Halaman tidak dikenal.")
        area, key = place[1], int(place[2])
        posts = posts.filter(area_id__gte=area).filter(Q(area_id__gt=area) | Q(pk__gt=key))
    found = list(posts.order_by(*ORDER)[: size + 1])
    last = found[size - 1] if len(found) > size else None
    return Page(
        rows=found[:size],
        next_url=_address(request, f"{last.area_id}:{last.pk}") if last else "",
        previous_url=_address(request, "") if after else "",
    )


def _address(request: HttpRequest, after: str) -> str:
    query = request.GET.copy()
    query.pop("sesudah", None)
    if after:
        query["sesudah"] = after
    return f"?{query.urlencode()}" if query else request.path
