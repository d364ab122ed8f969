"""Hold servers in a throw-away folder for the process at the other end of a pipe.

Started by the tests with a pipe as standard input. Prints the variables as one line of JSON
and, once the pipe closes (however its other end died), stops the servers and removes the
folder. So an interrupted or killed test run leaves nothing behind.
"""

import json
import os
import shutil
import signal
import sys
import tempfile
from pathlib import Path

from wacat.servers import leftovers
from wacat.servers.errors import GroundError
from wacat.servers.place import OUTSIDE, read_identity
from wacat.servers.running import running_servers


def main() -> int:
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)
    folder = Path(tempfile.mkdtemp(prefix="wacat-tests-"))
    if os.geteuid() == 0:
        # The servers' account must be able to reach its own folders in here.
        folder.chmod(0o711)
    try:
        with running_servers(folder, durable=False, purpose="tests") as variables:
            print(json.dumps(variables), flush=True)
            sys.stdin.read()
    except GroundError as error:
        print(json.dumps({"error": str(error)}), flush=True)
        return 1
    finally:
        _remove(folder)
    return 0


def _remove(folder: Path) -> None:
    identity, _ = read_identity(folder)
    if identity:
        # Workers and browsers of a test run that was killed.
        leftovers.end_marked(identity)
        shutil.rmtree(OUTSIDE / identity, ignore_errors=True)
    shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    sys.exit(main())
