"""What a message beyond the portal says: the recipient's name, fixed words and one link."""

from __future__ import annotations

from django.conf import settings
from django.template import Context, Engine
from django.urls import reverse
from django.utils.crypto import salted_hmac

from accounts.contacts.models import ContactOffice
from accounts.contacts.offices import whom_to_ask
from accounts.issuing.links import link_for
from accounts.login.models import User
from accounts.notices.channels import Message
from accounts.notices.kinds import KINDS, Link
from accounts.notices.models import Notice

_LEADS = {
    Link.NOTICE: "Buka di WaCAT:",
    Link.LOGIN: "Masuk ke WaCAT dengan nama pengguna dan kata sandi Bapak/Ibu:",
    Link.ACTIVATION: (
        "Buat kata sandi Bapak/Ibu melalui tautan ini. "
        "Tautan ini rahasia dan hanya berlaku sekali; jangan diteruskan kepada siapa pun:"
    ),
    Link.WHOM_TO_ASK: "Penjelasan dan siapa yang dapat dihubungi:",
}
_LEADS[Link.RESET] = _LEADS[Link.ACTIVATION]


def compose(delivery: int, notice: Notice, address: str) -> Message:
    """The message of the delivery with this key, for that address.

    Links that open an account are made here and kept nowhere.
    """
    kind, user = KINDS[notice.kind], notice.recipient
    link = kind.link
    if link is Link.ACTIVATION and user.has_own_password:
        link = Link.LOGIN
    words = {
        "name": " ".join(user.full_name.split()),
        "text": kind.text,
        "lead": _LEADS[link],
        "url": _address(link, user, notice.pk),
        "ask": _reach(whom_to_ask()[0]),
    }
    # Plain text: nothing is escaped, as in a page it would be.
    template = Engine.get_default().get_template("mail/base.txt")
    text = template.render(Context(words, autoescape=False))
    return Message(user, address, kind.title, text, _reference(delivery, notice))


def _address(link: Link, user: User, notice: int) -> str:
    if link in (Link.ACTIVATION, Link.RESET):
        return link_for(user)
    paths = {
        Link.LOGIN: reverse("account_login"),
        Link.WHOM_TO_ASK: reverse("account_inactive"),
        Link.NOTICE: reverse("notice_open", args=[notice]),
    }
    return f"{settings.PUBLIC_URL}{paths[link]}"


def _reach(office: ContactOffice) -> str:
    """The office and how to reach it, without the name of who holds it."""
    ways = ", ".join(way for way in (office.phone, office.email) if way)
    return f"{office.office} ({ways})" if ways else office.office


def _reference(delivery: int, notice: Notice) -> str:
    """By key and moment, so that no other installation or earlier database has the same."""
    told = f"{delivery} {notice.at.timestamp()}"
    return salted_hmac("accounts.notices.message", told, algorithm="sha256").hexdigest()[:40]
