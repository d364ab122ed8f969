"""Declaring that a held person has moved here: the old stay ends on the day the new one begins.

Both rows are locked in the order of their keys, as by all who change more than one.
"""

from __future__ import annotations

from contextlib import nullcontext
from dataclasses import dataclass
from datetime import date
from typing import Any

from residents.registry.codes import EndReason
from residents.registry.models import Resident, ResidentStep
from residents.registry.states import Status
from residents.registry.twice import ActiveElsewhere, AlreadyHere, counted_after, stays_of
from residents.registry.workflow import UNIQUE_NIK, WORKFLOW
from residents.twins.models import Relocation, RelocationStatus, RelocationStep
from residents.twins.probing import trying_days
from residents.twins.telling import tell_of_receiving, tell_of_relocation
from wacat.clock import today
from wacat.workflow import InputMissing, Move, WrongState, refusing

CHANGED = "Data warga ini sudah berubah. Silakan lihat keadaannya yang terbaru."
# Says as little as that: from another day's answer nobody is to learn the day itself.
NOT_THEN = (
    "Tanggal ini tidak cocok dengan catatan yang ada. Tanyakan lagi kepada warga; bila memang "
    "benar, Operator WaCAT yang memutuskannya."
)
REFUSALS = {
    UNIQUE_NIK: CHANGED,
    "relocation_arrival_once": "Kepindahan warga ini sedang diperiksa Operator WaCAT.",
    "relocation_departure_once": "Kepindahan warga ini sedang diperiksa Operator WaCAT.",
    "resident_family_one_head": (
        "Keluarganya sudah mempunyai kepala keluarga. Ubah dulu hubungan keluarganya."
    ),
}


class NotThen(InputMissing):
    """The day does not go with what is known of the other stay."""


NOT_THEN_EITHER = (NotThen, ActiveElsewhere, AlreadyHere)


@dataclass(frozen=True)
class Declared:
    """What came of it; ``relocation`` None where the person had left the other area before."""

    resident: Resident
    relocation: Relocation | None


def declare(pk: int, move: Move, transition: str = "receive") -> Declared:
    """Receive the held resident as somebody who moved here on ``date``.

    The stay elsewhere that reaches past that day ends on it, by the system, so that nobody
    there learns who said so. Raises Http404, WrongState, and InputMissing at ``date``: NotThen
    where it is not after the first day of the other stay, on which the person has arrived
    there. A repeated key changes nothing.
    """
    try:
        with refusing(REFUSALS):
            return _declare(pk, move, transition)
    except (ActiveElsewhere, AlreadyHere) as error:  # by yet another record
        raise NotThen({"date": NOT_THEN}) from error


def departure_of(arrival: Resident) -> Resident | None:
    """The latest other stay of the same NIK: the one that the person has left for this one."""
    return stays_of(arrival.nik).exclude(pk=arrival.pk).first() if arrival.nik else None


def _declare(pk: int, move: Move, transition: str) -> Declared:
    arrival, departure = _locked(pk)
    if move.key and _steps(arrival, move, transition).exists():
        return Declared(arrival, Relocation.objects.filter(arrival=arrival).last())
    if arrival.status != Status.HELD:
        raise WrongState(CHANGED)
    # The operator sees both records.
    limited = trying_days(pk, *NOT_THEN_EITHER) if transition == "receive" else nullcontext()
    with limited:
        _must_suit(arrival, departure, move.data["date"])
        return _moved(arrival, departure, move, transition)


def _moved(arrival: Resident, departure: Resident | None, move: Move, transition: str) -> Declared:
    day = move.data["date"]
    before: dict[str, Any] = {"arrived_on": arrival.arrived_on.isoformat()}
    leaves = departure is not None and (departure.ended_on is None or departure.ended_on > day)
    if departure is not None and leaves:
        before |= _what_ends(departure)
        _leave(departure, day)
    received = WORKFLOW.advance(arrival.pk, transition, move).row
    if departure is None or not leaves:
        tell_of_receiving(received)
        return Declared(received, None)
    return Declared(received, _record(received, departure, before, move))


def _locked(pk: int) -> tuple[Resident, Resident | None]:
    """The held resident and the one whose stay is the latest, now locked.

    Raises WrongState when that has become another one meanwhile.
    """
    seen: Any = Resident.objects.filter(pk=pk).first()
    if seen is None:
        raise WrongState(CHANGED)
    other = departure_of(seen)
    keys = [pk] if other is None else [pk, other.pk]
    rows: Any = Resident.objects.select_for_update(of=("self",)).filter(pk__in=keys)
    locked = {row.pk: row for row in rows.order_by("pk")}
    now_other = departure_of(locked[pk])
    if (now_other and now_other.pk) != (other and other.pk):
        raise WrongState(CHANGED)
    return locked[pk], locked[other.pk] if other else None


def _must_suit(arrival: Resident, departure: Resident | None, day: date) -> None:
    """One day is the last of the one stay and the first of the other; it lies in both.

    It counts for the new place alone. It is no day on which the person arrived in the old one:
    nobody arrives twice on a day.
    """
    if day > today():
        raise InputMissing({"date": "Tanggal ini tidak boleh setelah hari ini."})
    if day > arrival.stays_until:
        raise InputMissing({"date": "Tanggal ini tidak boleh setelah akhir masa tinggal di sini."})
    if departure is None:
        return
    if day <= departure.arrived_on:
        raise NotThen({"date": NOT_THEN})
    if counted_after(arrival, day).exclude(pk=departure.pk).exists():
        raise NotThen({"date": NOT_THEN})


def _what_ends(departure: Resident) -> dict[str, Any]:
    """How the stay had ended before, if it had."""
    return {
        "ended_on": departure.ended_on.isoformat() if departure.ended_on else "",
        "end_reason": departure.end_reason,
        "cancellation_reason": departure.cancellation_reason,
    }


def _leave(departure: Resident, day: date) -> None:
    reason = EndReason.MOVED_WITHIN_CITY
    data = {"date": day, "end_reason": reason, "reason": str(reason.label)}
    WORKFLOW.advance(departure.pk, "relocate", Move(None, data))


def _record(
    arrival: Resident, departure: Resident, before: dict[str, Any], move: Move
) -> Relocation:
    relocation = Relocation.objects.create(
        area_id=arrival.area_id,
        arrival=arrival,
        departure=departure,
        moved_on=move.data["date"],
        declared_by=move.actor,
        before=before,
    )
    RelocationStep.objects.create(
        subject=relocation,
        name="declare",
        source="",
        target=RelocationStatus.DECLARED,
        actor=move.actor,
        reason=move.data.get("reason", ""),
        key=move.key,
    )
    tell_of_relocation(relocation)
    return relocation


def _steps(arrival: Resident, move: Move, transition: str) -> Any:
    return ResidentStep.objects.filter(subject=arrival, key=move.key, name=transition)
