"""How a registration moves: Draf → Dilaporkan → Diverifikasi → Berakhir, and the ways back.

Verification blocks neither figure nor letter. A NIK active elsewhere is held, outside the
unique constraint, and tells its RT nothing of the other record; it is received once the Lurah
has declared the move (residents.twins), which ends the other.
"""

from __future__ import annotations

from django.db import IntegrityError, transaction
from django.db.models import Q

from accounts.rules import Action
from residents.clock.correcting import correct_stay
from residents.families.heads import ONE_HEAD
from residents.registry import effects
from residents.registry.models import Resident, ResidentStep
from residents.registry.states import ACTIVE, COUNTED, REPORTABLE, Status
from residents.registry.twice import ActiveElsewhere
from residents.verifying.claims import refuse_claimed
from wacat.workflow import Move, Outcome, Transition, Workflow

UNIQUE_NIK = "resident_active_once"
_REPORTABLE = frozenset(REPORTABLE)
_ACTIVE = frozenset(ACTIVE)

WORKFLOW = Workflow(
    Resident,
    ResidentStep,
    (
        Transition(
            "report", _REPORTABLE, Status.REPORTED, Action.RESIDENT_ENTER, apply=effects.report
        ),
        Transition("hold", _REPORTABLE, Status.HELD, Action.RESIDENT_ENTER, apply=effects.hold),
        Transition(
            "return",
            frozenset({Status.REPORTED, Status.HELD}),
            Status.RETURNED,
            Action.RESIDENT_JUDGE,
            needs=("reason",),
            apply_many=refuse_claimed,
            apply=effects.tell_of_return,
        ),
        Transition(
            "verify",
            frozenset({Status.REPORTED}),
            Status.VERIFIED,
            Action.RESIDENT_JUDGE,
            apply_many=refuse_claimed,
            apply=effects.verify,
            changes=("verified_on",),
        ),
        Transition(
            "amend",
            frozenset({Status.VERIFIED}),
            Status.REPORTED,
            Action.RESIDENT_ENTER,
            apply=effects.amend,
        ),
        Transition(
            "end",
            _ACTIVE,
            Status.ENDED,
            Action.RESIDENT_ENTER,
            needs=("date", "end_reason"),
            apply_many=effects.end,
            changes=("ended_on", "end_reason", "cancellation_reason"),
        ),
        Transition(
            "reopen",
            frozenset({Status.ENDED}),
            Status.REPORTED,
            Action.RESIDENT_ENTER,
            apply=effects.reopen,
        ),
        Transition(
            "extend",
            _ACTIVE,
            None,
            Action.RESIDENT_ENTER,
            needs=("date",),
            apply_many=effects.extend,
            changes=("stays_until",),
        ),
        # One's own mistakes, mended in one step.
        Transition(
            "correct_end",
            frozenset({Status.ENDED}),
            None,
            Action.RESIDENT_ENTER,
            needs=("date", "end_reason"),
            apply_many=effects.correct_end,
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
            apply_many=effects.move,
            changes=("area", "address", "lodging"),
        ),
        # A person reported twice: see residents.twins. Only the system ends the other RT's record.
        Transition(
            "receive",
            frozenset({Status.HELD}),
            Status.REPORTED,
            Action.RESIDENT_RECEIVE,
            apply=effects.receive,
        ),
        Transition(
            "admit",
            frozenset({Status.HELD}),
            Status.REPORTED,
            Action.RESIDENT_JUDGE,
            apply_many=refuse_claimed,
            apply=effects.receive,
        ),
        # An end that another RT recorded for a later day is corrected by the day of the move.
        Transition(
            "relocate",
            frozenset(COUNTED),
            Status.ENDED,
            Action.RESIDENT_JUDGE,
            needs=("date", "end_reason"),
            apply_many=effects.end,
        ),
        Transition(
            "unreceive",
            frozenset(COUNTED),
            Status.HELD,
            Action.RESIDENT_JUDGE,
            needs=("reason",),
            apply=effects.unreceive,
        ),
        Transition(
            "restore",
            frozenset({Status.ENDED}),
            Status.REPORTED,
            Action.RESIDENT_JUDGE,
            apply=effects.restore,
        ),
        Transition(
            "restore_end",
            frozenset({Status.ENDED}),
            None,
            Action.RESIDENT_JUDGE,
            needs=("date", "end_reason"),
            apply_many=effects.end,
        ),
        Transition(
            "merge",
            frozenset({*REPORTABLE, *COUNTED}),
            Status.MERGED,
            Action.RESIDENT_MERGE,
            needs=("into", "reason"),
            apply=effects.merge,
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
