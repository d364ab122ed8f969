"""The engine behind every status: one lock, one step, all or nothing."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.http import Http404

from accounts.login.models import User
from accounts.rules import Action, Role
from residents.registry.models import Resident, ResidentStep
from residents.registry.workflow import WORKFLOW as RESIDENTS
from residents.registry.workflow import report
from tests import factories
from wacat.workflow import InputMissing, Move, Transition, Workflow, WrongState

PATIENCE = 10.0


def a_workflow(apply: Callable[[Any, Move], None] | None = None, **more: Any) -> Workflow:
    """One transition from draft to reported, made for the test."""
    settings = {"sources": frozenset({"draft"}), "target": "reported", **more}
    line = Transition("go", action=Action.RESIDENT_ENTER, apply=apply, **settings)
    return Workflow(Resident, ResidentStep, (line,), wrong_state="Sudah berubah.")


def reporting(row: Any, move: Move) -> None:
    row.reported_at = row.entered_at


@pytest.fixture
def staff(db: None) -> User:
    return factories.user_as(Role.PETUGAS_KELURAHAN)


def test_a_failing_change_leaves_nothing(staff: User) -> None:
    resident = factories.draft()

    def fails(row: Any, move: Move) -> None:
        Resident.objects.filter(pk=row.pk).update(notes="half done")
        raise RuntimeError

    with pytest.raises(RuntimeError):
        a_workflow(fails).advance(resident.pk, "go", Move(staff))
    resident.refresh_from_db()
    assert (resident.status, resident.notes) == ("draft", "")
    assert not resident.steps.exists()


def test_a_row_may_not_leave_the_scope_by_its_own_change(staff: User) -> None:
    """Checked again after saving, within the transaction."""
    resident = factories.draft()

    def moves(row: Any, move: Move) -> None:
        reporting(row, move)
        row.area_id = factories.FOREIGN_RT

    with pytest.raises(Http404):
        a_workflow(moves).advance(resident.pk, "go", Move(staff))
    resident.refresh_from_db()
    assert (resident.status, resident.area_id) == ("draft", factories.RT)
    assert not resident.steps.exists()


def test_a_wrong_state_is_told_in_the_workflows_own_words(staff: User) -> None:
    resident = factories.reported()
    with pytest.raises(WrongState, match=r"Sudah berubah\."):
        a_workflow().advance(resident.pk, "go", Move(staff))


def test_the_state_is_asked_before_the_input(staff: User) -> None:
    """Who comes too late is told so, not asked to fill in a field for nothing."""
    late, waiting = factories.reported(), factories.draft()
    workflow = a_workflow(reporting, needs=("reason", "date"))
    with pytest.raises(WrongState):
        workflow.advance(late.pk, "go", Move(staff))
    with pytest.raises(InputMissing) as caught:
        workflow.advance(waiting.pk, "go", Move(staff, {"reason": "x"}))
    assert caught.value.errors == {"date": "Wajib diisi."}


def test_a_transition_without_target_keeps_the_state(staff: User) -> None:
    resident = factories.draft()
    outcome = a_workflow(target=None).advance(resident.pk, "go", Move(staff))
    step = ResidentStep.objects.get(subject=resident)
    assert (outcome.row.status, step.source, step.target) == ("draft", "draft", "draft")


def test_without_a_key_each_attempt_counts_on_its_own(staff: User) -> None:
    resident = factories.draft()
    workflow = a_workflow(target=None)
    for _ in range(2):
        assert not workflow.advance(resident.pk, "go", Move(staff)).repeated
    assert resident.steps.count() == 2


def test_one_key_on_two_rows_is_two_deeds(staff: User) -> None:
    key = uuid4()
    for resident in (factories.draft(), factories.draft()):
        outcome = a_workflow(reporting).advance(resident.pk, "go", Move(staff, {}, key))
        assert not outcome.repeated


def test_out_of_scope_and_missing_are_one(staff: User) -> None:
    foreign = factories.draft(factories.FOREIGN_RT)
    for pk in (foreign.pk, 987654):
        with pytest.raises(Http404):
            a_workflow(reporting).advance(pk, "go", Move(staff))


def test_only_names_that_the_state_admits_are_offered(staff: User) -> None:
    allowed = RESIDENTS.allowed(factories.verified(), ["report", "verify", "end", "extend"])
    assert allowed == ["end", "extend"]


def at_once(calls: list[Callable[[], Any]]) -> list[Any]:
    """The calls' answers or exceptions; all begin together, each on its own connection."""
    gate = threading.Barrier(len(calls))
    answers: list[Any] = [None] * len(calls)

    def run(number: int) -> None:
        try:
            gate.wait(PATIENCE)
            answers[number] = calls[number]()
        except Exception as error:
            answers[number] = error
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(number,)) for number in range(len(calls))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(PATIENCE)
        assert not thread.is_alive()
    return answers


def test_of_several_at_once_one_moves_it(committed_db: None) -> None:
    resident = factories.reported()
    operator = factories.holder(Role.OPERATOR, "64.71")
    verify = [lambda: RESIDENTS.advance(resident.pk, "verify", Move(operator))] * 6
    answers = at_once(verify)
    assert sum(isinstance(one, WrongState) for one in answers) == 5
    assert resident.steps.filter(name="verify").count() == 1


def test_a_form_sent_several_times_at_once_counts_once(committed_db: None) -> None:
    resident, key = factories.draft(), uuid4()
    staff = factories.holder(Role.PETUGAS_KELURAHAN, factories.KELURAHAN)
    answers = at_once([lambda: report(resident.pk, Move(staff, {}, key))] * 6)
    assert sorted(one.repeated for one in answers) == [False] + [True] * 5
    assert {one.row.status for one in answers} == {"reported"}
    assert resident.steps.count() == 1
    assert resident.periods.count() == 1


def test_returning_and_verifying_at_once_never_both(committed_db: None) -> None:
    resident = factories.reported()
    operator = factories.holder(Role.OPERATOR, "64.71")
    move = Move(operator, {"reason": "Periksa lagi."})
    answers = at_once(
        [
            lambda: RESIDENTS.advance(resident.pk, "return", move),
            lambda: RESIDENTS.advance(resident.pk, "verify", move),
        ]
    )
    assert sum(isinstance(one, WrongState) for one in answers) == 1
    resident.refresh_from_db()
    assert [resident.status] == [step.target for step in resident.steps.exclude(name="report")]
