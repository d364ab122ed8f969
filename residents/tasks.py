"""What Celery runs. Each task is handed a key, never a person's data."""

from celery import shared_task

from residents.attachments import forgetting
from residents.clock import mailing, reminding
from residents.clock.models import StayReminder
from residents.drafts import keeping
from residents.exporting import writing as exports
from residents.exporting.models import Export
from residents.f115 import files as forms
from residents.f115.models import FormFile
from residents.importing import working as imports
from residents.importing.models import ImportPart, ImportReading
from wacat.drawn import forget_old
from wacat.work import perform


@shared_task
def remind_of_stays() -> None:
    """Tell of stays that are about to end."""
    reminding.remind()


@shared_task
def remind_resident(pk: int) -> None:
    """Send one resident the reminder of the end of the stay."""
    perform(StayReminder, pk, mailing.send)


@shared_task
def forget_uploads() -> None:
    """Delete uploads that were given up, and files of documents that were removed."""
    forgetting.forget_uploads()
    forgetting.erase_removed()
    forgetting.erase_strays()


@shared_task
def draw_form(pk: int) -> None:
    """Draw one asked-for form F-1.15."""
    perform(FormFile, pk, forms.draw)


@shared_task
def forget_forms() -> None:
    """Delete the forms that were drawn for somebody and are old."""
    forget_old(FormFile)


@shared_task
def forget_drafts() -> None:
    """Delete the unsent forms that nobody has touched for a month."""
    keeping.forget_old()


@shared_task(time_limit=15 * 60)
def write_export(pk: int) -> None:
    """Write one asked-for list of residents; a million rows take minutes."""
    perform(Export, pk, exports.write)


@shared_task
def forget_exports() -> None:
    """Delete the lists that were asked for more than a day ago."""
    exports.forget_old()


@shared_task
def read_import(pk: int) -> None:
    """Read one uploaded spreadsheet of residents."""
    perform(ImportReading, pk, imports.read)


@shared_task
def enter_import_part(pk: int) -> None:
    """Enter one part of a confirmed spreadsheet."""
    perform(ImportPart, pk, imports.enter)


@shared_task
def clear_imports() -> None:
    """Delete uploaded spreadsheets and their rows a month after they were settled."""
    imports.clear_old()
