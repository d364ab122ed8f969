"""When reports are made: by the calendar, once each, caught up with; and by a press, once."""

from __future__ import annotations

import threading
from datetime import date
from typing import Any

import pytest
from django.conf import settings
from django.core import mail
from django.db import connection, connections

from accounts.areas.models import Area
from accounts.login.models import User
from accounts.notices import delivering
from accounts.notices.models import Delivery, Notice
from accounts.rules import Role
from reports import tasks
from reports.summaries import figures, report_building
from reports.summaries.periods import Period
from reports.summaries.report_asking import Answer, ask, ended
from reports.summaries.report_building import build_report
from reports.summaries.report_calendar import plan
from reports.summaries.report_models import Report
from reports.tasks import plan_reports
from tests import factories
from tests.factories import CITY_CODE, KECAMATAN, KELURAHAN, RT, holder, on_day
from tests.reports.test_reports_building import OCTOBER, STAY, asked, built
from tests.worker import running_worker
from wacat.work import left_behind

SEMESTER = Period(date(2026, 1, 1), date(2026, 6, 30))


def a_stay_since(day: date) -> None:
    with on_day(day):
        factories.reported(RT, arrived_on=day, stays_until=date(2027, 3, 1))


def planned() -> set[tuple[str, date, date, str]]:
    return set(Report.objects.values_list("area", "first", "last", "reason"))


def areas() -> set[str]:
    return set(Area.objects.exclude(level="rt").values_list("code", flat=True))


@pytest.mark.django_db
class TestCalendar:
    def test_the_last_month_and_semester_of_every_area_but_the_rts(self) -> None:
        a_stay_since(date(2026, 6, 20))
        with on_day(date(2026, 11, 1)):
            plan_reports()
        month = {(code, OCTOBER.first, OCTOBER.last, "monthly") for code in areas()}
        half = {(code, SEMESTER.first, SEMESTER.last, "semester") for code in areas()}
        assert planned() == month | half

    def test_asked_again_it_makes_none_twice(self) -> None:
        a_stay_since(date(2026, 6, 20))
        with on_day(date(2026, 11, 1)):
            made = plan()
            assert made == 2 * len(areas())
            assert plan() == 0
        with on_day(date(2026, 11, 30)):
            assert plan() == 0
        assert Report.objects.count() == made

    def test_a_missed_first_is_caught_up_with_and_no_more_than_that(self) -> None:
        a_stay_since(date(2026, 6, 20))
        with on_day(date(2027, 1, 25)):
            plan()
        assert {(first, last) for _, first, last, _ in planned()} == {
            (date(2026, 12, 1), date(2026, 12, 31)),
            (date(2026, 7, 1), date(2026, 12, 31)),
        }

    def test_before_any_stay_there_is_nothing_to_report(self) -> None:
        factories.load_areas()
        with on_day(date(2026, 11, 1)):
            assert plan() == 0
        a_stay_since(date(2026, 10, 31))
        with on_day(date(2026, 11, 1)):
            assert plan() == len(areas())  # of October; the first semester knew nobody

    def test_what_somebody_asked_for_is_there_already(self) -> None:
        a_stay_since(date(2026, 10, 5))
        with on_day(date(2026, 11, 1)):
            report = asked()
            plan()
        same = Report.objects.of_same(KELURAHAN, OCTOBER.first, OCTOBER.last)
        assert list(same) == [report]

    def test_beat_asks_each_hour_after_the_nightly_recount(self) -> None:
        entry = settings.CELERY_BEAT_SCHEDULE["plan reports"]
        recount = settings.CELERY_BEAT_SCHEDULE["recount tallies"]["schedule"]
        assert entry["task"] == plan_reports.name
        assert min(entry["schedule"].hour) > min(recount.hour)


@pytest.mark.django_db
class TestAsking:
    def test_the_same_press_again_leads_to_the_same(self) -> None:
        factories.load_areas()
        area, user = Area.objects.get(pk=KELURAHAN), holder(Role.LURAH, KELURAHAN)
        report, first = ask(user, area, OCTOBER)
        again, second = ask(user, area, OCTOBER)
        assert (first, second) == (Answer.MADE, Answer.WAITING)
        assert again == report
        assert build_report(report.pk)
        assert ask(user, area, OCTOBER) == (report, Answer.UNCHANGED)
        assert Report.objects.count() == 1

    def test_one_that_failed_is_tried_again(self) -> None:
        report = asked()
        Report.objects.filter(pk=report.pk).update(state="failed", attempts=8, failure="X")
        again, answer = ask(holder(Role.LURAH, KELURAHAN), report.area, OCTOBER)
        assert (again, answer) == (report, Answer.WAITING)
        assert build_report(report.pk)

    def test_periods_that_have_ended(self) -> None:
        names = [str(one) for one in ended(8, date(2026, 11, 30))]
        assert names[:2] == ["Oktober 2026", "September 2026"]
        assert names[7:] == ["Maret 2026", "Semester 1 2026"]
        assert [str(one) for one in ended(1, date(2027, 1, 1))] == [
            "Desember 2026",
            "Semester 2 2026",
        ]


