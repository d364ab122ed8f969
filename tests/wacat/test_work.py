"""Work rows: done once, whoever comes; never lost, whatever dies."""

from __future__ import annotations

import multiprocessing
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import pytest
from celery import Celery
from django.db import connection, connections, transaction
from django.utils import timezone

from accounts.rules import Role
from reports.letters.models import Drawing
from reports.summaries.models import SummaryFile
from tests import factories
from wacat import work
from wacat.clock import today
from wacat.work import (
    FIRST_WAIT,
    HANDED_OUT,
    MAX_ATTEMPTS,
    GiveUp,
    Work,
    hasten,
    left_behind,
    perform,
)

PATIENCE = 10.0
State = Work.State


def some_work(**fields: Any) -> SummaryFile:
    """A waiting row."""
    user = factories.holder(Role.PIMPINAN, "64.71")
    days = {"first": today(), "as_at": today()}
    return SummaryFile.objects.create(area_id=factories.RT, asked_by=user, **days, **fields)


def done(row: Any) -> None:
    row.file, row.sha256 = "a.pdf", "0" * 64


def failing(row: Any) -> None:
    raise RuntimeError("the person's name is Sulaiman")


@pytest.mark.django_db
class TestOneWorker:
    def test_work_is_done_once(self) -> None:
        row, calls = some_work(), []

        def do(found: SummaryFile) -> None:
            calls.append(found.pk)
            done(found)

        assert perform(SummaryFile, row.pk, do)
        assert not perform(SummaryFile, row.pk, do)
        assert calls == [row.pk]
        row.refresh_from_db()
        assert (row.state, row.attempts, row.file, row.failure) == (State.DONE, 1, "a.pdf", "")
        assert row.done_at is not None

    def test_a_row_that_is_not_there_is_nothing_to_do(self) -> None:
        assert not perform(SummaryFile, 987654, failing)

    def test_a_failure_puts_it_off_and_tells_no_data(self, caplog: Any) -> None:
        row = some_work()
        assert not perform(SummaryFile, row.pk, failing)
        row.refresh_from_db()
        assert (row.state, row.attempts, row.failure) == (State.WAITING, 1, "RuntimeError")
        assert row.next_at > timezone.now() + FIRST_WAIT
        assert "Sulaiman" not in caplog.text
        assert "RuntimeError" in caplog.text

    def test_what_a_failed_attempt_wrote_is_undone(self) -> None:
        row, resident = some_work(), factories.draft()

        def half(found: SummaryFile) -> None:
            type(resident).objects.filter(pk=resident.pk).update(full_name="Halfway")
            failing(found)

        perform(SummaryFile, row.pk, half)
        resident.refresh_from_db()
        assert resident.full_name != "Halfway"

    def test_waits_grow_and_then_it_is_given_up(self) -> None:
        row, waits = some_work(), []
        for attempt in range(1, MAX_ATTEMPTS + 1):
            before = timezone.now()
            perform(SummaryFile, row.pk, failing)
            row.refresh_from_db()
            assert row.attempts == attempt
            waits.append(row.next_at - before)
        assert row.state == State.FAILED
        assert waits[0] >= 2 * FIRST_WAIT
        seconds = [round(wait.total_seconds()) for wait in waits]
        assert seconds == sorted(seconds)
        assert waits[-1] < timedelta(minutes=10)
        assert not perform(SummaryFile, row.pk, done)
        assert row.pk not in left_behind(SummaryFile, grace=timedelta())

    def test_it_succeeds_at_a_later_attempt(self) -> None:
        row = some_work()
        perform(SummaryFile, row.pk, failing)
        assert perform(SummaryFile, row.pk, done)
        row.refresh_from_db()
        assert (row.state, row.attempts, row.failure) == (State.DONE, 2, "")

    def test_the_sweep_finds_what_is_due_and_old_enough(self) -> None:
        long_ago = timezone.now() - timedelta(minutes=1)
        lost = some_work(wanted_at=long_ago, next_at=long_ago)
        some_work()
        some_work(wanted_at=long_ago, next_at=timezone.now() + timedelta(minutes=1))
        for state in (State.DONE, State.FAILED):
            some_work(wanted_at=long_ago, next_at=long_ago, state=state)
        assert left_behind(SummaryFile) == [lost.pk]

    def test_the_sweep_takes_the_longest_waiting_first_and_not_all_at_once(self) -> None:
        now = timezone.now()
        rows = [
            some_work(wanted_at=now - FIRST_WAIT * 9, next_at=now - FIRST_WAIT * n)
            for n in (1, 3, 2)
        ]
        assert left_behind(SummaryFile, most=2) == [rows[1].pk, rows[2].pk]

    def test_what_was_handed_out_is_not_handed_out_again_at_once(self) -> None:
        row = some_work()
        assert left_behind(SummaryFile, grace=timedelta()) == [row.pk]
        assert left_behind(SummaryFile, grace=timedelta()) == []
        row.refresh_from_db()
        SummaryFile.objects.filter(pk=row.pk).update(next_at=row.next_at - HANDED_OUT)
        assert left_behind(SummaryFile, grace=timedelta()) == [row.pk]

    def test_work_that_kills_every_worker_is_given_up(self) -> None:
        row = some_work(attempts=MAX_ATTEMPTS)
        assert not perform(SummaryFile, row.pk, done)
        row.refresh_from_db()
        assert (row.state, row.failure) == (State.FAILED, "WorkerLost")

    def test_what_can_never_be_done_is_given_up_at_once(self, caplog: Any) -> None:
        row = some_work()

        def refused(found: SummaryFile) -> None:
            found.file = "half"
            found.save()
            raise GiveUp("Refused 550") from ValueError("Sulaiman is not here")

        assert not perform(SummaryFile, row.pk, refused)
        row.refresh_from_db()
        assert (row.state, row.attempts, row.file) == (State.FAILED, 1, "")
        assert row.failure == "Refused 550"
        assert not perform(SummaryFile, row.pk, done)
        assert "Refused 550" in caplog.text
        assert "Sulaiman" not in caplog.text

    def test_a_model_says_how_many_are_handed_out_at_once(self, monkeypatch: Any) -> None:
        rows = [some_work(), some_work(), some_work()]
        monkeypatch.setattr(SummaryFile, "at_once", 2)
        first, second = (left_behind(SummaryFile, grace=timedelta()) for _ in range(2))
        assert sorted([*first, *second]) == [row.pk for row in rows]
        assert len(first) == 2

    def test_a_letters_drawing_is_such_work(self) -> None:
        letter = factories.letter_issued()
        assert Drawing.objects.get(letter=letter).state == State.WAITING
        assert left_behind(Drawing, grace=timedelta()) == [letter.pk]


