"""Building a report: one set of numbers on paper, in the spreadsheet and in what is frozen."""

from __future__ import annotations

import hashlib
from datetime import date
from io import BytesIO
from typing import Any

import pytest
import tablib
from django.db import ProgrammingError, transaction

from accounts.areas.models import Area
from accounts.rules import Role
from reports.summaries.figures import FIGURES, table_of
from reports.summaries.periods import Period
from reports.summaries.report_asking import ask
from reports.summaries.report_building import build_report
from reports.summaries.report_facts import ReportFacts
from reports.summaries.report_models import Report
from tests import factories
from tests.drawn_files import stored
from tests.factories import CITY_CODE, KECAMATAN, KELURAHAN, RT, SIBLING_RT, holder, on_day
from tests.reports.letters_to_draw import catalog_of, page_texts, text_of

OCTOBER = Period(date(2026, 10, 1), date(2026, 10, 31))
FIRST = date(2026, 11, 1)
STAY = {"arrived_on": date(2026, 10, 5), "stays_until": date(2027, 3, 31)}
KEYS = [figure.key for figure in FIGURES]
HEADS = {CITY_CODE: Role.PIMPINAN, KECAMATAN: Role.CAMAT, KELURAHAN: Role.LURAH}


def asked(area: str = KELURAHAN, period: Period = OCTOBER) -> Report:
    """What a press of the button makes, not built yet."""
    factories.load_areas()
    return ask(holder(HEADS[area], area), Area.objects.get(pk=area), period)[0]


def built(area: str = KELURAHAN, period: Period = OCTOBER) -> Report:
    report = asked(area, period)
    assert build_report(report.pk), "not built: see the log"
    report.refresh_from_db()
    return report


def some_people() -> None:
    """In two RTs and another kecamatan; arrived, ended and with a letter in October."""
    with on_day(date(2026, 10, 20)):
        factories.verified(RT, **STAY)
        factories.letter_issued(factories.reported(RT, **STAY))
        factories.ended(SIBLING_RT, on=date(2026, 10, 18), **STAY)
        factories.reported(factories.FOREIGN_RT, **STAY)


def book_of(report: Report) -> Any:
    return tablib.Databook().load(BytesIO(stored(report.xlsx)), format="xlsx")


def sheet(report: Report, title: str) -> Any:
    return next(one for one in book_of(report).sheets() if one.title == title)


@pytest.mark.django_db
@pytest.mark.parametrize("area", [KELURAHAN, KECAMATAN, CITY_CODE])
def test_paper_spreadsheet_and_what_is_frozen_say_the_figures(area: str) -> None:
    some_people()
    with on_day(FIRST):
        report = built(area)
    table = table_of(report.area, OCTOBER)
    facts = ReportFacts.from_json(report.numbers)
    assert facts.total.figures == table.total.figures
    assert facts.total.before == table.total.before
    rows = {row.area.code: row.figures for row in table.rows}
    assert {one.code: one.figures for one in (*facts.parts, facts.total)} == rows
    first = book_of(report).sheets()[0]
    assert {row[0]: dict(zip(rows[row[0]], row[2:], strict=True)) for row in first} == rows
    text = text_of(stored(report.pdf))
    for one in (*facts.parts, facts.total):
        assert f"{one.name} {' '.join(str(one.figures[key]) for key in KEYS)}" in text
    for key, lines in facts.groups.items():
        assert sum(line.count for line in lines) == facts.total.figures["active"], key
        for line in lines:
            assert f"{line.label} {line.count}" in text
    assert facts.line[-1][1]["active"] == facts.total.figures["active"] > 0
    men_and_women = sum(men + women for _, men, women in facts.pyramid.ages)
    assert men_and_women + facts.pyramid.unknown == facts.total.figures["active"]


@pytest.mark.django_db
def test_every_dimension_has_its_sheet() -> None:
    some_people()
    with on_day(FIRST):
        report = built()
    titles = [one.title for one in book_of(report).sheets()]
    assert titles[:3] == ["2026-10-31", "perbandingan", "garis waktu"]
    assert {"keperluan", "umur", "surat menurut keperluan", "tidak melapor", "arti"} <= set(titles)
    assert len(titles) == len(set(titles))


@pytest.mark.django_db
def test_files_are_those_of_the_hashes_and_readable_by_machines() -> None:
    with on_day(FIRST):
        report = built()
    for name, digest, size in (
        (report.pdf, report.pdf_sha256, report.pdf_size),
        (report.xlsx, report.xlsx_sha256, report.xlsx_size),
    ):
        content = stored(name)
        assert (hashlib.sha256(content).hexdigest(), len(content)) == (digest, size)
    catalog = catalog_of(stored(report.pdf))
    assert catalog["/MarkInfo"]["/Marked"]
    assert "pdfaid" in catalog["/Metadata"].get_data().decode()
    assert report.pdf_sha256 not in text_of(stored(report.pdf))


