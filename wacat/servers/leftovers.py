"""What a killed supervisor left running, recorded so that only this clone's own is ended.

A process id alone proves nothing, it may have been given to another program since: a
recorded one counts only with the time at which it started. Members of its session count
when they carry the clone's mark in their environment.
"""

import json
import os
import signal
from collections.abc import Iterable
from contextlib import suppress
from functools import partial
from pathlib import Path

import psutil

from wacat.servers.keys import write_private
from wacat.servers.place import Place
from wacat.servers.processes import MARK, wait_until

# The system clock may be set between two looks at the same process.
_CLOCK_DRIFT = 2.0
_GRACE = 5.0
_ENDINGS = {"postgresql": signal.SIGINT}


def record(place: Place, pids: dict[str, int]) -> None:
    """Write down which children run now."""
    entries = []
    for name, pid in pids.items():
        with suppress(psutil.Error):
            entries.append({"name": name, "pid": pid, "started": psutil.Process(pid).create_time()})
    note = {"identity": place.identity, "children": entries}
    write_private(_file(place), json.dumps(note))


def clear(place: Place) -> list[str]:
    """End what was left, the servers last. Returns the names of what was found."""
    found = []
    for entry in reversed(_recorded(place)):
        processes = _own(entry, place.identity)
        if processes:
            name = str(entry.get("name"))
            found.append(name)
            _end(processes, _ENDINGS.get(name, signal.SIGTERM))
    _file(place).unlink(missing_ok=True)
    return found


def end_marked(identity: str) -> None:
    """End whatever carries the mark of this place, but for the caller itself."""
    marked = [process for process in psutil.process_iter() if _is_marked(process, identity)]
    _end(marked, signal.SIGTERM)


def end_processes_in(folder: Path) -> None:
    """End server processes whose working folder this is: backends of a dead postmaster."""
    _end([process for process in psutil.process_iter() if _serves(process, folder)], signal.SIGQUIT)


def _file(place: Place) -> Path:
    return place.run / "children.json"


def _recorded(place: Place) -> list[dict[str, object]]:
    try:
        note = json.loads(_file(place).read_text())
        return list(note["children"]) if note["identity"] == place.identity else []
    except (OSError, ValueError, KeyError, TypeError):
        return []


def _own(entry: dict[str, object], identity: str) -> list[psutil.Process]:
    pid, started = entry.get("pid"), entry.get("started")
    if not isinstance(pid, int) or not isinstance(started, float):
        return []
    return [
        process
        for process in psutil.process_iter()
        if _is_recorded(process, pid, started) or _is_marked_member(process, pid, identity)
    ]


def _is_recorded(process: psutil.Process, pid: int, started: float) -> bool:
    with suppress(psutil.Error):
        return process.pid == pid and abs(process.create_time() - started) <= _CLOCK_DRIFT
    return False


def _is_marked_member(process: psutil.Process, session: int, identity: str) -> bool:
    with suppress(OSError):
        return os.getsid(process.pid) == session and _is_marked(process, identity)
    return False


def _is_marked(process: psutil.Process, identity: str) -> bool:
    with suppress(psutil.Error):
        return process.pid != os.getpid() and process.environ().get(MARK) == identity
    return False


def _serves(process: psutil.Process, folder: Path) -> bool:
    with suppress(psutil.Error, OSError):
        return process.name() == "postgres" and Path(process.cwd()) == folder.resolve()
    return False


def _end(processes: Iterable[psutil.Process], gently: signal.Signals) -> None:
    remaining = list(processes)
    for number in (gently, signal.SIGKILL):
        for process in remaining:
            with suppress(psutil.Error):
                process.send_signal(number)
        if wait_until(partial(_all_gone, remaining), _GRACE):
            return


def _all_gone(processes: list[psutil.Process]) -> bool:
    return all(_is_gone(process) for process in processes)


def _is_gone(process: psutil.Process) -> bool:
    try:
        return not process.is_running() or process.status() == psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return True
