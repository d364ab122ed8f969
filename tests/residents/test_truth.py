"""The laporan kebenaran data: what it counts, who signs it, its revisions, its paper."""

from __future__ import annotations

from collections import Counter
from datetime import date
from functools import partial
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given, settings
from hypothesis import strategies as st

from accounts.areas.models import Area
from accounts.notices.models import Notice
from accounts.rules import Role
from residents.corrections.workflow import WORKFLOW as CORRECTIONS
from residents.services.codes import Status
from residents.services.models import Service
from residents.services.months import Month, this_month
from residents.truth.drawing import TruthPaper, draw_paper
from residents.truth.facts import Row, TruthFacts
from residents.truth.files import draw
from residents.truth.gathering import gather
from residents.truth.models import TruthFile, TruthReport
from residents.truth.reminding import remind
from residents.truth.signing import sign
from residents.truth.standing import standings_in
from tests.drawn_files import stored
from tests.factories import (
    CITY_CODE,
    FOREIGN_KELURAHAN,
    KELURAHAN,
    RT,
    SIBLING_RT,
    client_of,
    holder,
    load_areas,
    on_day,
    user_with,
)
from tests.reports.letters_to_draw import text_of
from tests.residents import corrected
from tests.residents.at_once import at_once
from tests.residents.pages import ketua_rt, lurah, operator, petugas, shown
from tests.residents.services_told import a_service, a_version, answered, confirmed
from wacat import drawn
from wacat.clock import now
from wacat.work import perform
from wacat.workflow import Move

NOVEMBER, TENTH, LATER = date(2026, 11, 1), date(2026, 11, 10), date(2026, 12, 3)
PAGE = f"/layanan/laporan/{RT}/2026-11/"
needs_db = pytest.mark.django_db


def a_month() -> dict[str, Service]:
    """November's of the RT: one true, one not, one without a word, and what does not count."""
    with on_day(TENTH):
        made = {
            "true": confirmed(),
            "untrue": corrected.sent().service,
            "silent": a_service(),
            "old": confirmed(),
            "elsewhere": confirmed(SIBLING_RT),
            "waiting": a_service(KELURAHAN),
        }
        made["new"] = a_version(made["old"], full_name="Nama Baru")
        made["before"] = confirmed(told_on=date(2026, 10, 31))
    return made


def press(client: Any, address: str = PAGE, **data: Any) -> Any:
    return client.post(address, {"action": "sign", "key": str(uuid4()), **data})


def state_of(area: str = RT, month: date = NOVEMBER) -> str:
    return standings_in([area], Month(month))[area].label


