"""The servers of one folder, running for as long as a ``with`` block lasts."""

import json
import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from wacat.servers import leftovers
from wacat.servers.children import Children
from wacat.servers.errors import GroundError
from wacat.servers.keys import load_or_make_keys, write_private
from wacat.servers.lock import held
from wacat.servers.place import prepare_place
from wacat.servers.ports import free_port
from wacat.servers.postgres import Postgres
from wacat.servers.processes import MARK, Child, wait_until
from wacat.servers.valkey import Valkey

BASE_DIR = Path(__file__).resolve().parents[2]
READY_SECONDS = 60.0
_TRIES = 3
_APPLICATION_KEYS = ("SECRET_KEY", "FIELD_KEYS", "INDEX_KEY")


def var_folder() -> Path:
    """The clone's own folder, or the one that ``WACAT_VAR`` names."""
    return Path(os.environ.get("WACAT_VAR") or BASE_DIR / "var").absolute()


@contextmanager
def running_servers(
    folder: Path, *, durable: bool = True, purpose: str = "servers"
) -> Iterator[dict[str, str]]:
    """Start PostgreSQL and Valkey in ``folder`` and give what settings must be told.

    Yields ``DATABASE_URL``, ``MIGRATION_DATABASE_URL``, ``MAINTENANCE_DATABASE_URL``,
    ``REDIS_URL``, the keys and the folders of sealed and static files. A server that the
    environment names already is not started. ``durable=False`` makes PostgreSQL faster and lets
    a power cut destroy its data. Raises GroundError when a server cannot be started or the
    folder is in use.
    """
    place = prepare_place(folder)
    with held(place.var, purpose):
        leftovers.clear(place)
        children = Children(place)
        servers = Servers(children, durable=durable)
        try:
            yield servers.start()
        finally:
            children.stop()
            servers.forget()


class Servers:
    """Starts both servers among the given children; stopping those is the caller's part."""

    def __init__(
        self,
        children: Children,
        *,
        durable: bool = True,
        check: Callable[[], None] = lambda: None,
    ) -> None:
        """``check`` is called while waiting and may raise to give up."""
        self.place = children.place
        self._children = children
        self._durable = durable
        self._check = check
        self._keys = load_or_make_keys(self.place.var / "secrets.json")
        self._note = self.place.run / "environment.json"

    def start(self) -> dict[str, str]:
        """Start what the environment does not name, wait until it answers, give the variables."""
        variables = _named_elsewhere(os.environ)
        if "DATABASE_URL" not in variables:
            variables |= self._start(
                lambda: Postgres(self.place, self._keys, free_port(), self._durable)
            )
        if "REDIS_URL" not in variables:
            variables |= self._start(lambda: Valkey(self.place, self._keys, free_port()))
        variables |= {name: self._keys[name] for name in _APPLICATION_KEYS} | {
            MARK: self.place.identity,
            "WACAT_VAR": str(self.place.var),
            "SEALED_ROOT": str(self.place.var / "sealed"),
            "STATIC_ROOT": str(self.place.var / "static"),
        }
        write_private(self._note, json.dumps(variables))
        return variables

    def forget(self) -> None:
        """Withdraw the note by which others join the running servers."""
        self._note.unlink(missing_ok=True)

    def _start(self, make: Callable[[], Postgres | Valkey]) -> dict[str, str]:
        # Between finding a port free and listening on it another program may take it.
        for _ in range(_TRIES):
            server = make()
            child = self._children.start(server.program())
            if self._comes_up(server, child):
                server.settle()
                return server.variables()
            self._children.end(child)
        raise GroundError(f"{server.name} does not start; its log: {server.program().log}")

    def _comes_up(self, server: Postgres | Valkey, child: Child) -> bool:
        def settled() -> bool:
            self._check()
            return child.exit_code() is not None or server.answers()

        return wait_until(settled, READY_SECONDS) and child.exit_code() is None


def _named_elsewhere(environ: Mapping[str, str]) -> dict[str, str]:
    names = (
        "DATABASE_URL",
        "MIGRATION_DATABASE_URL",
        "MAINTENANCE_DATABASE_URL",
        "REDIS_URL",
    )
    given = {name: environ[name] for name in names if environ.get(name)}
    if ("DATABASE_URL" in given) != ("MIGRATION_DATABASE_URL" in given):
        raise GroundError(
            "DATABASE_URL (runtime role) and MIGRATION_DATABASE_URL (owner) go together: "
            "set both, or neither to have PostgreSQL started for you."
        )
    return given
