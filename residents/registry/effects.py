"""What a transition does to a record besides its state: dates, placements, periods, notices.

The table (``residents.registry.workflow``) calls these within its transaction, with locked rows;
a refusal undoes all of it.
"""

from __future__ import annotations

from datetime import date

from accounts.notices.sending import notify
from accounts.posts.holders import holders
from accounts.rules import Action
from residents.clock.correcting import end_is_fresh
from residents.families.heads import step_aside
from residents.registry import placing
from residents.registry.codes import EndReason
from residents.registry.models import Resident
from residents.registry.probing import trying
from residents.registry.states import Status
from residents.registry.stays import (
    forget_periods,
    latest_end,
    next_start,
    open_first_period,
    open_next_periods,
    settle,
)
from residents.registry.twice import ActiveElsewhere, refuse_overlap, refuse_second
from wacat.clock import now, today
from wacat.workflow import InputMissing, Move, WrongState

REGISTERED_SINCE = (
    "NIK ini sudah terdaftar di wilayah lain. Bila warga kembali ke sini, catat sebagai warga baru."
)


def report(resident: Resident, move: Move) -> None:
    refuse_second(resident)
    step_aside(resident)
    resident.reported_at = now()
    open_first_period(resident)


def receive(resident: Resident, move: Move) -> None:
    """The stay begins on the ``date`` of the move, where one is told."""
    if day := move.data.get("date"):
        resident.arrived_on = day
        settle(resident, "date")
    report(resident, move)


def hold(resident: Resident, move: Move) -> None:
    if resident.status != Status.HELD:  # pressed again it keeps its place among the oldest
        resident.reported_at = now()


def verify(resident: Resident, move: Move) -> None:
    resident.verified_on = today()


def unreceive(resident: Resident, move: Move) -> None:
    _forget_end(resident, move)
    forget_periods(resident)
    placing.lay([resident])


def tell_of_return(resident: Resident, move: Move) -> None:
    told = holders(Action.RESIDENT_ENTER, resident.area_id)
    notify("resident_returned", [(user, {"resident": resident.pk}) for user in told])


def amend(resident: Resident, move: Move) -> None:
    resident.verified_on = None


def end(residents: list[Resident], move: Move) -> None:
    day, reason = move.data["date"], move.data["end_reason"]
    if any(not resident.arrived_on <= day <= today() for resident in residents):
        raise InputMissing({"date": "Pilih tanggal antara tanggal datang dan hari ini."})
    cancelled_for = move.data.get("cancellation_reason") or None
    if (reason == EndReason.CANCELLED) != bool(cancelled_for):
        raise InputMissing({"cancellation_reason": "Pilih alasan pembatalan (F-1.15 bagian VI)."})
    for resident in residents:
        resident.ended_on, resident.end_reason = day, reason
        resident.cancellation_reason = cancelled_for
    placing.lay(residents)


def reopen(resident: Resident, move: Move) -> None:
    """The end was an own mistake. Raises WrongState, and TooManyHeld for who tries too often."""
    if not end_is_fresh(resident):
        raise WrongState("Masa tinggal ini tidak dapat dibuka lagi. Catat sebagai warga baru.")
    with trying(move.actor, resident.pk) as one:
        try:
            restore(resident, move)
        except ActiveElsewhere as error:
            one.told = True
            raise WrongState(REGISTERED_SINCE) from error


def correct_end(residents: list[Resident], move: Move) -> None:
    """Another day or reason for the end: an own mistake, within two weeks."""
    for resident in residents:
        if not end_is_fresh(resident):
            raise WrongState("Tanggal dan alasan ini tidak dapat diubah lagi.")
    end(residents, move)
    for resident in residents:
        refuse_overlap(resident, move.actor, "date")


def restore(resident: Resident, move: Move) -> None:
    refuse_second(resident)
    step_aside(resident)
    _forget_end(resident, move)
    placing.lay([resident])


def _forget_end(resident: Resident, move: Move) -> None:
    resident.ended_on = resident.end_reason = resident.cancellation_reason = None
    resident.verified_on = None


def extend(residents: list[Resident], move: Move) -> None:
    until: date = move.data["date"]
    starts = [next_start(resident) for resident in residents]
    if any(not start <= until <= latest_end(start) for start in starts):
        raise InputMissing({"date": "Harus setelah akhir masa tinggal, paling lama 1 tahun."})
    open_next_periods(residents, until)


def move(residents: list[Resident], move: Move) -> None:
    """To another address: ``date``, ``area``, ``address`` and, maybe, ``lodging``."""
    day, area = move.data["date"], move.data["area"]
    if any(not resident.arrived_on <= day <= today() for resident in residents):
        raise InputMissing({"date": "Pilih tanggal antara tanggal datang dan hari ini."})
    placing.place_in(residents, area, day)
    for resident in residents:
        resident.area_id = area
        resident.address = move.data["address"]
        resident.lodging = move.data.get("lodging")


def merge(resident: Resident, move: Move) -> None:
    resident.merged_into_id = move.data["into"]
    _forget_end(resident, move)
