"""The one clock. "Today" is the day in Balikpapan (WITA), never the server's or the database's."""

from datetime import date, datetime

from django.conf import settings
from django.utils import timezone


def now() -> datetime:
    """This moment, moved by ``CLOCK_OFFSET`` in demo and tests."""
    return timezone.now() + settings.CLOCK_OFFSET


def today() -> date:
    """Today's date in Asia/Makassar."""
    return timezone.localdate(now())
