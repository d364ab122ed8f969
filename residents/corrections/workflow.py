"""A correction: Dikirim → (Ditanya kembali → Dikirim →) Diterima, Ditolak or Ditarik.

Sending it is ``residents.corrections.sending``; what else happens with a step (photographs, what
becomes of the service) is ``residents.corrections.deeds``. Where both are locked, the correction
is locked first and then the service.
"""

from __future__ import annotations

from accounts.rules import Action
from residents.corrections.claims import CLAIMS
from residents.corrections.codes import OPEN, Status
from residents.corrections.deadlines import days_asked
from residents.corrections.models import Correction, CorrectionStep
from residents.corrections.telling import tell_operators, tell_rt
from residents.corrections.words import happened_since
from wacat.clock import now, today
from wacat.workflow import Move, Transition, Workflow, WrongState


def _refuse_unseen(corrections: list[Correction], move: Move) -> None:
    """``data["seen"]``, the last step that the page showed: nobody answers what they never read."""
    seen = move.data.get("seen")
    for correction in corrections:
        if seen is not None and (told := happened_since(correction, seen)):
            raise WrongState(told)


def _by_operator(corrections: list[Correction], move: Move) -> None:
    _refuse_unseen(corrections, move)
    CLAIMS.refuse_others(corrections, move.actor)


def _ask(correction: Correction, move: Move) -> None:
    CLAIMS.free([correction])
    tell_rt("correction_asked", correction)


def _reply(correction: Correction, move: Move) -> None:
    correction.due_on += days_asked(correction)
    tell_operators("correction_replied", correction)


def _settle(correction: Correction, move: Move) -> None:
    correction.settled_at, correction.settled_on = now(), today()


def _decide(correction: Correction, move: Move) -> None:
    _settle(correction, move)
    CLAIMS.free([correction])
    tell_rt("correction_decided", correction)


def _withdraw(correction: Correction, move: Move) -> None:
    _settle(correction, move)
    tell_operators("correction_withdrawn", correction)
    CLAIMS.free([correction])


WORKFLOW = Workflow(
    Correction,
    CorrectionStep,
    (
        Transition(
            "ask",
            frozenset({Status.SENT}),
            Status.ASKED,
            Action.CORRECTION_ANSWER,
            needs=("note",),
            apply=_ask,
            apply_many=_by_operator,
        ),
        Transition(
            "reply",
            frozenset({Status.ASKED}),
            Status.SENT,
            Action.SERVICE_ANSWER,
            needs=("note",),
            apply=_reply,
            apply_many=_refuse_unseen,
        ),
        # note: what was done.
        Transition(
            "accept",
            frozenset(OPEN),
            Status.ACCEPTED,
            Action.CORRECTION_ANSWER,
            needs=("note",),
            apply=_decide,
            apply_many=_by_operator,
        ),
        Transition(
            "reject",
            frozenset(OPEN),
            Status.REJECTED,
            Action.CORRECTION_ANSWER,
            needs=("reason",),
            apply=_decide,
            apply_many=_by_operator,
        ),
        Transition(
            "withdraw",
            frozenset(OPEN),
            Status.WITHDRAWN,
            Action.SERVICE_ANSWER,
            apply=_withdraw,
            apply_many=_refuse_unseen,
        ),
    ),
    wrong_state="Koreksi ini sudah berubah. Lihat keadaannya yang terbaru.",
)
