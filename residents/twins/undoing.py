"""Undoing a declared move: both records as they were, the person in the old place alone."""

from __future__ import annotations

from datetime import date
from typing import Any

from accounts.areas.models import Area, AreaChange, AreaStatus
from residents.registry.codes import EndReason
from residents.registry.models import Resident
from residents.registry.spans import Placement
from residents.registry.states import COUNTED, Status
from residents.registry.stays import settle
from residents.registry.twice import ActiveElsewhere, AlreadyHere
from residents.registry.workflow import WORKFLOW
from residents.regrouping.moving import move_residents
from residents.twins.declaring import REFUSALS
from residents.twins.models import Relocation
from wacat.workflow import Move, WrongState, refusing

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
            if arrival.status in COUNTED:
                WORKFLOW.advance(arrival.pk, "unreceive", Move(move.actor, reason, move.key))
                _put_back_arrival(relocation)
            WORKFLOW.advance(departure.pk, "restore", Move(move.actor, reason, move.key))
            _put_back_stay(relocation)
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
    """The day that its RT had told, unless that has been corrected since."""
    arrival = Resident.objects.get(pk=relocation.arrival_id)
    told = date.fromisoformat(relocation.before["arrived_on"])
    if arrival.arrived_on == relocation.moved_on and told <= arrival.stays_until:
        arrival.arrived_on = told
        arrival.save(update_fields=["arrived_on"])
        settle(arrival)


def _put_back_stay(relocation: Relocation) -> None:
    """Where the person lived when, in the RTs of today; and the end that the stay had before."""
    departure = Resident.objects.get(pk=relocation.departure_id)
    spans = relocation.before["spans"]
    _put_back_places(departure, spans)
    _follow_merged(spans[-1][0])
    ended_on = relocation.before["ended_on"]
    if not ended_on:
        return
    number = relocation.before["end_reason"]
    data = {
        "date": date.fromisoformat(ended_on),
        "end_reason": number,
        "cancellation_reason": relocation.before["cancellation_reason"],
        "reason": str(EndReason(number).label),
    }
    WORKFLOW.advance(departure.pk, "end", Move(None, data))


def _put_back_places(departure: Resident, spans: list[list[str]]) -> None:
    """The placements as they were, those that the move made void among them; the last is open."""
    Placement.objects.filter(resident=departure).delete()
    last = len(spans) - 1
    Placement.objects.bulk_create(
        Placement(
            resident=departure,
            area_id=area,
            starts=date.fromisoformat(starts),
            until=date.fromisoformat(until) if until and number < last else None,
        )
        for number, (area, starts, until) in enumerate(spans)
    )


def _follow_merged(code: str) -> None:
    """Into the RT that this one was merged into meanwhile, from that day on."""
    area = Area.objects.get(code=code)
    while area.state == AreaStatus.MERGED:
        change = AreaChange.objects.filter(area=area, kind=AreaChange.Kind.MERGED).latest("pk")
        into = Area.objects.get(code=change.other_id)
        move_residents(area, into, change.starts)
        area = into
