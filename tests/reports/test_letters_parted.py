"""A letter asked for in one RT while somebody on it moves to another."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client

from accounts.audit.models import Access
from reports.letters.models import Letter, NumberCounter
from residents.registry.models import Resident
from tests import factories
from tests.factories import RT, SIBLING_RT
from tests.residents.pages import Answer, ketua_rt, lurah, petugas, shown
from wacat.clock import today

pytestmark = pytest.mark.django_db
PARTED = "sudah pindah dari RT ini"
NEWER = "sudah ada pada surat lain yang lebih baru"
STATES = ("letter_requested", "letter_ready", "letter_returned")


def _moved(resident: Resident, area: str = SIBLING_RT) -> Resident:
    """By the kelurahan's staff, on the page that asks where to."""
    form = {
        "action": "move",
        "date": today().isoformat(),
        "area": area,
        "address": "Jl. Contoh Baru 8",
    }
    assert petugas().post(f"/warga/{resident.pk}/", form).status_code == 302
    resident.refresh_from_db()
    assert resident.area_id == area
    return resident


def _letter(make: str = "letter_ready", **fields: Any) -> tuple[Letter, Resident]:
    """A letter of ``RT`` in that state, whose one subject has moved."""
    resident = factories.reported(RT, **fields)
    letter = getattr(factories, make)(resident)
    return letter, _moved(resident)


def _do(client: Client, letter: Letter, action: str, **data: Any) -> Answer:
    answer = client.post(f"/surat/{letter.pk}/", {"action": action, **data})
    letter.refresh_from_db()
    return answer


def _ask(client: Client, resident: Resident, **data: Any) -> Answer:
    form = {"purpose": "Membuka rekening", "introduce": "on", **data}
    return client.post(f"/warga/{resident.pk}/surat/", form)


def test_it_is_not_issued_with_the_wrong_rt() -> None:
    letter, resident = _letter()
    answer = _do(lurah(), letter, "issue")
    assert (answer.status_code, letter.status) == (409, "ready")
    assert f"{resident.full_name} {PARTED}" in shown(answer)
    assert not NumberCounter.objects.filter(kind=NumberCounter.Kind.LETTER).exists()
    many = lurah().post("/surat/siap/", {"letter": [letter.pk]}, follow=True)
    letter.refresh_from_db()
    assert letter.status == "ready"
    assert PARTED in shown(many)


@pytest.mark.parametrize("make", ["letter_requested", "letter_returned"])
def test_it_is_not_introduced(make: str) -> None:
    letter, _ = _letter(make)
    before = letter.status
    for client in (ketua_rt(), petugas()):
        answer = _do(client, letter, "introduce")
        assert (answer.status_code, letter.status) == (409, before)
        assert PARTED in shown(answer)


def test_the_lurah_is_warned_and_returns_it() -> None:
    letter, _ = _letter()
    page = lurah().get("/surat/siap/")
    assert PARTED in shown(page)
    assert "checked" not in page.content.decode()
    page = lurah().get(f"/surat/{letter.pk}/")
    assert PARTED in shown(page)
    offered = [one["name"] for one in page.context["offers"]]
    assert offered == ["return"]
    assert _do(lurah(), letter, "return", reason="Sudah pindah RT.").status_code == 302


@pytest.mark.parametrize("make", STATES)
def test_the_new_rt_asks_and_gets_its_own(make: str) -> None:
    letter, resident = _letter(make)
    head = ketua_rt(SIBLING_RT)
    assert "Ajukan surat domisili" in shown(head.get(f"/warga/{resident.pk}/"))
    assert _ask(head, resident).status_code == 302
    new = Letter.objects.exclude(pk=letter.pk).get()
    assert (new.area_id, new.status) == (SIBLING_RT, "ready")
    assert _do(lurah(), new, "issue").status_code == 302
    assert new.facts is not None
    assert (new.facts.rt_label, new.facts.address) == ("RT 002", "Jl. Contoh Baru 8")


@pytest.mark.parametrize("make", STATES)
def test_the_old_rt_sees_the_name_it_knew_and_nothing_newer(make: str) -> None:
    letter, resident = _letter(make, full_name="Siti Lama")
    changed = {"full_name": "Siti Berubah", "religion": None, "birth_place": ""}
    Resident.objects.filter(pk=resident.pk).update(**changed)
    answers = [
        ketua_rt().get(f"/surat/{letter.pk}/"),
        ketua_rt().get("/surat/"),
        _do(ketua_rt(), letter, "introduce"),
    ]
    for answer in answers:
        page = answer.content.decode()
        assert "Siti Berubah" not in page
        assert f"/warga/{resident.pk}/" not in page
        assert "pratinjau/" not in page
        assert "agama" not in page
    assert all("Siti Lama" in shown(one) for one in answers[:2])
    assert PARTED in shown(answers[0])


def test_nobody_gets_a_preview() -> None:
    letter, _ = _letter()
    for client in (ketua_rt(), petugas(), lurah()):
        assert client.get(f"/surat/{letter.pk}/pratinjau/").status_code == 409
        assert "pratinjau/" not in client.get(f"/surat/{letter.pk}/").content.decode()
    assert not Access.objects.filter(kind=Access.Kind.PREVIEW).exists()


