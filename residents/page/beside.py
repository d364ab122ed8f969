"""What happened beside a record: documents, declared moves, and the file that brought it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

from residents.attachments.models import Attachment
from residents.importing.models import Import
from residents.page.events import event_model
from residents.page.telling import Line
from residents.twins.models import RelocationStep

_FROM_A_FILE = re.compile(r"impor nomor (\d{1,18})")
_OF_MOVES = {
    "object": "Keberatan atas kepindahan ini",
    "uphold": "Keberatan ditolak: kepindahan tetap",
    "undo": "Kepindahan dinyatakan batal",
}


def documents(records: list[int]) -> Iterator[Line]:
    """Documents added and removed; two queries."""
    rows = list(Attachment.objects.filter(resident__in=records))
    for row in rows:
        yield Line(
            at=row.added_at,
            label=f"Lampiran ditambahkan: {row.get_kind_display()}",
            record=row.resident_id,
            actor=row.added_by_id,
        )
    removers = _removers(records)
    for row in rows:
        if row.removed_at:
            yield Line(
                at=row.removed_at,
                label=f"Lampiran dihapus: {row.get_kind_display()}",
                record=row.resident_id,
                actor=removers.get(row.pk),
            )


def _removers(records: list[int]) -> dict[int, int | None]:
    rows = event_model(Attachment)._default_manager.filter(
        resident__in=records, removed_at__isnull=False
    )
    found: dict[int, int | None] = {}
    for key, actor in rows.order_by("pgh_id").values_list("pgh_obj_id", "pgh_actor"):
        found.setdefault(key, actor)
    return found


def moves(arrivals_and_departures: Iterable[int]) -> Iterator[Line]:
    """Objections to a declared move and what was decided, from this record's side only.

    The words of the other RT, and who wrote them, stay there. One query.
    """
    records = set(arrivals_and_departures)
    steps: Any = RelocationStep.objects.filter(name__in=_OF_MOVES).select_related("subject")
    sides = {"subject__arrival__in": records}, {"subject__departure__in": records}
    for step in steps.filter(**sides[0]).union(steps.filter(**sides[1])):
        for record in (step.subject.arrival_id, step.subject.departure_id):
            if record in records:
                yield _move(step, record)


def _move(step: Any, record: int) -> Line:
    is_own = step.name == "object" and record == step.subject.departure_id
    is_hidden = step.name == "object" and not is_own
    return Line(
        at=step.at,
        label=_OF_MOVES[step.name],
        record=record,
        actor=None if is_hidden else step.actor_id,
        reason=step.reason if is_own else "",
        is_unsaid=is_hidden,
    )


def files(steps: Iterable[Any]) -> dict[int, str]:
    """The names of the files that brought the records, by the record; one query at most."""
    numbers = {
        step.subject_id: int(found[1])
        for step in steps
        if (found := _FROM_A_FILE.search(step.note))
    }
    if not numbers:
        return {}
    rows = Import.objects.filter(pk__in=numbers.values()).values_list("pk", "name")
    names: dict[int, str] = dict(rows)
    return {record: names[number] for record, number in numbers.items() if number in names}
