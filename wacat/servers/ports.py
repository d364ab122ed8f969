"""Loopback ports for the servers."""

import secrets
import socket

from wacat.servers.errors import GroundError

LOOPBACK = "127.0.0.1"
# Below the ports that systems hand to outgoing connections: one of those must not take the
# port of a server that is being restarted.
_FIRST, _LAST = 20000, 32000
_TRIES = 50


def free_port() -> int:
    """A random port on which nothing listens now."""
    for _ in range(_TRIES):
        port = _FIRST + secrets.randbelow(_LAST - _FIRST)
        if is_free(LOOPBACK, port):
            return port
    raise GroundError(f"No free port between {_FIRST} and {_LAST}.")


def is_free(host: str, port: int) -> bool:
    """Could a server listen there? Connections of an earlier one do not count."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
            probe.listen(1)
        except OSError:
            return False
    return True
