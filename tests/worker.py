"""A real Celery worker against the test database and broker."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from wacat.health import forget_worker, worker_alive
from wacat.servers.application import runtime_only

BASE_DIR = Path(__file__).resolve().parent.parent
START_SECONDS = 30.0


@contextmanager
def running_worker(log: Path, *, concurrency: int = 1) -> Iterator["subprocess.Popen[bytes]"]:
    """A worker that has reported for work, ended with all its children afterwards.

    Raises RuntimeError with the end of its log when it does not start.
    """
    forget_worker()
    with log.open("wb") as output:
        worker = subprocess.Popen(
            [
                *(sys.executable, "-m", "celery", "-A", "wacat", "worker"),
                *("--loglevel", "INFO", "--concurrency", str(concurrency)),
                # It is alone: to look for neighbours would take it a second.
                *("--without-mingle", "--without-gossip"),
            ],
            cwd=BASE_DIR,
            env=_runtime_environment(),
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    try:
        _wait_for(worker, log)
        yield worker
    finally:
        _end(worker)


def _runtime_environment() -> dict[str, str]:
    return runtime_only(os.environ)


def _wait_for(worker: "subprocess.Popen[bytes]", log: Path) -> None:
    deadline = time.monotonic() + START_SECONDS
    while not worker_alive():
        if worker.poll() is not None or time.monotonic() > deadline:
            raise RuntimeError(f"The worker does not start:\n{log.read_text()[-2000:]}")
        time.sleep(0.1)


def _end(worker: "subprocess.Popen[bytes]") -> None:
    """Kill it: all that a test wanted of it is done, and a soft end takes more than a second."""
    with suppress(ProcessLookupError):
        os.killpg(worker.pid, signal.SIGKILL)
    worker.wait()
