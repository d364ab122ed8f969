"""``make demo``: everything on one machine, supervised until Ctrl-C.

Starts PostgreSQL and Valkey, migrates, loads areas and demo data, then runs web, worker and
beat and restarts whichever dies. ``--reset`` starts over with nothing. The environment says
more: ``PORT`` (8000; 0 takes a free one), ``HOST`` (127.0.0.1), ``WACAT_VAR`` (another folder
than ``var/``), ``CLOCK_OFFSET``, and what ``seed_demo`` reads.
"""

import argparse
import os
import signal
import sys
from contextlib import suppress
from types import FrameType

from wacat.servers import leftovers
from wacat.servers.accounts import accounts_table
from wacat.servers.application import DEFAULT_PORT, demo_environment, runtime_only
from wacat.servers.children import Children
from wacat.servers.errors import GroundError
from wacat.servers.lock import held
from wacat.servers.place import Place, prepare_place
from wacat.servers.ports import LOOPBACK, free_port, is_free
from wacat.servers.running import Servers, var_folder
from wacat.servers.services import Services, web_answers
from wacat.servers.supervisor import StopRequestedError, Supervisor


class Demo:
    """One run of the demo in a place whose lock is held."""

    def __init__(self, place: Place, host: str, port: int, services: Services) -> None:
        self._place, self._host, self._port = place, host, port
        self._services = services
        self._children = Children(place)
        self._supervisor = Supervisor(self._children, say)

    def request_stop(self, _number: int, _frame: FrameType | None) -> None:
        """A signal's handler: everything ends at the next safe moment."""
        self._supervisor.request_stop()

    def run(self) -> None:
        """Until asked to stop. Raises GroundError when something cannot be started."""
        servers = Servers(self._children, check=self._supervisor.check)
        try:
            say("Starting PostgreSQL and Valkey ...")
            variables = servers.start()
            environment = demo_environment(variables, self._port, self._host)
            self._prepare(environment)
            self._serve(runtime_only(environment))
        except StopRequestedError:
            say("\nStopping ...")
        finally:
            self._children.stop()
            servers.forget()
        say(f"Stopped. The data stays in {self._place.var}.")

    def _prepare(self, environment: dict[str, str]) -> None:
        child = self._children.start(self._services.preparation(self._place, environment))
        code = self._supervisor.wait_for(child)
        self._children.end(child)
        if code:
            log = child.program.log
            tail = "\n".join(log.read_text(errors="replace").splitlines()[-15:])
            raise GroundError(f"The preparation failed. The end of {log}:\n{tail}")

    def _serve(self, environment: dict[str, str]) -> None:
        for program in self._services.programs(self._place, environment, self._host, self._port):
            self._children.start(program)
        address = environment["PUBLIC_URL"]
        self._supervisor.watch_until(lambda: web_answers(self._host, self._port))
        say(f"\nWaCAT runs at {address}   (Ctrl-C ends it)\n")
        say(accounts_table(self._place.var / "demo-accounts.json"))
        say(f"\nLogs: {self._place.logs}")
        self._supervisor.watch()


def say(text: str) -> None:
    """Tell the person at the terminal, if there still is one."""
    with suppress(OSError, ValueError):
        print(text, flush=True)


def main(arguments: list[str], services: Services | None = None) -> int:
    """``make demo`` on the application's own services unless others are given."""
    parser = argparse.ArgumentParser(prog="make demo")
    parser.add_argument("--reset", action="store_true", help="start over with nothing")
    reset = parser.parse_args(arguments).reset
    try:
        place = prepare_place(var_folder())
        with held(place.var, "demo"):
            _run(place, services or Services(), reset=reset)
    except GroundError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


def _run(place: Place, services: Services, *, reset: bool) -> None:
    if found := leftovers.clear(place):
        say(f"Ended what an earlier run had left: {', '.join(found)}.")
    if reset:
        place.remove()
        place = prepare_place(place.var)
        say("All earlier data is removed.")
    demo = Demo(place, os.environ.get("HOST") or LOOPBACK, _port(), services)
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, demo.request_stop)
    demo.run()


def _port() -> int:
    given = os.environ.get("PORT") or str(DEFAULT_PORT)
    if not given.isdecimal() or int(given) > 65535:
        raise GroundError(f"PORT must be a number up to 65535, not {given!r}.")
    port = int(given) or free_port()
    if not is_free(os.environ.get("HOST") or LOOPBACK, port):
        raise GroundError(
            f"Port {port} is taken by another program: try `make demo PORT={port + 1}`."
        )
    return port


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
