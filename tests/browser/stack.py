"""The whole demo, started by its own supervisor in a folder of its own."""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from wacat.servers import leftovers
from wacat.servers.place import prepare_place
from wacat.servers.running import BASE_DIR

START_SECONDS = 180.0
STOP_SECONDS = 40.0
# What the ground of the other tests sets and the demo finds out for itself.
NOT_INHERITED = frozenset(
    "DATABASE_URL MIGRATION_DATABASE_URL REDIS_URL SECRET_KEY FIELD_KEYS INDEX_KEY ALLOWED_HOSTS "
    "PUBLIC_URL EMAIL_URL SEALED_ROOT STATIC_ROOT WACAT_MODE DJANGO_SETTINGS_MODULE HOST "
    "WACAT_TEST_GROUND CLOCK_OFFSET".split()
)


@dataclass(frozen=True)
class Stack:
    """A running demo: where it answers and where its notes lie."""

    address: str
    var: Path

    def password(self, username: str) -> str:
        """The demo password of this account."""
        return self._account(username)["password"]

    def totp(self, username: str) -> str:
        """The secret of this account's app for codes, in base32."""
        return self._account(username)["totp"]

    def _account(self, username: str) -> dict[str, str]:
        accounts = json.loads((self.var / "demo-accounts.json").read_text())
        found: list[dict[str, str]] = [one for one in accounts if one["username"] == username]
        return found[0]

    @contextmanager
    def worker_paused(self) -> Iterator[None]:
        """Nothing is drawn meanwhile; what is waiting is taken up afterwards."""
        children = json.loads((self.var / "run" / "children.json").read_text())["children"]
        group = next(child["pid"] for child in children if child["name"] == "worker")
        os.killpg(group, signal.SIGSTOP)
        try:
            yield
        finally:
            os.killpg(group, signal.SIGCONT)


@contextmanager
def running_stack(folder: Path, *, scale: int) -> Iterator[Stack]:
    """``make demo`` with *scale* percent of its residents; ends with all it started.

    *folder* is made and removed. Raises RuntimeError with the end of its output when it does
    not start, or when it leaves a process behind.
    """
    with suppress(FileNotFoundError):
        shutil.rmtree(folder)
    folder.mkdir(mode=0o711, parents=True)
    output = folder / "supervisor.log"
    supervisor = _start(folder, output, scale)
    try:
        yield Stack(_address(supervisor, output), folder)
    finally:
        _end(supervisor)
        place = prepare_place(folder)
        left = leftovers.clear(place)
        place.remove()
        shutil.rmtree(folder)
        if left:
            raise RuntimeError(f"The demo left running: {', '.join(left)}")


def _start(folder: Path, output: Path, scale: int) -> subprocess.Popen[bytes]:
    kept = {name: value for name, value in os.environ.items() if name not in NOT_INHERITED}
    with output.open("wb") as log:
        return subprocess.Popen(
            [sys.executable, "-m", "wacat.servers.demo"],
            cwd=BASE_DIR,
            env={**kept, "WACAT_VAR": str(folder), "PORT": "0", "SEED_SCALE": str(scale)},
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT,
        )


def _address(supervisor: subprocess.Popen[bytes], output: Path) -> str:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline and supervisor.poll() is None:
        if found := re.search(r"WaCAT runs at (\S+)", output.read_text()):
            return found[1]
        time.sleep(0.1)
    raise RuntimeError(f"The demo does not start:\n{output.read_text()[-2000:]}")


def _end(supervisor: subprocess.Popen[bytes]) -> None:
    supervisor.terminate()
    try:
        supervisor.wait(STOP_SECONDS)
    except subprocess.TimeoutExpired:
        supervisor.kill()
        supervisor.wait()
