"""A declared move: Dinyatakan → (Keberatan →) Tetap or Dibatalkan.

Declaring it is ``residents.twins.declaring``. The RT that the person left may object for 14
days; the operator, the only one who sees both records, decides.
"""

from __future__ import annotations

from accounts.rules import Action
from residents.twins.models import OPEN, Relocation, RelocationStatus, RelocationStep
from residents.twins.telling import tell_of_decision, tell_of_objection
from residents.twins.undoing import undo
from wacat.clock import today
from wacat.workflow import Move, Transition, Workflow, WrongState

TOO_LATE = "Masa keberatan (14 hari) sudah lewat. Hubungi Disdukcapil bila ada yang keliru."


def _object(relocation: Relocation, move: Move) -> None:
    if not relocation.is_objectable:
        raise WrongState(TOO_LATE)
    relocation.objection, relocation.objected_on = move.data["reason"], today()
    tell_of_objection(relocation)


def _uphold(relocation: Relocation, move: Move) -> None:
    relocation.decision = move.data["reason"]
    tell_of_decision(relocation)


def _undo(relocation: Relocation, move: Move) -> None:
    relocation.decision = move.data["reason"]
    undo(relocation, move)
    tell_of_decision(relocation)


WORKFLOW = Workflow(
    Relocation,
    RelocationStep,
    (
        Transition(
            "object",
            frozenset({RelocationStatus.DECLARED}),
            RelocationStatus.OBJECTED,
            Action.RELOCATION_OBJECT,
            needs=("reason",),
            apply=_object,
        ),
        Transition(
            "uphold",
            frozenset({RelocationStatus.OBJECTED}),
            RelocationStatus.UPHELD,
            Action.RESIDENT_JUDGE,
            needs=("reason",),
            apply=_uphold,
        ),
        Transition(
            "undo",
            frozenset(OPEN),
            RelocationStatus.UNDONE,
            Action.RESIDENT_JUDGE,
            needs=("reason",),
            apply=_undo,
        ),
    ),
    wrong_state="Kepindahan ini sudah diputus atau berubah. Lihat keadaannya yang terbaru.",
)
