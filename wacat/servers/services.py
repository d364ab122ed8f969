"""The application's own processes in the demo: preparation, web, worker and beat."""

import http.client
import signal
import sys
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from wacat.servers.place import Place
from wacat.servers.processes import Program
from wacat.servers.running import BASE_DIR

GUNICORN_SETTINGS = Path(__file__).with_name("gunicorn_settings.py")
WORKER_PROCESSES = 2


def preparation(place: Place, environment: Mapping[str, str]) -> Program:
    """What must be done before the others start; knows the owner's address."""
    return Program(
        name="preparation",
        command=[sys.executable, "-m", "wacat.servers.prepare"],
        environment=environment,
        folder=BASE_DIR,
        log=place.logs / "preparation.log",
        on_terminal=True,
    )


def application_programs(
    place: Place, environment: Mapping[str, str], host: str, port: int
) -> list[Program]:
    """Web, worker and beat."""
    celery = [sys.executable, "-m", "celery", "-A", "wacat"]
    schedule = place.run / "beat-schedule"
    commands = {
        "web": [
            *(sys.executable, "-m", "gunicorn", "--config", str(GUNICORN_SETTINGS)),
            *("--bind", f"{_bracketed(host)}:{port}", "wacat.wsgi"),
        ],
        "worker": [
            *(*celery, "worker", "--loglevel", "INFO", "--concurrency", str(WORKER_PROCESSES)),
            *("--without-gossip", "--without-mingle"),
        ],
        "beat": [*celery, "beat", "--loglevel", "INFO", "--pidfile", "", "-s", str(schedule)],
    }
    return [
        Program(
            name=name,
            command=command,
            environment=environment,
            folder=BASE_DIR,
            log=place.logs / f"{name}.log",
            stop_signals=(signal.SIGTERM, signal.SIGQUIT),
            grace=5.0,
        )
        for name, command in commands.items()
    ]


def web_answers(host: str, port: int) -> bool:
    """Does anything well-formed come back?"""
    target = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)
    connection = http.client.HTTPConnection(target, port, timeout=5)
    with suppress(OSError, http.client.HTTPException):
        connection.request("GET", "/healthz", headers={"Host": "localhost"})
        return connection.getresponse().status in (200, 503)
    connection.close()
    return False


@dataclass(frozen=True)
class Services:
    """What the demo runs on its servers; tests of the supervision put simpler ones in."""

    preparation: Callable[[Place, Mapping[str, str]], Program] = preparation
    programs: Callable[[Place, Mapping[str, str], str, int], list[Program]] = application_programs


def _bracketed(host: str) -> str:
    return f"[{host}]" if ":" in host else host
