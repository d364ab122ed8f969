"""E-mail over real SMTP: taken, put off, refused, never answered; each told rightly."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.core.mail.backends import smtp

from accounts.login.models import User
from accounts.notices import delivering
from accounts.notices.models import Delivery
from accounts.notices.presenting import failure_words
from accounts.notices.sending import notify
from accounts.rules import Role
from tests import factories
from tests.accounts.mail_server import MailServer, running_mail_server
from tests.officials import user_with
from wacat.work import Work, perform

pytestmark = pytest.mark.django_db
ADDRESS = "rahasia@contoh.invalid"


@pytest.fixture
def server(settings: Any) -> Iterator[MailServer]:
    with running_mail_server() as running:
        settings.EMAIL_BACKEND = f"{smtp.__name__}.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", running.port
        settings.EMAIL_TIMEOUT = 0.5
        yield running


def delivery_to(address: str = ADDRESS) -> Delivery:
    """A waiting delivery to somebody who is always the same."""
    user = User.objects.filter(username="sulaiman").first() or user_with(
        (Role.KETUA_RT, factories.RT), username="sulaiman", full_name="Sulaiman Rahasia"
    )
    user.email = address
    user.save()
    notify("password_renewed", [(user, {})])
    delivery: Delivery = Delivery.objects.latest("pk")
    return delivery


def attempt(delivery: Delivery) -> Delivery:
    perform(Delivery, delivery.pk, delivering.send)
    delivery.refresh_from_db()
    return delivery


def test_a_mail_that_was_taken_is_done(server: MailServer) -> None:
    delivery = attempt(delivery_to())
    assert (delivery.state, delivery.attempts, delivery.failure) == (Work.State.DONE, 1, "")
    [mail] = server.mails
    assert mail["To"] == ADDRESS
    assert mail["Subject"] == "Kata sandi diganti"
    assert mail["Auto-Submitted"] == "auto-generated"
    assert mail.get_content_type() == "text/plain"
    assert "Sulaiman Rahasia" in mail.get_content()


@pytest.mark.parametrize(
    ("command", "answer", "failure"),
    [
        ("RCPT", "450 greylisted", "SMTPRecipientsRefused"),
        ("RCPT", "421 too many", "SMTPRecipientsRefused"),
        ("MAIL", "451 later", "SMTPSenderRefused"),
        ("MAIL", "550 sender unknown", "SMTPSenderRefused"),
        ("DATA", "451 later", "SMTPDataError"),
        (".", "452 disk full", "SMTPDataError"),
    ],
)
def test_what_may_pass_is_tried_again(
    server: MailServer, command: str, answer: str, failure: str
) -> None:
    server.answers[command] = answer
    delivery = attempt(delivery_to())
    assert (delivery.state, delivery.failure) == (Work.State.WAITING, failure)
    server.answers.clear()
    taken = len(server.mails)
    assert attempt(delivery).state == Work.State.DONE
    assert (delivery.attempts, len(server.mails)) == (2, taken + 1)


@pytest.mark.parametrize(
    ("command", "answer", "failure"),
    [
        ("RCPT", "550 no such mailbox", "AddressRefused 550"),
        ("RCPT", "553 bad name", "AddressRefused 553"),
        ("DATA", "554 no", "MessageRefused 554"),
        (".", "552 too big", "MessageRefused 552"),
    ],
)
def test_what_is_refused_for_good_is_given_up_at_once(
    server: MailServer, command: str, answer: str, failure: str
) -> None:
    server.answers[command] = answer
    delivery = attempt(delivery_to())
    assert (delivery.state, delivery.attempts) == (Work.State.FAILED, 1)
    assert delivery.failure == failure
    assert failure[-3:] in failure_words(failure)
    assert "Kesalahan lain" not in failure_words(failure)


def test_what_is_no_address_is_given_up(server: MailServer) -> None:
    delivery = attempt(delivery_to("tanpa spasi @x y"))
    assert (delivery.state, delivery.failure) == (Work.State.FAILED, "BadAddress")


def test_an_address_taken_away_in_between_is_given_up(server: MailServer) -> None:
    delivery = delivery_to()
    User.objects.filter(email=ADDRESS).update(email="")
    assert attempt(delivery).failure == "NoAddress"
    assert server.mails == []


@pytest.fixture
def silence() -> Iterator[Callable[[], str]]:
    """An answer that does not come as long as the test lasts."""
    over = threading.Event()

    def silent() -> str:
        over.wait(20)
        return "421 late"

    yield silent
    over.set()


@pytest.mark.parametrize("command", ["EHLO", "MAIL", "RCPT", "DATA", "."])
def test_a_server_that_falls_silent_holds_nobody_for_long(
    server: MailServer, silence: Callable[[], str], command: str
) -> None:
    server.answers[command] = silence
    delivery, started = delivery_to(), time.monotonic()
    attempt(delivery)
    assert time.monotonic() - started < 3
    assert delivery.state == Work.State.WAITING
    assert failure_words(delivery.failure).startswith("Server surel")


def test_what_was_taken_is_sent_however_the_farewell_goes(
    server: MailServer, silence: Callable[[], str]
) -> None:
    farewells = ("500 what", "421 gone", silence)
    for farewell in farewells:
        server.answers["QUIT"] = farewell
        assert attempt(delivery_to()).state == Work.State.DONE
    assert len(server.mails) == len(farewells)


def test_a_server_that_is_away_is_tried_again(server: MailServer, settings: Any) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        settings.EMAIL_PORT = taken.getsockname()[1]
    delivery = attempt(delivery_to())
    assert (delivery.state, delivery.failure) == (Work.State.WAITING, "ConnectionRefusedError")
    settings.EMAIL_HOST = "tidak-ada.invalid"
    assert attempt(delivery).failure == "gaierror"


def test_an_attempt_again_has_the_same_message_id(server: MailServer) -> None:
    """Taken, but the answer was lost: whoever gets both knows them for one."""
    server.answers["."] = "451 answered wrongly"
    delivery = attempt(delivery_to())
    server.answers.clear()
    attempt(delivery)
    first, second = server.mails
    assert first["Message-ID"] == second["Message-ID"]


def test_no_log_line_tells_of_anybody(server: MailServer, caplog: Any) -> None:
    for answer in ("550 no rahasia@contoh.invalid here", "450 rahasia@contoh.invalid later"):
        server.answers["RCPT"] = answer
        attempt(delivery_to())
    assert "AddressRefused 550" in caplog.text
    assert "SMTPRecipientsRefused" in caplog.text
    assert "rahasia" not in caplog.text.lower()
