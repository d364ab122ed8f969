"""``make stress``: many Lurah issue letters at once while PostgreSQL and the worker are killed.

A demo of its own is started; letters lie ready in ten kelurahan; clients issue them through the
pages, some of them twice at once, and try again where nobody answers. Then every number, PDF and
QR code is looked at. Ends with 1 where anything is wrong. ``--letters`` and ``--clients`` change
how many (1,000 and 32).
"""

from __future__ import annotations

import argparse
import json
import os
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from itertools import cycle
from pathlib import Path

from tests.browser.stack import Stack, running_stack
from tests.stress.lurah import Lurah
from wacat.servers.running import BASE_DIR

KILL_EVERY = 5.0  # seconds
SCALE = 10  # percent of the demo's residents
DRAWN_WITHIN = 600.0  # seconds after the last was issued
PASSWORD = "sandi-uji-yang-panjang"  # of tests.officials, which needs Django
AMONG_ROWS = (
    "import os, sys, django; os.environ['DJANGO_SETTINGS_MODULE'] = 'wacat.settings';"
    "django.setup(); from tests.stress.rows import main; main(sys.argv[1:])"
)
TWICE = 5  # every so manieth letter is issued by two at once


def main() -> int:
    parser = argparse.ArgumentParser(prog="make stress")
    parser.add_argument("--letters", type=int, default=1000)
    parser.add_argument("--clients", type=int, default=32)
    told = parser.parse_args()
    with (
        tempfile.TemporaryDirectory(prefix="wacat-stress-", dir="/tmp") as folder,
        running_stack(Path(folder) / "var", scale=SCALE) as stack,
    ):
        ready = json.loads(in_demo(stack, "prepare", str(told.letters)))
        print(f"{told.letters} letters lie ready in {len(ready)} kelurahan", flush=True)
        seconds, killed = issue_all(stack, ready, told.clients)
        print(f"issued in {seconds:.0f} s; killed meanwhile: {killed}", flush=True)
        drawn = wait_for_drawings(stack)
        print(f"all drawn {drawn:.0f} s later", flush=True)
        print(found := in_demo(stack, "check"))
    return int("WRONG" in found)


def issue_all(stack: Stack, ready: dict[str, list[int]], clients: int) -> tuple[float, str]:
    """Until each letter is issued; the seconds, and what was killed how often."""
    start = time.monotonic()
    with killing(stack) as killed, ThreadPoolExecutor(clients) as pool:
        shares = list(_shares(stack, ready, clients))
        retries = sum(pool.map(lambda share: share[0].issue_each(share[1]), shares))
    told = ", ".join(f"{name} {killed.count(name)} times" for name in sorted(set(killed)))
    return time.monotonic() - start, f"{told}; {retries} requests were sent again"


def _shares(
    stack: Stack, ready: dict[str, list[int]], clients: int
) -> Iterator[tuple[Lurah, list[int]]]:
    """Each client's Lurah and letters; some letters are given to two."""
    names = [name for name, _ in zip(cycle(ready), range(clients), strict=False)]
    for number, name in enumerate(names):
        mates = [place for place, other in enumerate(names) if other == name]
        mine, of = mates.index(number), len(mates)
        keys = [
            pk
            for place, pk in enumerate(ready[name])
            if place % of == mine or (place % TWICE == 0 and (place + 1) % of == mine)
        ]
        yield Lurah(stack.address, name, PASSWORD), keys


@contextmanager
def killing(stack: Stack) -> Iterator[list[str]]:
    """Worker and PostgreSQL in turn, without a word of warning; the supervisor revives them."""
    killed: list[str] = []
    over = threading.Event()

    def kill_on() -> None:
        for name in cycle(("worker", "postgresql")):
            if over.wait(KILL_EVERY):
                return
            children = json.loads((stack.var / "run" / "children.json").read_text())["children"]
            for child in children:
                if child["name"] == name:
                    with suppress(ProcessLookupError):
                        os.killpg(child["pid"], signal.SIGKILL)
                        killed.append(name)

    thread = threading.Thread(target=kill_on)
    thread.start()
    try:
        yield killed
    finally:
        over.set()
        thread.join()


def wait_for_drawings(stack: Stack) -> float:
    """Seconds until no drawing waits. Raises RuntimeError after ``DRAWN_WITHIN``."""
    start = time.monotonic()
    while time.monotonic() - start < DRAWN_WITHIN:
        if in_demo(stack, "waiting").strip() == "0":
            return time.monotonic() - start
        time.sleep(3)
    raise RuntimeError("some drawings still wait")


def in_demo(stack: Stack, *command: str) -> str:
    """What ``tests.stress.rows`` prints among the demo's servers; they may be down for a while."""
    for attempt in range(10):
        done = subprocess.run(
            [
                *(sys.executable, "-m", "wacat.servers.shell"),
                *(sys.executable, "-c", AMONG_ROWS, *command),
            ],
            cwd=BASE_DIR,
            env={
                **os.environ,
                "WACAT_VAR": str(stack.var),
                "DJANGO_SETTINGS_MODULE": "wacat.settings",
            },
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode == 0:
            return done.stdout
        time.sleep(1 + attempt)
    raise RuntimeError(done.stderr[-3000:])


if __name__ == "__main__":
    sys.exit(main())
