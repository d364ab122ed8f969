"""The accepted rows of a part become reported or held residents, all or none.

By COPY, with the columns that follow from others computed as a save computes them; the trail's
triggers run for each row as always.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from uuid import NAMESPACE_URL, UUID, uuid5

import pghistory
from django.db import DataError, IntegrityError, transaction

from accounts.areas.guards import IN_A_MERGED_AREA
from accounts.areas.models import Area, AreaStatus
from accounts.login.models import User
from accounts.scope import KELURAHAN
from residents.importing.models import Import
from residents.importing.staging import Staged
from residents.importing.standing import Standings
from residents.lodgings.models import Lodging
from residents.registry.models import Resident, ResidentStep
from residents.registry.spans import Placement, StayPeriod
from residents.registry.states import Status
from residents.registry.workflow import UNIQUE_NIK
from wacat.clock import now
from wacat.copying import Row, copy, filled, new_keys

_ATTEMPTS = 4
_MERGED = "RT ini baru saja digabung ke RT lain. Tulis nomor RT yang baru."
_REFUSED = "Baris ini tidak dapat disimpan: ada isian yang tidak wajar. Periksa setiap isiannya."


@dataclass
class Outcome:
    """How many rows were entered (``held`` among them) and how many were not any more.

    ``beyond`` are the held ones of which the preview could not tell; ``changed``: a row came out
    otherwise than it was read.
    """

    entered: int = 0
    held: int = 0
    beyond: int = 0
    rejected: int = 0
    changed: bool = False
    held_in: Counter[str] = field(default_factory=Counter)


def enter_rows(imported: Import, rows: Sequence[Staged], by: User) -> Outcome:
    """Enter those of *rows* that still can be; the others get their ``errors``.

    Somebody who is reported by hand at the same moment makes the database refuse; then all are
    looked at again. A row that it refuses for itself is rejected, for it must keep no other out.
    Belongs in a transaction.
    """
    for attempt in range(1, _ATTEMPTS + 1):
        niks = (nik for row in rows if (nik := row.fields["nik"]))
        standings = Standings(niks, imported.area_id)
        outcome = _looked_at_again(rows, standings)
        good = [row for row in rows if not row.errors]
        try:
            with transaction.atomic(), pghistory.context(user=by.pk, imported=imported.pk):
                _write(imported, good, standings, by)
        except (IntegrityError, DataError) as error:
            if attempt == _ATTEMPTS:
                raise
            if not _is_by_others(error):
                _reject_refused(imported, good, standings, by)
            continue
        outcome.entered = len(good)
        return outcome
    raise AssertionError("an attempt either returns or raises")


def _is_by_others(error: Exception) -> bool:
    """Whether it is about what others have done meanwhile."""
    return UNIQUE_NIK in str(error) or IN_A_MERGED_AREA in str(error)


def _reject_refused(
    imported: Import, rows: Sequence[Staged], standings: Standings, by: User
) -> None:
    """Of *rows*, which the database refuses together, find those it refuses alone, by halves."""
    if len(rows) == 1:
        rows[0].errors.append(_REFUSED)
        return
    middle = len(rows) // 2
    for half in (rows[:middle], rows[middle:]):
        if _are_refused(imported, half, standings, by):
            _reject_refused(imported, half, standings, by)


def _are_refused(imported: Import, rows: Sequence[Staged], standings: Standings, by: User) -> bool:
    """Whether it would take none of these together; nothing stays written."""
    try:
        with transaction.atomic():
            _write(imported, rows, standings, by)
            transaction.set_rollback(True)
    except (IntegrityError, DataError) as error:
        return not _is_by_others(error)
    return False


def _looked_at_again(rows: Sequence[Staged], standings: Standings) -> Outcome:
    """As they stand at this moment, in which others may have reported the same people."""
    outcome = Outcome()
    areas = {row.fields["area_id"] for row in rows}
    living = set(
        Area.objects.filter(pk__in=areas)
        .exclude(state=AreaStatus.MERGED)
        .values_list("pk", flat=True)
    )
    _forget_closed(rows)
    for row in rows:
        _look_at(row, standings, living, outcome)
    return outcome


def _look_at(row: Staged, standings: Standings, living: set[str], outcome: Outcome) -> None:
    if row.errors:  # in an attempt before
        outcome.rejected, outcome.changed = outcome.rejected + 1, True
        return
    fields = row.fields
    verdict = standings.verdict(fields["nik"], fields["area_id"], fields["arrived_on"])
    error = verdict.error if fields["area_id"] in living else _MERGED
    if error:
        row.errors.append(error)
        outcome.rejected, outcome.changed = outcome.rejected + 1, True
        return
    if verdict.held:
        outcome.held += 1
        outcome.beyond += verdict.beyond
        outcome.held_in[fields["area_id"][:KELURAHAN]] += 1
    if verdict.held != row.held:
        row.held, outcome.changed = verdict.held, True


def _forget_closed(rows: Sequence[Staged]) -> None:
    """A lodging that was closed since takes no tenants any more."""
    named = {key for row in rows if (key := row.fields.get("lodging_id"))}
    if not named:
        return
    still = set(Lodging.objects.filter(pk__in=named, closed_on=None).values_list("pk", flat=True))
    for row in rows:
        if row.fields.get("lodging_id") not in still:
            row.fields.pop("lodging_id", None)


def _write(imported: Import, rows: Sequence[Staged], standings: Standings, by: User) -> None:
    """Residents with first placement, registration period and step. Raises IntegrityError."""
    if not rows:
        return
    moment = now().isoformat()
    keys = new_keys(Resident, len(rows))
    people = [
        {
            **row.fields,
            "id": key,
            "nik_index": standings.index(row.fields["nik"]),
            "status": str(Status.HELD if row.held else Status.REPORTED),
            "reported_at": moment,
            "entered_by_id": imported.uploaded_by_id,
            "entered_at": moment,
            "form_key": key_of(imported, row),
        }
        for key, row in zip(keys, rows, strict=True)
    ]
    # In one order for all, so that two imports of the same people wait and do not lock.
    residents = filled(Resident, people)
    residents.sort(key=lambda one: one["nik_index"] or b"")
    copy(Resident, residents)
    # Before the placements: what these add to the figures is then counted once, with both.
    copy(StayPeriod, [_period(one) for one in people if one["status"] == Status.REPORTED])
    copy(Placement, [_placement(one) for one in people])
    copy(ResidentStep, [_step(one, imported, by) for one in people])


def key_of(imported: Import, row: Staged) -> UUID:
    """The row's own key, by which the database would refuse to enter it twice."""
    return uuid5(NAMESPACE_URL, f"resident-import:{imported.pk}:{row.sheet}:{row.number}")


def _placement(one: Row) -> Row:
    return {
        "resident_id": one["id"],
        "area_id": one["area_id"],
        "starts": one["arrived_on"],
        "until": None,
    }


def _period(one: Row) -> Row:
    return {
        "resident_id": one["id"],
        "starts": one["arrived_on"],
        "until": one["stays_until"],
    }


def _step(one: Row, imported: Import, by: User) -> Row:
    held = one["status"] == Status.HELD
    return {
        "subject_id": one["id"],
        "name": "hold" if held else "report",
        "source": str(Status.DRAFT),
        "target": one["status"],
        "actor_id": by.pk,
        "at": one["entered_at"],
        "reason": "",
        "note": f"Dari berkas, impor nomor {imported.pk}.",
        "key": None,
    }
