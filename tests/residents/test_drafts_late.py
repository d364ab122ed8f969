"""A form that is sent after the login ended: the answer is any stranger's, and nothing is lost."""

from __future__ import annotations

import time
from typing import Any
from urllib.parse import parse_qs, urlsplit
from uuid import uuid4

import pytest
from django.core import signing
from django.test import Client, override_settings

from residents.drafts.keeping import keep, open_drafts
from residents.drafts.models import Draft
from residents.drafts.tickets import GOOD_FOR, SALT, phone_key
from residents.registry.models import Resident
from tests import factories
from tests.factories import PASSWORD, RT, client_of, form_data, holder
from tests.residents.pages import ADD, Answer, ketua_rt, key_on, shown, typed

pytestmark = pytest.mark.django_db

NAME = "Nama Panjang Contoh"
KEPT = "Yang tadi diketik tersimpan"


def _form(page: Answer, **told: Any) -> dict[str, Any]:
    data = {**form_data(full_name=NAME), "ticket": typed(page, "ticket"), **told}
    return {**data, "form_key": key_on(page, "form_key")}


def _opened(**told: Any) -> dict[str, Any]:
    factories.load_areas()
    return _form(ketua_rt().get(ADD), **told)


def _the_draft_is_there(key: str) -> None:
    client = ketua_rt()
    assert "Isian belum selesai (1)" in shown(client.get(ADD))
    page = client.get(f"{ADD}?isian={key}")
    assert typed(page, "full_name") == NAME
    assert not Resident.objects.exists()


def test_what_a_stranger_sends_with_the_ticket_waits_for_its_owner() -> None:
    data = _opened()
    answer = Client().post(ADD, data)
    plain = Client().post(ADD, {"ticket": "x", "form_key": data["form_key"]})
    assert (answer.status_code, _next_of(answer)) == (302, f"{ADD}?isian={data['form_key']}")
    assert _next_of(Client().post(ADD, {"full_name": NAME})) == ADD
    assert _but_cookies(answer) == _but_cookies(plain)
    assert answer.content == plain.content
    _the_draft_is_there(data["form_key"])


def _next_of(answer: Answer) -> str:
    """The page to which the login leads."""
    where = urlsplit(answer.headers["Location"])
    assert where.path == "/masuk/"
    [address] = parse_qs(where.query)["next"]
    return address


def _but_cookies(answer: Answer) -> dict[str, str]:
    names = set(answer.headers) - {"Set-Cookie", "Content-Security-Policy"}
    return {name: answer.headers[name] for name in names}


@override_settings(SESSION_IDLE_SECONDS=60)
def test_a_session_that_lay_idle_loses_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    factories.load_areas()
    client = ketua_rt()
    data, moment = _form(client.get(ADD)), time.time()
    monkeypatch.setattr("accounts.login.sessions.time.time", lambda: moment + 3600)
    answer = client.post(ADD, data)
    monkeypatch.undo()
    _the_draft_is_there(data["form_key"])
    told = {"login": holder("ketua_rt", RT).username, "password": PASSWORD}
    page = Client().post("/masuk/", {**told, "next": _next_of(answer)}, follow=True)
    assert typed(page, "full_name") == NAME
    assert key_on(page, "form_key") == data["form_key"]
    assert KEPT in shown(page)


def test_the_start_page_leads_to_what_was_not_sent() -> None:
    data = _opened()
    client = ketua_rt()
    assert "Isian belum selesai" not in shown(client.get("/"))
    Client().post(ADD, data)
    assert f'href="{ADD}?isian={data["form_key"]}">Isian belum selesai' in _source(client)
    keep(holder("ketua_rt", RT), uuid4(), {"full_name": "Lain"})
    assert 'href="/warga/?isian=semua#isian">Isian belum selesai' in _source(client)
    listed = client.get("/warga/?isian=semua")
    assert 'id="isian" open' in listed.content.decode()
    assert f"Lanjutkan: {NAME}" in shown(listed)


def _source(client: Client) -> str:
    return client.get("/").content.decode()


def test_who_comes_back_for_what_is_not_there_is_told() -> None:
    factories.load_areas()
    for page in (ADD, f"/warga/{factories.reported().pk}/ubah/"):
        text = shown(ketua_rt().get(f"{page}?isian={uuid4()}"))
        assert "tidak ada lagi" in text
        assert KEPT not in text


