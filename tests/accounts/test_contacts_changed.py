"""A change of contacts reaches the former e-mail address too: it may be news to its owner."""

from __future__ import annotations

import pytest
from django.core import mail
from django.urls import reverse

from accounts.login.contacts import confirm_contacts
from accounts.login.models import User
from accounts.notices import delivering
from accounts.notices.models import Delivery, Notice
from accounts.rules import Role
from tests import factories
from tests.factories import PASSWORD
from tests.officials import user_as, user_with
from wacat.work import Work, perform

pytestmark = pytest.mark.django_db
FORMER, NEW = "lama@contoh.invalid", "baru@contoh.invalid"
PHONE = "080011110001"


@pytest.fixture
def user() -> User:
    return user_with((Role.KETUA_RT, factories.RT), phone=PHONE, login_phone=PHONE, email=FORMER)


def save(user: User, **given: str) -> None:
    data = {"email": user.email, "phone": user.phone, "password": PASSWORD, **given}
    assert factories.client_of(user).post(reverse("own_contacts"), data).status_code == 302
    user.refresh_from_db()


def mailed() -> list[str]:
    """Where the waiting mails went."""
    for delivery in Delivery.objects.filter(state=Work.State.WAITING).order_by("pk"):
        assert perform(Delivery, delivery.pk, delivering.send)
    return [address for message in mail.outbox for address in message.to]


def test_both_addresses_are_told_of_one_notice(user: User) -> None:
    save(user, email=NEW)
    assert Notice.objects.filter(recipient=user).count() == 1
    assert mailed() == [NEW, FORMER]
    new, former = mail.outbox
    assert former.subject == new.subject == "Kontak akun diubah"
    assert former.body.count(user.full_name) == 1
    assert NEW not in f"{former.subject} {former.body}"
    assert new.extra_headers["Message-ID"] != former.extra_headers["Message-ID"]


def test_the_former_address_is_the_one_of_that_day(user: User) -> None:
    save(user, email=NEW)
    save(user, email="ketiga@contoh.invalid")
    assert mailed() == ["ketiga@contoh.invalid", FORMER, "ketiga@contoh.invalid", NEW]


def test_another_telephone_is_told_once(user: User) -> None:
    save(user, phone="080022220002")
    assert mailed() == [FORMER]


def test_who_had_no_address_has_no_former_one(user: User) -> None:
    User.objects.filter(pk=user.pk).update(email="")
    user.refresh_from_db()
    save(user, email=NEW)
    assert mailed() == [NEW]


def test_who_gives_the_address_up_is_told_there(user: User) -> None:
    confirm_contacts(user, "", PHONE)
    assert mailed() == [FORMER]


def test_the_log_tells_the_two_apart(user: User) -> None:
    save(user, email=NEW)
    client = factories.client_of(user_as(Role.ADMINISTRATOR))
    shown = client.get(reverse("delivery_log")).content.decode()
    assert shown.count("(Surel)") == 1
    assert shown.count("(Surel, alamat sebelumnya)") == 1
    assert FORMER not in shown
