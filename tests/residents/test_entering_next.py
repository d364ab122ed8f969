"""One tenant after another, one of a family after another: what is kept and what is asked."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from accounts.audit.models import Access
from residents.families.models import Family
from residents.lodgings.models import Lodging
from residents.registry.models import Resident
from residents.registry.stays import a_year_after
from tests import factories
from tests.factories import FOREIGN_RT, RT, SIBLING_RT, LodgingFactory
from tests.residents.pages import ADD, Answer, beside, in_summary, ketua_rt, key_on, shown, typed
from wacat.clock import today

pytestmark = pytest.mark.django_db

ASKED = "full_name nik no_nik_reason area address lodging arrived_on stays_until purpose family"


def _lodging(area: str = RT, **fields: Any) -> Lodging:
    factories.load_areas()
    lodging: Lodging = LodgingFactory.create(area_id=area, **fields)
    return lodging


def _send(client: Client, page: Answer, url: str, **told: Any) -> Answer:
    """The form as the browser fills it from the page, with what the person adds."""
    names = [*ASKED.split(), "origin_address", "origin_area", "no_kk", "purpose_detail"]
    known = {name: typed(page, name) for name in names}
    return client.post(url, {**known, "form_key": key_on(page, "form_key"), **told})


def _enter(client: Client, url: str, **told: Any) -> Resident:
    answer = _send(client, client.get(url), url, **told)
    assert answer.status_code == 302, in_summary(answer)
    return Resident.objects.latest("pk")


class TestBeginning:
    def test_an_empty_form_begins_today_and_ends_a_year_later(self) -> None:
        page = ketua_rt().get(ADD)
        assert typed(page, "arrived_on") == today().isoformat()
        assert typed(page, "stays_until") == a_year_after(today()).isoformat()

    def test_seven_values_are_all_that_a_report_needs(self) -> None:
        client = ketua_rt()
        told = {"full_name": "Ani Contoh", "nik": factories.a_nik(), "address": "Jl. Contoh 1"}
        resident = _enter(client, ADD, **told, purpose="1")
        client.post(f"/warga/{resident.pk}/", {"action": "report"})
        resident.refresh_from_db()
        assert (resident.status, resident.area_id) == ("reported", RT)


class TestTenants:
    def test_a_tenant_is_asked_for_name_nik_and_purpose_only(self) -> None:
        lodging, client = _lodging(), ketua_rt()
        resident = _enter(
            client,
            f"{ADD}?tempat={lodging.pk}",
            full_name="Ani Contoh",
            nik=factories.a_nik(),
            purpose="1",
        )
        assert (resident.lodging, resident.area_id) == (lodging, RT)
        assert resident.address == lodging.address

    def test_the_next_one_keeps_what_they_share(self) -> None:
        lodging, client = _lodging(), ketua_rt()
        url, since = f"{ADD}?tempat={lodging.pk}", today() - timedelta(days=9)
        until = today() + timedelta(days=99)
        _enter(
            client,
            url,
            full_name="Ani Contoh",
            nik=factories.a_nik(),
            purpose="2",
            arrived_on=since.isoformat(),
            stays_until=until.isoformat(),
        )
        second = _enter(client, url, full_name="Budi Contoh", nik=factories.a_nik())
        assert (second.purpose, second.arrived_on, second.stays_until) == (2, since, until)
        assert second.full_name == "Budi Contoh"

    def test_what_others_entered_there_or_long_ago_is_not_kept(self) -> None:
        lodging = _lodging()
        factories.reported(lodging=lodging, purpose=4)
        page = ketua_rt().get(f"{ADD}?tempat={lodging.pk}")
        assert typed(page, "purpose") == ""
        assert typed(page, "arrived_on") == today().isoformat()

    def test_what_is_known_is_told_and_not_asked(self) -> None:
        lodging = _lodging(name="Kos Contoh Mawar")
        page = ketua_rt().get(f"{ADD}?tempat={lodging.pk}")
        assert "Kos Contoh Mawar" in shown(page)
        assert "Alamat tinggal sekarang" not in shown(page)

    def test_a_known_value_that_is_wrong_is_asked_for_after_all(self) -> None:
        lodging, client = _lodging(), ketua_rt()
        url = f"{ADD}?tempat={lodging.pk}"
        told = {"full_name": "Ani Contoh", "nik": factories.a_nik(), "purpose": "1"}
        answer = _send(client, client.get(url), url, **told, address="")
        assert answer.status_code == 422
        assert beside(answer, "address")
        assert typed(answer, "lodging") == str(lodging.pk)

    @pytest.mark.parametrize("area", [SIBLING_RT, FOREIGN_RT])
    def test_a_lodging_elsewhere_is_not_there(self, area: str) -> None:
        far = _lodging(area)
        assert ketua_rt().get(f"{ADD}?tempat={far.pk}").status_code == 404

    @pytest.mark.parametrize("key", ["0", "x", "9" * 40, "1;", "-1"])
    def test_a_damaged_key_is_not_there(self, key: str) -> None:
        factories.load_areas()
        for name in ("tempat", "keluarga"):
            assert ketua_rt().get(ADD, {name: key}).status_code == 404

    def test_a_closed_lodging_takes_nobody(self) -> None:
        lodging = _lodging(closed_on=today())
        assert ketua_rt().get(f"{ADD}?tempat={lodging.pk}").status_code == 409
        answer = ketua_rt().post(ADD, factories.form_data(lodging=lodging.pk))
        assert beside(answer, "lodging")

    def test_after_the_report_the_next_one_is_offered(self) -> None:
        lodging, client = _lodging(), ketua_rt()
        url = f"{ADD}?tempat={lodging.pk}"
        told = {"full_name": "Ani Contoh", "nik": factories.a_nik(), "purpose": "1"}
        resident = _enter(client, url, **told)
        page = f"/warga/{resident.pk}/"
        assert "Tambah penghuni berikutnya" not in shown(client.get(page))
        client.post(page, {"action": "report"})
        assert "Tambah penghuni berikutnya" in shown(client.get(page))
        assert f'href="{url}"' in client.get(page).content.decode()


class TestFamilies:
    def _family(self, area: str = RT, **fields: Any) -> tuple[Family, Resident]:
        factories.load_areas()
        family = Family.objects.create(area_id=area)
        return family, factories.reported(area, family=family, family_relation=1, **fields)

    def test_a_member_keeps_place_origin_and_no_kk_and_is_asked_for_the_relation(self) -> None:
        family, head = self._family()
        client, url = ketua_rt(), f"{ADD}?keluarga={family.pk}"
        told = {"full_name": "Ani Contoh", "nik": factories.a_nik()}
        unrelated = _send(client, client.get(url), url, **told)
        assert beside(unrelated, "family_relation")
        member = _enter(client, url, **told, family_relation="4")
        assert (member.family, member.family_relation) == (family, 4)
        for name in ("address", "area_id", "origin_address", "origin_area", "no_kk", "arrived_on"):
            assert getattr(member, name) == getattr(head, name), name

    def test_a_form_that_shows_the_no_kk_is_recorded_as_a_reveal(self) -> None:
        family, head = self._family()
        page = ketua_rt().get(f"{ADD}?keluarga={family.pk}")
        assert typed(page, "no_kk") == head.no_kk
        seen = Access.objects.get()
        assert (seen.kind, seen.subject) == ("reveal", f"residents.resident:{head.pk}")

    def test_a_second_head_is_refused(self) -> None:
        family, _ = self._family()
        client, url = ketua_rt(), f"{ADD}?keluarga={family.pk}"
        told = {"full_name": "Ani Contoh", "nik": factories.a_nik(), "family_relation": "1"}
        assert "sudah ada" in beside(_send(client, client.get(url), url, **told), "family_relation")

    def test_after_the_report_another_member_is_offered(self) -> None:
        family, _ = self._family()
        client, url = ketua_rt(), f"{ADD}?keluarga={family.pk}"
        told = {"full_name": "Ani Contoh", "nik": factories.a_nik(), "family_relation": "3"}
        resident = _enter(client, url, **told)
        client.post(f"/warga/{resident.pk}/", {"action": "report"})
        assert "Tambah anggota keluarga" in shown(client.get(f"/warga/{resident.pk}/"))

    @pytest.mark.parametrize("area", [SIBLING_RT, FOREIGN_RT])
    def test_a_family_elsewhere_is_no_choice(self, area: str) -> None:
        family, _ = self._family(area)
        assert ketua_rt().get(f"{ADD}?keluarga={family.pk}").status_code == 404
        answer = ketua_rt().post(ADD, factories.form_data(family=family.pk, family_relation=4))
        assert answer.status_code == 422
        assert not Resident.objects.filter(area_id=RT).exists()
