"""A new one-time password from the Lurah or the administrator; a link for who has forgotten."""

from __future__ import annotations

import time
from uuid import uuid4

import pytest
from django.test import Client

from accounts.issuing import forgetting
from accounts.issuing.models import SlipSheet
from accounts.login.models import User
from accounts.notices.models import Notice
from accounts.posts.models import Post
from accounts.rules import Role
from tests.accounts.issued import shown
from tests.officials import (
    FOREIGN_RT,
    KELURAHAN,
    PASSWORD,
    RT,
    SIBLING_KELURAHAN,
    client_of,
    founder,
    holder,
    user_as,
    user_with,
)
from wacat.clock import today

FORGOTTEN = "/sandi/lupa/"


def url_of(user: User) -> str:
    return f"/akun/{user.pk}/sandi/"


@pytest.mark.django_db
class TestRenewed:
    def test_old_password_and_sessions_end_at_once_and_a_slip_is_drawn(self) -> None:
        ketua, lurah = holder(Role.KETUA_RT, RT), client_of(holder(Role.LURAH, KELURAHAN))
        telephone = client_of(ketua)
        assert telephone.get("/").status_code == 200
        assert "Buat kata sandi baru" in lurah.get(url_of(ketua)).text
        answer = lurah.post(url_of(ketua), {"key": str(uuid4())})
        sheet = SlipSheet.objects.get()
        assert answer["Location"] == f"/akun/slip/{sheet.pk}/"
        assert [entry.user for entry in sheet.entries.all()] == [ketua]
        assert sheet.area_id == KELURAHAN
        ketua.refresh_from_db()
        assert not ketua.check_password(PASSWORD)
        assert telephone.get("/").status_code == 302
        assert Notice.objects.filter(kind="password_renewed", recipient=ketua).count() == 1

    def test_a_look_at_the_page_changes_nothing(self) -> None:
        ketua = holder(Role.KETUA_RT, RT)
        client_of(holder(Role.LURAH, KELURAHAN)).get(url_of(ketua))
        ketua.refresh_from_db()
        assert ketua.check_password(PASSWORD)

    def test_the_same_press_again_answers_alike(self) -> None:
        ketua, lurah = holder(Role.KETUA_RT, RT), client_of(holder(Role.LURAH, KELURAHAN))
        key = {"key": str(uuid4())}
        first, again = lurah.post(url_of(ketua), key), lurah.post(url_of(ketua), key)
        assert first["Location"] == again["Location"]
        assert SlipSheet.objects.count() == 1
        assert Notice.objects.filter(kind="password_renewed").count() == 1

    def test_whoever_is_inactive_or_out_of_office(self) -> None:
        ketua, lurah = holder(Role.KETUA_RT, RT), client_of(holder(Role.LURAH, KELURAHAN))
        User.objects.filter(pk=ketua.pk).update(status="inactive")
        assert "nonaktif" in lurah.get(url_of(ketua)).text
        assert lurah.post(url_of(ketua)).status_code == 409
        User.objects.filter(pk=ketua.pk).update(status="active")
        Post.objects.filter(user=ketua).update(until=today(), ending="resigned")
        assert lurah.post(url_of(ketua)).status_code == 409
        assert not SlipSheet.objects.exists()


