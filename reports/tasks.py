"""What Celery runs. Each task is handed a key, never a person's data."""

from celery import shared_task
from celery.signals import worker_process_init

from accounts.handover import reminders
from reports.evaluation import files as evaluations
from reports.evaluation.models import EvaluationFile
from reports.letters import batch_merging, handing_mail, handing_scans, printing, register_files
from reports.letters.batch_models import PrintBatch
from reports.letters.handing_models import LinkMail
from reports.letters.register_models import RegisterFile
from reports.summaries import files, release_building, report_building, report_calendar, tallies
from reports.summaries.models import SummaryFile
from wacat.drawing.engine import warm_up
from wacat.drawn import forget_old
from wacat.work import hasten, perform


@shared_task
def draw_letter(pk: int) -> None:
    """Draw one issued letter's PDF, and sign it."""
    printing.print_letter(pk)
    for batch in batch_merging.waiting_for(pk):
        hasten(merge_batch, batch)


@shared_task
def merge_batch(pk: int) -> None:
    """Put a batch's letters into one PDF, once they are drawn."""
    batch_merging.merge_batch(pk)


@shared_task
def forget_batches() -> None:
    """Delete the merged PDFs that were made for the printer and are old."""
    forget_old(PrintBatch)


@shared_task
def mail_link(pk: int) -> None:
    """Mail the link of a letter to whom it is for."""
    perform(LinkMail, pk, handing_mail.send)


@shared_task
def erase_scans() -> None:
    """Delete the files of scans that newer ones replaced."""
    handing_scans.erase_replaced()


@shared_task
def draw_register(pk: int) -> None:
    """Draw one asked-for register of letters as PDF."""
    perform(RegisterFile, pk, register_files.draw)


@shared_task
def forget_registers() -> None:
    """Delete the registers that were drawn for somebody and are old."""
    forget_old(RegisterFile)


@shared_task
def draw_summary(pk: int) -> None:
    """Draw one asked-for table of figures as PDF."""
    perform(SummaryFile, pk, files.draw)


@shared_task(time_limit=10 * 60)
def build_release(pk: int) -> None:
    """Build one semester's figures for the public."""
    release_building.build_release(pk)


@shared_task
def forget_summaries() -> None:
    """Delete the tables that were drawn for somebody and are old."""
    forget_old(SummaryFile)


@shared_task
def draw_evaluation(pk: int) -> None:
    """Draw one asked-for evaluation as PDF."""
    perform(EvaluationFile, pk, evaluations.draw)


@shared_task
def forget_evaluations() -> None:
    """Delete the evaluations that were drawn for somebody and are old."""
    forget_old(EvaluationFile)


@shared_task
def plan_reports() -> None:
    """Let the reports of the last month and semester be made, where they are missing."""
    report_calendar.plan()


@shared_task
def build_report(pk: int) -> None:
    """Build one report with its files, and tell its readers."""
    report_building.build_report(pk)


@shared_task
def fold_tallies() -> None:
    """Add what was written lately to the sums that figures are read from."""
    tallies.fold()


@shared_task(time_limit=30 * 60)
def recount_tallies() -> None:
    """Compare the sums with the rows themselves; a million people take a minute."""
    tallies.recount()


@shared_task
def remind_of_terms() -> None:
    """Tell the offices above of terms that are about to end."""
    reminders.remind()


@worker_process_init.connect
def _warm(**kwargs: object) -> None:
    warm_up()
    printing.get_ready()
