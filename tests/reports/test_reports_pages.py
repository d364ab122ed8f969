"""/rekap/laporan/: the list, what a report says, its files, and asking for one."""

from __future__ import annotations

import hashlib
from datetime import date
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.areas.models import Area
from accounts.audit.models import Access
from accounts.rules import Role
from reports.summaries.report_building import build_report
from reports.summaries.report_models import Report
from tests import factories
from tests.factories import (
    CITY_CODE,
    FOREIGN_KELURAHAN,
    KECAMATAN,
    KELURAHAN,
    RT,
    client_of,
    holder,
    on_day,
)
from tests.reports.test_reports_building import FIRST, STAY, asked, built, some_people
from tests.residents.pages import ketua_rt, lurah, petugas, shown

pytestmark = pytest.mark.django_db
LIST, ADD = "/rekap/laporan/", "/rekap/laporan/buat/"
OCTOBER = "2026-10-01/2026-10-31"


@pytest.fixture(autouse=True)
def november() -> Any:
    with on_day(FIRST):
        yield


def page(report: Report) -> str:
    return f"{LIST}{report.pk}/"


def head_of_the_city() -> Client:
    return client_of(holder(Role.PIMPINAN, CITY_CODE))


def waiting(count: int, area: str = KELURAHAN, since: int = 0) -> None:
    """Reports of as many months, not built."""
    factories.load_areas()
    Report.objects.bulk_create(
        Report(
            area_id=area,
            first=date(2000 + n // 12, n % 12 + 1, 1),
            last=date(2000 + n // 12, n % 12 + 1, 28),
            reason="monthly",
        )
        for n in range(since, since + count)
    )


class TestList:
    def test_an_empty_one_says_what_to_do(self) -> None:
        assert "Buat laporan" in shown(lurah().get(LIST))
        read = shown(petugas().get(LIST))
        assert "Buat laporan" not in read
        assert "tanggal 1 setiap bulan" in read

    def test_the_newest_first_in_pages_and_narrowed(self) -> None:
        waiting(30)
        answer = lurah().get(LIST)
        rows = answer.context["page"].rows
        assert [row.pk for row in rows] == sorted((row.pk for row in rows), reverse=True)
        assert len(rows) == 25
        rest = lurah().get(LIST + answer.context["page"].next_url)
        assert len(rest.context["page"].rows) == 5
        assert not lurah().get(f"{LIST}?jenis=semester").context["page"].rows
        assert lurah().get(f"{LIST}?jenis=tahun").status_code == 400
        with on_day(date(2027, 1, 1)):
            asked_for = {"wilayah": KELURAHAN, "jangka": "2026-07-01/2026-12-31"}
            factories.reported(RT)
            lurah().post(ADD, asked_for)
        [semester] = lurah().get(f"{LIST}?jenis=semester").context["page"].rows
        assert str(semester.period) == "Semester 2 2026"

    def test_only_what_is_in_reach(self) -> None:
        mine, theirs = asked(KELURAHAN), asked(KECAMATAN)
        assert [row.pk for row in lurah().get(LIST).context["page"].rows] == [mine.pk]
        camat = client_of(holder(Role.CAMAT, KECAMATAN))
        rows = camat.get(LIST).context["page"].rows
        assert {row.pk for row in rows} == {mine.pk, theirs.pk}
        narrowed = camat.get(f"{LIST}?wilayah={KELURAHAN}").context["page"].rows
        assert [row.pk for row in narrowed] == [mine.pk]
        for area in (FOREIGN_KELURAHAN, RT, "64.71", "x", "\x00"):
            assert camat.get(LIST, {"wilayah": area}).status_code == 404

    def test_a_full_page_costs_no_more_queries_than_a_row(self) -> None:
        client, counts = lurah(), []
        for count, since in ((1, 0), (40, 1)):
            waiting(count, since=since)
            with CaptureQueriesContext(connection) as made:
                assert client.get(LIST).status_code == 200
            counts.append(len(made))
        assert counts[0] == counts[1] <= 12

    def test_the_figures_lead_to_it_but_not_from_an_rt(self) -> None:
        assert f"{LIST}?wilayah={KELURAHAN}" in lurah().get("/rekap/").content.decode()
        assert LIST not in ketua_rt().get("/rekap/").content.decode()


class TestPage:
    def test_while_it_is_made_it_says_so_with_and_without_script(self) -> None:
        report = asked()
        client = lurah()
        whole = client.get(page(report))
        assert "Laporan sedang dibuat" in shown(whole)
        assert 'hx-trigger="load delay:2s"' in whole.content.decode()
        part = client.get(page(report), headers={"HX-Request": "true"}).content.decode()
        assert part.startswith("{#") is False
        assert '<div id="report" hx-get' in part
        assert "<html" not in part
        assert build_report(report.pk)
        part = client.get(page(report), headers={"HX-Request": "true"}).content.decode()
        assert "hx-get" not in part
        assert f"{page(report)}pdf/" in part

    def test_those_before_it_are_counted(self) -> None:
        asked(CITY_CODE)
        report = asked()
        assert "1 laporan lain dibuat lebih dulu" in shown(lurah().get(page(report)))

    def test_one_that_failed_says_so_and_can_be_asked_again(self) -> None:
        report = asked()
        Report.objects.filter(pk=report.pk).update(state="failed", failure="ValueError")
        answer = lurah().get(page(report))
        assert "Laporan belum dapat dibuat" in shown(answer)
        assert "Coba buat lagi" in shown(answer)
        assert "ValueError" not in shown(answer)

    def test_it_says_its_figures_hashes_and_when_they_were_known(self) -> None:
        some_people()
        report = built()
        text = shown(petugas().get(page(report)))
        numbers = (report.numbers or {})["total"]["figures"]
        assert f"Aktif {numbers['active']}" in text
        assert "data diketahui sampai 1 November 2026" in text
        for digest in (report.pdf_sha256, report.xlsx_sha256):
            assert " ".join(digest[n : n + 8] for n in range(0, 64, 8)) in text
        assert "RT aktif" in text

    def test_the_numbers_stay_those_of_the_report(self) -> None:
        some_people()
        report = built()
        before = shown(lurah().get(page(report)))
        factories.reported(RT, **STAY)
        assert shown(lurah().get(page(report))) == before

    def test_who_only_reads_builds_nothing(self) -> None:
        report = built()
        assert "buat revisi" not in shown(petugas().get(page(report)))
        asked_for = {"wilayah": KELURAHAN, "jangka": OCTOBER}
        assert petugas().post(ADD, asked_for).status_code == 403
        assert client_of(holder(Role.TIM_TEKNIS, CITY_CODE)).get(page(report)).status_code == 403
        assert ketua_rt().get(page(report)).status_code == 403


class TestTechnicalTeam:
    def test_it_sees_that_one_failed_and_tries_again(self) -> None:
        report = asked()
        Report.objects.filter(pk=report.pk).update(state="failed", failure="DrawingError")
        client = client_of(holder(Role.TIM_TEKNIS, CITY_CODE))
        text = shown(client.get("/pekerjaan/"))
        assert "Membuat laporan rekap: yang tersendat" in text
        assert "Sepinggan" not in text
        client.post("/pekerjaan/")
        assert build_report(report.pk)


class TestFiles:
    @pytest.mark.parametrize(("name", "column"), [("pdf", "pdf_sha256"), ("xlsx", "xlsx_sha256")])
    def test_a_file_is_the_stored_one_and_taking_it_is_recorded(
        self, name: str, column: str
    ) -> None:
        report = built()
        answer = lurah().get(f"{page(report)}{name}/")
        assert hashlib.sha256(answer.content).hexdigest() == getattr(report, column)
        assert answer.headers["Content-Disposition"] == (
            f'attachment; filename="laporan-{KELURAHAN}-2026-10-01-2026-10-31-rev1.{name}"'
        )
        seen = Access.objects.get()
        assert (seen.kind, seen.subject, seen.area_id) == (
            "export",
            f"reports.report:{report.pk}",
            KELURAHAN,
        )

    def test_before_it_is_built_there_is_none(self) -> None:
        report = asked()
        for name in ("pdf", "xlsx"):
            assert lurah().get(f"{page(report)}{name}/")["Location"] == page(report)
        assert not Access.objects.exists()


class TestAsking:
    def test_one_press_makes_one_and_the_same_again_leads_to_it(self) -> None:
        factories.reported(RT, **STAY)
        client, asked_for = lurah(), {"wilayah": KELURAHAN, "jangka": OCTOBER}
        first, again = (client.post(ADD, asked_for) for _ in range(2))
        report = Report.objects.get()
        assert first["Location"] == again["Location"] == page(report)
        assert (report.reason, report.revision) == ("on_demand", 1)
        assert report.asked_by == holder(Role.LURAH, KELURAHAN)

    @pytest.mark.parametrize(
        "period",
        ["", "x", "2026-11-01/2026-11-30", "2026-10-02/2026-10-31", "2026-01-01/2026-12-31"],
    )
    def test_what_is_no_ended_month_or_semester_is_refused(self, period: str) -> None:
        factories.reported(RT, **STAY)
        answer = lurah().post(ADD, {"wilayah": KELURAHAN, "jangka": period})
        assert answer.status_code == 422
        assert not Report.objects.exists()

    def test_before_anybody_was_known_there_is_nothing_to_report(self) -> None:
        factories.reported(RT, **STAY)
        answer = lurah().post(ADD, {"wilayah": KELURAHAN, "jangka": "2026-09-01/2026-09-30"})
        assert answer.status_code == 422
        assert "belum ada penduduk yang tercatat" in shown(answer)

    @pytest.mark.parametrize("area", [FOREIGN_KELURAHAN, KECAMATAN, CITY_CODE, RT, "\x00", "x"])
    def test_an_area_out_of_reach_or_an_rt_is_missing(self, area: str) -> None:
        factories.reported(RT, **STAY)
        assert lurah().post(ADD, {"wilayah": area, "jangka": OCTOBER}).status_code == 404

    def test_two_posts_do_not_mix(self) -> None:
        """Petugas here and Lurah there: reads both, builds there only."""
        factories.reported(RT, **STAY)
        user = factories.user_with(
            (Role.PETUGAS_KELURAHAN, KELURAHAN), (Role.LURAH, FOREIGN_KELURAHAN)
        )
        client = client_of(user)
        codes = {KELURAHAN: 404, FOREIGN_KELURAHAN: 302}
        for area, code in codes.items():
            asked_for = {"wilayah": area, "jangka": OCTOBER, "key": str(uuid4())}
            assert client.post(ADD, asked_for).status_code == code
        report = asked(KELURAHAN)
        assert client.get(page(report)).status_code == 200
        assert Area.objects.filter(code=KELURAHAN).exists()
