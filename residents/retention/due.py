"""Which records are due: the stay has ended long enough ago, and nothing keeps them whole.

A record goes together with those that were merged into it: they are one person's. A draft, or
a report that was returned or is held, is somebody's work and never due; thrown away, it is.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connections
from django.db.models import Count, Exists, Max, Min, OuterRef, Q

from accounts.areas.models import Area
from residents.registry.models import Resident, ResidentStep
from residents.registry.states import Status
from residents.retention.keeping import aging, holdings, kept
from residents.retention.rules import end_of

_LINKED = """
WITH RECURSIVE linked (pk) AS (
    SELECT id FROM residents_resident WHERE id = ANY(%s)
    UNION
    SELECT one.id FROM residents_resident AS one JOIN linked ON one.merged_into_id = linked.pk
)
SELECT pk FROM linked
"""


@dataclass(frozen=True)
class OfKelurahan:
    """The records of one kelurahan that are due, and their earliest and latest ends."""

    name: str
    records: int
    oldest: date | None
    newest: date | None


@dataclass(frozen=True)
class Preview:
    """What would be erased today: whose stays ended on ``before`` or earlier.

    ``others`` are what goes by an age of its own, by name.
    """

    before: date
    places: tuple[OfKelurahan, ...]
    merged: int
    files: int
    others: dict[str, int]

    @property
    def records(self) -> int:
        return sum(place.records for place in self.places) + self.merged


def due(before: date, using: str = "default") -> Any:
    """The records (a queryset) that are due, without those merged into them."""
    rows: Any = Resident.objects.using(using).filter(anonymised_on=None)
    ended = Q(status=Status.ENDED, ended_on__lte=before)
    left = Q(status=Status.MERGED, merged_into__anonymised_on__isnull=False)
    rows = rows.filter(ended | Q(status=Status.DISCARDED) & _thrown_away_by(before) | left)
    return rows.exclude(kept()).exclude(pk__in=_kept_by_others(using))


def linked(keys: Iterable[int], using: str = "default") -> list[int]:
    """*keys* and those of all records merged into these, however often."""
    with connections[using].cursor() as cursor:
        cursor.execute(_LINKED, [list(keys)])
        return [pk for (pk,) in cursor.fetchall()]


def preview(before: date, using: str = "default") -> Preview:
    """How much is due; a constant number of statements."""
    rows = due(before, using)
    told = (
        rows.order_by()
        .values("kelurahan")
        .annotate(records=Count("pk"), oldest=Min("ended_on"), newest=Max("ended_on"))
    )
    found = sorted(told, key=lambda one: one["kelurahan"])
    merged = Resident.objects.using(using).filter(status=Status.MERGED, anonymised_on=None)
    # Those merged into what was merged itself are few: they are not counted beforehand.
    with_it = merged.filter(merged_into__in=rows.values("pk"))
    counts = [one.count_files(rows) for one in holdings() if one.count_files]
    others = {one.label: one.due(before, using) for one in aging()}
    counts += [one.count_files(others[one.label]) for one in aging() if one.count_files]
    names = _names(one["kelurahan"] for one in found)
    places = tuple(
        OfKelurahan(names.get(one["kelurahan"], ""), one["records"], one["oldest"], one["newest"])
        for one in found
    )
    numbers = {label: found.count() for label, found in others.items()}
    return Preview(before, places, with_it.count(), sum(counts), numbers)


def _names(codes: Iterable[str]) -> dict[str, str]:
    return dict(Area.objects.filter(code__in=list(codes)).values_list("code", "name"))


def _thrown_away_by(day: date) -> Exists:
    steps = ResidentStep.objects.filter(subject=OuterRef("pk"), name="discard")
    return Exists(steps.filter(at__lt=end_of(day)))


def _kept_by_others(using: str) -> list[int]:
    """Records that are kept because one that was merged into them is."""
    merged: Any = Resident.objects.using(using).filter(status=Status.MERGED, anonymised_on=None)
    above = set(merged.filter(kept()).values_list("merged_into", flat=True))
    found: set[int] = set()
    while above - found:
        found |= above
        above = set(merged.filter(pk__in=above).values_list("merged_into", flat=True))
    return sorted(found)
