"""Every transition of a declared move from every state, and what each asks for."""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.http import Http404

from accounts.login.models import User
from accounts.rules import RULES, Role
from residents.twins.models import Relocation, RelocationStatus
from residents.twins.workflow import WORKFLOW
from tests.factories import area_for, holder, user_with
from tests.residents.twins import RELOCATIONS
from wacat.workflow import InputMissing, Move, WrongState

pytestmark = pytest.mark.django_db
ALLOWED = {
    ("declared", "object"),
    ("objected", "uphold"),
    ("declared", "undo"),
    ("objected", "undo"),
}
CASES = [(state, name) for state in RelocationStatus.values for name in WORKFLOW.transitions]
REASON = {"reason": "Sudah jelas."}


def _actor(name: str) -> User:
    roles = RULES[WORKFLOW.transitions[name].action]
    role = next(role for role in Role if role in roles)
    return holder(role, area_for(role))


def _steps(relocation: Relocation) -> int:
    return relocation.steps.count()


@pytest.mark.parametrize(("state", "name"), CASES)
def test_from_each_state_just_what_the_table_says(state: str, name: str) -> None:
    relocation = RELOCATIONS[state]()
    assert relocation.status == state
    steps, move = _steps(relocation), Move(_actor(name), REASON, uuid4())
    if (state, name) not in ALLOWED:
        with pytest.raises(WrongState):
            WORKFLOW.advance(relocation.pk, name, move)
        relocation.refresh_from_db()
        assert (relocation.status, _steps(relocation)) == (state, steps)
        return
    with pytest.raises(InputMissing):
        WORKFLOW.advance(relocation.pk, name, Move(move.actor, {"reason": ""}))
    for _ in range(2):  # pressed twice
        WORKFLOW.advance(relocation.pk, name, move)
    relocation.refresh_from_db()
    assert relocation.status == WORKFLOW.transitions[name].target
    assert _steps(relocation) == steps + 1


@pytest.mark.parametrize("name", WORKFLOW.transitions)
def test_a_role_without_the_action_finds_nothing(name: str) -> None:
    relocation = RELOCATIONS["objected" if name == "uphold" else "declared"]()
    for role in set(Role) - RULES[WORKFLOW.transitions[name].action]:
        with pytest.raises(Http404):
            WORKFLOW.advance(
                relocation.pk, name, Move(user_with((role, area_for(role), "plt")), REASON)
            )