def test_those_who_reach_both_rts_still_see_the_record() -> None:
    letter, resident = _letter()
    for client in (lurah(), petugas()):
        page = client.get(f"/surat/{letter.pk}/").content.decode()
        assert f'href="/warga/{resident.pk}/"' in page


def test_a_returned_one_asks_nothing_of_the_old_rt_any_more() -> None:
    letter = factories.letter_returned()
    counted = re.compile(r'task-count">\s*1\s*</p>(?:(?!task-count).)*?>Surat dikembalikan<', re.S)
    assert counted.search(ketua_rt().get("/").content.decode())
    _moved(letter.lines.get().resident)
    assert not counted.search(ketua_rt().get("/").content.decode())


class TestFamily:
    def test_one_who_moved_stops_it_for_all(self) -> None:
        head, wife = factories.reported(one_kk=True), factories.reported(one_kk=True)
        letter = factories.letter_ready(head, wife)
        _moved(wife)
        answer = _do(lurah(), letter, "issue")
        assert answer.status_code == 409
        assert f"{wife.full_name} {PARTED}" in shown(answer)
        page = ketua_rt().get(f"/surat/{letter.pk}/").content.decode()
        assert f'href="/warga/{head.pk}/"' in page
        assert f'href="/warga/{wife.pk}/"' not in page

    def test_both_rts_can_ask_anew(self) -> None:
        head, wife = factories.reported(one_kk=True), factories.reported(one_kk=True)
        letter = factories.letter_ready(head, wife)
        stayed = letter.lines.get(position=0).resident
        _moved(wife)
        assert _ask(ketua_rt(SIBLING_RT), wife).status_code == 302
        assert _ask(ketua_rt(), stayed).status_code == 302
        fresh = Letter.objects.filter(status="ready").exclude(pk=letter.pk)
        assert set(fresh.values_list("area", flat=True)) == {RT, SIBLING_RT}
        assert {one.lines.get().resident for one in fresh} == {stayed, wife}

    def test_one_who_left_the_city_does_not_block_the_others(self) -> None:
        head, wife = factories.reported(one_kk=True), factories.reported(one_kk=True)
        letter = factories.letter_ready(head, wife)
        end = {"action": "end", "date": today().isoformat(), "reason": 1}
        assert petugas().post(f"/warga/{wife.pk}/", end).status_code == 302
        assert _ask(ketua_rt(), head).status_code == 302
        assert Letter.objects.exclude(pk=letter.pk).get().status == "ready"


class TestComeBack:
    """Who moved back stands on two letters of the RT: the older is not issued beside the newer."""

    def pair(self, make: str = "letter_ready") -> tuple[Letter, Letter, Resident, Resident]:
        stayed, gone = (factories.reported(one_kk=True) for _ in range(2))
        old = getattr(factories, make)(stayed, gone)
        _moved(gone)
        assert _ask(ketua_rt(), stayed).status_code == 302
        new = Letter.objects.exclude(pk=old.pk).get()
        assert new.status == "ready"
        _moved(gone, RT)
        return old, new, stayed, gone

    def test_the_older_is_refused_and_not_preselected(self) -> None:
        old, new, stayed, _ = self.pair()
        page = lurah().get("/surat/siap/")
        told = f"{stayed.full_name} {NEWER}"
        assert told in shown(page)
        assert f'id="letter-{old.pk}" checked' not in page.content.decode()
        assert f'id="letter-{new.pk}" checked' in page.content.decode()
        assert told in shown(lurah().get(f"/surat/{old.pk}/"))
        assert NEWER not in shown(lurah().get(f"/surat/{new.pk}/"))
        many = lurah().post("/surat/siap/", {"letter": [old.pk, new.pk]}, follow=True)
        assert told in shown(many)
        assert [Letter.objects.get(pk=one.pk).status for one in (old, new)] == ["ready", "issued"]

    def test_nor_when_the_newer_was_issued_first(self) -> None:
        old, new, stayed, _ = self.pair()
        assert _do(lurah(), new, "issue").status_code == 302
        answer = _do(lurah(), old, "issue")
        assert (answer.status_code, old.status) == (409, "ready")
        assert f"{stayed.full_name} {NEWER}" in shown(answer)
        assert _do(lurah(), old, "return", reason="Ada yang lebih baru.").status_code == 302

    @pytest.mark.parametrize("make", ["letter_requested", "letter_ready"])
    def test_it_keeps_nobody_waiting(self, make: str) -> None:
        old, new, stayed, gone = self.pair(make)
        if make == "letter_requested":
            answer = _do(ketua_rt(), old, "introduce")
            assert (answer.status_code, NEWER in shown(answer)) == (409, True)
        assert _ask(ketua_rt(), stayed)["Location"] == f"/surat/{new.pk}/"
        answer = _ask(ketua_rt(), gone)
        own = Letter.objects.latest("pk")
        assert answer["Location"] == f"/surat/{own.pk}/"
        assert own.pk not in (old.pk, new.pk)
        assert _do(lurah(), own, "issue").status_code == 302
