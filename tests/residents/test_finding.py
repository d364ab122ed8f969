"""Finding residents: by name, by NIK, by state, page by page."""

import re
from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.test import Client

from residents.registry.models import Resident
from residents.registry.narrowing import FILTERS
from residents.registry.workflow import WORKFLOW
from tests import factories
from tests.factories import FOREIGN_RT
from tests.residents.pages import Answer, beside, ketua_rt, lurah, petugas, shown
from wacat.clock import today
from wacat.pages import PAGE_SIZE
from wacat.workflow import Move

pytestmark = pytest.mark.django_db


def _listed(answer: Answer) -> list[int]:
    """The keys of the rows on a list page, in their order."""
    assert answer.status_code == 200
    return [int(pk) for pk in re.findall(r'href="/warga/(\d+)/"', answer.content.decode())]


def _pages(client: Client, url: str) -> Iterator[list[int]]:
    while url:
        answer = client.get(url)
        yield _listed(answer)
        found = re.search(r'href="(\?[^"]*)" rel="next"', answer.content.decode())
        url = "/warga/" + found[1].replace("&amp;", "&") if found else ""


class TestSearch:
    @pytest.fixture(autouse=True)
    def _people(self) -> None:
        self.siti = factories.reported(full_name="Siti Aminah Contoh").pk
        self.budi = factories.reported(full_name="Budi 100% Sitinjak").pk
        factories.reported(FOREIGN_RT, full_name="Siti Aminah Contoh")

    def _found(self, text: str) -> list[int]:
        return sorted(_listed(lurah().post("/warga/", {"q": text})))

    def test_by_parts_of_words_in_any_order_and_case(self) -> None:
        assert self._found("aminah SITI") == [self.siti]
        assert self._found("ami  con") == [self.siti]
        assert self._found("siti") == [self.siti, self.budi]
        assert self._found("siti ruslan") == []

    @pytest.mark.parametrize("text", ["0%", "0_", "0\\", "i'", 'i"', "<b>", "contoh OR 1=1"])
    def test_signs_are_only_signs(self, text: str) -> None:
        assert self._found(text) == ([self.budi] if text == "0%" else [])

    def test_no_text_is_the_whole_list(self) -> None:
        answer = lurah().post("/warga/", {"q": ""})
        assert (answer.status_code, answer["Location"]) == (302, "/warga/")

    @pytest.mark.parametrize(
        "text", ["   ", "\0", "\0 \0", ".", "%", "_", "-–—", "'\"", "\u00a0", "…"]
    )
    @pytest.mark.parametrize("field", ["q", "tempat", "asal"])
    def test_a_text_without_a_letter_or_digit_is_asked_for_again(
        self, field: str, text: str
    ) -> None:
        answer = lurah().post("/warga/", {field: text})
        assert answer.status_code == 422
        assert "satu huruf atau angka" in beside(answer, field)
        assert "Siti Aminah" not in shown(answer)

    def test_very_long_text_is_only_long(self) -> None:
        assert self._found("x" * 100_000) == []

    def test_by_the_whole_nik_only(self) -> None:
        nik = Resident.objects.get(pk=self.siti).nik
        assert self._found(nik) == [self.siti]
        assert self._found(f"{nik[:4]} {nik[4:8]}.{nik[8:]}") == [self.siti]
        assert self._found(nik[:15]) == []
        assert self._found(nik[-4:]) == []

    def test_a_foreign_nik_finds_nobody(self) -> None:
        foreign = Resident.objects.get(area=FOREIGN_RT)
        assert self._found(foreign.nik) == []

    def test_it_never_stands_in_an_address(self) -> None:
        everybody = sorted([self.siti, self.budi])
        assert sorted(_listed(lurah().get("/warga/?q=aminah"))) == everybody
        page = lurah().post("/warga/", {"q": "aminah"}).content.decode()
        assert not re.search(r'(href|action)="[^"]*aminah', page, re.I)
        assert 'value="aminah"' in page

    def test_it_looks_through_all_wherever_one_was(self) -> None:
        page = lurah().post(f"/warga/?sebelum={self.siti}", {"q": "siti"})
        assert sorted(_listed(page)) == [self.siti, self.budi]


class TestPaging:
    def test_every_row_is_visited_once(self) -> None:
        keys = [factories.draft().pk for _ in range(2 * PAGE_SIZE + 1)]
        pages = list(_pages(ketua_rt(), "/warga/"))
        assert [len(page) for page in pages] == [PAGE_SIZE, PAGE_SIZE, 1]
        assert sum(pages, []) == sorted(keys, reverse=True)

    def test_rows_that_come_meanwhile_push_none_over_the_edge(self) -> None:
        keys = [factories.draft().pk for _ in range(PAGE_SIZE + 5)]
        seen = []
        for page in _pages(ketua_rt(), "/warga/?status=draft"):
            seen += page
            factories.draft()
        assert seen == sorted(keys, reverse=True)

    def test_a_full_page_has_no_empty_next_one(self) -> None:
        for _ in range(PAGE_SIZE):
            factories.draft()
        assert len(list(_pages(ketua_rt(), "/warga/"))) == 1

    @pytest.mark.parametrize("before", ["x", "-1", "1.5", "٣", "9" * 19, "1 OR 1=1", "%00", "1e3"])
    def test_what_is_no_key_is_a_bad_request(self, before: str) -> None:
        assert ketua_rt().get(f"/warga/?sebelum={before}").status_code == 400

    def test_beyond_the_end_is_an_empty_page(self) -> None:
        factories.draft()
        for before in ("0", "1", "9" * 18):
            assert ketua_rt().get(f"/warga/?sebelum={before}").status_code == 200


class TestStates:
    def test_each_state_lists_its_own(self) -> None:
        soon = {"arrived_on": today(), "stays_until": today() + timedelta(days=30)}
        made = {
            "discarded": factories.draft(),
            "merged": factories.draft(),
            "draft": factories.draft(),
            "returned": factories.returned(),
            "held": factories.held(),
            "verified": factories.verified(),
            "ended": factories.ended(),
            "overdue": factories.overdue(),
            "soon": factories.reported(**soon),
        }
        WORKFLOW.advance(made["discarded"].pk, "discard", Move(None))
        merged = {"into": made["draft"].pk, "reason": "Orang yang sama."}
        WORKFLOW.advance(made["merged"].pk, "merge", Move(None, merged))
        listed = {name: _listed(petugas().get(f"/warga/?status={name}")) for name in FILTERS}
        expected = {name: [row.pk] for name, row in made.items()}
        expected["reported"] = [made["soon"].pk, made["overdue"].pk]
        assert listed == expected

        ordinary = {row.pk for name, row in made.items() if name not in ("merged", "discarded")}
        assert set(_listed(petugas().get("/warga/"))) == ordinary

    @pytest.mark.parametrize("status", ["x", "issued", "Draf", "%00", "draft'"])
    def test_an_unknown_state_is_a_bad_request(self, status: str) -> None:
        assert petugas().get(f"/warga/?status={status}").status_code == 400
