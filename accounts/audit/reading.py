"""Reading the trail: all its tables as one, the latest first.

One statement finds which rows, another fetches just those: however many tables there are.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any

from django.core.exceptions import BadRequest
from django.db.models import Q

from accounts.audit.questions import Question
from accounts.audit.sources import Source, sources

_PLACE = re.compile(r"([0-9]{1,17}):([0-9]{1,3}):([0-9]{1,18})")
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)


@dataclass(frozen=True)
class Place:
    """Where a page of the trail ends: the time of its last entry, its table's rank, its key."""

    at: datetime
    rank: int
    pk: int

    def __str__(self) -> str:
        return f"{(self.at - _EPOCH) // _MICROSECOND}:{self.rank}:{self.pk}"

    @classmethod
    def parse(cls, text: str) -> Place | None:
        """What ``str`` wrote; None for nothing. Raises BadRequest for anything else."""
        if not text:
            return None
        found = _PLACE.fullmatch(text)
        if found is None:
            raise BadRequest("Halaman tidak dikenal.")
        time, rank, pk = (int(number) for number in found.groups())
        return cls(_EPOCH + time * _MICROSECOND, rank, pk)

    def before(self, source: Source, rank: int) -> Q:
        """The table's rows that come after this place in the list."""
        earlier = Q(**{f"{source.at}__lt": self.at})
        if rank > self.rank:
            return earlier
        at_most = Q(**{f"{source.at}__lte": self.at})
        return at_most if rank < self.rank else at_most & (earlier | Q(pk__lt=self.pk))


def read(question: Question, count: int, after: Place | None = None) -> list[dict[str, Any]]:
    """The latest *count* entries that answer, or those that follow *after*."""
    parts = [
        part
        for rank, source in enumerate(sources())
        if (part := _part(question, source, rank, after, count)) is not None
    ]
    latest = ("-entry_at", "-entry_rank", "-entry_pk")
    return _fetched([(one["entry_rank"], one["entry_pk"]) for one in _united(parts, latest, count)])


def place_of(entry: dict[str, Any]) -> Place:
    """Where *entry* stands in the list."""
    return Place(entry["entry_at"], entry["entry_rank"], entry["entry_pk"])


def _part(
    question: Question, source: Source, rank: int, after: Place | None, count: int
) -> Any | None:
    """Which of the table's rows may be among the latest *count*; None when none can."""
    condition = question.condition(source)
    if condition is None:
        return None
    if after:
        condition &= after.before(source, rank)
    return _places()[rank].filter(condition)[:count]


@cache
def _places() -> list[Any]:
    """Each table's rows by their places, the latest first; built once, as that takes a while."""
    return [
        source.places(rank).order_by(f"-{source.at}", "-pk")
        for rank, source in enumerate(sources())
    ]


def _fetched(places: list[tuple[int, int]]) -> list[dict[str, Any]]:
    """The entries in these places, in that order."""
    keys: dict[int, list[int]] = defaultdict(list)
    for rank, pk in places:
        keys[rank].append(pk)
    parts = [sources()[rank].entries(rank).filter(pk__in=pks) for rank, pks in keys.items()]
    found = {(one["entry_rank"], one["entry_pk"]): one for one in _united(parts)}
    return [found[place] for place in places]


def _united(parts: list[Any], order: tuple[str, ...] = (), count: int | None = None) -> Any:
    """The rows of all *parts*; a single part comes as it is."""
    if len(parts) < 2:
        return parts[0] if parts else []
    first, *others = parts
    return first.union(*others, all=True).order_by(*order)[:count]
