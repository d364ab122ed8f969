"""Narrowing the list: by place, origin, period and lodging, alone and together."""

from __future__ import annotations

import re
from datetime import timedelta
from unittest.mock import patch

import pytest
from django.urls import reverse

from accounts.audit.models import Access
from accounts.rules import Role
from tests import factories
from tests.factories import FOREIGN_RT, KELURAHAN, RT, SIBLING_RT
from tests.residents.listed import LIST, listed, pages_of_search
from tests.residents.pages import Answer, beside, ketua_rt, lurah, operator, petugas, shown, typed
from wacat import pages
from wacat.clock import today
from wacat.pages import PAGE_SIZE

FILTER = f"{LIST}saring/"
pytestmark = pytest.mark.django_db


@pytest.fixture(params=["near", "far"])
def _both_ways(request: pytest.FixtureRequest) -> object:
    """Once among the latest rows, once sorted apart, as if the latest were one row."""
    with patch.object(pages, "WALKED", 1 if request.param == "far" else pages.WALKED):
        yield


@pytest.mark.usefixtures("_both_ways")
class TestNarrowing:
    def test_by_rt(self) -> None:
        here, beside_it = factories.reported(RT), factories.reported(SIBLING_RT)
        assert listed(lurah().get(f"{LIST}?wilayah={RT}")) == [here.pk]
        assert listed(lurah().get(f"{LIST}?wilayah={SIBLING_RT}")) == [beside_it.pk]

    @pytest.mark.parametrize("code", [FOREIGN_RT, "64.71.01", "64.71", "64.71.05", "x", "%00"])
    def test_by_no_area_out_of_reach_or_wider(self, code: str) -> None:
        assert lurah().get(f"{LIST}?wilayah={code}").status_code == 404

    def test_by_province_and_by_words_for_the_origin(self) -> None:
        wajo = factories.reported(origin_area="Kab. Wajo, Sulsel")
        medan = factories.reported(origin_area="Medan")
        assert listed(lurah().get(f"{LIST}?provinsi=73")) == [wajo.pk]
        assert listed(lurah().get(f"{LIST}?provinsi=12")) == [medan.pk]
        assert listed(lurah().post(LIST, {"asal": "wajo kab"})) == [wajo.pk]

    def test_by_the_name_of_the_lodging(self) -> None:
        factories.load_areas()
        kos = factories.LodgingFactory.create(name="Kos Bu Ratna", address="Jl. Contoh 3")
        tenant = factories.reported(lodging=kos)
        factories.reported(FOREIGN_RT)
        factories.reported()
        assert listed(lurah().post(LIST, {"tempat": "ratna"})) == [tenant.pk]
        assert listed(lurah().post(LIST, {"tempat": "tidak ada"})) == []

    def test_by_too_many_lodgings_is_told(self, monkeypatch: pytest.MonkeyPatch) -> None:
        factories.load_areas()
        monkeypatch.setattr("residents.registry.narrowing.MOST_LODGINGS", 1)
        for _ in range(2):
            factories.LodgingFactory.create(name="Kos Contoh")
        answer = lurah().post(LIST, {"tempat": "contoh"})
        assert answer.status_code == 422
        assert "lebih lengkap" in beside(answer, "tempat")

    def test_by_arrival_the_latest_first(self) -> None:
        day = today()
        rows = [
            factories.reported(arrived_on=day - timedelta(days=n), stays_until=day)
            for n in (40, 10, 20, 30)
        ]
        span = f"datang_dari={day - timedelta(days=30)}&datang_sampai={day - timedelta(days=10)}"
        expected = [rows[1].pk, rows[2].pk, rows[3].pk]
        assert listed(lurah().get(f"{LIST}?{span}")) == expected
        assert listed(lurah().get(f"{LIST}?{span}&status=reported")) == expected
        assert listed(lurah().get(f"{LIST}?{span}&status=verified")) == []

    def test_by_the_end_of_those_who_stay_the_nearest_first(self) -> None:
        day = today()
        came = {"arrived_on": day - timedelta(days=50)}
        late = factories.reported(stays_until=day + timedelta(days=20), **came)
        soon = factories.reported(stays_until=day + timedelta(days=5), **came)
        factories.ended(stays_until=day + timedelta(days=5), **came)
        factories.reported(stays_until=day + timedelta(days=90), **came)
        span = f"berakhir_dari={day}&berakhir_sampai={day + timedelta(days=20)}"
        assert listed(lurah().get(f"{LIST}?{span}")) == [soon.pk, late.pk]
        assert listed(lurah().get(f"{LIST}?status=soon")) == [soon.pk, late.pk]

    def test_pages_by_a_day_show_every_row_once(self) -> None:
        day = today()
        for number in range(PAGE_SIZE + 7):
            factories.draft(arrived_on=day - timedelta(days=number % 4), stays_until=day)
        seen: list[int] = []
        url = f"{LIST}?datang_dari={day - timedelta(days=9)}"
        for _ in range(2):
            answer = petugas().get(url)
            seen += listed(answer)
            url = next(iter(_next_of(answer)), "")
        assert url == ""
        assert len(set(seen)) == len(seen) == PAGE_SIZE + 7

    def test_pages_of_what_is_posted(self) -> None:
        for _ in range(PAGE_SIZE + 2):
            factories.draft(origin_area="Kota Medan")
        found = list(pages_of_search(petugas(), asal="medan"))
        assert [len(page) for page in found] == [PAGE_SIZE, 2]
        assert len(set(sum(found, []))) == PAGE_SIZE + 2


