"""``notify``: rows in the transaction, deliveries by kind and person, and the seam for more."""

from __future__ import annotations

from typing import Any, ClassVar
from urllib.parse import parse_qs, urlsplit

import pytest
from django.db import connection, transaction
from django.template.loader import render_to_string
from django.test.utils import CaptureQueriesContext

from accounts.login.models import AccountStatus, User
from accounts.notices import delivering, sending
from accounts.notices.channels import CHANNELS, Message
from accounts.notices.kinds import KINDS
from accounts.notices.models import Delivery, Notice
from accounts.notices.sending import HASTENED, notify
from accounts.notices.whatsapp import whatsapp_link
from accounts.rules import Role
from tests import factories
from tests.officials import user_with
from wacat.work import Work, left_behind, perform

pytestmark = pytest.mark.django_db


def somebody(**fields: Any) -> User:
    return user_with((Role.KETUA_RT, factories.RT), **fields)


@pytest.fixture
def hastened(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    keys: list[int] = []
    monkeypatch.setattr(sending, "hasten", lambda task, pk: keys.append(pk))
    return keys


def test_a_notice_and_its_delivery_are_one_with_what_happened(hastened: list[int]) -> None:
    user = somebody(email="a@contoh.invalid")
    with transaction.atomic():
        notify("password_renewed", [(user, {})])
        transaction.set_rollback(True)
    assert not Notice.objects.exists()
    notify("password_renewed", [(user, {})])
    delivery = Delivery.objects.get(notice__recipient=user)
    assert (delivery.channel, delivery.state) == ("email", Work.State.WAITING)
    assert hastened[-1:] == [delivery.pk]


def test_without_an_address_the_portal_alone_tells() -> None:
    notify("password_renewed", [(somebody(email=""), {})])
    assert Notice.objects.count() == 1
    assert not Delivery.objects.exists()


def test_what_the_portal_alone_tells_is_not_mailed() -> None:
    notify("proposal_received", [(somebody(email="a@contoh.invalid"), {"count": 2})])
    assert not Delivery.objects.exists()


@pytest.mark.parametrize(
    ("kind", "values", "count"),
    [
        ("post_ended", {"title": "Ketua RT", "area": factories.RT, "on": "2026-05-03"}, 0),
        ("account_closed", {"kind": "office"}, 1),
        ("new_device", {"device": "Firefox"}, 1),
    ],
)
def test_a_closed_account_is_mailed_only_about_itself(
    kind: str, values: dict[str, Any], count: int
) -> None:
    user = somebody(email="a@contoh.invalid")
    user.status = AccountStatus.INACTIVE
    user.save()
    notify(kind, [(user, values)])
    assert Delivery.objects.count() == count
    assert Notice.objects.count() == 1


def test_nobody_is_told_nothing() -> None:
    notify("password_renewed", [(None, {})])
    assert not Notice.objects.exists()


@pytest.mark.parametrize("values", [{}, {"title": "Ketua RT"}, {"title": "", "area": "", "nik": 1}])
def test_a_kind_tells_its_own_values_and_no_others(values: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match="account_issued tells"):
        notify("account_issued", [(somebody(), values)])
    with pytest.raises(KeyError):
        notify("unheard_of", [])


def test_a_thousand_are_told_in_a_few_statements(hastened: list[int]) -> None:
    user = somebody(email="a@contoh.invalid")
    told: list[tuple[User | None, dict[str, Any]]] = [(user, {})] * 1100
    with CaptureQueriesContext(connection) as asked:
        notify("contacts_changed", told)
    assert len([one for one in asked if "INSERT" in one["sql"]]) == 6
    assert len(asked) <= 12
    assert Delivery.objects.count() == 1100
    assert len(hastened) == HASTENED


def test_the_sweep_hands_mails_out_in_portions() -> None:
    user = somebody(email="a@contoh.invalid")
    notify("contacts_changed", [(user, {})] * 500)
    Delivery.objects.update(wanted_at="2020-01-01T00:00:00Z")
    first, second = left_behind(Delivery), left_behind(Delivery)
    assert len(first) == len(second) == Delivery.at_once
    assert not set(first) & set(second)


class Pigeon:
    """Another channel: what a sender of WhatsApp messages would be."""

    key: ClassVar[str] = "pigeon"
    label: ClassVar[str] = "Merpati pos"

    def __init__(self) -> None:
        self.flown: list[Message] = []

    def address_of(self, user: User) -> str:
        return user.phone

    def send(self, message: Message) -> None:
        self.flown.append(message)


def test_another_channel_is_a_class_and_a_line(monkeypatch: pytest.MonkeyPatch) -> None:
    pigeon = Pigeon()
    monkeypatch.setitem(CHANNELS, pigeon.key, pigeon)
    monkeypatch.setattr(KINDS["password_renewed"], "channels", ("email", "pigeon"))
    user = somebody(email="", phone="080012345678")
    notify("password_renewed", [(user, {})])
    [delivery] = Delivery.objects.all()
    assert delivery.channel == "pigeon"
    assert perform(Delivery, delivery.pk, delivering.send)
    [message] = pigeon.flown
    assert message.to == user
    assert message.subject == "Kata sandi diganti"
    delivery.refresh_from_db()
    assert delivery.state == Work.State.DONE


class TestByHand:
    def test_a_whatsapp_link_holds_the_name_and_the_portal(self) -> None:
        user = somebody(full_name="Siti & Co?", phone="+62 800-1234 5678", email="a@contoh.invalid")
        found = urlsplit(whatsapp_link(user))
        assert (found.scheme, found.netloc, found.path) == ("https", "wa.me", "/6280012345678")
        [text] = parse_qs(found.query, strict_parsing=True)["text"]
        assert text == (
            "Yth. Bapak/Ibu Siti & Co?, ada pemberitahuan di WaCAT. "
            "Silakan masuk: http://testserver/masuk/"
        )

    def test_of_a_kind_its_title_goes_along(self) -> None:
        user = somebody(phone="080012345678")
        assert "Akun%20WaCAT%20sudah%20diterbitkan" in whatsapp_link(user, KINDS["account_issued"])

    @pytest.mark.parametrize("phone", ["", "lima", "+1 555 0100 javascript:"])
    def test_without_a_number_there_is_no_link(self, phone: str) -> None:
        assert whatsapp_link(somebody(phone=phone[:20])) == ""

    def test_it_opens_in_a_tab_that_knows_nothing_of_this_one(self) -> None:
        drawn = render_to_string("components/whatsapp_link.html", {"url": "https://wa.me/62?a=1&b"})
        assert 'target="_blank" rel="noopener noreferrer"' in drawn
        assert 'href="https://wa.me/62?a=1&amp;b"' in drawn
        assert render_to_string("components/whatsapp_link.html", {"url": ""}).strip() == ""
