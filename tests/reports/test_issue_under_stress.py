"""Issuing while a worker is killed, a broker refuses or hangs: every PDF comes, once."""

import hashlib
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.db.models import F
from django.test import Client

from reports.letters.models import Drawing, Letter
from reports.letters.printing import stored_pdf
from reports.tasks import draw_letter
from tests import factories
from tests.reports.letters_to_draw import inked, text_of
from tests.residents.pages import lurah
from tests.worker import BASE_DIR, running_worker
from wacat.celery import sweep

KILLS = 2
LETTERS = 10
# A browser without the broker: a process of its own, whose settings name another address.
POST = """
import sys, time, django
django.setup()
from django.test import Client
client, url, data = Client(), sys.argv[2], {"action": "issue", "letter": sys.argv[3:]}
client.cookies["sessionid"] = sys.argv[1]
client.get("/")
start = time.monotonic()
answer = client.post(url, data)
print(answer.status_code, time.monotonic() - start)
"""


def _until(happened: Callable[[], bool], seconds: float, pause: float = 0.005) -> None:
    deadline = time.monotonic() + seconds
    while not happened():
        assert time.monotonic() < deadline, "it does not happen"
        time.sleep(pause)


def _all_done() -> bool:
    return not Drawing.objects.exclude(state="done").exists()


def _swept() -> bool:
    """Sweep as beat does, without waiting for its time."""
    Drawing.objects.update(wanted_at=F("wanted_at") - timedelta(minutes=1))
    sweep()
    time.sleep(0.5)
    return _all_done()


def _each_letter_has_its_pdf() -> None:
    for letter in Letter.objects.all():
        work = Drawing.objects.get(letter=letter)
        pdf = stored_pdf(work)
        assert hashlib.sha256(pdf).hexdigest() == work.sha256
        assert inked(letter.number) in inked(text_of(pdf))


def _issue(client: Client, letters: list[Letter]) -> None:
    answer = client.post("/surat/siap/", {"letter": [one.pk for one in letters]})
    assert answer.status_code == 302


class TestKilledWorker:
    def test_what_it_was_drawing_is_drawn_by_the_next(
        self, committed_db: None, tmp_path: Path
    ) -> None:
        letters = [factories.letter_ready() for _ in range(LETTERS)]
        _issue(lurah(), letters)
        interrupted = 0
        for number in range(KILLS):
            begun = dict(Drawing.objects.values_list("pk", "attempts"))
            with running_worker(tmp_path / f"{number}.log") as worker:
                _until(lambda: self._begun_since(begun) > 0, 20)
                os.killpg(worker.pid, signal.SIGKILL)
                worker.wait()
            interrupted += self._begun_since(begun) - self._done_since(begun)
            Drawing.objects.update(wanted_at=F("wanted_at") - timedelta(minutes=1))
            sweep()
        assert interrupted > 0
        with running_worker(tmp_path / "last.log"):
            _until(_swept, 30)
            self._nothing_is_drawn_again()
        _each_letter_has_its_pdf()
        serials = Letter.objects.order_by("pk").values_list("number_serial", flat=True)
        assert list(serials) == list(range(1, LETTERS + 1))
        logs = "".join(path.read_text() for path in tmp_path.glob("*.log"))
        assert "succeeded" in logs
        for letter in letters:
            person = letter.lines.get().resident
            assert person.full_name not in logs
            assert person.nik not in logs

    def _begun_since(self, before: dict[int, int]) -> int:
        now = dict(Drawing.objects.values_list("pk", "attempts"))
        return sum(now[pk] > attempts for pk, attempts in before.items())

    def _done_since(self, before: dict[int, int]) -> int:
        done = Drawing.objects.filter(state="done").values_list("pk", "attempts")
        return sum(attempts > before[pk] for pk, attempts in done)

    def _nothing_is_drawn_again(self) -> None:
        """All messages that the dead left behind, and one more each, change nothing."""
        before = list(Drawing.objects.order_by("pk").values())
        for work in before:
            draw_letter.delay(work["letter_id"])
        time.sleep(1)
        assert list(Drawing.objects.order_by("pk").values()) == before


class TestBrokerAway:
    def _post(self, address: str, *letters: Letter) -> tuple[int, float]:
        """The status of an issuing POST, and its seconds, while the broker is at *address*."""
        session = lurah().cookies[settings.SESSION_COOKIE_NAME].value
        keys = [str(letter.pk) for letter in letters]
        url = "/surat/siap/" if len(keys) > 1 else f"/surat/{keys[0]}/"
        printed = subprocess.run(
            [sys.executable, "-c", POST, session, url, *keys],
            cwd=BASE_DIR,
            env={**os.environ, "REDIS_URL": address},
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
        assert printed.returncode == 0, printed.stderr[-3000:]
        status, seconds = printed.stdout.split()
        return int(status), float(seconds)

    @pytest.mark.parametrize("hangs", [False, True])
    def test_a_list_is_issued_and_does_not_wait_for_each(
        self, committed_db: None, hangs: bool
    ) -> None:
        letters = [factories.letter_ready() for _ in range(LETTERS)]
        with _nobody(hangs) as address:
            status, seconds = self._post(address, *letters)
        assert (status, Letter.objects.filter(status="issued").count()) == (302, LETTERS)
        assert Drawing.objects.filter(state="waiting").count() == LETTERS
        assert seconds < 3

    def test_a_letter_is_issued_at_once_and_drawn_when_swept(
        self, real_worker: "subprocess.Popen[bytes]"
    ) -> None:
        letter = factories.letter_ready()
        with _nobody(hangs=False) as address:
            status, seconds = self._post(address, letter)
        letter.refresh_from_db()
        assert (status, letter.status, letter.number_serial) == (302, "issued", 1)
        assert seconds < 3
        assert Drawing.objects.get().state == "waiting"
        _until(_swept, 20)
        _each_letter_has_its_pdf()


@contextmanager
def _nobody(hangs: bool) -> Iterator[str]:
    """A broker's address where nobody is, or somebody who never says a word."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        if hangs:
            listener.listen(100)
        yield f"redis://127.0.0.1:{listener.getsockname()[1]}/0"