def _hidden(answer: Answer) -> dict[str, str]:
    """What the search box sends along, besides the box itself."""
    form = re.search(r'role="search">(.*?)</form>', answer.content.decode(), re.S)
    found = re.findall(r'<input type="hidden" name="(\w+)" value="(.*?)">', form[1] if form else "")
    return {name: value for name, value in found if name != "csrfmiddlewaretoken"}


def _next_of(answer: Answer) -> list[str]:
    found = re.findall(r'href="(\?[^"]*)" rel="next"', answer.content.decode())
    return [LIST + one.replace("&amp;", "&") for one in found]


class TestForm:
    def test_what_may_stand_in_an_address_is_led_there(self) -> None:
        answer = lurah().post(LIST, {"q": "", "status": "overdue", "wilayah": RT, "provinsi": "73"})
        assert answer.status_code == 302
        assert answer["Location"] == f"{LIST}?status=overdue&wilayah={RT}&provinsi=73"

    def test_what_was_asked_is_told_and_stays_in_the_form(self) -> None:
        asked = {"q": "siti", "status": "held", "asal": "wajo", "wilayah": RT}
        answer = lurah().post(LIST, asked)
        told = "disaring. Keadaan: Ditahan. Wilayah: RT 001. Kabupaten atau kota asal: wajo."
        assert told in shown(answer).replace(" . ", ". ")
        assert typed(answer, "q") == "siti"
        form = lurah().post(FILTER, _hidden(answer) | {"q": "siti"})
        assert {name: typed(form, name) for name in asked} == asked

    def test_a_search_keeps_what_the_list_was_narrowed_to(self) -> None:
        held = factories.held(full_name="Siti Contoh")
        factories.reported(full_name="Siti Contoh")
        answer = lurah().get(f"{LIST}?status=held")
        assert listed(lurah().post(LIST, _hidden(answer) | {"q": "siti"})) == [held.pk]

    def test_days_may_be_typed_and_wrong_ones_are_told(self) -> None:
        answer = lurah().post(LIST, {"datang_dari": "1/2/2026"})
        assert answer["Location"] == f"{LIST}?datang_dari=2026-02-01"
        wrong = lurah().post(LIST, {"q": "siti", "datang_dari": "kemarin"})
        assert wrong.status_code == 422
        assert beside(wrong, "datang_dari")
        assert typed(wrong, "q") == "siti"
        swapped = {"datang_dari": "2026-03-01", "datang_sampai": "2026-02-01"}
        assert beside(lurah().post(LIST, swapped), "datang_sampai")

    @pytest.mark.parametrize("query", ["datang_dari=x", "provinsi=99", "provinsi=x"])
    def test_an_address_that_says_nothing_is_a_bad_request(self, query: str) -> None:
        assert lurah().get(f"{LIST}?{query}").status_code == 400

    @pytest.mark.parametrize("place", ["5", "x:5", "2026-13-01:5", ":5", "2026-01-01:"])
    def test_a_place_of_another_order_is_a_bad_request(self, place: str) -> None:
        url = f"{LIST}?datang_dari=2026-01-01&sebelum={place}"
        assert lurah().get(url).status_code == 400

    def test_rts_to_choose_from_are_ones_own(self) -> None:
        assert "wilayah" not in ketua_rt().get(FILTER).content.decode()
        page = lurah().get(FILTER).content.decode()
        assert f'value="{RT}"' in page
        assert f'value="{FOREIGN_RT}"' not in page
        assert f'value="{KELURAHAN}"' in operator().get(FILTER).content.decode()
        assert f'value="{RT}"' in operator().get(f"{FILTER}?wilayah={KELURAHAN}").content.decode()

    def test_empty_lists_say_what_to_do_next(self) -> None:
        assert "Belum ada warga yang dicatat" in shown(petugas().get(LIST))
        assert "Belum ada warga yang dilaporkan" in shown(operator().get(LIST))
        assert "Lihat semua" in shown(petugas().get(f"{LIST}?status=held"))


class TestLookups:
    def test_each_is_in_the_trail_with_whom_it_found(self) -> None:
        resident = factories.reported()
        reader = factories.holder(Role.LURAH, KELURAHAN)
        lurah().post(LIST, {"q": resident.nik})
        lurah().post(LIST, {"q": factories.a_nik()})
        noted = Access.objects.filter(kind=Access.Kind.LOOKUP, actor=reader).order_by("pk")
        assert list(noted.values_list("subject", "area")) == [
            (f"residents.resident:{resident.pk}", RT),
            ("residents.resident", KELURAHAN),
        ]

    def test_a_name_is_no_lookup(self) -> None:
        lurah().post(LIST, {"q": "siti"})
        assert not Access.objects.exists()

    def test_after_thirty_there_are_no_more_for_a_while(self) -> None:
        resident = factories.reported()
        client = lurah()
        answers = [client.post(LIST, {"q": resident.nik}).status_code for _ in range(31)]
        assert answers == [200] * 30 + [429]
        refused = client.post(LIST, {"q": resident.nik})
        assert "Terlalu banyak pencarian NIK" in shown(refused)
        assert f"/warga/{resident.pk}/" not in refused.content.decode()
        assert Access.objects.filter(kind=Access.Kind.LOOKUP).count() == 30
        assert client.post(LIST, {"q": "contoh"}).status_code == 200
        assert petugas().post(LIST, {"q": resident.nik}).status_code == 200

    def test_a_nik_never_stands_in_an_address(self) -> None:
        resident = factories.reported()
        page = lurah().post(LIST, {"q": resident.nik}).content.decode()
        assert f'href="{reverse("resident_detail", args=[resident.pk])}"' in page
        assert "/ekspor/?" not in page
