"""How a delivered service moves: told to the RT of its address, then answered.

What was imported never changes; only where it is told, and what the place says of it.
"""

from __future__ import annotations

from accounts.rules import Action
from residents.services import effects
from residents.services.codes import PLACED, Status
from residents.services.models import IN_FORCE, WHOLE, Service, ServiceStep
from wacat.workflow import Transition, Workflow

_ANSWER = ("answered_at", "answered_by")
_PLACE = ("area", "told_at", "told_on")

WORKFLOW = Workflow(
    Service,
    ServiceStep,
    (
        # data["area"]: the code of the RT; place also a group of rows with the same address text.
        Transition(
            "place",
            frozenset({Status.WAITING, Status.ASIDE}),
            Status.TOLD,
            Action.SERVICE_PLACE,
            needs=("area",),
            apply=effects.place,
            changes=_PLACE,
        ),
        Transition(
            "set_aside",
            frozenset({Status.WAITING}),
            Status.ASIDE,
            Action.SERVICE_PLACE,
            needs=("reason",),
        ),
        Transition(
            "bring_back",
            frozenset({Status.ASIDE}),
            Status.WAITING,
            Action.SERVICE_PLACE,
        ),
        # Told to a wrong RT, as a correction has shown: it begins anew there.
        Transition(
            "replace",
            frozenset(PLACED),
            Status.TOLD,
            Action.SERVICE_RECEIVE,
            needs=("area",),
            apply=effects.replace,
            changes=(*_PLACE, *_ANSWER),
        ),
        Transition(
            "confirm",
            frozenset({Status.TOLD, Status.CORRECTED}),
            Status.CONFIRMED,
            Action.SERVICE_ANSWER,
            apply_many=effects.refuse_disputed,
            apply=effects.answer,
            changes=_ANSWER,
        ),
        Transition(
            "correct",
            frozenset(PLACED),
            Status.CORRECTED,
            Action.SERVICE_ANSWER,
            apply_many=effects.refuse_disputed,
            apply=effects.answer,
            changes=_ANSWER,
        ),
        # "Benar" was pressed by mistake, or a correction was withdrawn.
        Transition(
            "take_back",
            frozenset({Status.CONFIRMED, Status.CORRECTED}),
            Status.TOLD,
            Action.SERVICE_ANSWER,
            apply_many=effects.refuse_disputed,
            apply=effects.forget_answer,
            changes=_ANSWER,
        ),
    ),
    wrong_state="Data layanan ini sudah berubah. Muat ulang halamannya.",
    among=IN_FORCE & WHOLE,
)
