"""Sending a notice: what a worker does."""

from __future__ import annotations

from accounts.notices.models import Delivery


def send(work: Delivery) -> None:
    """Send the notice through its channel."""
    raise NotImplementedError