def test_a_token_from_before_another_login_loses_nothing() -> None:
    factories.load_areas()
    client = Client(enforce_csrf_checks=True)
    client.force_login(holder("ketua_rt", RT))
    data = _form(client.get(ADD))
    assert client.post(ADD, {**data, "csrfmiddlewaretoken": "x" * 64}).status_code == 403
    _the_draft_is_there(data["form_key"])


def test_a_correction_is_not_lost_either() -> None:
    resident, client = factories.reported(), ketua_rt()
    url = f"/warga/{resident.pk}/ubah/"
    ticket = typed(client.get(url), "ticket")
    answer = Client().post(url, {"full_name": NAME, "ticket": ticket})
    assert f"Lanjutkan: {NAME}" in shown(client.get(url))
    page = client.get(_next_of(answer))
    assert typed(page, "full_name") == NAME
    assert KEPT in shown(page)
    resident.refresh_from_db()
    assert resident.full_name != NAME


def test_an_rt_that_was_just_merged_loses_nothing() -> None:
    data = _opened()
    client = ketua_rt()
    resident = factories.draft()
    ticket = typed(client.get(f"/warga/{resident.pk}/ubah/"), "ticket")
    client.post(f"/warga/{resident.pk}/", {"action": "discard"})
    told = {**data, "ticket": ticket}
    assert client.post(f"/warga/{resident.pk}/ubah/", told).status_code == 409
    assert [one.name for one in open_drafts(holder("ketua_rt", RT))] == [NAME]


@pytest.mark.parametrize("spoil", ["", "x", "\0", "9" * 5000])
def test_without_a_good_ticket_nothing_is_kept(spoil: str) -> None:
    data = _opened(ticket=spoil)
    assert Client().post(ADD, data).status_code == 302
    assert not Draft.objects.exists()


def test_a_ticket_is_good_for_a_day(monkeypatch: pytest.MonkeyPatch) -> None:
    data, moment = _opened(), time.time()
    monkeypatch.setattr("django.core.signing.time.time", lambda: moment + GOOD_FOR + 60)
    Client().post(ADD, data)
    assert not Draft.objects.exists()
    monkeypatch.setattr("django.core.signing.time.time", lambda: moment + GOOD_FOR - 60)
    Client().post(ADD, data)
    assert Draft.objects.exists()


@pytest.mark.parametrize("wrong", [[1], [1, 2, 3, 4], ["x", "y", None], [0, str(uuid4()), None]])
def test_a_signed_ticket_that_makes_no_sense_is_none(wrong: list[object]) -> None:
    data = _opened(ticket=signing.dumps(wrong, salt=SALT))
    assert Client().post(ADD, data).status_code == 302
    assert not Draft.objects.exists()


def test_a_ticket_is_no_login() -> None:
    data = _opened()
    client = Client()
    client.post(ADD, data)
    for url in (ADD, f"{ADD}?isian={data['form_key']}", "/warga/"):
        assert client.get(url).headers["Location"].startswith("/masuk/")


def test_who_may_enter_nobody_any_more_gets_no_draft() -> None:
    data = _opened()
    holder("ketua_rt", RT).posts.update(until="2026-01-01", ending="ended")
    Client().post(ADD, data)
    assert not Draft.objects.exists()


def test_a_form_without_words_is_not_kept() -> None:
    data = _opened()
    Client().post(ADD, {"ticket": data["ticket"], "full_name": " "})
    assert not Draft.objects.exists()


def test_a_form_that_arrives_is_not_kept_besides() -> None:
    data = _opened()
    assert ketua_rt().post(ADD, data).status_code == 302
    assert Resident.objects.exists()
    assert not Draft.objects.exists()


def test_each_users_phone_key_is_another_and_stays_the_same() -> None:
    one, other = factories.user_as("ketua_rt"), factories.user_as("petugas_kelurahan")
    assert len(bytes.fromhex(phone_key(one.pk))) == 32
    assert phone_key(one.pk) == phone_key(one.pk) != phone_key(other.pk)
    page = client_of(one).get(ADD).content.decode()
    assert phone_key(one.pk) in page
    assert phone_key(other.pk) not in page
