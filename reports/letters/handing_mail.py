"""What goes out with a link: the office, the address, until when. Nobody's name or number."""

from __future__ import annotations

from urllib.parse import quote

from django.conf import settings
from django.template import Context, Engine
from django.urls import reverse
from django.utils.crypto import salted_hmac

from accounts.login.phones import international
from accounts.notices.channels import mail
from reports.letters.handing_models import LetterLink, LinkMail
from reports.letters.handing_scans import is_valid
from reports.letters.handing_secrets import token_of
from wacat.words import waktu
from wacat.work import GiveUp

LINK_ENDED, NO_ADDRESS = "LinkEnded", "NoAddress"


def send(work: LinkMail) -> None:
    """Send the mail. Raises GiveUp when the link or the letter has ended since."""
    link = LetterLink.objects.select_related("letter__area__parent").get(pk=work.link_id)
    if not (link.is_open and is_valid(link.letter)):
        raise GiveUp(LINK_ENDED)
    if not link.sealed_address:
        raise GiveUp(NO_ADDRESS)
    office = office_of(link)
    template = Engine.get_default().get_template("mail/letter_link.txt")
    words = {"office": office, "url": address_of(link), "until": waktu(link.until)}
    text = template.render(Context(words, autoescape=False))
    mail(link.sealed_address, f"Surat dari {office}", text, _reference(work))


def address_of(link: LetterLink) -> str:
    """The link itself, as it goes out."""
    return f"{settings.PUBLIC_URL}{reverse('letter_fetch', args=[token_of(link.seed)])}"


def whatsapp_url(link: LetterLink) -> str:
    """``https://wa.me/62…?text=…``: a message that a person looks at and sends."""
    text = (
        f"{office_of(link)} mengirimkan surat untuk Bapak/Ibu. Buka tautan ini, lalu ketik PIN "
        f"yang diberitahukan petugas: {address_of(link)} Berlaku sampai {waktu(link.until)}."
    )
    return f"https://wa.me/{international(link.sealed_address)}?text={quote(text, safe='')}"


def office_of(link: LetterLink) -> str:
    """The kelurahan that sends the letter."""
    return str(link.letter.area.containing.label)


def _reference(work: LinkMail) -> str:
    told = f"{work.pk} {work.wanted_at.timestamp()}"
    return salted_hmac("reports.letters.handing", told, algorithm="sha256").hexdigest()[:40]
