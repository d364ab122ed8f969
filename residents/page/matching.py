"""Which update of the record belongs to which step, so that a thing done is told once.

Steps carry the time of the portal's clock, updates outside of a request that of the database.
They are the same but where the portal's clock was moved (demo and tests); there the steps tell
the time.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from residents.page.corrections import Update

_TOGETHER = timedelta(minutes=10)
# Steps that leave the state as it is, and what they change.
_QUIET = {
    "extend": {"stays_until"},
    "correct_stay": {"stays_until"},
    "move": {"area_id", "address", "lodging_id"},
    "correct_end": {"ended_on", "end_reason", "cancellation_reason"},
}


@dataclass(frozen=True)
class Matched:
    """Each step's updates by the step's key; the others with the time at which to tell them."""

    of_step: dict[int, list[Update]]
    alone: list[tuple[datetime, Update]]


def match(steps: list[Any], updates: list[Update], begun_with: Any) -> Matched:
    """The updates of one record and its *steps*, both in their order.

    What was written together with the record's first event (*begun_with*) is part of entering it.
    """
    owner: dict[int, int] = {}  # update's place → step's key
    _by_state(steps, updates, owner)
    times = _times(steps, updates, owner)
    _by_change(steps, updates, owner, times)
    _by_request(updates, owner)
    of_step: dict[int, list[Update]] = defaultdict(list)
    for place, key in owner.items():
        of_step[key].append(updates[place])
    alone = [
        (times[place], update)
        for place, update in enumerate(updates)
        if place not in owner and not _is_entry(update, begun_with)
    ]
    return Matched(dict(of_step), alone)


def _by_state(steps: list[Any], updates: list[Update], owner: dict[int, int]) -> None:
    """By the state before and after, in their order."""
    begin = 0
    for place, update in enumerate(updates):
        if "status" not in update.changed:
            continue
        for number in range(begin, len(steps)):
            if (steps[number].source, steps[number].target) == update.states:
                owner[place], begin = steps[number].pk, number + 1
                break


def _times(steps: list[Any], updates: list[Update], owner: dict[int, int]) -> list[datetime]:
    """When each update happened by the portal's clock; never earlier than the one before."""
    by_key = {step.pk: step for step in steps}
    shift = timedelta()
    found: list[datetime] = []
    for place, update in enumerate(updates):
        at = update.at + shift
        if place in owner:
            at = by_key[owner[place]].at
            shift = at - update.at if abs(at - update.at) > _TOGETHER else timedelta()
        found.append(max([at, *found[-1:]]))
    return found


def _by_change(
    steps: Iterable[Any], updates: list[Update], owner: dict[int, int], times: list[datetime]
) -> None:
    """By what a step changes without changing the state: the nearest one in time."""
    taken = set(owner.values())
    for step in steps:
        columns = _QUIET.get(step.name)
        if columns is None or step.pk in taken:
            continue
        near = [
            (abs(times[place] - step.at), place)
            for place, update in enumerate(updates)
            if place not in owner and update.changed & columns
        ]
        if near and min(near)[0] <= _TOGETHER:
            owner[min(near)[1]] = step.pk


def _by_request(updates: list[Update], owner: dict[int, int]) -> None:
    """What one request wrote besides belongs to the step that it took."""
    steps = {updates[place].context: key for place, key in owner.items()}
    for place, update in enumerate(updates):
        if place not in owner and update.context and update.context in steps:
            owner[place] = steps[update.context]


def _is_entry(update: Update, begun_with: Any) -> bool:
    return update.context is not None and update.context == begun_with.pgh_context_id
