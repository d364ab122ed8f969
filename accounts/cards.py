"""What a room has to say on the start page."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Card:
    """One thing to do, with how many wait; ``said`` is that in words where it is not exact."""

    count: int
    title: str
    text: str
    url: str
    said: str = ""
