"""The evaluation: every measure against the raw rows, alike on page, in the workbook, on paper."""

from __future__ import annotations

import re
from io import BytesIO
from random import Random

import pytest
import tablib
from django.test import Client

from accounts.areas.models import Area
from accounts.rules import Role
from reports.evaluation import files
from reports.evaluation.counting import counts_in, table_of
from reports.evaluation.measures import GROUPS, MEASURES
from reports.evaluation.models import EvaluationFile
from reports.evaluation.statements import silence_in
from reports.summaries import tallies
from reports.summaries.periods import Period, month_of, year_to
from residents.truth.models import TruthReport
from tests import factories
from tests.drawn_files import stored
from tests.factories import CITY_CODE, FOREIGN_KELURAHAN, KELURAHAN, RT, client_of, holder
from tests.reports.evaluated import EventfulTown, recount, some_days
from tests.reports.letters_to_draw import text_of
from tests.residents.services_told import a_service
from wacat.clock import today
from wacat.work import perform

pytestmark = pytest.mark.django_db
CELL = re.compile(r'data-area="([\d.]+)" data-figure="(\w+)" data-value="([\d.]*)"')
LEVELS = ([CITY_CODE], [KELURAHAN[:8]], [KELURAHAN, FOREIGN_KELURAHAN], [RT])


@pytest.fixture
def head() -> Client:
    return client_of(holder(Role.PIMPINAN, CITY_CODE))


@pytest.mark.parametrize("seed", range(2))
def test_every_count_is_what_the_rows_say(seed: int) -> None:
    town = EventfulTown(seed)
    factories.letter_issued(factories.reported())
    seen: dict[str, int] = {}
    for number, period in enumerate(some_days(Random(seed), 4)):
        if number == 2:
            tallies.fold()
        for codes in LEVELS:
            counted = counts_in(codes, period)
            for code in codes:
                expected = recount(code, period)
                assert counted[code] == expected, (code, period)
                seen = {key: max(seen.get(key, 0), value) for key, value in expected.items()}
    assert town
    assert tallies.recount() == 0
    untried = {key for key, value in seen.items() if not value}
    assert untried <= {"signed", "issued", "closed"}


def test_page_workbook_and_paper_say_the_same(
    head: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    EventfulTown(3, size=16)
    monkeypatch.setattr("wacat.drawn.PATIENCE", 0.0)
    for code in (CITY_CODE, KELURAHAN, RT):
        area, period = Area.objects.get(code=code), year_to(today())
        table = table_of(area, period)
        expected = {
            (row.area.code, one.key): one.of(row.counts) for row in table.rows for one in MEASURES
        }
        page = head.get("/evaluasi/", {"wilayah": code}).content.decode()
        on_page = {
            (a, key): float(value) if value else None for a, key, value in CELL.findall(page)
        }
        assert on_page == expected
        book = tablib.Databook().load(
            BytesIO(head.get("/evaluasi/unduh/xlsx/", {"wilayah": code}).content), format="xlsx"
        )
        [measures, *others] = book.sheets()
        assert [sheet.title for sheet in others] == ["belum melapor", "bulan demi bulan", "arti"]
        for row in measures:
            told = dict(zip((one.key for one in MEASURES), row[2:], strict=True))
            assert told == {one.key: expected[row[0], one.key] for one in MEASURES}
        assert head.get("/evaluasi/unduh/pdf/", {"wilayah": code}).status_code == 202
        work = EvaluationFile.objects.latest("pk")
        assert perform(EvaluationFile, work.pk, files.draw)
        work.refresh_from_db()
        text = " ".join(text_of(stored(work.file)).split())
        for row in table.rows:
            for group in GROUPS:
                numbers = " ".join(one.told(row.counts) for one in group.measures)
                assert f"{row.area.label} {numbers}" in text


def test_who_has_not_reported_yet_is_named_without_rank(head: Client) -> None:
    last = month_of(month_of(today()).eve)
    before = month_of(last.eve)
    for month in (last, before):
        a_service(RT, told_on=month.first)
    a_service(RT)  # of a month that is not over yet
    kelurahan = Area.objects.get(code=KELURAHAN)
    period = Period(before.first, today())
    [silent] = silence_in(kelurahan, period)
    assert (silent.area.code, silent.months) == (RT, (before, last))
    asked = {"wilayah": KELURAHAN, "sejak": str(period.first), "tanggal": str(period.last)}
    page = head.get("/evaluasi/", asked).content.decode()
    assert f"{silent.area.label}: {before}, {last}" in page
    assert not TruthReport.objects.exists()


def test_of_a_month_that_is_cut_off_no_statement_is_due() -> None:
    month = month_of(month_of(today()).eve)
    a_service(RT, told_on=month.first)
    for first, last, due in (
        (month.first, month.last, 1),
        (month.first, month.last.replace(day=27), 0),
        (month.first.replace(day=2), month.last, 0),
    ):
        assert counts_in([RT], Period(first, last))[RT]["due"] == due


@pytest.mark.parametrize(
    ("role", "status"),
    [(role, 200 if role in (Role.PIMPINAN, Role.ADMINISTRATOR) else 403) for role in Role.values],
)
def test_it_is_for_those_who_answer_for_the_whole(role: str, status: int) -> None:
    client = client_of(holder(role, factories.area_for(role)))
    assert client.get("/evaluasi/").status_code == status


def test_a_period_that_is_none_is_refused(head: Client) -> None:
    wrong = {"wilayah": CITY_CODE, "sejak": "2026-05-02", "tanggal": "2026-05-01"}
    answer = head.get("/evaluasi/", wrong)
    assert answer.status_code == 400
    assert "Harus sebelum atau sama" in answer.content.decode()
    assert head.get("/evaluasi/?tanggal=kemarin").status_code == 400
    assert head.get("/evaluasi/?wilayah=64.72").status_code == 404
