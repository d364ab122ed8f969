"""A record's whole history as one story: who, what, when and why, the latest first.

It is put together from what the portal keeps anyway: steps, the triggers' rows, placements,
documents, and what rooms above tell. Whatever its length, the number of queries is the same.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from django.utils import timezone

from accounts.rules import Action
from accounts.scope import Holder, reach
from residents.lodgings.models import Lodging
from residents.page.beside import documents, files, moves
from residents.page.corrections import ENDS, Update, Words, updates_of
from residents.page.matching import Matched, match
from residents.page.offices import Offices
from residents.page.places import Places
from residents.page.telling import Line, tellers
from residents.registry.models import Resident, ResidentStep
from residents.registry.presenting import STEP_LABELS

SHOWN = 20
FROM_MERGED = "Dari catatan yang digabung"
_AFTER_STEPS = 1_000  # of the same moment
_ENDINGS = frozenset({"end", "relocate", "correct_end", "restore_end"})


@dataclass(frozen=True)
class Story:
    """Lines as ``components/history.html`` shows them: the latest, and those before them.

    ``returned_for`` is why the report was last returned.
    """

    lines: list[dict[str, Any]]
    earlier: list[dict[str, Any]]
    returned_for: str


def story_of(viewer: Holder, resident: Resident) -> Story:
    """The story as *viewer* may read it."""
    teller = _Telling(viewer, resident)
    lines = sorted(teller.lines(), key=lambda line: (line.at, line.rank), reverse=True)
    offices = Offices(viewer, {line.actor for line in lines if line.actor is not None})
    shown = [_shown(line, offices, resident) for line in lines]
    return Story(shown[:SHOWN], shown[SHOWN:], teller.returned_for)


def _shown(line: Line, offices: Offices, resident: Resident) -> dict[str, Any]:
    day = timezone.localdate(line.at)
    who = "" if line.is_unsaid else offices.who(line.actor, day, resident.area_id)
    return {
        "label": line.label,
        "at": line.at,
        "actor": who,
        "reason": line.reason,
        "note": line.note,
        "details": line.details,
        "mark": "" if line.record == resident.pk else FROM_MERGED,
    }


class _Telling:
    """One telling: everything is read at once, then told record by record."""

    def __init__(self, viewer: Holder, resident: Resident) -> None:
        self._viewer, self._resident = viewer, resident
        merged = list(Resident.objects.filter(merged_into=resident))
        codes = reach(viewer, Action.RESIDENT_VIEW)
        self._records = [resident, *(one for one in merged if one.lies_within(codes))]
        self._elsewhere = [one.pk for one in merged if not one.lies_within(codes)]
        self._keys = [one.pk for one in self._records]
        steps: Any = ResidentStep.objects.filter(subject__in=[*self._keys, *self._elsewhere])
        self._steps: dict[int, list[Any]] = defaultdict(list)
        for step in steps.order_by("at", "pk"):
            self._steps[step.subject_id].append(step)
        self._first, self._updates = updates_of(self._keys)
        self._places = self._read_places()
        self._words = Words(self._places.name, self._read_lodgings())

    @property
    def returned_for(self) -> str:
        """Why the report was last returned; nothing where it never was."""
        steps = reversed(self._steps[self._resident.pk])
        return next((step.reason for step in steps if step.name == "return"), "")

    def lines(self) -> Iterator[Line]:
        """All of them, in no order."""
        own = [step for key in self._keys for step in self._steps[key]]
        brought = files(own)
        for record in self._records:
            yield self._entering(record, brought)
            updates = [one for one in self._updates if one.record == record.pk]
            first = self._first.get(record.pk)
            matched = match(self._steps[record.pk], updates, first)
            yield from self._of_steps(record.pk, matched)
            yield from self._of_updates(matched)
        yield from self._merged_elsewhere()
        yield from self._places.renumberings()
        yield from documents(self._keys)
        yield from moves(self._keys)
        for teller in tellers():
            yield from teller(self._viewer, self._records)

    def _entering(self, record: Resident, brought: dict[int, str]) -> Line:
        name = brought.get(record.pk)
        label = f"Dimasukkan dari berkas {name}" if name else "Dicatat"
        return Line(record.entered_at, label, record.pk, record.entered_by_id, rank=-1)

    def _of_steps(self, record: int, matched: Matched) -> Iterator[Line]:
        for rank, step in enumerate(self._steps[record]):
            updates = matched.of_step.get(step.pk, [])
            details = [text for one in updates for text in self._words.of(one)]
            if step.name in _ENDINGS:
                details = [*self._ending(record, step, updates), *details]
            yield Line(
                at=step.at,
                label=self._label(record, step),
                record=record,
                actor=step.actor_id,
                reason=step.reason,
                note="" if step.name == "report" else step.note,
                details=tuple(dict.fromkeys(details)),
                rank=rank,
            )

    def _ending(self, record: int, step: Any, updates: list[Update]) -> list[str]:
        """When and why it ended; by the record itself where no update tells (entered in bulk)."""
        told = [self._words.end_of(one.after) for one in updates if one.changed & ENDS]
        last = [one for one in self._steps[record] if one.name in _ENDINGS][-1]
        if not told and step is last:
            told = [self._words.end_of(one) for one in self._records if one.pk == record]
        return [text for text in told if text]

    def _label(self, record: int, step: Any) -> str:
        if step.name == "merge" and record != self._resident.pk:
            return "Catatan lain digabung ke catatan ini"
        return STEP_LABELS[step.name]

    def _of_updates(self, matched: Matched) -> Iterator[Line]:
        """Corrections, and what came over the record from without."""
        for rank, (at, update) in enumerate(matched.alone, _AFTER_STEPS):
            line = self._of_update(update)
            if line is not None:
                yield replace(line, at=at, rank=rank)

    def _of_update(self, update: Update) -> Line | None:
        change = self._places.merging(update)
        if change is not None:
            label, details = self._places.told_of_merging(change)
            return Line(update.at, label, update.record, change.by_id, details=details)
        if "anonymised_on" in update.changed:
            label = "Data pribadi dihapus sesuai masa simpan"
            return Line(update.at, label, update.record)
        if not update.told:
            return None
        details = self._words.of(update)
        return Line(update.at, "Data diperbaiki", update.record, update.actor, details=details)

    def _merged_elsewhere(self) -> Iterator[Line]:
        """That a record of another area was merged into this one, and no more."""
        for key in self._elsewhere:
            for step in self._steps[key]:
                if step.name == "merge":
                    label = "Catatan lain digabung ke catatan ini"
                    yield Line(step.at, label, self._resident.pk, step.actor_id)

    def _read_places(self) -> Places:
        codes = {one.after.area_id for one in self._updates}
        codes |= {one.before.area_id for one in self._updates}
        return Places(self._keys, self._resident.area_id, codes)

    def _read_lodgings(self) -> dict[int, str]:
        """Those of this kelurahan by name: the others are told as such."""
        rows = [row for one in self._updates for row in (one.before, one.after)]
        keys = {row.lodging_id for row in rows if row.lodging_id}
        known = Lodging.objects.filter(pk__in=keys, kelurahan=self._resident.area_id[:13])
        return dict(known.values_list("pk", "name")) if keys else {}
