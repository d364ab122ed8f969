"""Channels beyond the portal. A new one is a class here, its line in ``CHANNELS``, no more.

The kinds then name its key in their ``channels`` (all of them at once: ``kinds.BEYOND``).
A channel is handed one message and either delivers it, fails, or gives up:

- it returns when the message was taken over by whoever carries it on;
- any exception means "try again later": the work row waits and comes back (``wacat.work``);
- ``GiveUp`` means that trying again is useless: its text says why and tells of nobody.
"""

from __future__ import annotations

import smtplib
from dataclasses import dataclass
from typing import ClassVar, Protocol

from django.conf import settings
from django.core.mail import EmailMessage

from accounts.login.models import User
from wacat.work import GiveUp

NO_ADDRESS, BAD_ADDRESS = "NoAddress", "BadAddress"
ADDRESS_REFUSED, MESSAGE_REFUSED = "AddressRefused", "MessageRefused"
PERMANENT = range(500, 600)


@dataclass(frozen=True)
class Message:
    """What goes out. ``reference`` is the same at each attempt: a doubled one is known by it.

    ``address`` is the one of *to* that is to be used.
    """

    to: User
    address: str
    subject: str
    text: str
    reference: str


class Channel(Protocol):
    """A way to somebody beyond the portal."""

    key: ClassVar[str]
    label: ClassVar[str]

    def address_of(self, user: User) -> str:
        """Where it reaches the user; nothing when it does not."""
        ...

    def send(self, message: Message) -> None:
        """Hand the message over. Raises GiveUp when that can never succeed."""
        ...


class EmailChannel:
    """E-mail through Django: SMTP in production (``EMAIL_URL``), the console in the demo."""

    key: ClassVar[str] = "email"
    label: ClassVar[str] = "Surel"

    def address_of(self, user: User) -> str:
        return user.email

    def send(self, message: Message) -> None:
        mail(message.address, message.subject, message.text, message.reference)


def mail(address: str, subject: str, text: str, reference: str) -> None:
    """Send one mail, to whomever. Raises GiveUp when that can never succeed."""
    message = EmailMessage(
        subject,
        text,
        to=[address],
        headers={
            "Message-ID": f"<{reference}@{_own_host()}>",
            "Auto-Submitted": "auto-generated",
        },
    )
    try:
        message.send()
    except smtplib.SMTPRecipientsRefused as error:
        codes = {code for code, _ in error.recipients.values()}
        if codes <= set(PERMANENT):
            raise GiveUp(f"{ADDRESS_REFUSED} {min(codes)}") from error
        raise
    except smtplib.SMTPDataError as error:
        if error.smtp_code in PERMANENT:
            raise GiveUp(f"{MESSAGE_REFUSED} {error.smtp_code}") from error
        raise
    except ValueError as error:  # Django's word for an address that is none
        raise GiveUp(BAD_ADDRESS) from error


def _own_host() -> str:
    return settings.PUBLIC_URL.partition("//")[2].partition("/")[0].partition(":")[0]


CHANNELS: dict[str, Channel] = {one.key: one for one in (EmailChannel(),)}
