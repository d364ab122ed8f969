"""The same figure from page, XLSX, PDF and a plain recount of the rows."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta

import pytest
import tablib
from django.db import transaction
from django.test import Client
from django.urls import reverse
from hypothesis import HealthCheck, Phase, given, settings

from accounts.areas.models import CITY_CODE, Area
from accounts.rules import Role
from reports.summaries import files
from reports.summaries.breakdowns import breakdown
from reports.summaries.dimensions import DIMENSIONS
from reports.summaries.figures import FIGURES, Table, table_of
from reports.summaries.models import SummaryFile
from reports.summaries.periods import Period, year_to
from residents.registry.models import Resident
from residents.registry.workflow import WORKFLOW
from tests import factories
from tests.drawn_files import stored
from tests.house.histories import Life, Paper, histories
from tests.house.recount import Recount
from tests.reports.letters_to_draw import text_of
from wacat import drawn
from wacat.clock import today
from wacat.work import perform
from wacat.workflow import Move

pytestmark = pytest.mark.django_db
AREAS = (CITY_CODE, factories.KECAMATAN, factories.KELURAHAN, factories.RT)
KEYS = [figure.key for figure in FIGURES]
CELL = re.compile(r'data-area="([\d.]+)" data-figure="(\w+)" data-value="(\d+)"')
Figures = dict[str, dict[str, int]]


def a_town_with_a_past() -> None:
    """Real rows of every kind, made and moved as the application does."""
    rt, sibling, foreign = factories.RT, factories.SIBLING_RT, factories.FOREIGN_RT
    day = today()
    last_year = day.replace(month=1, day=1) - timedelta(days=20)
    for area in (rt, sibling, foreign):
        for make in (factories.reported, factories.verified, factories.ended, factories.overdue):
            make(area)
        for make in (factories.draft, factories.returned, factories.held):
            make(area)
    long_ago = {"arrived_on": last_year, "stays_until": last_year + timedelta(days=300)}
    factories.ended(rt, on=last_year + timedelta(days=10), **long_ago)
    factories.verified(foreign, **long_ago)
    factories.move(factories.reported(rt, **long_ago), foreign, last_year + timedelta(days=15))
    factories.move(factories.verified(sibling), rt, day - timedelta(days=5))
    factories.letter_issued(factories.reported(rt))
    _extend(factories.overdue(rt))
    factories.letter_revoked(factories.reported(foreign))
    factories.letter_ready(factories.reported(rt))


def _extend(resident: Resident) -> None:
    staff = factories.holder(Role.PETUGAS_KELURAHAN, resident.area_id[:13])
    move = Move(staff, {"date": today() + timedelta(days=90)})
    WORKFLOW.advance(resident.pk, "extend", move)


def dates() -> Iterator[date]:
    """Today, the day before a move, the turn of the year, and days of last year."""
    day = today()
    new_year = day.replace(month=1, day=1)
    yield from (day, day - timedelta(days=6), new_year, new_year - timedelta(days=1))
    yield new_year - timedelta(days=6)


@pytest.fixture
def client_of_the_head() -> Client:
    return factories.client_of(factories.user_as(Role.PIMPINAN))


@pytest.fixture(autouse=True)
def no_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    """The test draws what a worker would; nobody waits for one."""
    monkeypatch.setattr(drawn, "PATIENCE", 0.0)


def query(area: str, day: date) -> dict[str, str]:
    return {"wilayah": area, "tanggal": day.isoformat()}


def on_page(client: Client, area: str, day: date) -> Figures:
    page = client.get(reverse("summary"), query(area, day)).content.decode()
    found: Figures = {}
    for code, key, value in CELL.findall(page):
        assert key not in found.setdefault(code, {}), f"{code} {key} stands twice"
        found[code][key] = int(value)
    return found


def in_xlsx(client: Client, area: str, day: date) -> Figures:
    response = client.get(reverse("summary_xlsx"), query(area, day))
    sheet = tablib.Dataset().load(response.content, format="xlsx")
    assert sheet.headers == ["kode", "nama", "jumlah", *(figure.label for figure in FIGURES[1:])]
    return {row[0]: dict(zip(KEYS, row[2:], strict=True)) for row in sheet}


def pdf_text(client: Client, area: str, day: date) -> str:
    assert client.get(reverse("summary_pdf"), query(area, day)).status_code == 202
    work = SummaryFile.objects.latest("pk")
    assert perform(SummaryFile, work.pk, files.draw)
    work.refresh_from_db()
    return text_of(stored(work.file))


def pdf_lines(figures: Figures, area: str) -> list[str]:
    """The numbers of each line as the PDF must show them, the whole last."""
    parts = [f"{code} {_label(code)} {_row(row)}" for code, row in figures.items() if code != area]
    return [*parts, f"Jumlah {_row(figures[area])}"]


def _label(code: str) -> str:
    return str(Area.objects.get(code=code))


def _row(figures: dict[str, int]) -> str:
    return " ".join(f"{figures[key]:,}".replace(",", ".") for key in KEYS)


def assert_right(table: Table, recount: Recount) -> None:
    """Of the period and of that before."""
    for row in table.rows:
        for figures, period in (row.figures, table.period), (row.before, table.period.before):
            assert figures == recount.of(row.area.code, period), (row.area.code, period)


# By which column of a person each dimension counts.
COLUMNS = {
    "kelamin": "sex",
    "umur": "birth_year",
    "keperluan": "purpose",
    "pekerjaan": "occupation",
    "pendidikan": "education",
    "asal": "origin_province",
    "tempat": "lodging_kind",
}


def assert_groups_right(area: Area, period: Period, recount: Recount) -> None:
    """Every figure by every dimension."""
    for key, dimension in DIMENSIONS.items():
        counted = recount.groups(area.code, period, COLUMNS[key])
        for figure in KEYS:
            told = {line.label: line.count for line in breakdown(area, period, dimension, figure)}
            expected: Counter[str] = Counter()
            for value, count in counted[figure].items():
                expected[dimension.group(value, period.last)] += count
            assert {label: n for label, n in told.items() if n} == expected, (key, figure, period)


def test_page_xlsx_pdf_and_recount_agree(client_of_the_head: Client) -> None:
    a_town_with_a_past()
    recount = Recount()
    for area in AREAS:
        parts = list(Area.objects.filter(parent=area).values_list("code", flat=True))
        for day in dates():
            expected = {code: recount.of(code, year_to(day)) for code in [*parts, area]}
            assert on_page(client_of_the_head, area, day) == expected, (area, day)
            assert in_xlsx(client_of_the_head, area, day) == expected, (area, day)
    for area in (CITY_CODE, factories.KELURAHAN):
        for day in (today(), today().replace(month=1, day=1) - timedelta(days=1)):
            text = pdf_text(client_of_the_head, area, day)
            for line in pdf_lines(on_page(client_of_the_head, area, day), area):
                assert line in text
    # Nothing agrees only because all of it is nothing.
    figures = recount.of(CITY_CODE, year_to(today()))
    assert all(figures.values()), figures
    assert figures["verified"] < figures["active"] > figures["overdue"]


@settings(
    max_examples=20,
    deadline=None,
    derandomize=True,
    # A failing history is small as it is; making it smaller would take minutes of rows.
    phases=(Phase.generate,),
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(history=histories())
def test_any_history_is_counted_as_its_definition_reads(
    history: tuple[list[Life], list[Paper], list[date]],
) -> None:
    lives, papers, days = history
    with transaction.atomic():
        user = factories.holder(Role.OPERATOR, CITY_CODE)
        for life in lives:
            life.store(user)
        for serial, paper in enumerate(papers, start=1):
            paper.store(user, serial)
        recount = Recount()
        for area in Area.objects.filter(code__in=AREAS):
            for day in days:
                for period in (year_to(day), Period(min(days), day)):
                    assert_right(table_of(area, period), recount)
        city = Area.objects.get(code=CITY_CODE)
        assert_groups_right(city, Period(min(days), max(days)), recount)
        transaction.set_rollback(True)


@pytest.mark.parametrize("text", ["2020-02-30", "31-12-2020", "kemarin", "20201231", "2020-1-1"])
def test_a_day_that_is_none_is_a_bad_request(client_of_the_head: Client, text: str) -> None:
    for name in ("summary", "summary_xlsx", "summary_pdf"):
        assert client_of_the_head.get(reverse(name), {"tanggal": text}).status_code == 400