class InThread:
    """A call in another thread with a database connection of its own."""

    def __init__(self, call: Callable[[], Any]) -> None:
        self._call = call
        self._answer: list[Any] = []
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()

    def _run(self) -> None:
        try:
            self._answer.append(self._call())
        finally:
            connection.close()

    def answer(self) -> Any:
        """What the call returned. Fails when it takes too long."""
        self._thread.join(PATIENCE)
        assert not self._thread.is_alive(), "still waiting"
        return self._answer[0]


@contextmanager
def somebody_at(row: SummaryFile) -> Iterator[threading.Event]:
    """Another worker is at the row until the event is set."""
    begun, may_end = threading.Event(), threading.Event()

    def slow(found: SummaryFile) -> None:
        begun.set()
        assert may_end.wait(PATIENCE)
        done(found)

    other = InThread(lambda: perform(SummaryFile, row.pk, slow))
    assert begun.wait(PATIENCE)
    try:
        yield may_end
    finally:
        may_end.set()
        assert other.answer() is True


def test_of_two_workers_one_does_it_and_the_other_does_not_wait(committed_db: None) -> None:
    row = some_work()
    with somebody_at(row):
        started = time.monotonic()
        second = InThread(lambda: perform(SummaryFile, row.pk, failing))
        assert second.answer() is False
        assert time.monotonic() - started < PATIENCE / 2
    row.refresh_from_db()
    assert (row.state, row.attempts) == (State.DONE, 1)


