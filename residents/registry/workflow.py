"""How a registration moves: Draf → Dilaporkan → Diverifikasi → Berakhir, and the ways back.

Verification blocks neither figure nor letter. A NIK active elsewhere is held, outside the
unique constraint, and tells its RT nothing of the other record.
"""

from __future__ import annotations

from datetime import date

from django.db import IntegrityError, transaction

from accounts.rules import Action
from residents.registry.models import Resident, ResidentStep
from residents.registry.states import ACTIVE, Status
from residents.registry.stays import (
    latest_end,
    leave,
    next_start,
    open_first_period,
    open_next_period,
)
from wacat.clock import now, today
from wacat.workflow import InputMissing, Move, Outcome, Transition, Workflow

UNIQUE_NIK = "resident_active_once"


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


def _amend(resident: Resident, move: Move) -> None:
    resident.verified_on = None


def _end(resident: Resident, move: Move) -> None:
    day: date = move.data["date"]
    if not resident.arrived_on <= day <= today():
        raise InputMissing({"date": "Pilih tanggal antara tanggal datang dan hari ini."})
    resident.ended_on, resident.end_reason = day, move.data["end_reason"]
    leave(resident, day)


def _extend(resident: Resident, move: Move) -> None:
    until: date = move.data["date"]
    starts = next_start(resident)
    if not starts <= until <= latest_end(starts):
        raise InputMissing({"date": "Harus setelah akhir masa tinggal, paling lama 1 tahun."})
    open_next_period(resident, until)


def _refuse_second(resident: Resident) -> None:
    if not resident.nik:
        return
    twin = Resident.objects.active().with_nik(resident.nik).exclude(pk=resident.pk).first()
    if twin is None:
        return
    if twin.area_id == resident.area_id:
        raise InputMissing({"nik": "NIK ini sudah terdaftar aktif di RT ini."})
    raise ActiveElsewhere


_REPORTABLE = frozenset({Status.DRAFT, Status.RETURNED, Status.HELD})

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
            frozenset(ACTIVE),
            Status.ENDED,
            Action.RESIDENT_ENTER,
            needs=("date", "end_reason"),
            apply=_end,
        ),
        Transition(
            "extend",
            frozenset(ACTIVE),
            None,
            Action.RESIDENT_ENTER,
            needs=("date",),
            apply=_extend,
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
