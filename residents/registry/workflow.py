"""How a registration moves: Draf → Dilaporkan → Diverifikasi → Berakhir, and the ways back.

Verification blocks neither figure nor letter. A NIK active elsewhere is held, outside the
unique constraint, and tells its RT nothing of the other record; it is received once the Lurah
has declared the move (residents.twins), which ends the other.
"""

from __future__ import annotations

from datetime import date

from django.db import IntegrityError, transaction
from django.db.models import Q

from accounts.notices.sending import notify
from accounts.posts.holders import holders
from accounts.rules import Action
from residents.clock.correcting import correct_stay, end_is_fresh
from residents.families.heads import ONE_HEAD, step_aside
from residents.registry.codes import EndReason
from residents.registry.models import Resident, ResidentStep
from residents.registry.states import ACTIVE, COUNTED, REPORTABLE, Status
from residents.registry.stays import (
    come_back,
    forget_periods,
    latest_end,
    leave,
    next_start,
    open_first_period,
    open_next_period,
    settle,
    settle_in,
)
from residents.registry.twice import ActiveElsewhere, refuse_overlap, refuse_second
from residents.verifying.claims import refuse_claimed
from wacat.clock import now, today
from wacat.workflow import InputMissing, Move, Outcome, Transition, Workflow, WrongState

UNIQUE_NIK = "resident_active_once"
REGISTERED_SINCE = (
    "NIK ini sudah terdaftar di wilayah lain. Bila warga kembali ke sini, catat sebagai warga baru."
)


def _report(resident: Resident, move: Move) -> None:
    refuse_second(resident)
    step_aside(resident)
    resident.reported_at = now()
    open_first_period(resident)


def _receive(resident: Resident, move: Move) -> None:
    """The stay begins on the ``date`` of the move, where one is told."""
    if day := move.data.get("date"):
        resident.arrived_on = day
        settle(resident)
    _report(resident, move)


def _hold(resident: Resident, move: Move) -> None:
    if resident.status != Status.HELD:  # pressed again it keeps its place among the oldest
        resident.reported_at = now()


def _verify(resident: Resident, move: Move) -> None:
    resident.verified_on = today()


def _unreceive(resident: Resident, move: Move) -> None:
    _forget_end(resident, move)
    forget_periods(resident)
    come_back(resident)


def _return(resident: Resident, move: Move) -> None:
    told = holders(Action.RESIDENT_ENTER, resident.area_id)
    notify("resident_returned", [(user, {"resident": resident.pk}) for user in told])


def _amend(resident: Resident, move: Move) -> None:
    resident.verified_on = None


def _end(residents: list[Resident], move: Move) -> None:
    day, reason = move.data["date"], move.data["end_reason"]
    if any(not resident.arrived_on <= day <= today() for resident in residents):
        raise InputMissing({"date": "Pilih tanggal antara tanggal datang dan hari ini."})
    cancelled_for = move.data.get("cancellation_reason") or None
    if (reason == EndReason.CANCELLED) != bool(cancelled_for):
        raise InputMissing({"cancellation_reason": "Pilih alasan pembatalan (F-1.15 bagian VI)."})
    for resident in residents:
        resident.ended_on, resident.end_reason = day, reason
        resident.cancellation_reason = cancelled_for
    leave(residents, day)


def _reopen(resident: Resident, move: Move) -> None:
    if not end_is_fresh(resident):
        raise WrongState("Masa tinggal ini tidak dapat dibuka lagi. Catat sebagai warga baru.")
    try:
        _restore(resident, move)
    except ActiveElsewhere as error:
        raise WrongState(REGISTERED_SINCE) from error


def _correct_end(residents: list[Resident], move: Move) -> None:
    """Another day or reason for the end: an own mistake, within two weeks."""
    for resident in residents:
        if not end_is_fresh(resident):
            raise WrongState("Tanggal dan alasan ini tidak dapat diubah lagi.")
        come_back(resident)
    _end(residents, move)
    for resident in residents:
        refuse_overlap(resident, move.actor, "date")


def _restore(resident: Resident, move: Move) -> None:
    refuse_second(resident)
    step_aside(resident)
    _forget_end(resident, move)
    come_back(resident)


def _forget_end(resident: Resident, move: Move) -> None:
    resident.ended_on = resident.end_reason = resident.cancellation_reason = None
    resident.verified_on = None


def _extend(resident: Resident, move: Move) -> None:
    until: date = move.data["date"]
    starts = next_start(resident)
    if not starts <= until <= latest_end(starts):
        raise InputMissing({"date": "Harus setelah akhir masa tinggal, paling lama 1 tahun."})
    open_next_period(resident, until)


def _move(residents: list[Resident], move: Move) -> None:
    """To another address: ``date``, ``area``, ``address`` and, maybe, ``lodging``."""
    day, area = move.data["date"], move.data["area"]
    if any(not resident.arrived_on <= day <= today() for resident in residents):
        raise InputMissing({"date": "Pilih tanggal antara tanggal datang dan hari ini."})
    settle_in(residents, area, day)
    for resident in residents:
        resident.area_id = area
        resident.address = move.data["address"]
        resident.lodging = move.data.get("lodging")


