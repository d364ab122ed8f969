"""The reminder that goes to the resident, by e-mail: their name and when the stay ends."""

from __future__ import annotations

from django.template import Context, Engine
from django.utils.crypto import salted_hmac

from accounts.notices.channels import mail
from residents.clock.models import StayReminder
from residents.registry.models import Resident
from residents.registry.states import ACTIVE
from wacat.words import tanggal

SUBJECT = "Masa tinggal Bapak/Ibu di Balikpapan akan berakhir"


def send(work: StayReminder) -> None:
    """Send it, unless the stay has been extended or ended since. Raises GiveUp where it can't be.

    A worker that dies after the mail server has taken the mail makes it be sent a second time,
    with the same Message-ID.
    """
    resident = Resident.objects.get(pk=work.resident_id)
    still_due = resident.status in ACTIVE and resident.stays_until == work.until
    if still_due and resident.email:
        mail(resident.email, SUBJECT, _text(resident), _reference(work))


def _text(resident: Resident) -> str:
    words = {
        "name": " ".join(resident.full_name.split()),
        "until": tanggal(resident.stays_until),
        "overdue": resident.is_overdue,
    }
    template = Engine.get_default().get_template("mail/stay_reminder.txt")
    return template.render(Context(words, autoescape=False))


def _reference(work: StayReminder) -> str:
    told = f"{work.pk} {work.wanted_at.timestamp()}"
    return salted_hmac("residents.clock.mailing", told, algorithm="sha256").hexdigest()[:40]
