"""Seam: what a line of a resident's story is, and who tells of what lies beside the record.

A room above registers a teller when its app is ready; so letters stand in the story without the
page knowing letters.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from accounts.scope import Holder


@dataclass(frozen=True)
class Line:
    """One thing that happened: when, what, who (a user's key) and why.

    ``actor`` None is the system; ``is_unsaid`` leaves out who it was altogether. ``record`` is
    the key of the record that it happened to, ``rank`` the order of lines of one moment.
    """

    at: datetime
    label: str
    record: int
    actor: int | None = None
    reason: str = ""
    note: str = ""
    details: tuple[str, ...] = ()
    is_unsaid: bool = False
    rank: int = 0


# The lines about these records that this viewer may read; in a constant number of queries.
Teller = Callable[[Holder, list[Any]], list[Line]]
_TELLERS: list[Teller] = []


def register(teller: Teller) -> None:
    """Let *teller* add to every resident's story."""
    if teller not in _TELLERS:
        _TELLERS.append(teller)


def tellers() -> tuple[Teller, ...]:
    """All of them."""
    return tuple(_TELLERS)
