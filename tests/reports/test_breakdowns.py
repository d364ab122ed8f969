"""Who the active ones are, by group: page and counts."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest

from accounts.areas.models import Area
from accounts.rules import Role
from reports.summaries.breakdowns import breakdown, pyramid_of
from reports.summaries.dimensions import DIMENSIONS, UNKNOWN
from reports.summaries.figures import FIGURES, figures_in
from reports.summaries.periods import Period, year_to
from residents.registry.codes import LodgingKind, Purpose, Sex
from residents.registry.models import Resident
from residents.registry.workflow import WORKFLOW
from tests import factories
from tests.factories import CITY_CODE, FOREIGN_RT, KELURAHAN, RT, SIBLING_RT, client_of, holder
from tests.residents.pages import ketua_rt, lurah, shown
from wacat.clock import today
from wacat.workflow import Move

pytestmark = pytest.mark.django_db
PAGE = "/rekap/rincian/"


def _counts(key: str, code: str = CITY_CODE, day: date | None = None) -> dict[str, int]:
    lines = breakdown(Area.objects.get(code=code), year_to(day or today()), DIMENSIONS[key])
    return {line.label: line.count for line in lines}


def test_by_sex_and_age_and_origin() -> None:
    year = today().year
    for born, sex in ((year - 4, 1), (year - 5, 2), (year - 75, 1), (year - 90, 2)):
        factories.reported(birth_date=date(born, 12, 31), sex=sex, origin_area="Kab. Wajo")
    factories.reported(birth_date=None, sex=None, origin_area="Entah di mana")
    assert _counts("kelamin") == {"Laki-laki": 2, "Perempuan": 2, UNKNOWN: 1}
    ages = _counts("umur")
    assert list(ages)[:3] == ["0 sampai 4 tahun", "5 sampai 9 tahun", "10 sampai 14 tahun"]
    assert list(ages.values()) == [1, 1, *[0] * 13, 2, 1]
    assert list(ages)[-2:] == ["75 tahun ke atas", UNKNOWN]
    assert _counts("asal") == {"Sulawesi Selatan": 4, UNKNOWN: 1}


def test_age_is_that_of_the_date() -> None:
    day = today() - timedelta(days=400)
    born = date(day.year - 9, 6, 1)
    factories.reported(birth_date=born, arrived_on=day, stays_until=day + timedelta(days=60))
    assert _counts("umur", day=day) == {"5 sampai 9 tahun": 1}


def test_most_come_first_where_there_is_no_order() -> None:
    for purpose in (Purpose.EDUCATION, Purpose.WORK, Purpose.WORK):
        factories.reported(purpose=purpose)
    assert list(_counts("keperluan")) == [Purpose.WORK.label, Purpose.EDUCATION.label]


def test_by_lodging() -> None:
    factories.load_areas()
    kos = factories.LodgingFactory.create(kind=LodgingKind.BOARDING_HOUSE)
    factories.reported(lodging=kos)
    factories.reported()
    assert _counts("tempat") == {LodgingKind.BOARDING_HOUSE.label: 1, UNKNOWN: 1}


@pytest.mark.parametrize("key", DIMENSIONS)
def test_the_groups_make_up_each_figure(key: str) -> None:
    day = today() - timedelta(days=3)
    stay = {"arrived_on": day, "stays_until": day + timedelta(days=90)}
    for area in (RT, SIBLING_RT, FOREIGN_RT):
        factories.verified(area, **stay)
        factories.draft(area, **stay)
        factories.held(area)
    factories.ended(RT, on=day + timedelta(days=1), **stay)
    moved = factories.reported(RT, **stay)
    factories.move(moved, FOREIGN_RT, today())
    factories.overdue(SIBLING_RT)
    overdue = factories.overdue(RT)
    factories.letter_issued(factories.verified(RT), factories.verified(RT))
    factories.letter_revoked(factories.verified(FOREIGN_RT))
    _extend(overdue)
    for period in _periods(day):
        for code in (RT, KELURAHAN, CITY_CODE):
            whole = figures_in([code], [period])[code, period]
            for one in FIGURES:
                lines = breakdown(Area.objects.get(code=code), period, DIMENSIONS[key], one.key)
                assert sum(line.count for line in lines) == whole[one.key], (one.key, code, period)
    assert all(figures_in([CITY_CODE], [year_to(today())])[CITY_CODE, year_to(today())].values())


def _extend(resident: Resident) -> None:
    staff = holder(Role.PETUGAS_KELURAHAN, resident.area_id[:13])
    until = today() + timedelta(days=90)
    WORKFLOW.advance(resident.pk, "extend", Move(staff, {"date": until}))


def _periods(day: date) -> list[Period]:
    return [
        year_to(today()),
        Period(day, day + timedelta(days=1)),
        Period(day - timedelta(days=900), today()),
    ]


def test_the_pyramid_holds_everybody() -> None:
    year = today().year
    for born, sex in ((year - 4, 1), (year - 4, 1), (year - 12, 2), (year - 80, 2)):
        factories.reported(birth_date=date(born, 12, 31), sex=sex)
    factories.reported(birth_date=None, sex=1)
    factories.reported(sex=None)
    told = pyramid_of(Area.objects.get(code=CITY_CODE), year_to(today()))
    assert told.ages[0] == ("0 sampai 4 tahun", 2, 0)
    assert told.ages[2] == ("10 sampai 14 tahun", 0, 1)
    assert told.ages[-1] == ("75 tahun ke atas", 0, 1)
    assert (len(told.ages), told.unknown) == (16, 2)


class TestPage:
    def test_it_shows_numbers_and_hundredths(self) -> None:
        for sex in (Sex.MALE, Sex.MALE, Sex.FEMALE):
            factories.reported(sex=sex)
        answer = lurah().get(f"{PAGE}?menurut=kelamin")
        found = re.findall(r'data-group="([^"]*)" data-value="(\d+)"', answer.content.decode())
        assert found == [("Laki-laki", "2"), ("Perempuan", "1")]
        assert "66,7" in shown(answer)

    def test_nobody_is_told_with_what_to_do(self) -> None:
        factories.load_areas()
        assert "Tidak ada yang dihitung" in shown(lurah().get(PAGE))

    @pytest.mark.parametrize(
        ("query", "status"),
        [
            ("menurut=agama", 400),
            ("menurut=", 400),
            ("menurut=umur&tanggal=kemarin", 400),
            (f"menurut=umur&wilayah={FOREIGN_RT}", 404),
            ("menurut=umur&wilayah=%00", 404),
            (f"menurut=umur&wilayah={RT}", 200),
        ],
    )
    def test_what_it_answers(self, query: str, status: int) -> None:
        factories.load_areas()
        assert ketua_rt().get(f"{PAGE}?{query}").status_code == status

    def test_it_is_reached_from_the_figures(self) -> None:
        factories.load_areas()
        page = client_of(holder(Role.CAMAT, KELURAHAN[:8])).get("/rekap/").content.decode()
        assert all(f'menurut={key}"' in page for key in DIMENSIONS)
