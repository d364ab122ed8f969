"""The clone's own Valkey: broker and cache, kept through a crash by its append-only file."""

from collections.abc import Mapping
from contextlib import suppress

import redis

from wacat.servers.keys import write_private
from wacat.servers.place import Place
from wacat.servers.ports import LOOPBACK
from wacat.servers.processes import MARK, Program
from wacat.servers.programs import valkey_program

_SETTINGS = """\
bind {loopback}
port {port}
protected-mode yes
requirepass {password}
daemonize no
dir {folder}
save ""
appendonly yes
appendfsync everysec
maxmemory-policy noeviction
"""


class Valkey:
    """A server in ``place.data/valkey``."""

    name = "valkey"

    def __init__(self, place: Place, keys: Mapping[str, str], port: int) -> None:
        self.place, self.port = place, port
        self._password = keys["VALKEY_PASSWORD"]
        self._program = valkey_program(place)

    def program(self) -> Program:
        folder = self.place.own_folder("valkey")
        return Program(
            name=self.name,
            command=[str(self._program), str(folder / "valkey.conf")],
            environment={"PATH": "/usr/bin:/bin", "LC_ALL": "C", MARK: self.place.identity},
            folder=folder,
            log=self.place.logs / "valkey.log",
            account=self.place.account,
            is_server=True,
            before_start=self._write_settings,
        )

    def answers(self) -> bool:
        client = redis.Redis.from_url(self.variables()["REDIS_URL"], socket_timeout=2)
        with suppress(redis.RedisError), client:
            return bool(client.ping())
        return False

    def settle(self) -> None:
        """Nothing to make: keys come with use."""

    def variables(self) -> dict[str, str]:
        """What the application is told."""
        return {"REDIS_URL": f"redis://:{self._password}@{LOOPBACK}:{self.port}/0"}

    def _write_settings(self) -> None:
        folder = self.place.own_folder("valkey")
        settings = folder / "valkey.conf"
        text = _SETTINGS.format(
            loopback=LOOPBACK, port=self.port, password=self._password, folder=_quoted(str(folder))
        )
        write_private(settings, text)
        self.place.give(settings)


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'
