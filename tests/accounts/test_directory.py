"""The list of accounts: states, counts, filters, search, paging, and the sheet of it."""

from __future__ import annotations

import io
import re
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook

from accounts.audit.models import Access
from accounts.directory.cards import cards
from accounts.directory.states import State, posts_in_reach
from accounts.login.models import User
from accounts.posts.models import Post
from accounts.rules import Role
from tests import factories
from tests.officials import (
    FOREIGN_RT,
    KECAMATAN,
    KELURAHAN,
    RT,
    SIBLING_RT,
    client_of,
    post_of,
    user_as,
    user_with,
)
from wacat.clock import now, today

pytestmark = pytest.mark.django_db
ONE = timedelta(days=1)
LIST = "account_list"


@pytest.fixture
def lurah() -> User:
    return user_as(Role.LURAH)


def rt_head(area: str = RT, last_login: int | None = None, **fields: Any) -> User:
    """A Ketua RT who logged in so many days ago, or never."""
    moment = None if last_login is None else now() - last_login * ONE
    return user_with((Role.KETUA_RT, area), last_login=moment, **fields)


def names(response: Any) -> list[str]:
    return [post.user.full_name for post in response.context["page"].rows]


def counts(response: Any) -> dict[str, int]:
    return {one["state"]: one["count"] for one in response.context["counts"] if one["count"]}


def state_of(user: User) -> str:
    viewer = factories.holder(Role.ADMINISTRATOR, "64.71")
    return str(posts_in_reach(viewer).get(user=user).state)


@pytest.mark.parametrize(
    ("last_login", "state"),
    [(None, State.NEVER), (0, State.ACTIVE), (89, State.ACTIVE), (91, State.DORMANT)],
)
def test_an_account_in_office_stands_as_it_is_used(last_login: int | None, state: str) -> None:
    assert state_of(rt_head(last_login=last_login)) == state


@pytest.mark.parametrize("status", ["active", "inactive"])
def test_what_is_over_or_closed_hides_how_it_is_used(status: str) -> None:
    closed = status == "inactive"
    user = rt_head(last_login=0)
    User.objects.filter(pk=user.pk).update(status=status)
    assert state_of(user) == (State.CLOSED if closed else State.ACTIVE)
    Post.objects.filter(user=user).update(starts=today() + ONE)
    assert state_of(user) == (State.CLOSED if closed else State.COMING)
    Post.objects.filter(user=user).update(starts=today() - ONE, until=today(), ending="ended")
    assert state_of(user) == State.ENDED


def test_counts_add_up_and_lead_to_their_lists(lurah: User) -> None:
    rt_head(RT)
    rt_head(SIBLING_RT, last_login=100)
    rt_head(FOREIGN_RT)
    client = client_of(lurah)
    page = client.get(reverse(LIST))
    assert counts(page) == {State.ACTIVE: 1, State.DORMANT: 1, State.NEVER: 1}
    for one in page.context["counts"]:
        assert len(names(client.get(reverse(LIST) + one["url"]))) == one["count"]


def test_past_posts_are_listed_when_asked_for(lurah: User) -> None:
    past = rt_head(full_name="Ketua Lama")
    Post.objects.filter(user=past).update(until=today(), ending="ended")
    client = client_of(lurah)
    assert "Ketua Lama" not in names(client.get(reverse(LIST)))
    assert names(client.get(reverse(LIST), {"status": "ended"})) == ["Ketua Lama"]
    assert names(client.post(reverse(LIST), {"q": "ketua lama"})) == ["Ketua Lama"]


@pytest.mark.parametrize(
    ("role", "seen"),
    [
        (Role.LURAH, {"Dekat"}),
        (Role.CAMAT, {"Dekat"}),
        (Role.ADMINISTRATOR, {"Dekat", "Jauh"}),
    ],
)
def test_only_accounts_in_reach_are_listed(role: str, seen: set[str]) -> None:
    rt_head(RT, full_name="Dekat")
    rt_head(FOREIGN_RT, full_name="Jauh")
    client = client_of(user_as(role))
    assert {"Dekat", "Jauh"} & set(names(client.get(reverse(LIST)))) == seen


@pytest.mark.parametrize("role", sorted(set(Role) - {Role.LURAH, Role.CAMAT, Role.ADMINISTRATOR}))
def test_others_are_refused(role: str) -> None:
    client, person = client_of(user_as(role)), rt_head(SIBLING_RT)
    for address in (reverse(LIST), reverse("account_xlsx"), page_of(person), page_of(None)):
        assert client.get(address).status_code == 403


def page_of(person: User | None) -> str:
    return reverse("account_detail", args=[person.pk if person else 987_654_321])


def test_filters_narrow_and_wrong_ones_are_refused(lurah: User) -> None:
    rt_head(RT, full_name="Ketua")
    administrator = client_of(user_as(Role.ADMINISTRATOR))

    def listed(**query: str) -> list[str]:
        return names(administrator.get(reverse(LIST), query))

    assert listed(peran=Role.KETUA_RT) == ["Ketua"]
    assert listed(peran=Role.LURAH, wilayah=KECAMATAN) == [lurah.full_name]
    assert listed(wilayah=FOREIGN_RT) == []
    for query in ({"status": "x"}, {"peran": "x"}, {"sesudah": "x"}):
        assert administrator.get(reverse(LIST), query).status_code == 400
    for client, area in ((administrator, "64.99"), (client_of(lurah), FOREIGN_RT)):
        assert client.get(reverse(LIST), {"wilayah": area}).status_code == 404