@needs_db
class TestSigning:
    def test_it_says_what_a_recount_says_and_stands_for_good(self) -> None:
        made = a_month()
        with on_day(LATER):
            assert state_of() == "Belum ditandatangani"
            assert press(ketua_rt()).status_code == 302
            report = TruthReport.objects.get()
            assert state_of() == "Ditandatangani 3 Desember 2026"
        facts = report.facts
        assert [row.pk for row in facts.rows] == [
            made[name].pk for name in ("true", "untrue", "silent", "new")
        ]
        recount = Counter(
            Service.objects.filter(
                area=RT, superseded_at=None, told_on__range=(NOVEMBER, date(2026, 11, 30))
            ).values_list("status", flat=True)
        )
        counts = (report.total, report.confirmed, report.corrected, report.unanswered)
        assert counts == (4, recount["confirmed"], recount["corrected"], recount["told"])
        assert counts == (4, 1, 1, 2)
        assert [row.correction for row in facts.rows] == ["", "dikirim", "", ""]
        head = holder(Role.KETUA_RT, RT)
        assert (report.signer_name, report.signer_title) == (head.full_name, "Ketua RT")
        assert (facts.is_whole, report.until) == (True, date(2026, 11, 30))
        with connection.cursor() as cursor:
            cursor.execute("SELECT sealed_facts FROM residents_truthreport")
            assert b"Nama Baru" not in bytes(cursor.fetchone()[0])

    def test_a_change_makes_a_revision_and_a_second_press_none(self) -> None:
        made, key = a_month(), str(uuid4())
        with on_day(LATER):
            for one in (key, key, str(uuid4())):
                assert press(ketua_rt(), key=one).status_code == 302
            assert TruthReport.objects.count() == 1
            page = ketua_rt().get(PAGE)
            assert "Tandatangani" not in shown(page)
            # What the operator answers is no answer of the RT.
            correction = made["untrue"].corrections.get()
            by = holder(Role.OPERATOR, CITY_CODE)
            CORRECTIONS.advance(correction.pk, "accept", Move(by, {"note": "Ya."}))
            assert state_of() == "Ditandatangani 3 Desember 2026"
            answered(made["silent"], "confirm")
            assert state_of() == "Ada data baru sejak ditandatangani"
            seen = standings_in([RT], Month(NOVEMBER))[RT].fingerprint
            answered(made["new"], "confirm")
            late = press(ketua_rt(), seen=seen)
            assert late.status_code == 409
            assert press(ketua_rt()).status_code == 302
            first, second = TruthReport.objects.order_by("revision")
            assert (first.revision, first.unanswered) == (1, 2)
            assert (second.revision, second.unanswered, second.confirmed) == (2, 0, 3)
            assert second.facts.rows[1].correction == "diterima"

    def test_before_the_month_is_over_it_says_until_when(self) -> None:
        a_month()
        with on_day(date(2026, 11, 20)):
            assert "sampai dengan hari ini" in shown(ketua_rt().get(PAGE))
            for _ in range(2):
                press(ketua_rt())
            first = TruthReport.objects.get()
            assert (first.until, first.facts.is_whole) == (date(2026, 11, 20), False)
            assert state_of() == "Ditandatangani 20 November 2026"
        with on_day(LATER):
            assert "baru sampai dengan 20 November 2026" in state_of()
            press(ketua_rt())
            assert TruthReport.objects.latest("revision").until == date(2026, 11, 30)

    def test_who_signs(self) -> None:
        a_month()
        with on_day(LATER):
            ketua_rt()
            assert press(petugas()).status_code == 409
            assert press(lurah()).status_code == press(operator()).status_code == 403
            assert press(client_of(holder(Role.KETUA_RT, SIBLING_RT))).status_code == 404
            assert not TruthReport.objects.exists()
            Area.objects.filter(pk=RT).update(state="frozen")
            assert press(petugas()).status_code == 302
            assert TruthReport.objects.get().signer_title == "Petugas Kelurahan"
            # Another RT, which has no head at all.
            with on_day(TENTH):
                confirmed_there = a_service("64.71.05.1006.001")
            staff = client_of(user_with((Role.PETUGAS_KELURAHAN, "64.71.05.1006")))
            address = f"/layanan/laporan/{confirmed_there.area_id}/2026-11/"
            assert press(staff, address).status_code == 302
            # Nothing to sign, no such month, no such RT.
            assert press(ketua_rt(), f"/layanan/laporan/{RT}/2026-08/").status_code == 409
            for bad in ("2027-01", "2026-13", "x"):
                assert ketua_rt().get(f"/layanan/laporan/{RT}/{bad}/").status_code == 404
            assert ketua_rt().post(PAGE, {"action": "x"}).status_code == 400


@needs_db
class TestPages:
    def test_each_sees_their_own(self) -> None:
        made = a_month()
        with on_day(LATER):
            rt = shown(ketua_rt().get("/layanan/laporan/?bulan=2026-12"))
            assert "November 2026" in rt
            assert "Belum ditandatangani" in rt
            whole = shown(lurah().get("/layanan/laporan/?bulan=2026-11"))
            assert "RT 001" in whole
            assert "RT 002" in whole
            assert shown(operator().get("/layanan/laporan/")).count("Pilih wilayah") == 1
            of_one = operator().get(f"/layanan/laporan/?wilayah={KELURAHAN}&bulan=2026-11")
            assert "Belum ditandatangani" in shown(of_one)
            one = shown(lurah().get(PAGE))
            assert made["silent"].full_name in one
            assert "koreksi dikirim" in one
            foreign = client_of(holder(Role.LURAH, FOREIGN_KELURAHAN))
            for address in (PAGE, f"/layanan/laporan/?wilayah={RT}", f"{PAGE}pdf/"):
                assert foreign.get(address).status_code == 404
            assert foreign.get("/layanan/laporan/?bulan=x").status_code == 400
            camat = client_of(user_with((Role.CAMAT, "64.71.05")))
            assert camat.get(PAGE).status_code == 403

    def test_a_page_asks_as_often_for_many(self) -> None:
        a_month()
        clients = (ketua_rt(), lurah())

        def asked() -> list[int]:
            counts = []
            for client in clients:
                for address in (PAGE, "/layanan/laporan/?bulan=2026-12", "/layanan/laporan/"):
                    with CaptureQueriesContext(connection) as queries:
                        assert client.get(address).status_code == 200
                    counts.append(len(queries))
            return counts

        with on_day(LATER):
            few = asked()
        a_month()
        with on_day(LATER):
            assert asked() == few
        assert max(few) <= 14

    def test_the_paper_says_what_was_signed(self, monkeypatch: pytest.MonkeyPatch) -> None:
        made = a_month()
        monkeypatch.setattr(drawn, "PATIENCE", 0.0)
        with on_day(LATER):
            assert ketua_rt().get(f"{PAGE}pdf/").status_code == 404
            press(ketua_rt())
            answered(made["silent"], "confirm")
            assert ketua_rt().get(f"{PAGE}pdf/").status_code == 202
            work = TruthFile.objects.get()
            assert perform(TruthFile, work.pk, draw)
            answer = ketua_rt().get(f"{PAGE}pdf/?revisi=1")
            assert answer["Content-Type"] == "application/pdf"
            assert lurah().get(f"{PAGE}pdf/?revisi=2").status_code == 404
        work.refresh_from_db()
        text = text_of(stored(work.file))
        for words in (
            "LAPORAN KEBENARAN DATA",
            "RT 001, Kelurahan Sepinggan",
            "Sebanyak 2 layanan belum dikonfirmasi dan tidak kami nyatakan benar.",
            "Balikpapan, 3 Desember 2026 Ketua RT 001, Kel. Sepinggan",
            holder(Role.KETUA_RT, RT).full_name,
            made["silent"].full_name,
            "koreksi dikirim",
        ):
            assert words in text, words


