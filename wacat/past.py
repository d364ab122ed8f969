"""Living through past days, so that the real workflow writes a past with true dates."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from django.conf import settings
from django.utils import timezone


@contextmanager
def living_at(moment: datetime) -> Iterator[None]:
    """The clock shows *moment* and runs on from there. For the demo's seed alone."""
    offset = settings.CLOCK_OFFSET
    settings.CLOCK_OFFSET = moment - timezone.now()
    try:
        yield
    finally:
        settings.CLOCK_OFFSET = offset