def _merge(resident: Resident, move: Move) -> None:
    resident.merged_into_id = move.data["into"]
    _forget_end(resident, move)


_REPORTABLE = frozenset(REPORTABLE)
_ACTIVE = frozenset(ACTIVE)

WORKFLOW = Workflow(
    Resident,
    ResidentStep,
    (
        Transition("report", _REPORTABLE, Status.REPORTED, Action.RESIDENT_ENTER, apply=_report),
        Transition("hold", _REPORTABLE, Status.HELD, Action.RESIDENT_ENTER, apply=_hold),
        Transition(
            "return",
            frozenset({Status.REPORTED, Status.HELD}),
            Status.RETURNED,
            Action.RESIDENT_JUDGE,
            needs=("reason",),
            apply_many=refuse_claimed,
            apply=_return,
        ),
        Transition(
            "verify",
            frozenset({Status.REPORTED}),
            Status.VERIFIED,
            Action.RESIDENT_JUDGE,
            apply_many=refuse_claimed,
            apply=_verify,
            changes=("verified_on",),
        ),
        Transition(
            "amend",
            frozenset({Status.VERIFIED}),
            Status.REPORTED,
            Action.RESIDENT_ENTER,
            apply=_amend,
        ),
        Transition(
            "end",
            _ACTIVE,
            Status.ENDED,
            Action.RESIDENT_ENTER,
            needs=("date", "end_reason"),
            apply_many=_end,
            changes=("ended_on", "end_reason", "cancellation_reason"),
        ),
        Transition(
            "reopen",
            frozenset({Status.ENDED}),
            Status.REPORTED,
            Action.RESIDENT_ENTER,
            apply=_reopen,
        ),
        Transition(
            "extend",
            _ACTIVE,
            None,
            Action.RESIDENT_ENTER,
            needs=("date",),
            apply=_extend,
            changes=("stays_until",),
        ),
        # One's own mistakes, mended in one step.
        Transition(
            "correct_end",
            frozenset({Status.ENDED}),
            None,
            Action.RESIDENT_ENTER,
            needs=("date", "end_reason"),
            apply_many=_correct_end,
        ),
        Transition(
            "correct_stay",
            _ACTIVE,
            None,
            Action.RESIDENT_ENTER,
            needs=("date",),
            apply=correct_stay,
        ),
        Transition(
            "move",
            _ACTIVE,
            None,
            Action.RESIDENT_ENTER,
            needs=("date", "area", "address"),
            apply_many=_move,
            changes=("area", "address", "lodging"),
        ),
        # A person reported twice: see residents.twins. Only the system ends the other RT's record.
        Transition(
            "receive",
            frozenset({Status.HELD}),
            Status.REPORTED,
            Action.RESIDENT_RECEIVE,
            apply=_receive,
        ),
        Transition(
            "admit",
            frozenset({Status.HELD}),
            Status.REPORTED,
            Action.RESIDENT_JUDGE,
            apply_many=refuse_claimed,
            apply=_receive,
        ),
        # An end that another RT recorded for a later day is corrected by the day of the move.
        Transition(
            "relocate",
            frozenset(COUNTED),
            Status.ENDED,
            Action.RESIDENT_JUDGE,
            needs=("date", "end_reason"),
            apply_many=_end,
        ),
        Transition(
            "unreceive",
            frozenset(COUNTED),
            Status.HELD,
            Action.RESIDENT_JUDGE,
            needs=("reason",),
            apply=_unreceive,
        ),
        Transition(
            "restore",
            frozenset({Status.ENDED}),
            Status.REPORTED,
            Action.RESIDENT_JUDGE,
            apply=_restore,
        ),
        Transition(
            "merge",
            frozenset({*REPORTABLE, *COUNTED}),
            Status.MERGED,
            Action.RESIDENT_MERGE,
            needs=("into", "reason"),
            apply=_merge,
        ),
        Transition(
            "discard",
            _REPORTABLE,
            Status.DISCARDED,
            Action.RESIDENT_ENTER,
        ),
    ),
    wrong_state="Data warga ini sudah berubah. Silakan lihat keadaannya yang terbaru.",
    # What retention has erased is nobody's registration any more.
    among=Q(anonymised_on=None),
)


def report(pk: int, move: Move) -> Outcome:
    """Report the resident, or hold the report when the NIK is active in another area.

    Of two reports of one NIK, or of two heads of one family, at the same moment the database
    lets one through; the other then meets it like any earlier one.
    """
    try:
        return _report_or_hold(pk, move)
    except IntegrityError as error:
        if not any(name in str(error) for name in (UNIQUE_NIK, ONE_HEAD)):
            raise
        return _report_or_hold(pk, move)


def _report_or_hold(pk: int, move: Move) -> Outcome:
    try:
        with transaction.atomic():
            return WORKFLOW.advance(pk, "report", move)
    except ActiveElsewhere:
        return WORKFLOW.advance(pk, "hold", move)