@needs_db
def test_the_head_is_reminded_once() -> None:
    a_month()
    ketua_rt(), petugas()
    with on_day(date(2026, 12, 8)):
        assert remind() == 0
    with on_day(LATER):
        press(client_of(holder(Role.KETUA_RT, SIBLING_RT)), PAGE.replace(RT, SIBLING_RT))
        assert [remind(), remind()] == [1, 0]
    [notice] = Notice.objects.filter(kind="truth_waits")
    assert notice.recipient == holder(Role.KETUA_RT, RT)
    assert notice.values == {"month": "2026-11", "count": 1}


@pytest.mark.usefixtures("committed_db")
def test_two_presses_at_once_sign_once() -> None:
    a_service()
    head, area = holder(Role.KETUA_RT, RT), Area.objects.select_related("parent__parent").get(pk=RT)
    jobs = [partial(sign, head, area, this_month(), uuid4()) for _ in range(3)]
    assert len({report.pk for report in at_once(*jobs)}) == 1


ANSWERS = (Status.TOLD, Status.CONFIRMED, Status.CORRECTED)


def facts_of(answers: list[str]) -> TruthFacts:
    rows = tuple(
        Row(number, "KTP-el", TENTH, f"Penerima {number}", answer)
        for number, answer in enumerate(answers)
    )
    return TruthFacts("RT 001", "Contoh", "Contoh", "2026-11", TENTH, False, rows)


@given(st.lists(st.sampled_from(ANSWERS), max_size=40))
@settings(deadline=None)
def test_silence_is_never_counted_as_true(answers: list[str]) -> None:
    facts = facts_of(answers)
    sums, said = facts.sums, Counter(answers)
    assert sums.confirmed == said[Status.CONFIRMED]
    assert sums.unanswered == said[Status.TOLD]
    assert sums.total == sums.confirmed + sums.corrected + sums.unanswered == len(answers)
    assert TruthFacts.from_json(facts.as_json()) == facts


@needs_db
@given(st.lists(st.sampled_from(("", "confirm", "correct")), min_size=1, max_size=5))
@settings(deadline=None, max_examples=6)
def test_what_nobody_answered_stays_unanswered(answers: list[str]) -> None:
    load_areas()
    Service.objects.filter(superseded_at=None).update(superseded_at=now())
    for answer in answers:
        service = a_service()
        if answer:
            answered(service, answer)
    area = Area.objects.select_related("parent__parent").get(pk=RT)
    facts, fingerprint = gather(area, this_month())
    sums = facts.sums
    assert (sums.confirmed, sums.unanswered) == (answers.count("confirm"), answers.count(""))
    standing = standings_in([RT], this_month())[RT]
    assert (standing.sums, standing.fingerprint) == (sums, fingerprint)


def test_a_long_month_is_drawn_whole_with_room_for_ink() -> None:
    facts = facts_of([Status.CONFIRMED, Status.TOLD] * 40)
    paper = TruthPaper(facts, "November 2026", 1, "Ketua \u4e2d Contoh", "Ketua RT", TENTH, True)
    text = text_of(draw_paper(paper))
    assert "Penerima 79" in text
    assert text.count("LAPORAN KEBENARAN DATA") == 1
    assert "Ketua RT Ketua ? Contoh" in text
