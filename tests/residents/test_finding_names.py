"""Finding by name: every way of spelling it, the nearest first, page by page."""

from __future__ import annotations

import re
from unittest.mock import patch

import pytest

from residents.registry import ranking
from residents.registry.models import Resident
from tests import factories
from tests.factories import FOREIGN_RT, RT, SIBLING_RT
from tests.residents.listed import LIST, listed, names, pages_of_search
from tests.residents.pages import ketua_rt, lurah, operator, petugas, shown
from wacat.pages import PAGE_SIZE

pytestmark = pytest.mark.django_db
SPELLINGS = {
    "Mohamad Rizqi": "Muhammad Rizky",
    "Achmad": "Ahmad Fauzi",
    "Juliana": "Yuliana Contoh",
    "djoko soesilo": "Joko Susilo",
    "Susilo Joko": "Joko Susilo",
    "yanto": "Heryanto Contoh",
    "wulandri": "Ayu Wulandari",
    "Muhammda": "Muhammad Rizky",
    "jose": "José Contoh",
    "pak heryanto": "Heryanto Contoh",
    "Muh. Risky": "Muhammad Rizky",
    "Bu": "Bunga Contoh",
}


def _people(*full_names: str, area: str = RT) -> None:
    for name in full_names:
        factories.reported(area, full_name=name)


def _found(text: str) -> list[str]:
    return names(lurah().post(LIST, {"q": text}))


@pytest.fixture(
    params=[(ranking.WALKED, ranking.ENOUGH), (8, 1), (1, ranking.ENOUGH)],
    ids=["near", "further", "far"],
)
def _all_ways(request: pytest.FixtureRequest) -> object:
    """Among the latest rows; among more of them; by the indexes, as if the latest were one row."""
    walked, enough = request.param
    with patch.object(ranking, "WALKED", walked), patch.object(ranking, "ENOUGH", enough):
        yield


@pytest.mark.usefixtures("_all_ways")
class TestSpelling:
    def test_each_is_found(self) -> None:
        _people(*sorted({*SPELLINGS.values(), "Zxcvb Contoh"}))
        assert {typed: _found(typed) for typed in SPELLINGS} == {
            typed: [name] for typed, name in SPELLINGS.items()
        }

    def test_the_nearest_come_first_and_of_them_the_latest(self) -> None:
        _people("Nurahmadi Contoh", "Achmad Satu", "Ahmadi Contoh", "Ahmad Satu", "Ahmad Dua")
        _people("Ahmid Contoh")
        assert _found("ahmad") == [
            "Ahmad Dua",
            "Ahmad Satu",
            "Ahmadi Contoh",
            "Achmad Satu",
            "Nurahmadi Contoh",
            "Ahmid Contoh",
        ]

    def test_nobody_is_told_of_with_what_to_do(self) -> None:
        _people("Ahmad Satu")
        answer = lurah().post(LIST, {"q": "qwrtplk"})
        assert listed(answer) == []
        assert "Tidak ada yang cocok" in shown(answer)

    def test_outside_the_area_nobody_is_found(self) -> None:
        _people("Ahmad Sini")
        _people("Ahmad Sana", area=FOREIGN_RT)
        _people("Ahmad Sebelah", area=SIBLING_RT)
        assert names(ketua_rt().post(LIST, {"q": "ahmad"})) == ["Ahmad Sini"]
        assert set(_found("ahmad")) == {"Ahmad Sini", "Ahmad Sebelah"}
        assert len(names(operator().post(LIST, {"q": "ahmad"}))) == 3

    def test_drafts_are_found_by_those_who_enter_them(self) -> None:
        factories.draft(full_name="Ahmad Draf")
        assert names(petugas().post(LIST, {"q": "ahmad"})) == ["Ahmad Draf"]
        assert _found("ahmad") == names(operator().post(LIST, {"q": "ahmad"})) == []

    def test_it_goes_together_with_the_rest(self) -> None:
        factories.load_areas()
        kos = factories.LodgingFactory.create(name="Kos Melati")
        factories.reported(full_name="Ahmad Kos", lodging=kos)
        factories.overdue(full_name="Ahmad Lama", origin_area="Kota Medan, Sumatera Utara")
        found = {
            ("tempat", "melati"): ["Ahmad Kos"],
            ("status", "overdue"): ["Ahmad Lama"],
            ("provinsi", "12"): ["Ahmad Lama"],
            ("asal", "medan kota"): ["Ahmad Lama"],
            ("wilayah", SIBLING_RT): [],
        }
        for (field, value), expected in found.items():
            answer = lurah().post(LIST, {"q": "achmad", field: value})
            assert names(answer) == expected, field


@pytest.mark.usefixtures("_all_ways")
class TestPages:
    def test_every_one_is_shown_once_in_the_order_of_ranks(self) -> None:
        for number in range(PAGE_SIZE + 3):
            factories.draft(full_name=f"Siti {number}")
            if number % 5 == 0:
                factories.draft(full_name=f"Sity {number}")
                factories.draft(full_name=f"Sitinjak {number}")
                factories.draft(full_name=f"Rositi {number}")
        pages = list(pages_of_search(petugas(), q="siti"))
        seen = sum(pages, [])
        assert [len(page) for page in pages] == [PAGE_SIZE, len(seen) - PAGE_SIZE]
        assert sorted(seen) == sorted(Resident.objects.values_list("pk", flat=True))
        shown_names = dict(Resident.objects.values_list("pk", "full_name"))
        kinds = [shown_names[pk].split()[0] for pk in seen]
        ranks = ["Siti", "Sitinjak", "Sity", "Rositi"]
        assert kinds == sorted(kinds, key=ranks.index)

    def test_slips_of_a_letter_have_pages_as_well(self) -> None:
        for number in range(PAGE_SIZE + 4):
            factories.draft(full_name=f"Wulandari {number}")
        pages = list(pages_of_search(petugas(), q="wulandri"))
        assert [len(page) for page in pages] == [PAGE_SIZE, 4]
        assert len(set(sum(pages, []))) == PAGE_SIZE + 4

    def test_the_way_on_holds_no_name_in_an_address(self) -> None:
        for _ in range(PAGE_SIZE + 1):
            factories.draft(full_name="Siti Contoh")
        page = petugas().post(LIST, {"q": "siti"}).content.decode()
        assert not re.search(r'(href|action)="[^"]*siti', page, re.I)
        assert 'rel="next"' not in page
        assert "Berikutnya" in page

    @pytest.mark.parametrize("place", ["x", "1", "9:1", "0:-1", "0:x", ":1", "0:" + "9" * 19])
    def test_what_is_no_place_is_a_bad_request(self, place: str) -> None:
        assert petugas().post(LIST, {"q": "siti", "sesudah": place}).status_code == 400
