"""What transitions of a delivered service change beside its status."""

from __future__ import annotations

from typing import Any

from residents.corrections.models import Correction
from residents.services.models import Service
from wacat.clock import now, today
from wacat.workflow import Move, WrongState

_DISPUTED = (
    "Koreksi atas data ini sedang diperiksa operator. Tunggu jawabannya, atau tarik koreksinya."
)


def place(service: Service, move: Move) -> None:
    """Told from now on to the RT of ``move.data["area"]``."""
    service.area_id = move.data["area"]
    service.told_at, service.told_on = now(), today()


def replace(service: Service, move: Move) -> None:
    """The same, with what another RT has said of it forgotten; its steps keep that."""
    place(service, move)
    forget_answer(service, move)


def answer(service: Service, move: Move) -> None:
    service.answered_at, service.answered_by = now(), move.actor


def forget_answer(service: Service, move: Move) -> None:
    service.answered_at, service.answered_by = None, None


def refuse_disputed(services: list[Service], move: Move) -> None:
    """Raise WrongState while an operator has a correction of one of them to answer."""
    disputed: Any = Correction.objects.open().filter(service__in=services)
    if disputed.exists():
        raise WrongState(_DISPUTED)
