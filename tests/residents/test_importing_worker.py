"""Real workers read and enter a list: killed in between, beside each other, without a broker."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable
from datetime import timedelta
from functools import partial
from pathlib import Path

import pytest
from django.db.models import F

from residents.importing import staging, working
from residents.importing.models import Import, ImportPart, ImportReading
from residents.registry.models import Resident, ResidentStep
from residents.registry.spans import Placement, StayPeriod
from tests.residents.at_once import at_once
from tests.residents.imported import confirm, fresh, nik, person, read, upload, xlsx
from tests.residents.pages import petugas
from tests.worker import running_worker
from wacat.celery import sweep
from wacat.work import Work, perform

PEOPLE = 60


@pytest.fixture(autouse=True)
def small_blocks(monkeypatch: pytest.MonkeyPatch) -> None:
    """Many parts of a short list."""
    monkeypatch.setattr(staging, "BLOCK", 5)


def until(happened: Callable[[], bool], seconds: float = 90) -> None:
    deadline = time.monotonic() + seconds
    while not happened():
        assert time.monotonic() < deadline, "it does not happen"
        time.sleep(0.005)


def done_parts() -> int:
    return ImportPart.objects.filter(state=Work.State.DONE).count()


def test_a_worker_killed_between_parts_loses_nobody_and_doubles_nobody(
    committed_db: None, tmp_path: Path
) -> None:
    client = petugas()
    people = [person(n) for n in range(PEOPLE - 2)]
    imported = read(client, xlsx(*people, person(0), person(99, nik="1")))
    assert confirm(client, imported).status_code == 302
    for number in (1, 2):
        with running_worker(tmp_path / f"killed{number}.log") as worker:
            before = done_parts()
            until(lambda: done_parts() > before)
            os.killpg(worker.pid, signal.SIGKILL)
            worker.wait()
        assert Resident.objects.count() == done_parts_people()
    assert fresh(imported).status == "confirmed"
    ImportPart.objects.update(
        wanted_at=F("wanted_at") - timedelta(minutes=1), next_at=F("next_at") - timedelta(minutes=5)
    )
    sweep()
    with running_worker(tmp_path / "next.log"):
        until(lambda: _swept(imported))
    done = fresh(imported)
    assert (done.rows, done.rejected, done.entered) == (PEOPLE, 2, PEOPLE - 2)
    assert Resident.objects.count() == PEOPLE - 2
    for model in (Placement, StayPeriod, ResidentStep):
        assert model.objects.count() == PEOPLE - 2


def done_parts_people() -> int:
    return sum(part.entered for part in ImportPart.objects.filter(state=Work.State.DONE))


def _swept(imported: Import) -> bool:
    """Done; else what was left is handed out again, as it is each few seconds."""
    if fresh(imported).status == "done":
        return True
    time.sleep(0.5)
    ImportPart.objects.filter(state=Work.State.WAITING).update(
        next_at=F("next_at") - timedelta(minutes=5)
    )
    sweep()
    return False


def test_a_worker_killed_while_reading_leaves_the_list_to_the_next(
    committed_db: None, tmp_path: Path
) -> None:
    client = petugas()
    assert upload(client, xlsx(*(person(n) for n in range(4000)))).status_code == 302
    reading = ImportReading.objects.get()
    with running_worker(tmp_path / "killed.log") as worker:
        until(lambda: ImportReading.objects.get().attempts == 1)
        os.killpg(worker.pid, signal.SIGKILL)
        worker.wait()
    ImportReading.objects.update(
        wanted_at=F("wanted_at") - timedelta(minutes=1), next_at=F("next_at") - timedelta(minutes=5)
    )
    sweep()
    with running_worker(tmp_path / "next.log"):
        until(lambda: fresh(reading.of).status == "ready")
    assert fresh(reading.of).rows == 4000


def test_from_upload_to_end_by_two_processes(committed_db: None, tmp_path: Path) -> None:
    client = petugas()
    with running_worker(tmp_path / "worker.log", concurrency=2):
        upload(client, xlsx(*(person(n) for n in range(PEOPLE))))
        imported = Import.objects.get()
        until(lambda: fresh(imported).status == "ready")
        confirm(client, imported)
        until(lambda: fresh(imported).status == "done")
    done = fresh(imported)
    assert (done.entered, done.held, done.rejected) == (PEOPLE, 0, 0)
    log = (tmp_path / "worker.log").read_text()
    assert not any(nik(number) in log for number in range(PEOPLE))
    assert "Warga Contoh" not in log


def test_the_same_file_twice_at_the_same_moment_is_taken_once(committed_db: None) -> None:
    client, content = petugas(), xlsx(person(1))
    answers = at_once(*[lambda: upload(client, content).status_code] * 2)
    assert sorted(answers) == [302, 422]
    assert Import.objects.count() == 1


def test_two_lists_of_the_same_people_at_the_same_moment_make_each_person_once(
    committed_db: None,
) -> None:
    client = petugas()
    lists: list[Import] = []
    for name in ("A", "B"):
        people = [person(n, Keterangan=name) for n in range(40)]
        lists.append(read(client, xlsx(*(people if name == "A" else reversed(people)))))
        confirm(client, lists[-1])
    at_once(*(partial(_enter_all, one) for one in lists))
    sums = [fresh(one) for one in lists]
    assert [one.status for one in sums] == ["done", "done"]
    assert sum(one.entered for one in sums) == 40
    assert all(one.rows == one.entered + one.rejected for one in sums)
    assert Resident.objects.count() == 40


def _enter_all(imported: Import) -> None:
    for part in ImportPart.objects.filter(of=imported).order_by("number"):
        while not perform(ImportPart, part.pk, working.enter):
            ImportPart.objects.filter(pk=part.pk).update(next_at=F("wanted_at"))