def test_the_sweep_leaves_alone_what_is_being_done(committed_db: None) -> None:
    row = some_work()
    with somebody_at(row):
        assert InThread(lambda: left_behind(SummaryFile, grace=timedelta())).answer() == []


def test_many_at_once_do_it_once(committed_db: None) -> None:
    row, calls = some_work(), []

    def do(found: SummaryFile) -> None:
        calls.append(threading.get_ident())
        done(found)

    crowd = [InThread(lambda: perform(SummaryFile, row.pk, do)) for _ in range(8)]
    assert sorted(one.answer() for one in crowd) == [False] * 7 + [True]
    assert len(calls) == 1


def _at_work_until_killed(pk: int, begun: Any) -> None:
    def forever(row: SummaryFile) -> None:
        row.file = "half"
        row.save()
        begun.set()
        time.sleep(PATIENCE * 10)

    perform(SummaryFile, pk, forever)


def test_a_killed_worker_gives_the_row_back(committed_db: None) -> None:
    row = some_work()
    connections.close_all()
    processes = multiprocessing.get_context("fork")
    begun = processes.Event()
    worker = processes.Process(target=_at_work_until_killed, args=(row.pk, begun))
    worker.start()
    assert begun.wait(PATIENCE)
    worker.kill()
    worker.join(PATIENCE)
    row.refresh_from_db()
    assert (row.state, row.attempts, row.file) == (State.WAITING, 1, "")
    assert left_behind_soon() == [row.pk]
    assert perform(SummaryFile, row.pk, done)
    row.refresh_from_db()
    assert (row.state, row.attempts) == (State.DONE, 2)


def left_behind_soon() -> list[int]:
    """What the sweep finds, once the database has noticed that a client died."""
    deadline = time.monotonic() + PATIENCE
    while not (found := left_behind(SummaryFile, grace=timedelta())):
        assert time.monotonic() < deadline, "the lock is never given back"
        time.sleep(0.05)
    return found


@pytest.fixture
def spoken(monkeypatch: pytest.MonkeyPatch) -> None:
    """A publisher that remembers no earlier refusal."""
    monkeypatch.setattr(work, "_messages", type(work._messages)())


def task_at(broker: str) -> Any:
    app = Celery("refused", broker=broker, set_as_current=False)

    @app.task(name="refused.task")
    def task(pk: int) -> None:
        raise AssertionError("nobody runs this")

    return task


def test_a_broker_that_refuses_fails_no_request(
    committed_db: None, spoken: None, caplog: Any
) -> None:
    started = time.monotonic()
    with transaction.atomic():
        row = some_work()
        hasten(task_at("redis://127.0.0.1:1/0"), row.pk)
    assert time.monotonic() - started < 3
    assert "broker refused refused.task" in caplog.text
    assert left_behind(SummaryFile, grace=timedelta()) == [row.pk]


def test_a_broker_that_never_answers_holds_a_request_up_but_shortly(
    committed_db: None, spoken: None
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        address = f"redis://127.0.0.1:{silent.getsockname()[1]}/0"
        started = time.monotonic()
        with transaction.atomic():
            hasten(task_at(address), some_work().pk)
        assert time.monotonic() - started < 4


def test_any_other_mistake_of_a_message_fails_no_request(committed_db: None, spoken: None) -> None:
    """Also one that nobody thought of: the row is committed and the sweep will find it."""
    no_task: Any = object()
    with transaction.atomic():
        row = some_work()
        hasten(no_task, row.pk)
    assert SummaryFile.objects.filter(pk=row.pk).exists()


def test_nothing_is_sent_for_what_is_rolled_back(
    committed_db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    sent: list[int] = []
    monkeypatch.setattr(work._messages, "send", lambda task, pk: sent.append(pk))
    task = task_at("memory://")
    with transaction.atomic():
        hasten(task, 1)
        transaction.set_rollback(True)
    assert sent == []
    with transaction.atomic():
        hasten(task, 2)
        assert sent == []
    assert sent == [2]
