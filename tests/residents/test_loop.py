"""The whole loop of delivered services, through the pages alone, and none of it next door.

A file comes in; two RTs in two kelurahan are told, answer, correct, ask and sign; it comes once
more. Whoever serves a third kelurahan sees nothing of it: not by any request that was made.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Any

import pytest
from django.test.utils import override_settings
from django.utils import timezone

from accounts.notices import delivering
from accounts.notices.models import Delivery, Notice
from accounts.rules import Role
from residents.feeds.models import FeedFile
from residents.services.models import Service
from residents.services.telling import tell
from residents.truth.files import draw
from residents.truth.models import TruthFile
from tests.accounts.tickets import opened
from tests.factories import (
    CITY_CODE,
    FOREIGN_KELURAHAN,
    FOREIGN_RT,
    KELURAHAN,
    RT,
    SIBLING_KELURAHAN,
    user_with,
)
from tests.reports.letters_to_draw import text_of
from tests.residents.corrected import photographed
from tests.residents.feed_files import enter_parts, read_again, served, xlsx
from tests.residents.outside import Outside
from tests.residents.papers import photo
from tests.residents.services_told import a_service
from tests.walking import Chosen, Step, Walker
from wacat import drawn
from wacat.words import WITA
from wacat.work import Work, perform

pytestmark = pytest.mark.django_db
RT_THERE = f"{SIBLING_KELURAHAN}.001"
TRUE, UNTRUE, THERE, MOVED, LOST, LOST_TOO, NOWHERE = range(71, 78)
LANE = "Lorong Contoh Buntu"
NOTE, QUESTION, REPLY = "Kata tetangga ia pergi.", "Sejak kapan, Pak?", "Sejak Lebaran, Bu."
DONE = "Alamatnya dipindahkan di SIAK."
CELL = re.compile(r'data-area="([\d.]+)" data-figure="(\w+)" data-value="([\d.]*)"')


@dataclass
class Cast:
    """Who plays, and what they did; the strangers serve the third kelurahan."""

    trail: list[Step] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.operator = self._person(Role.OPERATOR, CITY_CODE)
        self.chief = self._person(Role.PIMPINAN, CITY_CODE)
        self.head, self.head_there = (self._person(Role.KETUA_RT, rt) for rt in (RT, RT_THERE))
        self.lurah, self.lurah_there = (
            self._person(Role.LURAH, area) for area in (KELURAHAN, SIBLING_KELURAHAN)
        )
        self.strangers = [
            self._person(Role.KETUA_RT, FOREIGN_RT),
            self._person(Role.LURAH, FOREIGN_KELURAHAN),
            self._person(Role.PETUGAS_KELURAHAN, FOREIGN_KELURAHAN),
        ]

    def named(self, told: dict[int, int]) -> dict[str, int]:
        """*told* by who it was that plays."""
        players = {key: one.user.pk for key, one in vars(self).items() if isinstance(one, Walker)}
        return {key: told[pk] for key, pk in players.items() if pk in told}

    def _person(self, role: Role, area: str) -> Walker:
        user = user_with((role, area), email=f"{role}.{area}@contoh.invalid")
        return Walker(user, self.trail)


@contextmanager
def morning_of(day: int) -> Iterator[dict[int, int]]:
    """A day of November 2031, from eight o'clock: whom the digest told of how many services.

    In the end all mails are sent.
    """
    moment = datetime.combine(date(2031, 11, day), time(8), tzinfo=WITA)
    with override_settings(CLOCK_OFFSET=moment - timezone.now()):
        before = list(Notice.objects.values_list("pk", flat=True))
        tell()
        digest = Notice.objects.filter(kind="services_told").exclude(pk__in=before)
        yield {one.recipient_id: one.values["count"] for one in digest}
        for work in Delivery.objects.filter(state=Work.State.WAITING):
            assert perform(Delivery, work.pk, delivering.send)


def test_the_loop_and_nothing_of_it_next_door(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(drawn, "PATIENCE", 0.0)
    cast = Cast()
    their_own_life(cast)
    with morning_of(21):
        outside = Outside(cast.strangers)
    with morning_of(10):
        deliver(cast.operator, rows(), "Masukkan 7 layanan", told=4, waiting=3, also=1)
        the_lurah_finds_the_lane(cast.lurah)
    with morning_of(11) as told:
        assert cast.named(told) == {"head": 5, "lurah": 5, "head_there": 2, "lurah_there": 2}
        a_move_is_known_at_both_ends(cast)
        the_head_answers(cast.head)
        the_operator_asks(cast.operator)
        the_head_replies(cast.head)
        the_operator_accepts(cast.operator)
        every_step_is_seen(cast.head, cast.lurah)
        opened(RT, by=cast.head.user)
    with morning_of(12):
        the_rest_of_the_month_is_true(cast.head)
        the_month_is_signed(cast.head)
        the_chief_reads_the_figures(cast.chief)
    with morning_of(20):
        again = rows(address="Jl. Contoh Melati 2")
        deliver(cast.operator, again, "Masukkan 1 layanan", changed=1, known=6)
    with morning_of(21) as told:
        assert cast.named(told) == {"head": 1, "lurah": 1}
        only_the_changed_one_is_asked_again(cast.head)
        outside.sees_nothing(cast.trail, [cast.operator, cast.head, cast.lurah])


def rows(**changed: str) -> list[dict[str, Any]]:
    """Two in the RT, one in another kelurahan, a move from here to there, and three that no
    address says the RT of; *changed* is of the first."""
    there, lane = {"kelurahan": "GUNUNG BAHAGIA"}, {"address": LANE, "rt": ""}
    way = {
        "ALAMAT ASAL": "Jl. Contoh Asal 4",
        "RT ASAL": "001",
        "KEL ASAL": "SEPINGGAN",
        "ALAMAT TUJUAN": "Jl. Contoh Tujuan 5",
        "RT TUJUAN": "001",
        "KEL TUJUAN": "GUNUNG BAHAGIA",
    }
    told = [
        served(TRUE, **changed),
        served(UNTRUE),
        served(THERE, **there),
        served(MOVED, kind="SKPWNI", number="SKP/74", **way),
        served(LOST, **lane),
        served(LOST_TOO, **lane),
        served(NOWHERE, address="Perum Contoh Entah", rt="", kelurahan=""),
    ]
    return [{**row, "TGL_LAYANAN": "03-11-2031"} for row in told]


def name(number: int) -> str:
    return f"Warga Contoh {number}"


def their_own_life(cast: Cast) -> None:
    """Next door something was delivered too, so that its lists are not empty."""
    with morning_of(5):
        a_service(FOREIGN_RT), a_service(FOREIGN_KELURAHAN), photographed(FOREIGN_RT)
    with morning_of(6) as told:
        assert cast.named(told) == {}


def deliver(operator: Walker, lines: list[dict[str, Any]], button: str, **counts: int) -> None:
    """Uploaded, read by a worker, looked at, confirmed, entered by workers."""
    page = operator.enter().follow("Layanan").follow("Impor")
    source = "source" if "Sumber baru SIAK" in page.text else "new_source"
    page.press("Unggah dan baca", {"file": Chosen("rekap.xlsx", xlsx(*lines)), source: "SIAK"})
    file = read_again(FeedFile.objects.latest("pk"))
    page.follow("Lihat lagi")
    counted = dict(re.findall(r'data-count="(\w+)" data-value="(\d+)"', page.html))
    assert {key: int(count) for key, count in counted.items() if count != "0"} == {
        "rows": 7,
        **counts,
    }
    assert name(TRUE) in page.text
    page.press(button)
    enter_parts(file)
    assert "Selesai" in page.follow("Lihat lagi").text


def the_lurah_finds_the_lane(lurah: Walker) -> None:
    """One decision for both services; what is in no certain kelurahan is not the Lurah's."""
    page = lurah.enter().follow("Data layanan belum ada RT-nya")
    assert "Perum Contoh Entah" not in page.text
    page.follow(LANE).press("Beritahukan 2 layanan", {"area": "RT 001"})
    assert LANE not in page.text


