"""Run a command with this clone's servers: ``python -m wacat.servers.shell COMMAND ...``.

Joins a running demo; otherwise starts PostgreSQL and Valkey for as long as the command
lasts. ``WACAT_VAR`` names another folder than ``var/``. Example::

    python -m wacat.servers.shell python manage.py dbshell
"""

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from wacat.servers.application import demo_environment
from wacat.servers.errors import GroundError
from wacat.servers.lock import InUseError
from wacat.servers.running import running_servers, var_folder


@contextmanager
def joined_servers(folder: Path) -> Iterator[dict[str, str]]:
    """The variables of the servers that run in ``folder``, or of ones started for now."""
    try:
        with running_servers(folder, purpose="shell") as variables:
            yield variables
    except InUseError:
        note = folder / "run" / "environment.json"
        if not note.exists():
            raise
        yield json.loads(note.read_text())


def main(arguments: list[str]) -> int:
    command = arguments[1:] if arguments[:1] == ["--"] else arguments
    if not command:
        print(__doc__, file=sys.stderr)
        return 2
    try:
        with joined_servers(var_folder()) as variables:
            return subprocess.run(command, env=demo_environment(variables), check=False).returncode
    except GroundError as error:
        print(error, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
