"""What work of all kinds is not done: counted and listed by one query each."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import CharField, Count, Value

from wacat.work import Work, kinds

LISTED = 50


@dataclass(frozen=True)
class Stuck:
    """Work that failed, or failed once and waits for another attempt."""

    kind: str
    state: str
    attempts: int
    wanted_at: datetime
    failure: str

    @property
    def state_label(self) -> str:
        return str(Work.State(self.state).label)


def unfinished() -> dict[str, Counter[str]]:
    """For each kind, by its name, how many wait and how many have failed."""
    counts: dict[str, Counter[str]] = {_name(model): Counter() for model in kinds()}
    rows = (_named(model).values_list("kind", "state").annotate(Count("pk")) for model in kinds())
    for kind, state, count in _all(rows):
        counts[kind][state] = count
    return counts


def stuck() -> list[Stuck]:
    """The latest of each kind that are in trouble, kind by kind."""
    rows = (
        _named(model)
        .exclude(failure="")
        .order_by("-wanted_at")
        .values_list("kind", "state", "attempts", "wanted_at", "failure")[:LISTED]
        for model in kinds()
    )
    return [Stuck(*row) for row in _all(rows)]


def _named(model: type[Work]) -> Any:
    kind = Value(_name(model), output_field=CharField())
    rows = model._default_manager.exclude(state=Work.State.DONE).order_by()
    return rows.annotate(kind=kind)


def _name(model: type[Work]) -> str:
    return str(model._meta.verbose_name)


def _all(rows: Any) -> Any:
    first, *others = rows
    return first.union(*others, all=True)
