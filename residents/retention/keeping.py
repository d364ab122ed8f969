"""Seam: what rooms hold of a person beside the record, what keeps it from being due, what goes.

A room registers what it holds when its app is ready; so a record is erased with all that rooms
above have made of it, without the records knowing them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Model, Q

from accounts.audit.grants import allow_upkeep, trail_of
from residents.retention.models import DoomedFile

# The name that an erased record bears.
NAMELESS = "(data dihapus)"


@dataclass
class Batch:
    """Records that are being erased together: their keys and the connection it happens through.

    ``before`` is the day until which their stays, or what they are, had ended. ``files`` counts
    the files that go.
    """

    keys: list[int]
    using: str
    before: date
    files: int = field(default=0)

    def rows(self, model: type[Model]) -> Any:
        """All rows of *model*, through the maintenance role's connection."""
        return model._default_manager.using(self.using)

    def doom(self, names: Iterable[str]) -> None:
        """Have these stored files deleted as soon as the transaction is committed."""
        doomed = [DoomedFile(name=name) for name in dict.fromkeys(names) if name]
        self.rows(DoomedFile).bulk_create(doomed, ignore_conflicts=True)
        self.files += len(doomed)

    def blank(self, model: type[Model], rows: Any, values: dict[str, Any], **more: Any) -> None:
        """Overwrite these fields of *rows* (a queryset of *model*), and of their whole trail.

        *more* is written to the rows alone.
        """
        keys = list(rows.values_list("pk", flat=True))
        self.rows(model).filter(pk__in=keys).update(**values, **more)
        event = trail_of(model)
        if event is not None:
            kept = {one.name for one in event._meta.concrete_fields}
            told = {name: value for name, value in values.items() if name in kept}
            self.rows(event).filter(pgh_obj__in=keys).update(**told)


@dataclass(frozen=True)
class Holding:
    """What one room holds of people.

    ``fate`` says in words what becomes of it. ``erase`` erases it for a batch whose records
    bear no data any more. ``keeps`` is the condition on a resident's record under which it is
    not due yet; ``count_files`` counts the stored files beside a queryset of records.
    ``sweep`` erases, once a run, what is as old by itself and hangs on no record.
    """

    label: str
    fate: str
    erase: Callable[[Batch], None]
    keeps: Callable[[], Q] | None = None
    count_files: Callable[[Any], int] | None = None
    sweep: Callable[[Batch], None] | None = None


@dataclass(frozen=True)
class Aging:
    """Rows that hang on no resident's record and go by an age of their own, part by part.

    ``due`` gives those (a queryset) whose time was over by a day, through a connection; ``erase``
    erases a batch of them, after which they are due no more. ``count_files`` counts the stored
    files beside a queryset of them.
    """

    label: str
    fate: str
    due: Callable[[date, str], Any]
    erase: Callable[[Batch], None]
    count_files: Callable[[Any], int] | None = None


_HOLDINGS: list[Holding] = []
_AGING: list[Aging] = []


def register(
    kept: Holding | Aging,
    *,
    blanks: dict[type[Model], Iterable[str]] | None = None,
    removes: Iterable[type[Model]] = (),
    reads: Iterable[type[Model]] = (),
) -> None:
    """Let *kept* be asked. *blanks*, *removes* and *reads* are the tables that it needs for it.

    The maintenance role is granted just these rights.
    """
    if any(one.label == kept.label for one in fates()):
        return
    if isinstance(kept, Holding):
        _HOLDINGS.append(kept)
    else:
        _AGING.append(kept)
    for model, fields in (blanks or {}).items():
        allow_upkeep(model, fields)
    for model in removes:
        allow_upkeep(model, delete=True)
    for model in reads:
        allow_upkeep(model)


def holdings() -> tuple[Holding, ...]:
    """All of them, in the order in which their apps came."""
    return tuple(_HOLDINGS)


def aging() -> tuple[Aging, ...]:
    """What goes by an age of its own."""
    return tuple(_AGING)


def fates() -> tuple[Holding | Aging, ...]:
    """All that was registered: what becomes of what."""
    return (*_HOLDINGS, *_AGING)


def kept() -> Q:
    """The condition on a record under which some room still needs it whole."""
    found = Q(pk__in=[])
    for holding in _HOLDINGS:
        if holding.keeps:
            found |= holding.keeps()
    return found
