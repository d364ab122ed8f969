"""How a registration moves: Draf → Dilaporkan → Diverifikasi → Berakhir, and the ways back.

Verification blocks neither figure nor letter. A NIK active elsewhere is held, outside the
unique constraint, and tells its RT nothing of the other record; it is received once the Lurah
has declared the move (residents.twins), which ends the other.
"""

from __future__ import annotations

from datetime import date, timedelta

from django.db import IntegrityError, transaction

from accounts.rules import Action
from residents.registry.codes import EndReason
from residents.registry.models import Resident, ResidentStep
from residents.registry.states import ACTIVE, COUNTED, REPORTABLE, Status
from residents.registry.stays import (
    come_back,
    latest_end,
    leave,
    next_start,
    open_first_period,
    open_next_period,
    settle_in,
)
from wacat.clock import now, today
from wacat.workflow import InputMissing, Move, Outcome, Transition, Workflow, WrongState

UNIQUE_NIK = "resident_active_once"
REOPENED_WITHIN = timedelta(days=14)


class ActiveElsewhere(Exception):
    """The NIK is active in another area."""


def _report(resident: Resident, move: Move) -> None:
    _refuse_second(resident)
    resident.reported_at = now()
    open_first_period(resident)


def _hold(resident: Resident, move: Move) -> None:
    resident.reported_at = now()


def _verify(resident: Resident, move: Move) -> None:
    resident.verified_on = today()


def _unreceive(resident: Resident, move: Move) -> None:
    _forget_end(resident, move)
    come_back(resident)


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
    last = ResidentStep.objects.filter(subject=resident).order_by("pk").last()
    if last is None or last.name != "end" or now() - last.at > REOPENED_WITHIN:
        raise WrongState("Masa tinggal ini tidak dapat dibuka lagi. Catat sebagai warga baru.")
    _restore(resident, move)


def _restore(resident: Resident, move: Move) -> None:
    _refuse_second(resident)
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


def _refuse_second(resident: Resident) -> None:
    if not resident.nik:
        return
    twin = Resident.objects.active().with_nik(resident.nik).exclude(pk=resident.pk).first()
    if twin is None:
        return
    if twin.area_id == resident.area_id:
        raise InputMissing({"nik": "NIK ini sudah terdaftar aktif di RT ini."})
    raise ActiveElsewhere


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
        ),
        Transition(
            "verify",
            frozenset({Status.REPORTED}),
            Status.VERIFIED,
            Action.RESIDENT_JUDGE,
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
            apply=_report,
        ),
        Transition(
            "relocate",
            _ACTIVE,
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
)


def report(pk: int, move: Move) -> Outcome:
    """Report the resident, or hold the report when the NIK is active in another area.

    Of two reports of one NIK at the same moment the database lets one through; the other
    then meets it like any earlier one.
    """
    try:
        return _report_or_hold(pk, move)
    except IntegrityError as error:
        if UNIQUE_NIK not in str(error):
            raise
        return _report_or_hold(pk, move)


def _report_or_hold(pk: int, move: Move) -> Outcome:
    try:
        with transaction.atomic():
            return WORKFLOW.advance(pk, "report", move)
    except ActiveElsewhere:
        return WORKFLOW.advance(pk, "hold", move)
