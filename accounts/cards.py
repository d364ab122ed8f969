"""What a room has to say on the start page."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Value

from wacat.words import angka

MOST = 1000  # are counted; beyond it is said that there are more


@dataclass(frozen=True)
class Card:
    """One thing to do, with how many wait; ``said`` is that in words where it is not exact."""

    count: int
    title: str
    text: str
    url: str
    said: str = ""


def counted(parts: Mapping[str, Any]) -> dict[str, int]:
    """How many rows each of these querysets has; ``MOST + 1`` where there are more.

    By one query, which looks at no more rows than it counts.
    """
    first, *others = (
        rows.order_by().annotate(part=Value(part)).values_list("part", flat=True)[: MOST + 1]
        for part, rows in parts.items()
    )
    found = Counter(first.union(*others, all=True) if others else first)
    return {part: found[part] for part in parts}


def said(count: int) -> str:
    """One of ``counted`` in words."""
    return f"lebih dari {angka(MOST)}" if count > MOST else angka(count)
