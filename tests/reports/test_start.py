"""The start page of each role: what waits, counted, with the way to it."""

import html
import re
from collections import Counter
from datetime import timedelta

import pytest
from django.test import Client

from accounts.rules import Role
from tests import factories
from tests.factories import CITY_CODE, FOREIGN_RT, SIBLING_RT, client_of, holder, user_as
from tests.residents.pages import Answer, ketua_rt, lurah, operator, petugas, shown
from wacat.clock import today

pytestmark = pytest.mark.django_db


# How the lists mark their rows.
ROWS = ('<th scope="row"', 'class="choice-line"', '<li class="ask"')
ACCOUNTS = ("/akun/", "/saya/", "/pemberitahuan/")
# Delivered services and help have tests of their own.
APART = ("/layanan/", "/koreksi/", "/bantuan/", "/evaluasi/")


def _all_cards(answer: Answer) -> list[tuple[str, str, str]]:
    """Title, count and way of each card, in their order."""
    assert answer.status_code == 200
    found = re.findall(
        r'class="task-count">(.*?)</p>.*?class="task-title"><a href="([^"]+)">(.*?)<',
        answer.content.decode(),
        re.S,
    )
    return [
        (html.unescape(title), count.strip(), html.unescape(way)) for count, way, title in found
    ]


def _work(answer: Answer) -> list[tuple[str, str, str]]:
    """The cards of residents, letters and jobs."""
    return [card for card in _all_cards(answer) if not card[2].startswith((*ACCOUNTS, *APART))]


def _cards(answer: Answer) -> dict[str, str]:
    return {title: count for title, count, _ in _work(answer)}


def _of_accounts(answer: Answer) -> dict[str, str]:
    return {title: count for title, count, way in _all_cards(answer) if way.startswith(ACCOUNTS)}


@pytest.fixture
def _everything() -> None:
    soon = today() + timedelta(days=30)
    late = today() + timedelta(days=31)
    for area in (factories.RT, SIBLING_RT, FOREIGN_RT):
        factories.draft(area)
        factories.returned(area)
        factories.overdue(area)
        factories.reported(area, stays_until=soon)
        factories.reported(area, stays_until=late)
        for make in (factories.letter_requested, factories.letter_ready, factories.letter_returned):
            make(factories.verified(area))


@pytest.mark.usefixtures("_everything")
def test_each_sees_what_is_to_be_done_in_their_areas() -> None:
    assert _cards(ketua_rt().get("/")) == {
        "Laporan dikembalikan": "1",
        "Warga dinyatakan pindah": "Tidak ada",
        "Lewat masa tinggal": "1",
        "Masa tinggal akan berakhir": "1",
        "Draf belum dilaporkan": "1",
        "Surat dikembalikan": "1",
        "Surat menunggu diantar": "1",
    }
    of_staff = _cards(petugas().get("/"))
    assert of_staff.pop("Warga dinyatakan pindah") == "Tidak ada"
    assert set(of_staff.values()) == {"2"}
    assert _cards(operator().get("/")) == {
        "Laporan tanpa peringatan": "9",
        "Laporan yang perlu dilihat": "Tidak ada",
        "Keberatan atas kepindahan": "Tidak ada",
        "Laporan ditahan": "Tidak ada",
    }
    both = factories.user_with(
        (Role.LURAH, factories.SIBLING_KELURAHAN), (Role.OPERATOR, CITY_CODE)
    )
    assert list(_cards(client_of(both).get("/"))) == [
        "Laporan tanpa peringatan",
        "Surat siap diterbitkan",
        "Laporan yang perlu dilihat",
        "Laporan ditahan",
        "Keberatan atas kepindahan",
    ]
    for client in (petugas(), lurah(), operator()):
        _each_card_leads_to_as_many_rows_as_it_says(client)
    factories.held(SIBLING_RT)
    assert _cards(lurah().get("/")) == {"Surat siap diterbitkan": "2", "Laporan ditahan": "1"}
    of_signer = client_of(user_as(Role.PENANDA_TANGAN)).get("/")
    assert _cards(of_signer) == {"Surat siap diterbitkan": "2"}
    assert [title for title, _, _ in _all_cards(of_signer)] == ["Surat siap diterbitkan"]


def _each_card_leads_to_as_many_rows_as_it_says(client: Client) -> None:
    told: Counter[str] = Counter()
    for _, count, url in _work(client.get("/")):
        told[url] += 0 if count == "Tidak ada" else int(count)
    for url, total in told.items():
        listed = client.get(url).content.decode()
        assert sum(listed.count(row) for row in ROWS) == total, url


def test_nothing_to_do_is_told_calmly() -> None:
    page = ketua_rt().get("/")
    assert "Tidak ada yang menunggu" in shown(page)
    assert set(_cards(page).values()) == {"Tidak ada"}


def test_who_sees_figures_only_is_led_to_them() -> None:
    page = client_of(user_as(Role.PIMPINAN)).get("/")
    assert _cards(page) == {}
    assert "Lihat rekap" in shown(page)
    assert 'href="/warga/"' not in page.content.decode()


def test_a_lurah_is_told_of_the_accounts_below() -> None:
    cards = _of_accounts(lurah().get("/"))
    assert cards["RT tanpa akun"] == "2"
    assert "Konfirmasi daftar Ketua RT" in cards


def test_a_camat_is_told_of_kelurahan_without_lurah() -> None:
    assert (
        _of_accounts(client_of(user_as(Role.CAMAT)).get("/"))["Kelurahan tanpa akun Lurah"] == "2"
    )


def test_contacts_that_nobody_confirmed_are_asked_for() -> None:
    fresh = factories.user_with((Role.KETUA_RT, factories.RT), contacts_confirmed_at=None)
    assert _of_accounts(client_of(fresh).get("/")) == {"Pastikan surel dan telepon": "1"}


def test_the_technical_team_sees_work_and_no_person() -> None:
    letter = factories.letter_issued()
    page = client_of(holder(Role.TIM_TEKNIS, CITY_CODE)).get("/")
    assert _cards(page) == {"Pekerjaan menunggu": "1", "Pekerjaan gagal": "Tidak ada"}
    jobs = client_of(holder(Role.TIM_TEKNIS, CITY_CODE)).get("/pekerjaan/")
    for text in (page.content.decode(), jobs.content.decode()):
        assert letter.lines.get().resident.full_name not in text


def test_strangers_are_sent_to_the_login() -> None:
    answer = Client().get("/")
    assert (answer.status_code, answer.headers["Location"]) == (302, "/masuk/?next=/")
