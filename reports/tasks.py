"""What Celery runs. Each task is handed a key, never a person's data."""

from celery import shared_task
from celery.signals import worker_process_init

from wacat.drawing.engine import warm_up
from reports.letters import printing
from reports.letters.models import Drawing
from reports.summaries import files
from reports.summaries.models import SummaryFile
from wacat.work import left_behind, perform


@shared_task
def draw_letter(pk: int) -> None:
    """Draw one issued letter's PDF."""
    perform(Drawing, pk, printing.draw)


@shared_task
def draw_summary(pk: int) -> None:
    """Draw one asked-for table of figures as PDF."""
    perform(SummaryFile, pk, files.draw)


@shared_task
def sweep() -> None:
    """Take up what was left: its message lost, its worker dead, or its time to try again come."""
    for pk in left_behind(Drawing):
        draw_letter.delay(pk)
    for pk in left_behind(SummaryFile):
        draw_summary.delay(pk)
    files.forget_old()


@worker_process_init.connect
def _warm(**kwargs: object) -> None:
    warm_up()
