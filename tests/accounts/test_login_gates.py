"""What stands between a login and the pages: in order, and told plainly."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from django.contrib.sessions.models import Session
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.login.models import User
from accounts.login.sessions import close_sessions
from accounts.posts.models import Post
from accounts.rules import Role
from tests import factories
from tests.accounts.login_ways import is_in, log_in, totp
from tests.officials import post_of, user_with
from wacat.clock import today

pytestmark = pytest.mark.django_db
RT = (Role.KETUA_RT, factories.RT)
INACTIVE, OVER = "/nonaktif/", "/nonaktif/?sebab=jabatan"
HTMX = {"HX-Request": "true", "HX-Current-URL": "http://testserver/surat/?status=ready"}


def end_posts(user: User) -> None:
    Post.objects.filter(user=user).update(until=today(), ending=Post.Ending.ENDED)


def close(user: User) -> None:
    User.objects.filter(pk=user.pk).update(status="inactive")


@pytest.mark.parametrize("method", ["get", "post"])
def test_who_is_deactivated_in_the_middle_of_a_form_is_told_so(method: str) -> None:
    user = user_with(RT)
    client = factories.client_of(user)
    assert is_in(client)
    close(user)
    answer = getattr(client, method)("/warga/tambah/", factories.form_data())
    assert (answer.status_code, answer["Location"]) == (302, INACTIVE)
    page = client.get(INACTIVE).content.decode()
    assert "tidak aktif" in page
    assert "Kepala Disdukcapil" in page
    assert not Session.objects.exists()


def test_nothing_of_the_form_is_kept() -> None:
    user = user_with(RT)
    client = factories.client_of(user)
    close(user)
    data = factories.form_data(full_name="Warga Tak Tersimpan")
    client.post("/warga/tambah/", data)
    assert "/masuk/" in client.get("/warga/", follow=True).request["PATH_INFO"]
    assert "Warga Tak Tersimpan" not in client.get(INACTIVE).content.decode()


def test_the_page_is_told_too_when_the_session_itself_was_ended() -> None:
    user = user_with(RT)
    client = factories.client_of(user)
    assert is_in(client)
    close(user)
    close_sessions(user)
    assert not Session.objects.exists()
    assert client.post("/warga/tambah/", {})["Location"] == INACTIVE
    assert client.get("/warga/")["Location"] == "/masuk/?next=/warga/"


def test_who_is_active_and_was_only_logged_out_is_asked_to_log_in() -> None:
    user = user_with(RT)
    client = factories.client_of(user)
    assert is_in(client)
    close_sessions(user)
    assert client.get("/warga/")["Location"] == "/masuk/?next=/warga/"


def test_a_made_up_session_learns_nothing() -> None:
    close(user_with(RT))
    client = Client()
    client.cookies["sessionid"] = "a" * 32
    assert client.get("/warga/")["Location"] == "/masuk/?next=/warga/"


def test_whose_last_post_is_over_is_thanked_and_out() -> None:
    user = user_with(RT)
    client = factories.client_of(user)
    end_posts(user)
    assert client.get("/warga/")["Location"] == OVER
    assert "sudah berakhir" in client.get(OVER).content.decode()
    assert not is_in(client)
    assert log_in(Client(), user.username).status_code == 302
    again = Client()
    log_in(again, user.username)
    assert again.get("/")["Location"] == OVER


def test_with_another_post_the_session_goes_on() -> None:
    user = user_with(RT, (Role.LURAH, factories.SIBLING_KELURAHAN))
    client = factories.client_of(user)
    Post.objects.filter(user=user, role=Role.KETUA_RT).update(until=today(), ending="ended")
    assert is_in(client)


def test_the_first_login_goes_in_order() -> None:
    """Undertaking, own password, second factor, and then the page."""
    user = user_with((Role.OPERATOR, "64.71"), undertaken=False, password=None)
    Authenticator.objects.filter(user=user).delete()
    client = factories.client_of(user)
    for path in ("/", "/saya/", "/saya/sandi/", "/saya/pengaman/aplikasi/"):
        assert client.get(path)["Location"] == "/pernyataan/", path
    client.post("/pernyataan/", {"accept": "on"})
    for path in ("/", "/saya/", "/saya/pengaman/aplikasi/"):
        assert client.get(path)["Location"] == "/saya/sandi/", path
    new = {"new_password1": "kuda-laut-melompat-jauh", "new_password2": "kuda-laut-melompat-jauh"}
    assert client.post("/saya/sandi/", new)["Location"] == "/"
    for path in ("/", "/saya/", "/saya/pengaman/"):
        assert client.get(path)["Location"] == "/saya/pengaman/aplikasi/", path
    page = client.get("/saya/pengaman/aplikasi/")
    secret = page.context["form"].secret
    answer = client.post("/saya/pengaman/aplikasi/", {"code": totp(secret=secret)})
    assert answer["Location"] == "/saya/pengaman/kode/"
    assert client.get("/saya/pengaman/kode/").status_code == 200
    assert is_in(client)


@pytest.mark.parametrize("role", Role)
def test_a_second_factor_is_demanded_of_those_roles_only(role: Role) -> None:
    user = factories.user_as(role)
    Authenticator.objects.filter(user=user).delete()
    answer = factories.client_of(user).get("/")
    demanded = role in (Role.ADMINISTRATOR, Role.OPERATOR, Role.PIMPINAN)
    assert (answer.get("Location") == "/saya/pengaman/aplikasi/") is demanded
    assert (answer.status_code == 200) is not demanded


def test_who_begins_later_is_told_from_which_day() -> None:
    user = user_with(RT)
    end_posts(user)
    post_of(user, Role.KETUA_RT, factories.SIBLING_RT, starts=today() + timedelta(days=3))
    client = factories.client_of(user)
    for path in ("/", "/warga/", "/warga/tambah/"):
        assert client.get(path)["Location"] == "/belum-mulai/", path
    page = client.get("/belum-mulai/").content.decode()
    assert "RT 002" in page
    assert str((today() + timedelta(days=3)).year) in page
    assert client.get("/saya/").status_code == 200
    with factories.on_day(today() + timedelta(days=3)):
        assert is_in(client)
        assert client.get("/belum-mulai/")["Location"] == "/"


@pytest.mark.parametrize(
    ("happened", "led_to"), [(close, INACTIVE), (end_posts, OVER), (close_sessions, "/masuk/")]
)
def test_a_part_of_a_page_is_not_filled_with_another_page(
    happened: Callable[[User], None], led_to: str
) -> None:
    user = user_with(RT)
    client = factories.client_of(user)
    assert is_in(client)
    happened(user)
    answer = client.get("/warga/", headers=HTMX)
    assert (answer.status_code, answer.content) == (200, b"")
    way = f"{led_to}?next=/surat/" if led_to == "/masuk/" else led_to
    assert answer["HX-Redirect"] == way


def test_public_pages_have_no_gates() -> None:
    user = user_with(RT, undertaken=False)
    client = factories.client_of(user)
    assert client.get("/verifikasi/tidak-ada/").status_code == 404
    assert client.get(INACTIVE).status_code == 200
    close(user)
    assert client.get("/masuk/").status_code == 200


def test_all_gates_cost_one_query_for_the_user_and_one_for_the_posts() -> None:
    client = factories.client_of(user_with(RT))
    assert is_in(client)
    with CaptureQueriesContext(connection) as asked:
        assert client.get("/pernyataan/").status_code == 200
    for table in ("accounts_user", "accounts_undertaking", "mfa_authenticator", "accounts_post"):
        assert len([one for one in asked if f'FROM "{table}"' in one["sql"]]) == 1, table


@pytest.mark.parametrize("address", ["http://[", "http://[x]:y/akun/", "", "//"])
def test_a_made_up_address_of_the_open_page_harms_nothing(address: str) -> None:
    headers = {"hx-request": "true", "hx-current-url": address}
    answer = Client().get("/akun/", headers=headers)
    assert answer["HX-Redirect"].startswith("/masuk/")
