"""Deliveries by a real worker and a real mail server: killed at its work, and in numbers."""

from __future__ import annotations

import os
import signal
import threading
import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from subprocess import Popen

import pytest
from django.db.models import F

from accounts.notices.models import Delivery
from accounts.notices.sending import notify
from accounts.rules import Role
from tests import factories
from tests.accounts.mail_server import MailServer, running_mail_server
from tests.officials import user_with
from tests.worker import running_worker
from wacat.celery import app, sweep
from wacat.work import Work

PATIENCE = 40.0
CROWD = 60


@pytest.fixture
def server(committed_db: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[MailServer]:
    """A mail server, told to the workers by the environment."""
    with running_mail_server() as running:
        monkeypatch.setenv("EMAIL_URL", f"smtp://127.0.0.1:{running.port}")
        yield running


def until(happened: Callable[[], bool]) -> None:
    deadline = time.monotonic() + PATIENCE
    while not happened():
        assert time.monotonic() < deadline, "it does not happen"
        time.sleep(0.02)


def told(count: int) -> None:
    user = user_with((Role.KETUA_RT, factories.RT), email="a@contoh.invalid")
    notify("password_renewed", [(user, {})] * count)


def all_done() -> bool:
    return not Delivery.objects.exclude(state=Work.State.DONE).exists()


def swept() -> bool:
    """Sweep as beat does, without waiting for its time."""
    long_ago = timedelta(minutes=5)
    Delivery.objects.filter(state=Work.State.WAITING).update(
        wanted_at=F("wanted_at") - long_ago, next_at=F("next_at") - long_ago
    )
    sweep()
    time.sleep(0.5)
    return all_done()


def kill(worker: Popen[bytes]) -> None:
    """Kill it with all its children, as a machine that loses its power does."""
    os.killpg(worker.pid, signal.SIGKILL)
    worker.wait()


class Interrupted:
    """An answer of the mail server that does not come before the worker is dead."""

    def __init__(self, answer: str) -> None:
        self._answer = answer
        self.reached, self.released = threading.Event(), threading.Event()

    def __call__(self) -> str:
        self.reached.set()
        self.released.wait(PATIENCE)
        return self._answer


@pytest.mark.parametrize(
    ("command", "answer", "copies"),
    [("RCPT", "250 ok", 1), ("DATA", "354 go on", 1), (".", "250 taken", 2)],
)
def test_a_worker_killed_while_sending_loses_nothing(
    server: MailServer, tmp_path: Path, command: str, answer: str, copies: int
) -> None:
    """Killed before the mail was taken it is sent once, after that twice and no oftener."""
    server.answers[command] = interrupted = Interrupted(answer)
    with running_worker(tmp_path / "first.log") as worker:
        told(1)
        assert interrupted.reached.wait(PATIENCE)
        kill(worker)
    del server.answers[command]
    interrupted.released.set()
    delivery = Delivery.objects.get()
    assert (delivery.state, delivery.attempts) == (Work.State.WAITING, 1)
    with running_worker(tmp_path / "second.log"):
        until(swept)
        assert swept()
    assert len(server.mails) == copies
    assert len({mail["Message-ID"] for mail in server.mails}) == 1
    delivery.refresh_from_db()
    assert (delivery.state, delivery.attempts) == (Work.State.DONE, 2)


def test_many_are_each_sent_once(server: MailServer, tmp_path: Path) -> None:
    """The first at once, the others by the sweep, which hands some of them out twice."""
    with running_worker(tmp_path / "worker.log", concurrency=2):
        told(CROWD)
        until(lambda: len(server.raw) >= 20)
        swept()
        until(swept)
    assert len(server.raw) == CROWD
    assert len({mail["Message-ID"] for mail in server.mails}) == CROWD
    assert "contoh.invalid" not in (tmp_path / "worker.log").read_text()


def test_a_letter_passes_a_thousand_mails() -> None:
    """On one queue, whoever waits at a screen comes first: 0 is served before 9."""
    routed = app.amqp.router.route({}, Delivery.task, (1,))
    assert routed["priority"] == 9
    assert "priority" not in app.amqp.router.route({}, "reports.tasks.draw_letter", (1,))