def test_pages_follow_one_another_by_area(lurah: User) -> None:
    for _ in range(60):
        user_with((Role.PETUGAS_KELURAHAN, KELURAHAN))
    rt_head(SIBLING_RT)
    client, address, seen = client_of(lurah), reverse(LIST), list[tuple[str, int]]()
    while address and len(seen) < 200:
        page = client.get(address)
        seen += [(post.area_id, post.pk) for post in page.context["page"].rows]
        address = page.context["page"].next_url and reverse(LIST) + page.context["page"].next_url
    assert len(seen) == len(set(seen)) == 62
    assert seen == sorted(seen)


def test_a_page_asks_the_same_however_many_there_are(lurah: User) -> None:
    client = client_of(lurah)

    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            client.get(reverse(LIST))
        return len([one for one in queries if "SAVEPOINT" not in one["sql"]])

    few = asked()
    for _ in range(30):
        user_with((Role.PETUGAS_KELURAHAN, KELURAHAN))
    assert asked() == few <= 12


@pytest.mark.parametrize("text", ["budi HARTONO", "0800 0012-3456", "+62 800 00123456"])
def test_a_search_finds_by_name_and_number(lurah: User, text: str) -> None:
    number = "080000123456"
    rt_head(full_name="Budi Hartono", username=number, login_phone=number, phone=number)
    rt_head(SIBLING_RT, full_name="Budi Lain")
    assert names(client_of(lurah).post(reverse(LIST), {"q": text})) == ["Budi Hartono"]


@pytest.mark.parametrize("text", ["080000123456", "080000123456 "])
def test_a_number_finds_nobody_whose_number_is_not_ones_business(text: str) -> None:
    number = "080000123456"
    rt_head(full_name="Budi Hartono", username=number, login_phone=number, phone=number)
    camat = client_of(user_as(Role.CAMAT))
    assert names(camat.post(reverse(LIST), {"q": text})) == []
    assert names(camat.post(reverse(LIST), {"q": "hartono"})) == ["Budi Hartono"]


def sheet_rows(client: Client, **query: str) -> list[dict[str, Any]]:
    response = client.get(reverse("account_xlsx"), query)
    assert response.status_code == 200
    rows = list(load_workbook(io.BytesIO(response.content)).active.iter_rows())
    headings = [str(cell.value) for cell in rows[0]]
    return [dict(zip(headings, row, strict=True)) for row in rows[1:]]


def test_the_sheet_holds_the_list_as_text(lurah: User) -> None:
    rt_head(full_name="=1+1", phone="080000123456", last_login=0)
    rt_head(FOREIGN_RT, full_name="Jauh")
    [row] = sheet_rows(client_of(lurah), peran=Role.KETUA_RT)
    assert (row["Nama"].value, row["Nama"].data_type) == ("=1+1", "s")
    assert (row["Telepon"].value, row["Telepon"].data_type) == ("080000123456", "s")
    assert (row["Tempat"].value, row["Keadaan akun"].value) == ("RT 001, Kel. Sepinggan", "Aktif")


def test_the_sheet_holds_no_contacts_that_are_not_ones_business() -> None:
    rt_head(full_name="Budi", username="080000123456", login_phone="080000123456", phone="0800")
    [row] = sheet_rows(client_of(user_as(Role.CAMAT)), peran=Role.KETUA_RT)
    assert row["Nama"].value == "Budi"
    assert not any(row[name].value for name in ("Nama pengguna", "Telepon", "Surel"))


def test_taking_the_sheet_is_recorded(lurah: User) -> None:
    client = client_of(lurah)
    client.get(reverse(LIST))
    assert not Access.objects.exists()
    sheet_rows(client)
    read = Access.objects.get()
    assert (read.actor, read.kind, read.subject) == (lurah, "export", "accounts.post")
    assert read.area_id == KELURAHAN


def test_no_name_or_number_stands_in_an_address(lurah: User) -> None:
    rt_head(full_name="Budi Hartono", phone="080000123456")
    page = client_of(lurah).post(reverse(LIST), {"q": "hartono"}).content.decode()
    addresses = " ".join(re.findall(r'(?:href|action)="([^"]*)"', page))
    assert "artono" not in addresses
    assert "080000123456" not in addresses


def test_the_start_page_tells_of_accounts_that_nobody_uses(lurah: User) -> None:
    rt_head(RT)
    rt_head(SIBLING_RT, last_login=100)
    rt_head(FOREIGN_RT)
    lurah.last_login = now()
    lurah.save()
    assert [card.count for card in cards(lurah)] == [1, 1]
    assert cards(user_as(Role.CAMAT)) == []
    client = client_of(lurah)
    assert all(len(names(client.get(card.url))) == card.count for card in cards(lurah))


def test_two_posts_in_one_hand_reach_no_further_than_each() -> None:
    both = user_with((Role.LURAH, KELURAHAN), (Role.KETUA_RT, FOREIGN_RT))
    rt_head(RT, full_name="Dekat")
    stranger = user_with((Role.PETUGAS_KELURAHAN, FOREIGN_RT[:13]), full_name="Jauh")
    client = client_of(both)
    assert set(names(client.get(reverse(LIST)))) == {"Dekat", both.full_name}
    assert client.get(page_of(stranger)).status_code == 404


def test_a_post_taken_back_before_it_began_is_over() -> None:
    user = user_with((Role.LURAH, KELURAHAN))
    with_no_day = post_of(user, Role.KETUA_RT, RT)
    day = today() + ONE
    Post.objects.filter(pk=with_no_day.pk).update(starts=day, until=day, ending="ended")
    viewer = factories.holder(Role.ADMINISTRATOR, "64.71")
    assert posts_in_reach(viewer).get(pk=with_no_day.pk).state == State.ENDED
