"""A program as a child in a session of its own: started, watched, ended with its group."""

import os
import signal
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

from wacat.servers.place import Account

LOG_LIMIT = 10 * 1024 * 1024
MARK = "WACAT_GROUND"


@dataclass(frozen=True)
class Program:
    """What to run. ``stop_signals`` are tried in turn, each for ``grace`` seconds, then KILL."""

    name: str
    command: Sequence[str]
    environment: Mapping[str, str]
    folder: Path
    log: Path
    account: Account | None = None
    stop_signals: tuple[signal.Signals, ...] = (signal.SIGTERM,)
    grace: float = 10.0
    is_server: bool = False
    on_terminal: bool = False  # standard output goes there, not to the log
    before_start: Callable[[], None] = field(default=lambda: None)


class Child:
    """One running (or dead) program."""

    def __init__(self, program: Program) -> None:
        self.program = program
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def pid(self) -> int | None:
        return self._process.pid if self._process else None

    def start(self) -> int:
        """Start the program and return its process id."""
        program = self.program
        program.before_start()
        account = program.account
        with open_log(program.log) as log:
            self._process = subprocess.Popen(
                program.command,
                env=dict(program.environment),
                cwd=program.folder,
                stdin=subprocess.DEVNULL,
                stdout=None if program.on_terminal else log,
                stderr=log,
                start_new_session=True,
                user=account.uid if account else None,
                group=account.gid if account else None,
                extra_groups=[] if account else None,
                umask=0o077,
            )
        return self._process.pid

    def exit_code(self) -> int | None:
        """None while it runs. Once it is dead, its group is ended too."""
        if self._process is None:
            return None
        code = self._process.poll()
        if code is not None:
            self._kill_group()
        return code

    def ask_to_stop(self) -> None:
        """Send the first stop signal and do not wait, so that several stop at once."""
        self._send(self.program.stop_signals[0])

    def stop(self) -> None:
        """End it and everything in its group, by force when it will not."""
        for stop_signal in self.program.stop_signals:
            self._send(stop_signal)
            if self._ended_within(self.program.grace):
                break
        self._kill_group()
        if self._process is not None:
            self._process.wait()

    def _send(self, number: signal.Signals) -> None:
        if self._process is not None and self._process.poll() is None:
            self._process.send_signal(number)

    def _ended_within(self, seconds: float) -> bool:
        if self._process is None:
            return True
        with suppress(subprocess.TimeoutExpired):
            self._process.wait(seconds)
        return self._process.returncode is not None

    def _kill_group(self) -> None:
        if self._process is not None:
            with suppress(ProcessLookupError, PermissionError):
                os.killpg(self._process.pid, signal.SIGKILL)


def open_log(path: Path) -> BinaryIO:
    """Open a log for appending; one that has grown past the limit begins anew."""
    too_long = path.exists() and path.stat().st_size > LOG_LIMIT
    return path.open("wb" if too_long else "ab")


def wait_until(happened: Callable[[], bool], seconds: float, pause: float = 0.05) -> bool:
    """Poll until something happened; False when it did not in time."""
    deadline = time.monotonic() + seconds
    while not happened():
        if time.monotonic() > deadline:
            return False
        time.sleep(pause)
    return True
