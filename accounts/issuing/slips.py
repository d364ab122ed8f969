"""Slips: a worker makes one-time passwords and draws them; only digests are kept."""

from __future__ import annotations

from accounts.issuing.models import SlipSheet


def draw(work: SlipSheet) -> None:
    """Draw the sheet."""
    raise NotImplementedError
