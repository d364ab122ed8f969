"""Every transition from every state, for each workflow, built from the workflows' own tables."""

from __future__ import annotations

from datetime import timedelta
from itertools import product
from typing import Any
from uuid import uuid4

import pghistory.models
import pytest
from django.apps import apps
from django.db import connection
from django.http import Http404

from accounts.login.models import User
from accounts.rules import REACH_OF_ROLE, RULES, Role
from residents.registry.models import ResidentStep
from residents.registry.workflow import WORKFLOW as RESIDENTS
from residents.registry.workflow import report
from tests import factories
from tests.accounts import announced
from tests.house.tried import TRIED, Tried
from wacat.clock import today
from wacat.workflow import InputMissing, Move, Transition, WrongState

pytestmark = pytest.mark.django_db


CASES = [
    (name, state, transition)
    for name, tried in TRIED.items()
    for transition in tried.workflow.transitions.values()
    for state in tried.make
]
# A held report meets its twin again: reported it is held once more, tested on its own below;
# received it waits until the twin has left (residents.twins).
# With nothing extended there is no extension to correct (residents.clock).
APART = {
    ("residents", "held", "report"),
    ("residents", "held", "receive"),
    ("residents", "held", "admit"),
    ("residents", "reported", "correct_stay"),
    ("residents", "verified", "correct_stay"),
}
ALLOWED = [
    case for case in CASES if case[1] in case[2].sources and (*case[:2], case[2].name) not in APART
]
STATES = [(name, state) for name, tried in TRIED.items() for state in tried.make]


def named(value: object) -> str | None:
    return value.name if isinstance(value, Transition) else None


def actor_for(transition: Transition, area: str = factories.RT) -> User:
    """An official of the line, over *area*, whose role has the action."""
    roles = (role for role in Role if role in RULES[transition.action])
    role = next(role for role in roles if REACH_OF_ROLE[role] <= len(area))
    return factories.holder(role, factories.area_for(role))


def input_for(transition: Transition) -> dict[str, Any]:
    """All that a transition may need."""
    day = today() + timedelta(days=400 if transition.name == "extend" else 0)
    told = {"reason": "Periksa lagi.", "note": "Catatan", "date": day, "end_reason": 1}
    moved = {"area": factories.RT, "address": "Jl. Contoh Baru 7"}
    into = {"into": factories.reported().pk} if transition.name == "merge" else {}
    asked = {"text": "Contoh", "category": "suggestion"}
    return {**told, **moved, **into, **announced.written(), **asked, "kind": "office"}


def traces(tried: Tried, row: Any) -> tuple[Any, ...]:
    """The row and all that a transition could leave behind."""
    values = type(row).objects.filter(pk=row.pk).values().get()
    events = [m for m in apps.get_models() if issubclass(m, pghistory.models.Event)]
    counts = (f'(SELECT count(*) FROM "{one._meta.db_table}")' for one in (*events, tried.step))
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {', '.join(counts)}")
        return values, cursor.fetchone()


def test_every_state_is_made_and_every_state_is_named() -> None:
    for tried in TRIED.values():
        assert set(tried.make) == set(tried.states.values)
        for state, make in tried.make.items():
            assert make().status == state


def test_states_of_the_tables_exist() -> None:
    for tried in TRIED.values():
        for one in tried.workflow.transitions.values():
            assert one.sources <= set(tried.states.values)
            assert one.target is None or one.target in tried.states.values


@pytest.mark.parametrize(("name", "state", "transition"), ALLOWED, ids=named)
def test_an_allowed_one_moves_and_records_one_step(
    name: str, state: str, transition: Transition
) -> None:
    tried = TRIED[name]
    row, actor, key = tried.make[state](), actor_for(transition), uuid4()
    before = tried.step.objects.filter(subject=row).count()
    data = input_for(transition)
    outcome = tried.workflow.advance(row.pk, transition.name, Move(actor, data, key))
    row.refresh_from_db()
    assert row.status == outcome.row.status == (transition.target or state)
    assert not outcome.repeated
    steps = tried.step.objects.filter(subject=row)
    assert steps.count() == before + 1
    step = steps.get(key=key)
    assert (step.name, step.source, step.target) == (transition.name, state, row.status)
    assert (step.actor, step.reason, step.note) == (actor, data["reason"], data["note"])


@pytest.mark.parametrize(("name", "state"), STATES)
def test_any_other_is_refused_and_changes_nothing(name: str, state: str) -> None:
    tried = TRIED[name]
    row = tried.make[state]()
    for transition in tried.workflow.transitions.values():
        if state in transition.sources:
            continue
        actor = actor_for(transition, getattr(row, "area_id", factories.RT))
        data = input_for(transition)
        before = traces(tried, row)
        with pytest.raises(WrongState):
            tried.workflow.advance(row.pk, transition.name, Move(actor, data, uuid4()))
        assert traces(tried, row) == before, transition.name


@pytest.mark.parametrize(("name", "state", "transition"), ALLOWED, ids=named)
def test_a_key_sent_again_changes_nothing(name: str, state: str, transition: Transition) -> None:
    tried = TRIED[name]
    row = tried.make[state]()
    move = Move(actor_for(transition), input_for(transition), uuid4())
    first = tried.workflow.advance(row.pk, transition.name, move)
    before = traces(tried, row)
    again = tried.workflow.advance(row.pk, transition.name, move)
    assert again.repeated
    assert (again.row.pk, again.row.status) == (first.row.pk, first.row.status)
    assert traces(tried, row) == before


