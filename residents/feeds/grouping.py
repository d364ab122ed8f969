"""Rows with the same address text as one line, found along an index whatever their number."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.contrib.postgres.aggregates import ArrayAgg
from django.core.exceptions import BadRequest
from django.db.models import Count, Min, Q
from django.http import HttpRequest

from accounts.areas.models import Area
from residents.feeds.noting import address_of, masked
from residents.services.codes import Kind
from wacat.pages import PAGE_SIZE

SHOWN = 10  # services on the page of one address


@dataclass(frozen=True)
class Group:
    """``where`` is the kelurahan, where that is certain."""

    key: UUID
    address: str
    count: int
    kinds: list[str]
    where: str
    oldest: date | None
    services: list[Any]


@dataclass(frozen=True)
class GroupPage:
    groups: list[Group]
    next_url: str
    previous_url: str


def page_of(request: HttpRequest, rows: Any, size: int = PAGE_SIZE) -> GroupPage:
    """The groups after ``?sesudah=<kelurahan>_<key>``. Raises BadRequest when that is none."""
    asked = request.GET.get("sesudah", "")
    waiting = rows.waiting()
    if asked:
        kelurahan, key = _place(asked)
        later = Q(kelurahan__gt=kelurahan) | Q(kelurahan=kelurahan, place_key__gt=key)
        waiting = waiting.filter(later, kelurahan__gte=kelurahan)
    found = list(
        waiting.values("kelurahan", "place_key")
        .annotate(
            count=Count("pk"),
            oldest=Min("served_on"),
            kinds=ArrayAgg("kind", distinct=True),
            sample=Min("pk"),
        )
        .order_by("kelurahan", "place_key")[: size + 1]
    )
    shown = found[:size]
    samples = rows.in_bulk([one["sample"] for one in shown])
    names = _names(one["kelurahan"] for one in shown)
    last = shown[-1] if len(found) > size else None
    return GroupPage(
        [_group(one, samples[one["sample"]], names) for one in shown if one["sample"] in samples],
        f"?sesudah={last['kelurahan']}_{last['place_key']}" if last else "",
        request.path if asked else "",
    )


def summary(rows: Any, sample: Any) -> Group:
    """Of one address: how many services of which kinds, and the first of them."""
    sums = rows.aggregate(
        count=Count("pk"), oldest=Min("served_on"), kinds=ArrayAgg("kind", distinct=True)
    )
    first = list(rows.order_by("pk")[:SHOWN])
    names = _names([sample.kelurahan])
    line = {"kelurahan": sample.kelurahan, "place_key": sample.place_key, **sums}
    return _group(line, sample, names, first)


def _group(line: dict[str, Any], sample: Any, names: dict[str, str], services: Any = ()) -> Group:
    return Group(
        key=line["place_key"],
        address=masked(address_of(sample)) or "Tanpa alamat",
        count=line["count"],
        kinds=[str(Kind(number).label) for number in line["kinds"] or ()],
        where=names.get(line["kelurahan"], ""),
        oldest=line["oldest"],
        services=list(services),
    )


def _names(codes: Any) -> dict[str, str]:
    rows = Area.objects.filter(level="kelurahan", pk__in=set(codes))
    return dict(rows.values_list("pk", "name"))


def _place(text: str) -> tuple[str, UUID]:
    kelurahan, _, key = text.partition("_")
    try:
        return kelurahan[:13], UUID(key)
    except ValueError as error:
        raise BadRequest("Halaman tidak dikenal.") from error
