"""A revision lists what arrived late, and nothing else; without a change there is none."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import pytest

from accounts.notices.models import Notice
from accounts.rules import Role
from reports.summaries.report_asking import Answer, ask
from reports.summaries.report_building import build_report
from reports.summaries.report_late import Late
from reports.summaries.report_models import Report
from residents.registry.codes import EndReason
from residents.registry.models import Resident
from residents.registry.workflow import WORKFLOW
from tests import factories
from tests.drawn_files import stored
from tests.factories import KELURAHAN, RT, SIBLING_RT, holder, on_day
from tests.reports.letters_to_draw import text_of
from tests.reports.test_reports_building import (
    FIRST,
    OCTOBER,
    STAY,
    book_of,
    built,
    sheet,
    some_people,
)
from tests.residents.pages import lurah, shown
from wacat.workflow import Move

pytestmark = pytest.mark.django_db
LATER = date(2026, 11, 12)


def again(report: Report) -> tuple[Report, Answer]:
    return ask(holder(Role.LURAH, KELURAHAN), report.area, report.period)


def revised(report: Report) -> tuple[Report, Late]:
    made, answer = again(report)
    assert answer is Answer.REVISED
    assert build_report(made.pk), "not built: see the log"
    made.refresh_from_db()
    return made, Late.from_json(made.late)


def areas_in(late: Late) -> set[tuple[str, str, int, int]]:
    return {(one.code, one.label, one.before, one.now) for one in late.differences if one.code}


def step(name: str, resident: Resident, **data: Any) -> None:
    WORKFLOW.advance(resident.pk, name, Move(holder(Role.PETUGAS_KELURAHAN, KELURAHAN), data))


@pytest.fixture
def report() -> Report:
    some_people()
    with on_day(FIRST):
        return built()


def test_without_a_change_there_is_none(report: Report) -> None:
    with on_day(LATER):
        factories.reported(RT, arrived_on=LATER)
        assert again(report) == (report, Answer.UNCHANGED)
    assert Report.objects.count() == 1


def test_a_late_report_is_listed_where_and_by_how_much(report: Report) -> None:
    with on_day(LATER):
        factories.reported(SIBLING_RT, **STAY)
        factories.reported(RT, arrived_on=date(2026, 11, 3))  # not late
        factories.reported(factories.FOREIGN_RT, **STAY)  # elsewhere
        made, late = revised(report)
    assert areas_in(late) == {
        (SIBLING_RT, "Aktif", 0, 1),
        (SIBLING_RT, "Datang", 1, 2),
        (KELURAHAN, "Aktif", 2, 3),
        (KELURAHAN, "Datang", 3, 4),
    }
    assert ("Aktif menurut keperluan", "Pekerjaan", 2, 3) in {
        (one.name, one.label, one.before, one.now) for one in late.differences if not one.code
    }
    assert late.steps == ((SIBLING_RT, "RT 002", 1),)
    assert (late.revision, late.known_at) == (1, report.known_at)
    assert (made.revision, made.reason) == (2, "revision")


def test_a_late_end_then_a_late_report_that_was_overdue_by_then(report: Report) -> None:
    with on_day(LATER):
        one = Resident.objects.filter(area=RT).order_by("pk").last()
        assert one is not None
        step("end", one, date=date(2026, 10, 25), end_reason=EndReason.LEFT)
        made, late = revised(report)
    assert {(RT, "Aktif", 2, 1), (RT, "Berakhir", 0, 1)} <= areas_in(late)
    assert late.steps == ((RT, "RT 001", 1),)
    with on_day(LATER + timedelta(days=1)):  # the extension begins today and is not late
        over = {"arrived_on": date(2026, 9, 1), "stays_until": date(2026, 10, 20)}
        person = factories.reported(SIBLING_RT, **over)
        step("extend", person, date=date(2027, 3, 1))
        _, late = revised(made)
    assert {(SIBLING_RT, "Aktif", 0, 1), (SIBLING_RT, "Lewat masa", 0, 1)} <= areas_in(late)
    assert late.steps == ((SIBLING_RT, "RT 002", 1),)
    assert late.revision == 2


def test_steps_that_touch_other_months_are_not_counted(report: Report) -> None:
    with on_day(LATER):
        factories.reported(SIBLING_RT, **STAY)
        one = Resident.objects.filter(area=RT).order_by("pk").first()
        assert one is not None
        step("end", one, date=LATER, end_reason=EndReason.LEFT)
        old = {"arrived_on": date(2026, 3, 1), "stays_until": date(2026, 8, 1)}
        gone = factories.ended(RT, on=date(2026, 7, 1), **old)
        assert gone.status == "ended"
        _, late = revised(report)
    assert late.steps == ((SIBLING_RT, "RT 002", 1),)


def test_paper_and_spreadsheet_list_the_same(report: Report) -> None:
    with on_day(LATER):
        factories.reported(SIBLING_RT, **STAY)
        made, late = revised(report)
    text = text_of(stored(made.pdf))
    assert "menggantikan revisi 1" in text
    assert "Yang datang terlambat" in text
    assert "RT 002 Aktif 0 1" in text
    rows = [tuple(row) for row in sheet(made, "datang terlambat")]
    assert [(row[1], row[2], int(row[3]), int(row[4])) for row in rows] == [
        (one.name, one.label, one.before, one.now) for one in late.differences
    ]
    assert "datang terlambat" not in {one.title for one in book_of(report).sheets()}


def test_the_old_one_stays_readable_and_is_marked(report: Report) -> None:
    with on_day(LATER):
        factories.reported(SIBLING_RT, **STAY)
        made, _ = revised(report)
        old = shown(lurah().get(f"/rekap/laporan/{report.pk}/"))
        new = shown(lurah().get(f"/rekap/laporan/{made.pk}/"))
        listed = shown(lurah().get("/rekap/laporan/"))
    assert "Digantikan revisi 2" in old
    assert "Digantikan" in listed
    assert "Yang datang terlambat" in new
    assert "Digantikan revisi 2" in new, "beside the old one in the history"
    assert lurah().get(f"/rekap/laporan/{report.pk}/pdf/").status_code == 200


def test_one_that_waits_replaces_nothing_yet(report: Report) -> None:
    with on_day(LATER):
        factories.reported(SIBLING_RT, **STAY)
        again(report)
        assert again(report)[1] is Answer.WAITING
        assert "Digantikan" not in shown(lurah().get(f"/rekap/laporan/{report.pk}/"))
    assert Report.objects.count() == 2


def test_readers_are_told_of_a_revision_once(report: Report) -> None:
    reader = holder(Role.LURAH, KELURAHAN)
    assert not Notice.objects.filter(kind="report_ready").exists()
    with on_day(LATER):
        factories.reported(SIBLING_RT, **STAY)
        made, _ = revised(report)
        assert not build_report(made.pk)
    [notice] = Notice.objects.filter(kind="report_ready", recipient=reader)
    assert notice.values["revision"] == 2


def test_late_is_what_came_after_the_moment_that_was_told(report: Report) -> None:
    assert report.known_at is not None
    assert report.known_at < datetime.now(report.known_at.tzinfo)
    assert report.period == OCTOBER
