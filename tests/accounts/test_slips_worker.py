"""A real worker draws slips: no password in messages, logs or database, nor after its death."""

from __future__ import annotations

import base64
import json
import os
import re
import signal
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from subprocess import Popen

import psycopg
import redis
from django.conf import settings
from django.core.files.storage import default_storage
from django.db.models import F
from psycopg import sql

from accounts.areas.loading import rt
from accounts.areas.models import Area
from accounts.issuing.models import OneTimePassword, SlipSheet
from accounts.issuing.one_time import ALPHABET, consume
from accounts.login.models import User
from tests.accounts.issued import administrator, issued, proposed
from tests.accounts.test_slips import passwords_of, stored
from tests.database import owner_connection
from tests.officials import KELURAHAN
from tests.worker import running_worker
from wacat.celery import sweep

PEOPLE = 12
# As on the slip; the middle of a UUID is none.
GROUPED = re.compile(rf"(?<![\w-])(?:[{ALPHABET}]{{4}}-){{2}}[{ALPHABET}]{{4}}(?![\w-])")


def sheet_of_many() -> SlipSheet:
    administrator()
    areas = Area.objects.bulk_create(rt(KELURAHAN, number) for number in range(500, 500 + PEOPLE))
    [sheet] = issued(*[proposed(area.code) for area in areas])
    return sheet


def until(happened: Callable[[], bool], seconds: float = 60) -> None:
    deadline = time.monotonic() + seconds
    while not happened():
        assert time.monotonic() < deadline, "it does not happen"
        time.sleep(0.005)


def fresh(sheet: SlipSheet) -> SlipSheet:
    return SlipSheet.objects.get(pk=sheet.pk)


def messages() -> list[str]:
    """Everything that waits at the broker, decoded."""
    broker = redis.Redis.from_url(settings.REDIS_URL, decode_responses=True)
    keys = [key for key in broker.scan_iter() if broker.type(key) == "list"]
    texts = [str(text) for key in keys for text in broker.lrange(key, 0, -1)]
    return [text + base64.b64decode(json.loads(text)["body"]).decode() for text in texts]


def dump() -> str:
    """Every row of every table, as the owner reads it."""
    with owner_connection() as connection:
        names = connection.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
        return "\n".join(_rows(connection, str(name)) for [name] in names.fetchall())


def _rows(connection: psycopg.Connection[tuple[object, ...]], table: str) -> str:
    rows = connection.execute(sql.SQL("SELECT t::text FROM {} t").format(sql.Identifier(table)))
    return "\n".join(str(row) for [row] in rows)


def test_the_broker_is_told_a_key_and_nothing_else(committed_db: None) -> None:
    sheet = sheet_of_many()
    waiting = [text for text in messages() if "draw_slips" in text]
    assert len(waiting) == 1
    assert f"[[{sheet.pk}], {{}}" in waiting[0]
    assert not GROUPED.search(waiting[0])
    assert not OneTimePassword.objects.exists(), "made before the worker draws them"


def test_drawn_by_a_worker_they_stand_in_the_sealed_file_alone(
    real_worker: Popen[bytes], tmp_path: Path
) -> None:
    sheet = sheet_of_many()
    until(lambda: fresh(sheet).state == "done")
    passwords = passwords_of(stored(fresh(sheet)))
    assert len(passwords) == PEOPLE
    database, log = dump(), (tmp_path / "worker.log").read_text()
    sealed = Path(default_storage.path(fresh(sheet).file)).read_bytes().decode("latin-1")
    for password in passwords:
        for place in (database, log, sealed, *messages()):
            assert password not in place
            assert password.replace("-", "") not in place


def test_a_killed_worker_leaves_nothing_that_can_be_read(
    committed_db: None, tmp_path: Path
) -> None:
    sheet = sheet_of_many()
    with running_worker(tmp_path / "killed.log") as worker:
        until(lambda: fresh(sheet).attempts == 1)
        os.killpg(worker.pid, signal.SIGKILL)
        worker.wait()
    assert fresh(sheet).state == "waiting"
    assert not OneTimePassword.objects.exists(), "kept without the slip that shows them"
    assert not GROUPED.search((tmp_path / "killed.log").read_text())
    SlipSheet.objects.update(wanted_at=F("wanted_at") - timedelta(minutes=1))
    sweep()
    with running_worker(tmp_path / "next.log"):
        until(lambda: fresh(sheet).state == "done")
    [first, *_] = passwords_of(stored(fresh(sheet)))
    user = User.objects.filter(slips__sheet=sheet).earliest("posts__area")
    assert consume(user, first, b"")
