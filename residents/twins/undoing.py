"""Undoing a declared move: both records as they were, the person in the old place alone."""

from __future__ import annotations

from contextlib import suppress
from datetime import date
from typing import Any

from accounts.areas.models import Area
from residents.registry.models import Resident
from residents.registry.states import COUNTED, Status
from residents.registry.stays import settle
from residents.registry.twice import ActiveElsewhere, AlreadyHere, refuse_second
from residents.registry.workflow import WORKFLOW
from residents.twins.declaring import REFUSALS
from residents.twins.models import Relocation
from wacat.workflow import InputMissing, Move, WrongState, refusing

TOO_LATE = "Salah satu catatannya sudah digabung. Kepindahan ini tidak dapat dibatalkan lagi."
NEWER = (
    "Sesudah kepindahan ini ada catatan lain untuk orang yang sama. Selesaikan dulu catatan itu."
)


def undo(relocation: Relocation, move: Move) -> None:
    """The new record is held again, the old one counts again. Raises WrongState."""
    _hold_area(relocation)
    arrival, departure = _locked(relocation)
    # Returned or discarded meanwhile, the new one counts nowhere and is its RT's to mend.
    if Status.MERGED in (arrival.status, departure.status) or departure.status != Status.ENDED:
        raise WrongState(TOO_LATE)
    reason = {"reason": move.data["reason"]}
    try:
        with refusing(REFUSALS):
            # A NIK that was corrected meanwhile makes it somebody else's record.
            if arrival.status in COUNTED and arrival.nik == departure.nik:
                WORKFLOW.advance(arrival.pk, "unreceive", Move(move.actor, reason, move.key))
                _put_back_arrival(relocation)
            _put_back_stay(departure, relocation.before, Move(move.actor, reason, move.key))
    except (ActiveElsewhere, AlreadyHere) as error:
        raise WrongState(NEWER) from error


def _hold_area(relocation: Relocation) -> None:
    """Nobody merges the old RT meanwhile: whoever does locks it first, then its people."""
    areas: Any = Area.objects.filter(code=relocation.departure.area_id)
    areas.select_for_update(of=("self",), no_key=True).get()


def _locked(relocation: Relocation) -> tuple[Resident, Resident]:
    keys = (relocation.arrival_id, relocation.departure_id)
    rows: Any = Resident.objects.select_for_update(of=("self",)).filter(pk__in=keys)
    by_key = {row.pk: row for row in rows.order_by("pk")}
    return by_key[keys[0]], by_key[keys[1]]


def _put_back_arrival(relocation: Relocation) -> None:
    """The day that its RT had told, unless that has been corrected since or goes with no move."""
    arrival = Resident.objects.get(pk=relocation.arrival_id)
    told = date.fromisoformat(relocation.before["arrived_on"])
    if arrival.arrived_on != relocation.moved_on or told > arrival.stays_until:
        return
    arrival.arrived_on = told
    with suppress(InputMissing):
        settle(arrival)
        arrival.save(update_fields=["arrived_on"])


def _put_back_stay(departure: Resident, before: dict[str, Any], move: Move) -> None:
    """It goes on, or ends as it had before the move was declared."""
    if not before["ended_on"]:
        WORKFLOW.advance(departure.pk, "restore", move)
        return
    ended_on = date.fromisoformat(before["ended_on"])
    refuse_second(departure, ended_on)
    told = {name: before[name] for name in ("end_reason", "cancellation_reason")}
    data = {"date": ended_on, **told, **move.data}
    WORKFLOW.advance(departure.pk, "restore_end", Move(move.actor, data, move.key))
