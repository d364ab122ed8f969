"""Finding residents by name, the nearest spellings first.

Ranks, each for the word that fits worst: a whole word as typed; the beginning of one; one that
sounds so; a part of one; one letter away. Within a rank the latest come first.

Common names are found among the latest rows, rare ones by the indexes: see ``wacat.pages``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import IntEnum
from functools import reduce
from operator import and_
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import BadRequest
from django.db import connection
from django.db.models import Case, CharField, F, Func, IntegerField, Q, QuerySet, Value, When
from django.db.models.functions import Concat, Upper

from residents.registry.names import keys_of_word, mistyped, words_of
from residents.registry.queries import NAME_IN_CAPITALS
from wacat.keys import row_key
from wacat.pages import LATEST, Place

MOST_WORDS = 5
SHORTEST_PART = 3  # letters: of fewer the trigram index knows only where words begin
WALKED = 2500  # rows that are looked through before the indexes are asked
ENOUGH = 10  # of one rank among those: then the rest is near, and far too many for the indexes
# What people put before a name when they speak of somebody.
_ADDRESSES = frozenset({"BAPAK", "BPK", "PAK", "IBU", "BU", "SDR", "SDRI"})


# The same two as the indexes have, written so that none is asked: for the few rows at hand.
NAME_AT_HAND = Concat(Value("  "), Upper("full_name"), Value(" "))
KEYS_AT_HAND = Func(
    F("name_keys"), template="(%(expressions)s || '{}')", output_field=ArrayField(CharField())
)


# Materialized, or the planner would read the table through in the hope of an early match.
_BORNE = """
SELECT key FROM unnest(%s::varchar[]) AS key WHERE EXISTS (
    WITH borne AS MATERIALIZED (
        SELECT FROM residents_resident WHERE name_keys @> ARRAY[key]::varchar(20)[]
    )
    SELECT FROM borne
)
"""


class Rank(IntEnum):
    WHOLE = 0
    BEGINS = 1
    SOUNDS = 2
    PART = 3
    MISTYPED = 4


@dataclass(frozen=True, order=True)
class Hit:
    """Where somebody stands among those found: the latest have the least ``minus``."""

    rank: int
    minus: int

    @property
    def pk(self) -> int:
        return -self.minus

    def __str__(self) -> str:
        return f"{self.rank}:{self.pk}"

    @classmethod
    def read(cls, text: str) -> Hit | None:
        """What was sent as *text*, or None. Raises BadRequest when it is no place."""
        if not text:
            return None
        rank, _, number = text.partition(":")
        key = row_key(number)
        if key is None or rank not in {str(int(one)) for one in Rank}:
            raise BadRequest("Halaman tidak dikenal.")
        return cls(int(rank), -key)


@dataclass(frozen=True)
class Word:
    """One typed word, and the conditions by which annotated names fit it."""

    text: str

    @property
    def whole(self) -> Q:
        return Q(capitals__contains=f" {self.text} ")

    @property
    def indexed_whole(self) -> Q:
        """The same, and what follows from it, so that the rarer index can be asked."""
        return self.whole & self.sounds if self.pieces else self.whole

    @property
    def begins(self) -> Q:
        return Q(capitals__contains=f" {self.text}")

    @property
    def part(self) -> Q:
        return Q(capitals__contains=self.text)

    @property
    def indexed_part(self) -> Q:
        """The same as far as the index can find it."""
        return self.part if len(self.text) >= SHORTEST_PART else self.begins

    @property
    def sounds(self) -> Q:
        heard = [Q(keys__overlap=list(keys_of_word(one))) for one in self.pieces]
        return _all(heard) if heard else Q(pk__in=[])

    def near(self, slips: dict[str, list[str]]) -> Q:
        """Each piece like one of its *slips*, which nobody may bear."""
        heard = [slips[one] for one in self.pieces]
        if not all(heard):
            return Q(pk__in=[])
        return _all(Q(keys__overlap=one) for one in heard)

    @property
    def pieces(self) -> list[str]:
        return [one for one in words_of(self.text) if keys_of_word(one)]


class Search:
    """What was typed, to be looked for among *rows*; *walked* are more, by an indexed scope."""

    def __init__(self, text: str, rows: QuerySet[Any], walked: QuerySet[Any]) -> None:
        self._words = typed_words(text)
        self._rows, self._walked = rows, walked

    def following(self, after: Hit | None, count: int) -> list[Hit]:
        """The first *count* after the place of another, in order."""
        edge = LATEST.nth(self._walked, WALKED)
        near = _hits(self._at_hand(after, edge).filter(self._fits(self._by_part)), count)
        if edge is None:
            found = near
        elif len(near) < count:
            rows = self._ranked(after, NAME_IN_CAPITALS, F("name_keys"))
            found = _hits(rows.filter(self._fits(self._by_index)), count)
        else:
            found = self._with_rarer(after, near, count)
        if len(found) < count:
            found += self._mistyped(after, count - len(found))
        return found

    def all(self) -> QuerySet[Any]:
        """All who fit in any way."""
        rows = self._rows.annotate(capitals=NAME_IN_CAPITALS, keys=F("name_keys"))
        return rows.filter(self._fits(self._by_index) | self._slipped())

    def _ranked(self, after: Hit | None, capitals: Any, keys: Any) -> QuerySet[Any]:
        rows = self._rows.annotate(capitals=capitals, keys=keys).annotate(rank=self._rank())
        return rows if after is None else rows.filter(_beyond(after))

    def _at_hand(self, after: Hit | None, edge: Place | None) -> QuerySet[Any]:
        """The latest rows, down to *edge*: few enough to ask no index about their names."""
        rows = self._ranked(after, NAME_AT_HAND, KEYS_AT_HAND)
        return rows if edge is None else LATEST.until(rows, edge)

    def _with_rarer(self, after: Hit | None, near: list[Hit], count: int) -> list[Hit]:
        """*near* holds enough in all; of a rank that it holds too few of, there may be older."""
        found: list[Hit] = []
        for rank in (Rank.WHOLE, Rank.BEGINS, Rank.SOUNDS, Rank.PART):
            missing = count - len(found)
            here = [hit for hit in near if hit.rank == rank]
            if len(here) < missing and rank < near[-1].rank:
                here = self._of_rank(rank, after, len(here), missing)
            found += here[:missing]
        return found

    def _of_rank(self, rank: Rank, after: Hit | None, near: int, count: int) -> list[Hit]:
        """The first *count* of one rank, of which there are *near* among the latest."""
        if near >= ENOUGH:
            edge = LATEST.nth(self._walked, 2 * WALKED * count // near)
            found = _hits(self._at_hand(after, edge).filter(rank=rank), count)
            if edge is None or len(found) == count:
                return found
        rows = self._ranked(after, NAME_IN_CAPITALS, F("name_keys"))
        return _hits(rows.filter(self._fits(_INDEXED[rank]), rank=rank), count)

    def _mistyped(self, after: Hit | None, count: int) -> list[Hit]:
        """Those a slip away, for whom no other spelling fits."""
        slipped = self._slipped()
        if not slipped:
            return []
        # The names that are left to ask for are known and counted: the planner may choose.
        rows = self._rows.annotate(capitals=NAME_IN_CAPITALS, keys=F("name_keys"))
        if after and after.rank == Rank.MISTYPED:
            rows = rows.filter(pk__lt=after.pk)
        apart = rows.filter(slipped).exclude(self._fits(self._by_part))
        keys = LATEST.sort(apart).values_list("pk", flat=True)[:count]
        return [Hit(Rank.MISTYPED, -key) for key in keys]

    def _slipped(self) -> Q:
        """Empty where no name is a slip away."""
        if not all(word.pieces for word in self._words):
            return Q()
        pieces = {piece for word in self._words for piece in word.pieces}
        # As they were typed they are found otherwise, and half the city may bear such a name.
        typed = {piece: keys_of_word(piece) for piece in pieces}
        slips = {piece: set(mistyped(piece)).difference(typed[piece]) for piece in pieces}
        known = _borne(set().union(*slips.values()))
        if not known:
            return Q()
        heard = {piece: [*typed[piece], *sorted(slips[piece] & known)] for piece in pieces}
        return self._fits(lambda word: word.near(heard))

    def _rank(self) -> Case:
        return Case(
            When(self._fits(lambda word: word.whole), then=Value(int(Rank.WHOLE))),
            When(self._fits(lambda word: word.begins), then=Value(int(Rank.BEGINS))),
            When(self._fits(lambda word: word.begins | word.sounds), then=Value(int(Rank.SOUNDS))),
            default=Value(int(Rank.PART)),
            output_field=IntegerField(),
        )

    def _fits(self, how: Callable[[Word], Q]) -> Q:
        return _all(how(word) for word in self._words)

    @staticmethod
    def _by_part(word: Word) -> Q:
        return word.part | word.sounds

    @staticmethod
    def _by_index(word: Word) -> Q:
        return word.indexed_part | word.sounds


_INDEXED: dict[Rank, Callable[[Word], Q]] = {
    Rank.WHOLE: lambda word: word.indexed_whole,
    Rank.BEGINS: lambda word: word.begins,
    Rank.SOUNDS: lambda word: word.begins | word.sounds,
    Rank.PART: lambda word: word.indexed_part | word.sounds,
}


def typed_words(text: str) -> list[Word]:
    """The words to look for, without *Pak* and *Ibu* where there are others."""
    words = text.upper().split()
    names = [word for word in words if word.rstrip(".") not in _ADDRESSES] or words
    return [Word(word.rstrip(".") or word) for word in names[:MOST_WORDS]]


def _beyond(hit: Hit) -> Q:
    return Q(rank__gt=hit.rank) | Q(rank=hit.rank, pk__lt=hit.pk)


def _borne(keys: set[str]) -> frozenset[str]:
    """Those of *keys* that anybody's name has.

    Each is looked up in the index by itself. Asked for together they would be compared, hundreds
    with each name, wherever the planner takes another way.
    """
    if not keys:
        return frozenset()
    with connection.cursor() as cursor:
        cursor.execute(_BORNE, [sorted(keys)])
        return frozenset(key for (key,) in cursor.fetchall())


def _hits(rows: QuerySet[Any], count: int) -> list[Hit]:
    """Sorted apart: no walk along the keys could promise to find them soon."""
    found = rows.annotate(minus=-(F("pk") + 0)).order_by("rank", "minus")
    return [Hit(*values) for values in found.values_list("rank", "minus")[:count]]


def _all(conditions: Iterable[Q]) -> Q:
    return reduce(and_, conditions, Q())