@pytest.mark.django_db
class TestCrashing:
    def test_one_that_dies_in_the_middle_is_built_once(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        a_stay_since(date(2026, 10, 5))
        lurah = holder(Role.LURAH, KELURAHAN)
        with on_day(date(2026, 11, 1)):
            plan()
        report = Report.objects.get(area=KELURAHAN, reason="monthly")
        with monkeypatch.context() as broken:
            broken.setattr(report_building, "tell_readers", _dies)
            assert not build_report(report.pk)
        report.refresh_from_db()
        assert (report.state, report.failure, report.numbers) == ("waiting", "MemoryError", None)
        assert build_report(report.pk)
        assert not build_report(report.pk), "built already"
        assert Notice.objects.filter(kind="report_ready", recipient=lurah).count() == 1

    def test_few_are_handed_out_at_once(self) -> None:
        a_stay_since(date(2026, 6, 20))
        with on_day(date(2026, 11, 1)):
            plan()
        Report.objects.update(wanted_at="2026-01-01T00:00Z", next_at="2026-01-01T00:00Z")
        assert len(left_behind(Report)) == Report.at_once


def _dies(report: Report) -> None:
    raise MemoryError


@pytest.mark.django_db
class TestTelling:
    def _told(self) -> set[User]:
        return {one.recipient for one in Notice.objects.filter(kind="report_ready")}

    def test_those_who_answer_for_exactly_that_area(self) -> None:
        a_stay_since(date(2026, 10, 5))
        heads = {
            KELURAHAN: {holder(Role.LURAH, KELURAHAN)},
            KECAMATAN: {holder(Role.CAMAT, KECAMATAN)},
            CITY_CODE: {holder(Role.PIMPINAN, CITY_CODE), holder(Role.OPERATOR, CITY_CODE)},
        }
        for role in (Role.KETUA_RT, Role.PETUGAS_KELURAHAN, Role.ADMINISTRATOR, Role.TIM_TEKNIS):
            holder(role, factories.area_for(role))
        with on_day(date(2026, 11, 1)):
            plan()
        for code, users in heads.items():
            Notice.objects.all().update(kind="earlier")
            assert build_report(Report.objects.get(area=code, reason="monthly").pk)
            assert self._told() == users

    def test_a_mail_holds_a_link_and_no_figures(self) -> None:
        a_stay_since(date(2026, 10, 5))
        lurah = holder(Role.LURAH, KELURAHAN)
        User.objects.filter(pk=lurah.pk).update(email="lurah@contoh.invalid")
        with on_day(date(2026, 11, 1)):
            plan()
            report = Report.objects.get(area=KELURAHAN, reason="monthly")
            assert build_report(report.pk)
        notice = Notice.objects.get(kind="report_ready")
        delivering.send(Delivery.objects.select_related("notice__recipient").get(notice=notice))
        [message] = mail.outbox
        assert f"/pemberitahuan/{notice.pk}/" in message.body
        assert not [word for word in ("Oktober", "aktif", "Sepinggan") if word in message.body]
        answer = factories.client_of(lurah).get(f"/pemberitahuan/{notice.pk}/")
        assert answer["Location"] == f"/rekap/laporan/{report.pk}/"

    def test_who_pressed_waits_and_is_told_nothing(self) -> None:
        with on_day(date(2026, 11, 1)):
            built()
        assert self._told() == set()


def test_numbers_of_one_report_agree_though_people_write_meanwhile(
    committed_db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Somebody is reported between the table and the breakdowns, by another connection."""
    a_stay_since(date(2026, 10, 5))

    def table_of(*args: Any) -> Any:
        table = figures.table_of(*args)
        _elsewhere(lambda: factories.reported(RT, **STAY))
        return table

    with on_day(date(2026, 11, 1)):
        report = asked()
        monkeypatch.setattr("reports.summaries.report_facts.table_of", table_of)
        assert build_report(report.pk)
    report.refresh_from_db()
    numbers = report.numbers or {}
    active = numbers["total"]["figures"]["active"]
    assert active == 1
    assert numbers["line"][-1][1]["active"] == active
    for lines in numbers["groups"].values():
        assert sum(line["count"] for line in lines) == active
    with connection.cursor() as cursor:
        cursor.execute("SHOW default_transaction_isolation")
        assert cursor.fetchone()[0] == "read committed"


def _elsewhere(do: Any) -> None:
    def work() -> None:
        try:
            do()
        finally:
            connections.close_all()

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()


def test_beats_at_once_make_each_report_once(committed_db: None) -> None:
    a_stay_since(date(2026, 10, 5))
    with on_day(date(2026, 11, 1)):
        threads = [threading.Thread(target=_elsewhere, args=(plan,)) for _ in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert Report.objects.count() == len(areas())


def test_a_real_worker_builds_what_was_pressed(committed_db: None, tmp_path: Any) -> None:
    report = asked()
    with running_worker(tmp_path / "worker.log"):
        tasks.build_report.delay(report.pk)
        for _ in range(300):
            report.refresh_from_db()
            if report.is_done:
                break
            threading.Event().wait(0.1)
    assert report.is_done
