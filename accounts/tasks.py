"""What Celery runs. Each task is handed a key, never a person's data."""

from celery import shared_task

from accounts.issuing import slips
from accounts.issuing.models import SlipSheet
from accounts.notices import delivering
from accounts.notices.models import Delivery
from wacat.work import perform


@shared_task
def draw_slips(pk: int) -> None:
    """Make the passwords of a sheet of slips and draw it."""
    perform(SlipSheet, pk, slips.draw)


@shared_task
def discard_slips() -> None:
    """Delete the slips that nobody fetched while their passwords were good."""
    slips.discard_old()


@shared_task
def deliver(pk: int) -> None:
    """Send one notice through its channel."""
    perform(Delivery, pk, delivering.send)