@pytest.mark.django_db
class TestWhose:
    def test_a_lurah_for_the_ketua_rt_of_the_kelurahan_only(self) -> None:
        lurah = client_of(holder(Role.LURAH, KELURAHAN))
        answers = {
            "own": holder(Role.KETUA_RT, RT),
            "staff": holder(Role.PETUGAS_KELURAHAN, KELURAHAN),
            "himself": holder(Role.LURAH, KELURAHAN),
            "abroad": holder(Role.KETUA_RT, FOREIGN_RT),
            "camat": user_as(Role.CAMAT),
            "administrator": user_as(Role.ADMINISTRATOR),
        }
        got = {name: lurah.post(url_of(user)).status_code for name, user in answers.items()}
        assert got == {
            "own": 302,
            "staff": 403,
            "himself": 403,
            "abroad": 404,
            "camat": 404,
            "administrator": 404,
        }

    @pytest.mark.parametrize(
        "more",
        [
            (Role.LURAH, SIBLING_KELURAHAN),
            (Role.ADMINISTRATOR, "64.71"),
            (Role.KETUA_RT, FOREIGN_RT),
        ],
    )
    def test_a_lurah_for_nobody_who_holds_more_besides(self, more: tuple[str, str]) -> None:
        both = user_with((Role.KETUA_RT, RT), more)
        lurah = client_of(holder(Role.LURAH, KELURAHAN))
        assert lurah.get(url_of(both)).status_code == 403
        assert lurah.post(url_of(both)).status_code == 403
        both.refresh_from_db()
        assert both.check_password(PASSWORD)

    def test_a_lurah_for_nobody_who_has_moved_on(self) -> None:
        gone = user_with((Role.KETUA_RT, RT), (Role.OPERATOR, "64.71"))
        Post.objects.filter(user=gone, role=Role.KETUA_RT).update(until=today(), ending="resigned")
        lurah = client_of(holder(Role.LURAH, KELURAHAN))
        assert lurah.post(url_of(gone)).status_code == 403

    def test_a_plh_lurah_as_the_lurah(self) -> None:
        plh = client_of(user_with((Role.LURAH, KELURAHAN, "plh")))
        assert plh.post(url_of(holder(Role.KETUA_RT, RT))).status_code == 302
        assert plh.post(url_of(holder(Role.LURAH, KELURAHAN))).status_code == 403

    @pytest.mark.parametrize("role", Role)
    def test_an_administrator_for_everybody_else(self, role: Role) -> None:
        administrator = client_of(founder().user)
        assert administrator.post(url_of(user_as(role))).status_code == 302
        assert administrator.post(url_of(founder().user)).status_code == 403

    @pytest.mark.parametrize("role", set(Role) - {Role.LURAH, Role.ADMINISTRATOR})
    def test_nobody_else(self, role: Role) -> None:
        somebody, ketua = client_of(user_as(role)), user_with((Role.KETUA_RT, FOREIGN_RT))
        assert somebody.get(url_of(ketua)).status_code == 403
        assert somebody.post(url_of(ketua)).status_code == 403


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without the time that every answer takes."""
    monkeypatch.setattr(forgetting, "ANSWER_SECONDS", 0.0)


def links_to(user: User) -> int:
    return Notice.objects.filter(kind="password_link", recipient=user).count()


@pytest.mark.django_db
@pytest.mark.usefixtures("quick")
class TestForgotten:
    @pytest.fixture
    def user(self) -> User:
        return user_with(
            (Role.KETUA_RT, RT),
            username="pak.rt",
            login_phone="080012345678",
            email="rt@example.id",
        )

    @pytest.mark.parametrize(
        "login", ["pak.rt", " PAK.RT ", "0800-1234-5678", "+62800 1234 5678", "RT@Example.id"]
    )
    def test_a_link_is_sent(self, client: Client, user: User, login: str) -> None:
        assert client.get(FORGOTTEN).status_code == 200
        assert client.post(FORGOTTEN, {"login": login}).status_code == 200
        assert links_to(user) == 1

    def test_the_answer_is_the_same_for_everybody(self, client: Client, user: User) -> None:
        closed = user_with((Role.KETUA_RT, FOREIGN_RT), username="tutup", email="t@example.id")
        User.objects.filter(pk=closed.pk).update(status="inactive")
        user_with((Role.CAMAT, "64.71.01"), username="tanpa.surel")
        former = user_with((Role.LURAH, KELURAHAN), username="mantan", email="m@example.id")
        Post.objects.filter(user=former).update(until=today(), ending="resigned")
        logins = ("pak.rt", "tutup", "tanpa.surel", "mantan", "tidak.ada", "x@example.id")
        answers = {shown(client.post(FORGOTTEN, {"login": login})) for login in logins}
        assert len(answers) == 1
        assert "pak.rt" not in next(iter(answers))
        assert [n.recipient for n in Notice.objects.filter(kind="password_link")] == [user]

    def test_an_empty_field(self, client: Client) -> None:
        assert client.post(FORGOTTEN, {"login": " "}).status_code == 422

    def test_an_inbox_is_left_in_peace(self, client: Client, user: User) -> None:
        answers = {shown(client.post(FORGOTTEN, {"login": "pak.rt"})) for _ in range(6)}
        assert len(answers) == 1
        assert links_to(user) == forgetting.PER_ACCOUNT

    def test_an_address_asks_only_so_often(self, client: Client) -> None:
        for _ in range(forgetting.PER_ADDRESS):
            assert client.post(FORGOTTEN, {"login": "tidak.ada"}).status_code == 200
        assert client.post(FORGOTTEN, {"login": "tidak.ada"}).status_code == 429


def test_every_answer_takes_as_long(client: Client, db: None) -> None:
    user_with((Role.KETUA_RT, RT), username="pak.rt", email="rt@example.id")
    spans = []
    for login in ("pak.rt", "tidak.ada"):
        began = time.perf_counter()
        client.post(FORGOTTEN, {"login": login})
        spans.append(time.perf_counter() - began)
    assert min(spans) >= forgetting.ANSWER_SECONDS
    assert max(spans) - min(spans) < 0.15
