"""What Celery runs. Each task is handed a key, never a person's data."""

from celery import shared_task

from accounts.announcements import telling as announcements
from accounts.helpdesk import reminding as tickets
from accounts.helpdesk.models import TicketFile
from accounts.helpdesk.opening import FOLDER as TICKET_FILES
from residents.attachments import forgetting
from residents.clock import mailing, reminding
from residents.clock.models import StayReminder
from residents.corrections import deadlines, photos
from residents.corrections.models import CorrectionPhoto
from residents.drafts import keeping
from residents.exporting import writing as exports
from residents.exporting.models import Export
from residents.f115 import files as forms
from residents.f115.models import FormFile
from residents.feeds import deciding
from residents.feeds import working as feeds
from residents.feeds.models import FeedPart, FeedReading, PlaceWork
from residents.importing import working as imports
from residents.importing.models import ImportPart, ImportReading
from residents.services import telling
from residents.truth import files as statements
from residents.truth import reminding as truth
from residents.truth.models import TruthFile
from wacat.drawn import forget_old
from wacat.strays import erase_strays
from wacat.work import perform


@shared_task
def remind_of_stays() -> None:
    """Tell of stays that are about to end."""
    reminding.remind()


@shared_task
def remind_of_tickets() -> None:
    """Tell of tickets whose deadline has passed."""
    tickets.remind()


@shared_task
def tell_announcements() -> None:
    """Tell of important announcements whose days have begun."""
    announcements.tell_begun()


@shared_task
def remind_resident(pk: int) -> None:
    """Send one resident the reminder of the end of the stay."""
    perform(StayReminder, pk, mailing.send)


@shared_task
def tell_of_services() -> None:
    """Tell of delivered services that became known, once a day."""
    telling.tell()


@shared_task
def forget_uploads() -> None:
    """Delete uploads that were given up, files of removed documents, and files of no row."""
    forgetting.forget_uploads()
    forgetting.erase_removed()
    forgetting.erase_strays()
    erase_strays(photos.FOLDER, CorrectionPhoto.objects.all())
    erase_strays(TICKET_FILES, TicketFile.objects.all())


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


@shared_task
def escalate_corrections() -> None:
    """Tell of corrections whose deadline has passed, once a day."""
    deadlines.escalate()


@shared_task
def remind_of_truth() -> None:
    """Tell of last month's statements that are not signed."""
    truth.remind()


@shared_task
def draw_truth(pk: int) -> None:
    """Draw one signed statement of an RT."""
    perform(TruthFile, pk, statements.draw)


@shared_task
def forget_truth() -> None:
    """Delete the statements that were drawn for somebody and are old."""
    forget_old(TruthFile)


@shared_task
def read_feed(pk: int) -> None:
    """Read one uploaded file of services."""
    perform(FeedReading, pk, feeds.read)


@shared_task
def enter_feed_part(pk: int) -> None:
    """Enter one part of a confirmed file of services."""
    perform(FeedPart, pk, feeds.enter)


@shared_task
def carry_out_place(pk: int) -> None:
    """Do on all rows of an address what was decided of it."""
    perform(PlaceWork, pk, deciding.carry_out)


@shared_task
def clear_feeds() -> None:
    """Delete files of services and their rows a month after they were settled."""
    feeds.clear_old()
