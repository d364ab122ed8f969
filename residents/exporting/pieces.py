"""Files too big for memory: sealed piece by piece, read back in order.

Each piece is sealed for its own name, so that none can be left out, moved or taken from another
file unnoticed.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

PIECE = 4_000_000  # bytes


class Pieces(io.RawIOBase):
    """A file that is only written to; what has come together is sealed and stored at once."""

    def __init__(self, name: str) -> None:
        self.name, self.count = name, 0
        self._held = bytearray()

    def writable(self) -> bool:
        return True

    def write(self, data: Any) -> int:
        self._held += data
        if len(self._held) >= PIECE:
            self._store()
        return len(data)

    def close(self) -> None:
        if not self.closed and self._held:
            self._store()
        super().close()

    def _store(self) -> None:
        default_storage.save(_name(self.name, self.count), ContentFile(bytes(self._held)))
        self._held.clear()
        self.count += 1


def read(name: str, count: int) -> Iterator[bytes]:
    """The pieces one after another. Raises FileNotFoundError and SealBroken."""
    for number in range(count):
        with default_storage.open(_name(name, number)) as piece:
            yield piece.read()


def delete(name: str) -> None:
    """Remove the file, also one that was never finished."""
    try:
        _, numbers = default_storage.listdir(name)
    except FileNotFoundError:
        return
    for number in numbers:
        default_storage.delete(f"{name}/{number}")
    default_storage.delete(name)


def _name(name: str, number: int) -> str:
    return f"{name}/{number:05}"