# What a table might forget to ask for, written a second time.
NEEDS = {
    ("residents", "return"): {"reason"},
    ("residents", "end"): {"date", "end_reason"},
    ("residents", "correct_end"): {"date", "end_reason"},
    ("residents", "correct_stay"): {"date"},
    ("residents", "extend"): {"date"},
    ("residents", "move"): {"date", "area", "address"},
    ("residents", "relocate"): {"date", "end_reason"},
    ("residents", "restore_end"): {"date", "end_reason"},
    ("residents", "unreceive"): {"reason"},
    ("residents", "merge"): {"into", "reason"},
    ("services", "place"): {"area"},
    ("services", "replace"): {"area"},
    ("services", "set_aside"): {"reason"},
    ("relocations", "object"): {"reason"},
    ("relocations", "uphold"): {"reason"},
    ("relocations", "undo"): {"reason"},
    **{("corrections", name): {"note"} for name in ("ask", "reply", "accept")},
    ("corrections", "reject"): {"reason"},
    ("letters", "return"): {"reason"},
    ("letters", "revoke"): {"reason"},
    ("letters", "replace"): {"reason"},
    ("proposals of Ketua RT", "return"): {"reason"},
    ("proposals of Ketua RT", "withdraw"): {"reason"},
    ("proposals of Lurah", "return"): {"reason"},
    ("proposals of Lurah", "withdraw"): {"reason"},
    ("accounts", "close"): {"kind", "reason"},
    ("accounts", "settle"): {"kind", "reason"},
    ("accounts", "reopen"): {"reason"},
    ("accounts", "reset_factor"): {"reason"},
    ("breaches", "dismiss"): {"reason"},
    **{("tickets", name): {"text"} for name in ("reply", "reopen", "answer", "ask", "note")},
    ("tickets", "transfer"): {"category"},
    ("announcements", "amend"): {"title", "text", "roles", "areas", "starts", "until"},
    ("announcements", "withdraw"): {"reason"},
}


def test_what_must_be_told_is_asked_for() -> None:
    asked = {
        (name, one.name): set(one.needs)
        for name, tried in TRIED.items()
        for one in tried.workflow.transitions.values()
        if one.needs
    }
    assert asked == NEEDS


NEEDING = [case for case in ALLOWED if case[2].needs]


@pytest.mark.parametrize(("name", "state", "transition"), NEEDING, ids=named)
def test_a_missing_input_is_named_and_changes_nothing(
    name: str, state: str, transition: Transition
) -> None:
    tried = TRIED[name]
    row, actor, data = tried.make[state](), actor_for(transition), input_for(transition)
    before = traces(tried, row)
    for need, empty in product(transition.needs, ("", None)):
        move = Move(actor, {**data, need: empty}, uuid4())
        with pytest.raises(InputMissing) as caught:
            tried.workflow.advance(row.pk, transition.name, move)
        assert set(caught.value.errors) == {need}
        assert traces(tried, row) == before


@pytest.mark.parametrize("name", TRIED)
def test_a_role_without_the_action_finds_no_row(name: str) -> None:
    tried = TRIED[name]
    users = {role: factories.user_with((role, factories.area_for(role), "plt")) for role in Role}
    for state, make in tried.make.items():
        row = make()
        for one in tried.workflow.transitions.values():
            for role in set(Role) - RULES[one.action]:
                if state in one.sources:
                    with pytest.raises(Http404):
                        tried.workflow.advance(row.pk, one.name, Move(users[role], input_for(one)))


def test_an_unknown_transition_is_a_mistake_in_the_code() -> None:
    with pytest.raises(KeyError):
        RESIDENTS.advance(factories.draft().pk, "vanish", Move(None))


def test_a_nik_active_elsewhere_is_held_and_the_same_key_holds_once() -> None:
    resident = factories.held()
    actor, key = actor_for(RESIDENTS.transitions["report"]), uuid4()
    first = report(resident.pk, Move(actor, {}, key))
    before = traces(TRIED["residents"], resident)
    again = report(resident.pk, Move(actor, {}, key))
    assert (first.row.status, again.row.status) == ("held", "held")
    assert not first.repeated
    assert again.repeated
    assert traces(TRIED["residents"], resident) == before


def test_a_held_report_is_free_when_its_twin_has_ended() -> None:
    resident = factories.held(arrived_on=today())
    twin = type(resident).objects.active().with_nik(resident.nik).get()
    end = RESIDENTS.transitions["end"]
    RESIDENTS.advance(
        twin.pk, "end", Move(factories.holder("petugas_kelurahan", twin.kelurahan), input_for(end))
    )
    report(resident.pk, Move(actor_for(end)))
    resident.refresh_from_db()
    assert resident.status == "reported"


def test_the_system_acts_without_a_user() -> None:
    resident = factories.reported()
    RESIDENTS.advance(resident.pk, "verify", Move(None))
    assert ResidentStep.objects.get(subject=resident, name="verify").actor is None
