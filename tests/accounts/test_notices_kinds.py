"""Every kind of notice: its words, where it leads, and what a message of it says."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.conf import settings
from django.core import mail
from django.urls import resolve

from accounts.login.models import AccountStatus, User
from accounts.notices import delivering
from accounts.notices.channels import CHANNELS
from accounts.notices.kinds import KINDS, Link, NoticeKind
from accounts.notices.models import Delivery, Notice
from accounts.notices.presenting import notice_lines, target_of
from accounts.notices.sending import notify
from accounts.rules import Role
from tests import factories
from tests.officials import user_with
from wacat.work import GiveUp

pytestmark = pytest.mark.django_db
# The kinds and their values, as the rooms agreed on them.
TOLD: dict[str, dict[str, Any]] = {
    "account_issued": {"title": "Ketua RT", "area": factories.RT},
    "password_link": {},
    "proposal_received": {"count": 1100},
    "proposal_returned": {"proposal": 7, "role": "lurah"},
    "proposals_issued": {"count": 40},
    "new_device": {"device": "Chrome di Android"},
    "account_closed": {"kind": "safeguard"},
    "account_reopened": {},
    "breach_reported": {"report": 7},
    "breach_decided": {"report": 7},
    "post_ended": {"title": "Ketua RT", "area": factories.RT, "on": date(2026, 5, 3)},
    "post_resigned": {"post": 7},
    "term_ending": {"post": 7},
    "delegated": {
        "area": factories.KELURAHAN,
        "starts": date(2026, 5, 3),
        "until": date(2026, 5, 17),
    },
    "contacts_changed": {},
    "second_factor_changed": {},
    "password_renewed": {},
    **{
        f"ticket_{what}": {"ticket": 7}
        for what in "answered asked settled handed_on opened replied closed".split()
    },
    "tickets_overdue": {"count": 3},
    "tickets_late": {"count": 3},
    "announcement_important": {"announcement": 7},
    "services_told": {"count": 12},
    "services_open": {"count": 12},
    **{f"feed_{what}": {"feed": 7} for what in "read refused done".split()},
    "places_waiting": {"count": 4},
    **{
        f"correction_{what}": {"correction": 7}
        for what in "sent asked replied decided withdrawn".split()
    },
    "corrections_overdue": {"count": 3},
    "corrections_late": {"count": 3},
    "truth_waits": {"month": "2026-10", "count": 12},
    "area_changed": {"area": factories.RT, "what": "renumbered"},
    "resident_held": {"resident": 7},
    "residents_held": {"count": 12},
    "import_held": {"imported": 7, "count": 21},
    "resident_returned": {"resident": 7},
    "resident_received": {"resident": 7},
    "resident_relocated": {"resident": 7},
    "relocation_objected": {"relocation": 7},
    "relocation_decided": {"resident": 7},
    "resident_merged": {"resident": 7},
    "stays_ending": {"count": 3},
    "report_ready": {
        "report": 7,
        "area": factories.KELURAHAN,
        "period": "Oktober 2026",
        "revision": 1,
    },
}
KEYS = sorted(TOLD)


@pytest.fixture
def user() -> User:
    return user_with(
        (Role.KETUA_RT, factories.RT),
        full_name="Sulaiman O'Neil & Putra",
        email="sulaiman@contoh.invalid",
        phone="0800-1234-5678",
    )


def told(user: User, key: str, **values: Any) -> Notice:
    notify(key, [(user, values or TOLD[key])])
    return Notice.objects.latest("pk")


def sent(notice: Notice) -> Any:
    """The e-mail of a notice, as the mail server gets it."""
    delivering.send(Delivery.objects.select_related("notice__recipient").get(notice=notice))
    return mail.outbox[-1]


def addresses_in(text: str) -> list[str]:
    return [word for word in text.split() if "://" in word]


def test_the_kinds_are_those_agreed_on() -> None:
    assert set(KINDS) == set(TOLD)


@pytest.mark.parametrize("key", KEYS)
def test_a_kind_has_words_of_its_own(key: str) -> None:
    kind = KINDS[key]
    assert kind.title != NoticeKind.title
    assert kind.text.endswith(".")
    assert "{" not in kind.title + kind.text
    assert set(kind.channels) <= set(CHANNELS)
    assert kind.category


@pytest.mark.parametrize("key", KEYS)
def test_what_the_portal_shows_is_complete(key: str, user: User) -> None:
    [line] = notice_lines([told(user, key)])
    assert line.title
    for word in ("{", "64.71", "2026-", "None"):
        assert word not in line.detail


@pytest.mark.parametrize("key", KEYS)
def test_it_leads_to_a_page_that_there_is(key: str, user: User) -> None:
    assert resolve(target_of(told(user, key)).partition("?")[0])


def test_places_posts_and_days_are_told_in_words(user: User) -> None:
    told(user, "term_ending", post=user.posts.get().pk)
    for key in ("post_ended", "proposal_received", "delegated", "area_changed"):
        told(user, key)
    assert [line.detail for line in notice_lines(Notice.objects.order_by("pk"))] == [
        "Jabatan: Ketua RT 001 · Kel. Sepinggan.",
        "Jabatan: Ketua RT, RT 001, Kel. Sepinggan; berakhir 3 Mei 2026.",
        "Jumlah usulan: 1.100.",
        "Wilayah: Kelurahan Sepinggan; 3 Mei 2026 sampai dengan 16 Mei 2026.",
        "RT 001, Kel. Sepinggan: nomor RT diganti.",
    ]


def test_a_kind_known_no_more_spoils_no_list(user: User) -> None:
    [line] = notice_lines([Notice(recipient=user, kind="forgotten", values={"area": "x"})])
    assert line.title == "Pemberitahuan"


@pytest.mark.parametrize("key", [key for key in KEYS if KINDS[key].channels])
def test_a_message_holds_the_name_one_link_and_whom_to_ask(key: str, user: User) -> None:
    notice = told(user, key)
    found = sent(notice)
    assert found.subject == KINDS[key].title
    assert found.to == [user.email]
    assert found.body.startswith("Yth. Bapak/Ibu Sulaiman O'Neil & Putra,\n\n")
    assert KINDS[key].text in found.body
    [address] = addresses_in(found.body)
    assert address.startswith(settings.PUBLIC_URL)
    assert resolve(address.removeprefix(settings.PUBLIC_URL))
    assert "Hubungi Kepala Disdukcapil." in found.body
    assert "{" not in found.body
    for secret in ("Sepinggan", "2026", "Chrome", "0800", user.username, user.nip):
        assert secret not in found.body


def test_a_new_account_is_led_to_a_password_of_its_own(user: User) -> None:
    notice = told(user, "account_issued")
    [address] = addresses_in(sent(notice).body)
    assert address == f"{settings.PUBLIC_URL}/masuk/"
    user.set_unusable_password()
    user.save()
    [address] = addresses_in(sent(notice).body)
    assert address.startswith(f"{settings.PUBLIC_URL}/aktivasi/")
    assert "aktivasi" not in str(Notice.objects.values().get(pk=notice.pk))


def test_a_forgotten_password_is_replaced_by_a_link(user: User) -> None:
    [address] = addresses_in(sent(told(user, "password_link")).body)
    assert address.startswith(f"{settings.PUBLIC_URL}/aktivasi/")


def test_who_cannot_log_in_is_led_to_an_open_page(user: User) -> None:
    assert KINDS["account_closed"].link is Link.WHOM_TO_ASK
    user.status = AccountStatus.INACTIVE
    user.save()
    [address] = addresses_in(sent(told(user, "account_closed")).body)
    assert address == f"{settings.PUBLIC_URL}/nonaktif/"


def test_a_closed_account_gets_no_link_to_a_password(user: User) -> None:
    notice = told(user, "password_link")
    user.status = AccountStatus.INACTIVE
    user.save()
    with pytest.raises(GiveUp, match="AccountClosed"):
        sent(notice)
    assert mail.outbox == []


def test_a_message_is_marked_as_a_machines_own(user: User) -> None:
    notice = told(user, "password_renewed")
    first, second = sent(notice), sent(notice)
    assert first.extra_headers["Auto-Submitted"] == "auto-generated"
    assert first.extra_headers["Message-ID"].endswith("@testserver>")
    assert first.extra_headers["Message-ID"] == second.extra_headers["Message-ID"]
    other = sent(told(user, "password_renewed"))
    assert other.extra_headers["Message-ID"] != first.extra_headers["Message-ID"]