@pytest.mark.django_db
def test_the_cover_says_what_of_when_and_known_at() -> None:
    with on_day(FIRST):
        report = built()
    [cover, *others] = page_texts(stored(report.pdf))
    for words in (
        "Kelurahan Sepinggan",
        "Oktober 2026",
        "keadaan per 31 Oktober 2026",
        "Revisi 1",
        "Data diketahui sampai 1 November 2026",
        f"/rekap/laporan/{report.pk}/",
    ):
        assert words in cover
    assert all("revisi 1" in page for page in others)


@pytest.mark.django_db
def test_it_names_no_resident() -> None:
    with on_day(date(2026, 10, 20)):
        person = factories.reported(RT, full_name="Zainuddin Contoh", **STAY)
    with on_day(FIRST):
        report = built()
    said = text_of(stored(report.pdf)) + str(report.numbers)
    said += book_of(report).export("json")
    for secret in ("Zainuddin", person.nik, person.nik[-4:] + "•", person.address):
        assert secret not in said


@pytest.mark.django_db
def test_later_changes_leave_it_as_it_was_and_nobody_alters_it() -> None:
    some_people()
    with on_day(FIRST):
        report = built()
        numbers, pdf = report.numbers, stored(report.pdf)
        factories.reported(RT, **STAY)
    report.refresh_from_db()
    assert (report.numbers, stored(report.pdf)) == (numbers, pdf)
    assert table_of(report.area, OCTOBER).total.figures != (numbers or {})["total"]["figures"]
    changes: tuple[dict[str, Any], ...] = ({"numbers": {}}, {"state": "failed"}, {"pdf": "other"})
    for change in changes:
        with pytest.raises(ProgrammingError, match="Cannot update"), transaction.atomic():
            Report.objects.filter(pk=report.pk).update(**change)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "name",
    ["<img src=file:///etc/passwd>", "=1+1", "Ad\x0bam 🏠 {{ x }}", "&amp;<script>", "N" * 60],
)
def test_a_hostile_name_is_text_and_the_same_everywhere(name: str) -> None:
    some_people()
    Area.objects.filter(pk=KELURAHAN).update(name=name)
    Area.objects.filter(pk=RT).update(name=name[:58] + "x")
    with on_day(FIRST):
        report = built()
    told = ReportFacts.from_json(report.numbers)
    text = "".join(text_of(stored(report.pdf)).split())
    for one in (told.total, *told.parts):
        assert "".join(one.name.split()) in text
    names = [row[1].removeprefix("'") for row in book_of(report).sheets()[0]]
    assert names == [one.name for one in (*told.parts, told.total)]


@pytest.mark.django_db
@pytest.mark.parametrize("area", [KELURAHAN, CITY_CODE])
def test_an_area_without_people_has_its_report(area: str) -> None:
    with on_day(FIRST):
        report = built(area)
    facts = ReportFacts.from_json(report.numbers)
    assert set(facts.total.figures.values()) == {0}
    assert "0 penduduk nonpermanen aktif" in text_of(stored(report.pdf))
    assert {key for key, lines in facts.groups.items() if lines} == set()


@pytest.mark.django_db
def test_sixty_rts_run_over_pages_under_a_repeated_head() -> None:
    factories.load_areas()
    made = [
        Area(code=f"{KELURAHAN}.{n:03}", level="rt", parent_id=KELURAHAN, name=f"{n:03}")
        for n in range(100, 160)
    ]
    Area.objects.bulk_create(made)
    with on_day(FIRST):
        report = built()
    pages = page_texts(stored(report.pdf))
    heads = [page for page in pages if "Wilayah " + " ".join(f.label for f in FIGURES) in page]
    assert len(heads) > 1
    assert all(f"RT {n:03} 0 0 0 0 0 0 0 0" in " ".join(pages) for n in range(100, 160))


@pytest.mark.django_db
def test_a_semester_is_told_beside_the_one_before() -> None:
    some_people()
    semester = Period(date(2026, 7, 1), date(2026, 12, 31))
    with on_day(date(2027, 1, 1)):
        report = built(KELURAHAN, semester)
    text = text_of(stored(report.pdf))
    assert "Semester 2 2026" in text
    assert "Dibanding Semester 1 2026" in text


@pytest.mark.django_db
def test_a_report_of_an_rt_is_refused_by_the_database() -> None:
    factories.load_areas()
    with pytest.raises(Exception, match="report_of_no_rt"), transaction.atomic():
        Report.objects.create(area_id=RT, first=OCTOBER.first, last=OCTOBER.last, reason="monthly")


@pytest.mark.django_db
def test_the_database_holds_done_to_numbers_and_files() -> None:
    report = asked()
    whole: dict[str, Any] = {
        "numbers": {},
        "known_at": "2026-11-01T00:00Z",
        "pdf": "a",
        "xlsx": "b",
    }
    whole |= {"pdf_size": 1, "xlsx_size": 1, "pdf_sha256": "0" * 64, "xlsx_sha256": "0" * 64}
    for missing in whole:
        values = {key: value for key, value in whole.items() if key != missing}
        with pytest.raises(Exception, match="report_done_has"), transaction.atomic():
            Report.objects.filter(pk=report.pk).update(state="done", **values)
