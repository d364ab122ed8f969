"""Drafts: kept as they were typed, their owner's alone, gone once the form is sent."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import connection

from residents import tasks
from residents.drafts.keeping import MOST, correction_key, keep, open_drafts, typed_of
from residents.drafts.models import Draft
from residents.registry.models import Resident
from tests import factories
from tests.factories import FOREIGN_RT, RT, SIBLING_RT, client_of, form_data, holder
from tests.residents.pages import ADD, Answer, ketua_rt, key_on, petugas, shown, typed
from wacat.clock import now, today

pytestmark = pytest.mark.django_db

ODD = {
    "full_name": "Ani 'Contoh' <b>",
    "nik": "9971 05O2",
    "birth_date": "12/5/19",
    "purpose": "77",
    "address": "  dua  spasi ",
    "notes": "baris satu\r\nbaris dua",
}


def _keep(client: Any, key: object, **values: Any) -> Answer:
    return client.post(f"/warga/isian/{key}/", values)


class TestKeeping:
    def test_everything_is_kept_as_it_was_typed(self) -> None:
        factories.load_areas()
        client, key = ketua_rt(), uuid4()
        answer = _keep(client, key, **ODD, csrfmiddlewaretoken="x", smuggled="1")
        assert answer.status_code == 200
        assert answer.json()["at"] == f"{now().astimezone():%H.%M}"
        assert typed_of(holder("ketua_rt", RT), key) == ODD
        page = client.get(f"{ADD}?isian={key}")
        assert {name: typed(page, name) for name in ("full_name", "nik", "address", "notes")} == {
            name: ODD[name] for name in ("full_name", "nik", "address", "notes")
        }
        assert key_on(page, "form_key") == str(key)
        assert "Kesalahan" not in shown(page)

    def test_the_later_words_replace_the_earlier(self) -> None:
        factories.load_areas()
        client, key = ketua_rt(), uuid4()
        for name in ("An", "Ani", ""):
            _keep(client, key, full_name=name, address="Jl. Contoh")
        assert typed_of(holder("ketua_rt", RT), key) == {"full_name": "", "address": "Jl. Contoh"}
        assert Draft.objects.count() == 1

    def test_a_nul_and_very_long_words_are_kept_too(self) -> None:
        factories.load_areas()
        client, key = ketua_rt(), uuid4()
        long = {"notes": "x" * 32_000, "full_name": "Ani\0"}
        assert _keep(client, key, **long).status_code == 200
        assert typed_of(holder("ketua_rt", RT), key) == long

    def test_far_too_long_is_refused_and_what_was_kept_stays(self) -> None:
        factories.load_areas()
        client, key = ketua_rt(), uuid4()
        _keep(client, key, full_name="Ani")
        assert _keep(client, key, full_name="Ani", notes="x" * 250_000).status_code == 413
        assert typed_of(holder("ketua_rt", RT), key) == {"full_name": "Ani"}

    def test_nothing_of_it_can_be_read_in_the_database(self) -> None:
        factories.load_areas()
        _keep(ketua_rt(), uuid4(), full_name="Rahasia Belaka", nik="9971051205900001")
        with connection.cursor() as cursor:
            cursor.execute("SELECT typed FROM residents_draft")
            [(sealed,)] = cursor.fetchall()
        assert b"Rahasia" not in bytes(sealed)
        assert b"9971" not in bytes(sealed)

    def test_it_is_kept_only_so_often(self) -> None:
        factories.load_areas()
        client, key = ketua_rt(), uuid4()
        codes = [_keep(client, key, full_name="A").status_code for _ in range(121)]
        assert codes == [200] * 120 + [429]

    def test_the_oldest_makes_room(self) -> None:
        factories.load_areas()
        user = holder("ketua_rt", RT)
        keys = [uuid4() for _ in range(MOST + 2)]
        for key in keys:
            keep(user, key, {"full_name": str(key)})
        assert [one.key for one in open_drafts(user)] == keys[:1:-1]


class TestOwners:
    def test_it_is_nobody_elses(self) -> None:
        factories.load_areas()
        key = uuid4()
        _keep(ketua_rt(), key, full_name="Rahasia Belaka")
        for other in (petugas(), client_of(holder("ketua_rt", FOREIGN_RT))):
            page = other.get(f"{ADD}?isian={key}")
            assert page.status_code == 200
            assert "Rahasia" not in page.content.decode()
            assert "Isian belum selesai" not in shown(page)
            assert _keep(other, key, full_name="Milik Lain").status_code == 200
        assert typed_of(holder("ketua_rt", RT), key) == {"full_name": "Rahasia Belaka"}

    def test_who_no_longer_holds_the_rt_no_longer_sees_it(self) -> None:
        user = factories.user_with(("ketua_rt", RT), ("ketua_rt", FOREIGN_RT))
        key = uuid4()
        keep(user, key, {"full_name": "Rahasia Belaka", "area": RT})
        user.posts.filter(area=RT).update(until=today(), ending="ended")
        user = type(user).objects.get(pk=user.pk)
        assert typed_of(user, key) is None
        assert open_drafts(user) == []

    def test_who_enters_nobody_has_none(self) -> None:
        factories.load_areas()
        lurah = holder("lurah", RT[:13])
        assert open_drafts(lurah) == []
        assert _keep(client_of(lurah), uuid4(), full_name="A").status_code == 403


class TestUnfinished:
    def test_they_are_listed_with_a_way_on_and_a_way_out(self) -> None:
        factories.load_areas()
        client, key = ketua_rt(), uuid4()
        _keep(client, key, full_name="Ani Contoh")
        page = client.get(ADD)
        assert "Isian belum selesai (1)" in shown(page)
        assert f'href="{ADD}?isian={key}"' in page.content.decode()
        assert _keep(client, key, drop="1").status_code == 302
        assert not Draft.objects.exists()
        assert "Isian belum selesai" not in shown(client.get(ADD))

    def test_a_form_that_goes_on_does_not_list_itself(self) -> None:
        factories.load_areas()
        client, key = ketua_rt(), uuid4()
        _keep(client, key, full_name="Ani Contoh")
        assert "Isian belum selesai" not in shown(client.get(f"{ADD}?isian={key}"))

    @pytest.mark.parametrize("key", ["x", "\0", "9" * 4000, str(UUID(int=1))])
    def test_a_key_that_leads_nowhere_opens_an_empty_form(self, key: str) -> None:
        factories.load_areas()
        page = ketua_rt().get(ADD, {"isian": key})
        assert (page.status_code, typed(page, "full_name")) == (200, "")

    def test_a_sent_form_leaves_none_behind(self) -> None:
        data, client = form_data(), ketua_rt()
        _keep(client, data["form_key"], full_name="An")
        assert client.post(ADD, data).status_code == 302
        assert not Draft.objects.exists()

    def test_words_that_come_after_the_form_was_sent_are_let_go(self) -> None:
        data, client = form_data(), ketua_rt()
        client.post(ADD, data)
        assert _keep(client, data["form_key"], full_name="An").json() == {}
        assert not Draft.objects.exists()

    def test_a_refused_form_is_kept_should_its_page_be_closed(self) -> None:
        data, client = form_data(purpose=""), ketua_rt()
        assert client.post(ADD, data).status_code == 422
        kept = typed_of(holder("ketua_rt", RT), data["form_key"])
        assert kept == {name: str(value) for name, value in data.items() if name != "form_key"}

    def test_a_month_later_they_are_forgotten(self) -> None:
        factories.load_areas()
        user, old, young = holder("ketua_rt", RT), uuid4(), uuid4()
        for key, days in ((old, 31), (young, 29)):
            keep(user, key, {"full_name": "Ani"})
            Draft.objects.filter(key=key).update(saved_at=now() - timedelta(days=days))
        tasks.forget_drafts()
        assert [one.key for one in Draft.objects.all()] == [young]


class TestCorrections:
    def _url(self, resident: Resident) -> str:
        return f"/warga/isian/{correction_key(resident.pk)}/?warga={resident.pk}"

    def test_a_correction_goes_on_where_it_was_left(self) -> None:
        resident, client = factories.reported(), ketua_rt()
        assert client.post(self._url(resident), {"full_name": "Nama Bet"}).status_code == 200
        page = client.get(f"/warga/{resident.pk}/ubah/")
        assert typed(page, "full_name") == resident.full_name
        assert "Lanjutkan: Nama Bet" in shown(page)
        on = client.get(f"/warga/{resident.pk}/ubah/?isian=1")
        assert typed(on, "full_name") == "Nama Bet"
        assert typed(on, "nik") == resident.nik

    def test_it_does_not_overwrite_what_others_changed_meanwhile(self) -> None:
        resident, client = factories.reported(), ketua_rt()
        before = typed(client.get(f"/warga/{resident.pk}/ubah/"), "version")
        client.post(self._url(resident), {"full_name": "Nama Bet", "version": before})
        Resident.objects.filter(pk=resident.pk).update(address="Jl. Contoh Lain 3")
        on = client.get(f"/warga/{resident.pk}/ubah/?isian=1")
        assert typed(on, "version") == before
        data = {**form_data(), "version": before, "nik": resident.nik}
        answer = client.post(f"/warga/{resident.pk}/ubah/", data)
        assert "diubah orang lain" in shown(answer)

    def test_saving_ends_it(self) -> None:
        resident, client = factories.reported(), ketua_rt()
        client.post(self._url(resident), {"full_name": "Nama Bet"})
        data = form_data(nik=resident.nik, no_kk=resident.no_kk)
        assert client.post(f"/warga/{resident.pk}/ubah/", data).status_code == 302
        assert not Draft.objects.exists()

    def test_what_was_sent_and_stored_is_not_brought_back(self) -> None:
        resident, client = factories.reported(), ketua_rt()
        version = typed(client.get(f"/warga/{resident.pk}/ubah/"), "version")
        told = {"full_name": "Nama Betul", "version": version, "sent": "1"}
        assert "at" in client.post(self._url(resident), told).json()
        Resident.objects.filter(pk=resident.pk).update(full_name="Nama Betul")
        assert client.post(self._url(resident), told).json() == {}
        assert not Draft.objects.exists()

    def test_of_a_record_elsewhere_there_is_none(self) -> None:
        resident, client = factories.reported(FOREIGN_RT), ketua_rt()
        assert client.post(self._url(resident), {"full_name": "A"}).status_code == 404
        mine = factories.reported()
        wrong = f"/warga/isian/{uuid4()}/?warga={mine.pk}"
        assert client.post(wrong, {"full_name": "A"}).status_code == 404
        assert client.post(wrong.replace(str(mine.pk), "x"), {}).status_code == 404
        assert not Draft.objects.exists()

    @pytest.mark.parametrize("typed_too", [{}, {"area": RT}])
    def test_of_a_record_that_has_gone_there_is_none_any_more(
        self, typed_too: dict[str, str]
    ) -> None:
        resident, client = factories.reported(), ketua_rt()
        client.post(self._url(resident), {"full_name": "Rahasia Belaka", **typed_too})
        key = correction_key(resident.pk)
        assert "Rahasia Belaka" in client.get(ADD).content.decode()
        factories.move(resident, SIBLING_RT, today())
        for page in (ADD, f"{ADD}?isian={key}", "/warga/"):
            assert "Rahasia Belaka" not in client.get(page).content.decode()
        user = holder("ketua_rt", RT)
        assert (typed_of(user, key, resident.pk), typed_of(user, key), open_drafts(user)) == (
            None,
            None,
            [],
        )
        factories.move(resident, RT, today())
        on = client.get(f"/warga/{resident.pk}/ubah/?isian=1")
        assert typed(on, "full_name") == "Rahasia Belaka"

    def test_it_does_not_become_a_new_record(self) -> None:
        resident, client = factories.reported(), ketua_rt()
        client.post(self._url(resident), {"full_name": "Nama Bet"})
        page = client.get(f"{ADD}?isian={correction_key(resident.pk)}")
        assert typed(page, "full_name") == ""
        assert key_on(page, "form_key") != str(correction_key(resident.pk))