def a_move_is_known_at_both_ends(cast: Cast) -> None:
    here = cast.head.enter().follow("Data layanan belum dikonfirmasi").text
    there = cast.head_there.enter().follow("Data layanan belum dikonfirmasi").text
    assert [n for n in range(71, 78) if name(n) in here] == [TRUE, UNTRUE, MOVED, LOST, LOST_TOO]
    assert [n for n in range(71, 78) if name(n) in there] == [THERE, MOVED]
    assert ("Pindah keluar" in here, "Pindah datang" in there) == (True, True)
    assert name(THERE) in cast.lurah_there.enter().follow("Layanan").text


def the_head_answers(head: Walker) -> None:
    """*Benar* on one; *Tidak benar* on another, with a note and a photograph."""
    page = head.press(f"Benar: KTP-el {name(TRUE)}")
    page.follow(f"Tidak benar: KTP-el {name(UNTRUE)}")
    assert "Koreksi belum dikirim" in page.press("Kirim koreksi", status=422).text
    page.press(
        "Kirim koreksi",
        {"reason": "3", "note": NOTE, "photos": Chosen("rumah.jpg", photo())},
    )
    assert "Dijawab operator paling lambat" in page.text


def the_operator_asks(operator: Walker) -> None:
    page = operator.enter().follow("Koreksi dari RT").follow(name(UNTRUE))
    assert NOTE in page.press("Ambil untuk diperiksa").text
    assert page.follow("Lihat foto 1").look("Foto yang dikirim RT").startswith(b"\xff\xd8")
    page.press("Tanya kembali", {"note": QUESTION})


