"""Two who bring or decide the same at the same moment, and workers that are killed in between."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from django.db.models import F

from accounts.rules import Role
from residents.feeds import staging, working
from residents.feeds.deciding import Answer, decide
from residents.feeds.models import FeedFile, FeedPart, PlaceDecision
from residents.services.models import Service, ServiceStep
from tests.factories import KELURAHAN, RT, SIBLING_RT, holder
from tests.residents.at_once import at_once
from tests.residents.feed_files import confirm, counts, entered, fresh, in_force, read, served, xlsx
from tests.residents.pages import operator
from tests.worker import running_worker
from wacat.celery import sweep
from wacat.work import Work, perform
from wacat.workflow import WrongState


def test_of_two_who_decide_at_once_one_does(committed_db: None) -> None:
    rows = [served(n, rt="", address="Perum Contoh", kelurahan="Sepinggan") for n in range(1, 6)]
    entered(operator(), xlsx(*rows))
    sample = in_force()[0]
    deciders = (holder(Role.LURAH, KELURAHAN), holder(Role.PETUGAS_KELURAHAN, KELURAHAN))

    def job(number: int) -> str:
        answer = Answer(deciders[number], uuid4(), rt=(RT, SIBLING_RT)[number])
        try:
            decide(sample, answer)
        except WrongState:
            return "too late"
        return "decided"

    assert sorted(at_once(lambda: job(0), lambda: job(1))) == ["decided", "too late"]
    [decision] = PlaceDecision.objects.all()
    assert {one.area_id for one in in_force()} == {decision.rt_id}
    assert ServiceStep.objects.filter(name="place").count() == 5


def test_two_files_with_the_same_services_at_once_tell_each_once(committed_db: None) -> None:
    client = operator()
    entered(client, xlsx(*(served(n) for n in range(20))), "dahulu.xlsx")
    # Both change ten and bring forty; they are of one mind about half of these.
    changed = [served(n, address="Jl. Baru") for n in range(10)]
    files = [
        read(
            client,
            xlsx(*changed, *(served(n, address=f"Jl. {k * (n % 2)}") for n in new)),
            "a.xlsx",
        )
        for k, new in ((1, range(100, 140)), (2, range(139, 99, -1)))
    ]
    parts = []
    for of in files:
        assert confirm(client, of).status_code == 302
        parts.append(FeedPart.objects.get(of=of).pk)
    done = at_once(*(lambda pk=pk: perform(FeedPart, pk, working.enter) for pk in parts))
    while not all(done):  # put off, as a worker would take it up again
        done = [
            perform(FeedPart, pk, working.enter)
            for pk, did in zip(parts, done, strict=True)
            if not did
        ]
    first, second = (counts(fresh(of)) for of in files)
    sums = {name: first.get(name, 0) + second.get(name, 0) for name in {*first, *second}}
    assert sums == {"told": 40, "changed": 10 + 20, "known": 10 + 20}
    assert len(in_force()) == 60
    assert Service.objects.count() == 20 + 40 + 10 + 20


def test_a_worker_killed_between_parts_loses_nothing_and_tells_nobody_twice(
    committed_db: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(staging, "BLOCK", 5)
    monkeypatch.setattr(working, "BLOCK", 5)
    client = operator()
    of = read(client, xlsx(*(served(n) for n in range(60)), served(3), served(99, nik="1")))
    assert confirm(client, of).status_code == 302
    with running_worker(tmp_path / "killed.log") as worker:
        until(lambda: done_parts() > 0)
        os.killpg(worker.pid, signal.SIGKILL)
        worker.wait()
    assert fresh(of).status == "confirmed"
    FeedPart.objects.update(
        wanted_at=F("wanted_at") - timedelta(minutes=1), next_at=F("next_at") - timedelta(minutes=5)
    )
    with running_worker(tmp_path / "next.log"):
        until(lambda: _swept(of))
    assert counts(fresh(of)) == {"told": 60, "doubled": 1, "rejected": 1}
    assert Service.objects.count() == 60


def until(happened: Callable[[], bool], seconds: float = 90) -> None:
    deadline = time.monotonic() + seconds
    while not happened():
        assert time.monotonic() < deadline, "it does not happen"
        time.sleep(0.005)


def done_parts() -> int:
    return FeedPart.objects.filter(state=Work.State.DONE).count()


def _swept(of: FeedFile) -> bool:
    """Done; else what was left is handed out again, as it is each few seconds."""
    if fresh(of).status == "done":
        return True
    time.sleep(0.5)
    FeedPart.objects.filter(state=Work.State.WAITING).update(
        next_at=F("next_at") - timedelta(minutes=5)
    )
    sweep()
    return False
