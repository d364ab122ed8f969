"""Which numbers of a table must stay untold, so that none of a few people can be worked out.

Small numbers are left out, and with them others from which they would follow by subtraction. What
an outsider can still work out is bounded as by the shuttle algorithm: each sum narrows its parts
and each part its sums, over and over (Buzzigoli and Giusti 1999).
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

SMALL = 5
FAR = 10**9

Key = TypeVar("Key", bound=Hashable)
Bounds = dict[Key, tuple[int, int]]


@dataclass(frozen=True)
class Sum(Generic[Key]):
    """That the number of *whole* is the sum of those of its *parts*."""

    whole: Key
    parts: tuple[Key, ...]

    @property
    def keys(self) -> tuple[Key, ...]:
        return (self.whole, *self.parts)


def untold(numbers: Mapping[Key, int], sums: Sequence[Sum[Key]]) -> set[Key]:
    """The keys to leave out: all of 1 to 4 people, and what would give them away.

    Nought is nobody and is told. A number of 1 to 4 may, for an outsider who knows the *sums*,
    still have at least as many values as these. Raises ValueError where a sum is wrong.
    """
    _must_add_up(numbers, sums)
    small = {key for key, number in numbers.items() if 0 < number < SMALL}
    hidden = set(small)
    by_key = _sums_of(sums)
    while exposed := _exposed(numbers, sums, hidden, small):
        hidden |= _companions(exposed, numbers, by_key, hidden)
    return hidden


def bounds(numbers: Mapping[Key, int], sums: Sequence[Sum[Key]], hidden: set[Key]) -> Bounds[Key]:
    """Between what an outsider knows each hidden number to lie, who sees all the others."""
    known: Bounds[Key] = {
        key: (1, FAR) if key in hidden else (number, number) for key, number in numbers.items()
    }
    touched = [one for one in sums if hidden & set(one.keys)]
    while sum(_narrow(known, one) for one in touched):
        pass
    return known


def _exposed(
    numbers: Mapping[Key, int], sums: Sequence[Sum[Key]], hidden: set[Key], small: set[Key]
) -> list[Key]:
    """Those of the small that may have fewer than four values, in the order of the numbers."""
    known = bounds(numbers, sums, hidden)
    return [key for key in numbers if key in small and _values(known[key]) < SMALL - 1]


def _values(bounds_of_one: tuple[int, int]) -> int:
    return bounds_of_one[1] - bounds_of_one[0] + 1


def _companions(
    exposed: Sequence[Key],
    numbers: Mapping[Key, int],
    sums: Mapping[Key, list[Sum[Key]]],
    hidden: set[Key],
) -> set[Key]:
    """What to hide next, at least one: what is hidden for one may be enough for others."""
    found: set[Key] = set()
    covered: set[Key] = set()
    for key in exposed:
        companion = None if key in covered else _companion(key, numbers, sums, hidden | found)
        if companion is not None:
            found.add(companion)
            covered |= {other for one in sums[companion] for other in one.parts}
    if not found:
        raise ValueError("nothing is left to hide")
    return found


def _companion(
    key: Key, numbers: Mapping[Key, int], sums: Mapping[Key, list[Sum[Key]]], hidden: set[Key]
) -> Key | None:
    """The smallest number still told that stands in a sum with *key*, or else with what does."""
    seen, near = {key}, {key}
    while near:
        beside = {other for one in near for found in sums.get(one, ()) for other in found.keys}
        told = [one for one in beside - hidden if numbers[one]]
        if told:
            return min(told, key=lambda one: (numbers[one], one))
        near = beside - seen
        seen |= near
    return None


def _narrow(known: Bounds[Key], one: Sum[Key]) -> bool:
    """Take from the sum what it says of its whole and of each part; whether that was anything."""
    low = sum(known[part][0] for part in one.parts)
    high = sum(known[part][1] for part in one.parts)
    changed = _put(known, one.whole, low, high)
    least, most = known[one.whole]
    for part in one.parts:
        mine = known[part]
        changed |= _put(known, part, least - (high - mine[1]), most - (low - mine[0]))
        now = known[part]
        low, high = low - mine[0] + now[0], high - mine[1] + now[1]
    return changed


def _put(known: Bounds[Key], key: Key, low: int, high: int) -> bool:
    now = known[key]
    then = max(now[0], low), min(now[1], high)
    known[key] = then
    return then != now


def _sums_of(sums: Sequence[Sum[Key]]) -> dict[Key, list[Sum[Key]]]:
    found: dict[Key, list[Sum[Key]]] = {}
    for one in sums:
        for key in one.keys:
            found.setdefault(key, []).append(one)
    return found


def _must_add_up(numbers: Mapping[Key, int], sums: Sequence[Sum[Key]]) -> None:
    for one in sums:
        if numbers[one.whole] != sum(numbers[part] for part in one.parts):
            raise ValueError("a sum is not that of its parts")
