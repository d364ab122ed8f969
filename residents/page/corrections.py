"""What was changed in a record, by the rows that the triggers wrote: each beside the one before.

Numbers are told by their last digits at most, and long notes not at all. Unlike the trail this
opens what is sealed: who reads it may see the record itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cache
from typing import Any
from uuid import UUID

from accounts.audit.words import column_word
from residents.page.events import event_model
from residents.registry.models import Resident
from wacat.words import nik_masked, tanggal

_NIKS = frozenset({"nik", "no_kk", "guarantor_nik"})
_UNSAID = frozenset({"passport_number", "notes", "family_id"})
# Told by the steps, or by nothing: what they say stands elsewhere.
SILENT = frozenset(
    "status reported_at verified_on merged_into_id anonymised_on nik_index no_kk_index form_key "
    "entered_by_id entered_at origin_province ended_on end_reason cancellation_reason".split()
)
ENDS = frozenset({"ended_on", "end_reason"})
_NAMES = {"area_id": "RT", "lodging_id": "Tempat", "family_id": "Keluarga"}
EMPTY = "kosong"


@dataclass(frozen=True)
class Update:
    """One update of a record: its event, the one before, and the columns that differ.

    ``at`` is when it happened; ``context`` is that of the request, shared by all it wrote.
    """

    record: int
    at: datetime
    actor: int | None
    context: UUID | None
    before: Any = field(repr=False)
    after: Any = field(repr=False)
    changed: frozenset[str] = frozenset()

    @property
    def told(self) -> list[str]:
        """The columns that a reader wants to know of, in the order of the form."""
        return [name for name in _columns() if name in self.changed - SILENT]

    @property
    def states(self) -> tuple[str, str]:
        return self.before.status, self.after.status


def updates_of(records: Iterable[int]) -> tuple[dict[int, Any], list[Update]]:
    """The first event of each record, and all its updates in their order. One query."""
    rows = (
        event_model(Resident)
        ._default_manager.filter(pgh_obj__in=list(records))
        .order_by("pgh_obj", "pgh_id")
    )
    first: dict[int, Any] = {}
    last: dict[int, Any] = {}
    found = []
    for row in rows:
        key = row.pgh_obj_id
        if key in last:
            found.append(_update(key, last[key], row))
        first.setdefault(key, row)
        last[key] = row
    return first, found


def _update(record: int, before: Any, after: Any) -> Update:
    changed = (name for name in _columns() if getattr(before, name) != getattr(after, name))
    return Update(
        record=record,
        at=_moment_of(after),
        actor=after.pgh_actor,
        context=after.pgh_context_id,
        before=before,
        after=after,
        changed=frozenset(changed),
    )


def _moment_of(event: Any) -> datetime:
    """By the portal's clock where that was moved (demo and tests), else by the database's."""
    told = (event.pgh_context or {}).get("at")
    return datetime.fromisoformat(told) if told else event.pgh_created_at


class Words:
    """Changes in words. *areas* names an area by its code and day, *lodgings* a lodging."""

    def __init__(self, areas: Any, lodgings: dict[int, str]) -> None:
        self._areas, self._lodgings = areas, lodgings

    def of(self, update: Update, names: Iterable[str] | None = None) -> tuple[str, ...]:
        """A sentence for each change that is told, or for those of *names*."""
        return tuple(self._said(update, names if names is not None else update.told))

    def end_of(self, row: Any) -> str:
        """When and why the stay ended by *row*; nothing while it has not."""
        if not row.ended_on:
            return ""
        reasons = (self._choice(row, "end_reason"), self._choice(row, "cancellation_reason"))
        why = ", ".join(one for one in reasons if one)
        return f"Berakhir {tanggal(row.ended_on)}: {why}"

    def _said(self, update: Update, names: Iterable[str]) -> Iterator[str]:
        for name in names:
            word = _NAMES.get(name) or column_word(Resident, name)
            word = word[:1].upper() + word[1:]
            before, after = getattr(update.before, name), getattr(update.after, name)
            if name in _NIKS:
                yield f"{word} diubah" + (f", sekarang {nik_masked(after)}" if after else "")
            elif name in _UNSAID:
                yield f"{word} {'diubah' if before and after else 'diisi' if after else 'dihapus'}"
            else:
                old, new = self._value(update, name, False), self._value(update, name, True)
                yield f"{word}: {old} → {new}"

    def _value(self, update: Update, name: str, is_after: bool) -> str:
        row = update.after if is_after else update.before
        value = getattr(row, name)
        if value in (None, ""):
            return EMPTY
        if name == "area_id":
            return str(self._areas(value, update.at.date()))
        if name == "lodging_id":
            return self._lodgings.get(value, "tempat lain")
        if isinstance(value, date):
            return tanggal(value)
        return self._choice(row, name) or str(value)

    def _choice(self, row: Any, name: str) -> str:
        shown = getattr(row, f"get_{name}_display", None)
        value = shown() if shown else None
        return str(value) if value is not None else ""


@cache
def _columns() -> tuple[str, ...]:
    names = (one.attname for one in event_model(Resident)._meta.concrete_fields)
    return tuple(name for name in names if not name.startswith("pgh_") and name != "id")
