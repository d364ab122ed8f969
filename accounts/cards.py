"""What a room has to say on the start page."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.db.models import Value

from wacat.words import angka

MOST = 1000  # are counted; beyond it is said that there are more


@dataclass(frozen=True)
class Card:
    """One thing to do, with how many wait; ``said`` is that in words where it is not exact.

    In place of the number a room may give the ``rows`` to be counted: see ``all_counted``.
    """

    count: int
    title: str
    text: str
    url: str
    said: str = ""
    rows: Any = None


def of_rows(rows: Any, title: str, text: str, url: str) -> Card:
    """A card whose number is that of *rows*."""
    return Card(0, title, text, url, rows=rows)


def all_counted(cards: Sequence[Card]) -> list[Card]:
    """The cards, with all rows among them counted by one query."""
    parts = {str(n): card.rows for n, card in enumerate(cards) if card.rows is not None}
    counts = counted(parts) if parts else {}
    return [
        replace(card, count=counts[str(n)], said=said(counts[str(n)]), rows=None)
        if str(n) in counts
        else card
        for n, card in enumerate(cards)
    ]


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
