"""/rekap/umum/: a semester's figures for the public."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
import tablib
from django.test import Client

from accounts.areas.models import Area
from accounts.audit.models import Access
from accounts.rules import Role
from reports.summaries import release_building
from reports.summaries.dimensions import DIMENSIONS
from reports.summaries.figures import BY_KEY
from reports.summaries.periods import Period, semester_before
from reports.summaries.release_building import LEFT_OUT, tellable
from reports.summaries.release_models import Release
from reports.summaries.release_tables import TOLD_FIGURES
from tests import factories
from tests.factories import (
    CITY_CODE,
    FOREIGN_RT,
    KELURAHAN,
    RT,
    SIBLING_KELURAHAN,
    client_of,
    holder,
)
from tests.residents.pages import shown
from wacat.clock import today

pytestmark = pytest.mark.django_db
PAGE = "/rekap/umum/"


def head() -> Client:
    return client_of(holder(Role.PIMPINAN, CITY_CODE))


def semester() -> Period:
    return semester_before(today())


def some_people() -> None:
    """Seven in one kelurahan, two in its sibling, nine in another kecamatan."""
    stay = {"arrived_on": semester().first, "stays_until": semester().first + timedelta(days=360)}
    for area, count in ((RT, 7), (f"{SIBLING_KELURAHAN}.001", 2), (FOREIGN_RT, 9)):
        for number in range(count):
            factories.reported(area, sex=1 + number % 2, **stay)


def asked(client: Client, starts: str = "") -> Any:
    return client.post(PAGE, {"starts": starts or semester().first.isoformat()})


def built(client: Client) -> Release:
    assert asked(client).status_code == 302
    release = Release.objects.get()
    assert release_building.build_release(release.pk)
    release.refresh_from_db()
    return release


def table(release: Release, title: str) -> dict[str, list[int | None]]:
    """The numbers of one table by the last name of each row."""
    [found] = [one for one in release.tables or () if one["title"] == title]
    return {row["names"][-1]: row["numbers"] for row in found["rows"]}


def table_rows(release: Release) -> list[Any]:
    """Those of the first table."""
    return list(release.tables[0]["rows"]) if release.tables else []


def test_small_numbers_and_what_gives_them_away_are_left_out() -> None:
    some_people()
    rows = table(built(head()), "Per wilayah")
    active = TOLD_FIGURES.index("active")
    told = {name: numbers[active] for name, numbers in rows.items() if numbers[active] != 0}
    small = [str(Area.objects.get(code=code).label) for code in (KELURAHAN, SIBLING_KELURAHAN)]
    assert all(told[name] is None for name in small)
    assert sum(1 for number in told.values() if number is not None) >= 1
    for number in told.values():
        assert number is None or number >= 5


def test_no_number_of_any_table_is_of_one_to_four() -> None:
    some_people()
    release = built(head())
    numbers = [n for one in release.tables or () for row in one["rows"] for n in row["numbers"]]
    assert [n for n in numbers if n is not None and 0 < n < 5] == []
    assert None in numbers
    assert len(release.tables or ()) == 1 + len(DIMENSIONS)


def test_no_rt_is_named() -> None:
    some_people()
    codes = [row["names"][0] for row in table_rows(built(head()))]
    assert codes
    assert max(map(len, codes)) == len(KELURAHAN)


def test_what_comes_later_changes_nothing_that_was_told() -> None:
    some_people()
    client = head()
    first = built(client)
    told = first.tables
    some_people()
    assert asked(client).status_code == 302
    again = Release.objects.get()
    assert not release_building.build_release(again.pk)
    again.refresh_from_db()
    assert again.tables == told


def test_numbers_of_two_moments_are_not_told(monkeypatch: pytest.MonkeyPatch) -> None:
    from reports.summaries import release_tables

    some_people()
    counted = release_tables._groups

    def late(*given: Any) -> Any:
        factories.reported(RT, arrived_on=semester().first, stays_until=today())
        return counted(*given)

    monkeypatch.setattr(release_tables, "_groups", late)
    with pytest.raises(ValueError, match="a sum is not"):
        release_tables.tables_of(Area.objects.get(code=CITY_CODE), semester())


@pytest.mark.parametrize("starts", ["", "kemarin", "2026-02-01", "1990-01-01", "2999-01-01"])
def test_only_an_ended_semester_is_told(starts: str) -> None:
    factories.load_areas()
    answer = head().post(PAGE, {"starts": starts})
    assert answer.status_code == 400
    assert not Release.objects.exists()


def test_the_last_four_semesters_can_be_told() -> None:
    assert [str(one) for one in tellable(date(2026, 11, 22))] == [
        "Semester 1 2026",
        "Semester 2 2025",
        "Semester 1 2025",
        "Semester 2 2024",
    ]


def test_the_file_says_what_the_page_says() -> None:
    some_people()
    client = head()
    release = built(client)
    page = shown(client.get(f"{PAGE}{release.pk}/"))
    assert "bukan nol" in page
    answer = client.get(f"{PAGE}{release.pk}/xlsx/")
    book = tablib.Databook().load(answer.content, "xlsx")
    first, *_, last = book.sheets()
    assert first.headers == ["Kode", "Nama", *(BY_KEY[key].label for key in TOLD_FIGURES)]
    cells = [list(row[2:]) for row in first]
    told = [
        [LEFT_OUT if number is None else number for number in row["numbers"]]
        for row in table_rows(release)
    ]
    assert cells == told
    assert last.title == "arti"
    assert Access.objects.filter(kind=Access.Kind.EXPORT).count() == 1


def test_one_that_waits_says_so_and_has_no_file() -> None:
    factories.load_areas()
    client = head()
    asked(client)
    release = Release.objects.get()
    assert "sedang disusun" in shown(client.get(f"{PAGE}{release.pk}/"))
    assert client.get(f"{PAGE}{release.pk}/xlsx/").status_code == 404
    assert "Sedang dibuat" in shown(client.get(PAGE))
