"""One holder per clone: whoever holds the lock runs the servers, and alone may clear up."""

import fcntl
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from wacat.servers.errors import GroundError


class InUseError(GroundError):
    """Another process already runs the servers of this folder."""


@contextmanager
def held(var: Path, purpose: str) -> Iterator[None]:
    """Hold the folder's lock; the system frees it however the holder ends.

    Raises InUseError, naming the holder, when it is taken.
    """
    with (var / "lock").open("a+") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise InUseError(_holder(var)) from error
        file.truncate(0)
        file.write(json.dumps({"pid": os.getpid(), "purpose": purpose}))
        file.flush()
        yield


def _holder(var: Path) -> str:
    try:
        note = json.loads((var / "lock").read_text())
        who = f"{note['purpose']}, process {note['pid']}"
    except (OSError, ValueError, KeyError, TypeError):
        who = "another process"
    return f"WaCAT already runs from {var} ({who}). Stop it first (Ctrl-C in its terminal)."