def the_head_replies(head: Walker) -> None:
    page = head.follow("Beranda").follow("Koreksi perlu dijawab").follow(name(UNTRUE))
    assert QUESTION in page.text
    page.press("Jawab operator", {"note": REPLY})


def the_operator_accepts(operator: Walker) -> None:
    page = operator.follow("Pemberitahuan").follow("RT menjawab pertanyaan")
    assert REPLY in page.text
    page.press("Terima koreksi", {"note": DONE})


def every_step_is_seen(head: Walker, lurah: Walker) -> None:
    """The latest first, by the RT over its notice, and by its Lurah over the list."""
    head.follow("Pemberitahuan").follow("Koreksi sudah dijawab")
    lurah.enter().follow("Koreksi").follow(name(UNTRUE))
    for page in (head, lurah):
        said = page.text[page.text.index("Percakapan") :]
        steps = ("Diterima operator", DONE, "Dijawab", REPLY, "Operator bertanya", QUESTION)
        places = [said.index(words) for words in (*steps, "Dikirim oleh RT", NOTE)]
        assert places == sorted(places)


def the_rest_of_the_month_is_true(head: Walker) -> None:
    """*Semua benar, kecuali…* the move, of which it is then said why."""
    page = head.enter().follow("Layanan").follow("Per bulan: semua benar, kecuali…")
    moved = Service.objects.get(full_name=name(MOVED), area=RT)
    page.press("Semua benar, kecuali yang dicentang", {"except": [str(moved.pk)]})
    assert "Dicatat: 2 data layanan benar." in page.text
    page.follow(f"Jelaskan: Pindah keluar {name(MOVED)}").press("Kirim koreksi", {"reason": "1"})
    assert "Semua data bulan ini sudah dijawab." in page.text


def the_month_is_signed(head: Walker) -> None:
    """And its paper drawn, which says what was signed."""
    page = head.follow("Laporan kebenaran data November 2031").press("Tandatangani laporan")
    assert "3 benar, 2 tidak benar, 0 belum dikonfirmasi" in page.text
    page.follow("Unduh PDF revisi 1", status=202)
    assert perform(TruthFile, TruthFile.objects.get().pk, draw)
    paper = text_of(page.follow("Coba unduh lagi").content)
    for words in (head.user.full_name, name(MOVED), "koreksi dikirim", "koreksi diterima"):
        assert words in paper


def the_chief_reads_the_figures(chief: Walker) -> None:
    page = chief.enter().follow("Evaluasi").follow("Balikpapan Selatan")
    cells = {(area, key): value for area, key, value in CELL.findall(page.html)}
    wanted = "told confirmed corrected unanswered corrections settled open".split()
    figures = {
        area: [int(cells[area, key]) for key in wanted] for area in (KELURAHAN, SIBLING_KELURAHAN)
    }
    assert figures == {
        KELURAHAN: [5, 3, 2, 0, 2, 1, 1],
        SIBLING_KELURAHAN: [2, 0, 0, 2, 0, 0, 0],
    }
    assert name(UNTRUE) not in page.html


def only_the_changed_one_is_asked_again(head: Walker) -> None:
    page = head.enter().follow("Data layanan belum dikonfirmasi")
    asked, _, answered = page.text.partition("Sudah dijawab bulan ini")
    assert name(MOVED) in answered
    assert [n for n in range(71, 78) if name(n) in asked] == [TRUE]
    assert "Jl. Contoh Melati 2" in asked
    page.follow("Laporan kebenaran data").follow("November 2031")
    assert "Ada data baru sejak ditandatangani" in page.text
