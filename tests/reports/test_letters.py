"""Asking for a letter: for one person or a family, and never for two at once."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from reports.letters.models import Letter
from reports.letters.requesting import DEFAULT_PURPOSE
from residents.registry.models import Resident
from tests import factories
from tests.factories import FOREIGN_RT, RT, SIBLING_RT
from tests.residents.at_once import at_once
from tests.residents.pages import Answer, beside, ketua_rt, lurah, petugas, shown
from wacat.clock import today

INCOMPLETE = {"religion": None, "birth_place": ""}


def _ask(client: Client, resident: Resident, **data: Any) -> Answer:
    form = {"purpose": "Membuka rekening bank", "introduce": "on", **data}
    return client.post(f"/warga/{resident.pk}/surat/", form)


def _do(client: Client, letter: Letter, action: str, **data: Any) -> Answer:
    answer = client.post(f"/surat/{letter.pk}/", {"action": action, **data})
    letter.refresh_from_db()
    return answer


@pytest.mark.django_db
class TestAsking:
    def test_asked_for_and_introduced_in_one_go(self) -> None:
        resident, client = factories.reported(), ketua_rt()
        answer = _ask(client, resident)
        letter = Letter.objects.get()
        assert answer.headers["Location"] == f"/surat/{letter.pk}/"
        assert (letter.status, letter.purpose, letter.area_id) == (
            "ready",
            "Membuka rekening bank",
            RT,
        )
        assert (letter.introduced_on, letter.introduced_by_ketua_rt) == (today(), True)
        assert letter.introduction_number.startswith("001/RT.001/")
        assert [line.resident for line in letter.lines.all()] == [resident]
        assert "Pengantar dibuat" in shown(client.get(f"/surat/{letter.pk}/"))

    def test_the_tick_can_be_left_out(self) -> None:
        assert _ask(ketua_rt(), factories.reported(), introduce="").status_code == 302
        assert Letter.objects.get().status == "requested"

    def test_with_the_report_in_one_breath(self) -> None:
        resident, client = factories.draft(), ketua_rt()
        answer = client.post(f"/warga/{resident.pk}/", {"action": "report", "introduce": "on"})
        letter = Letter.objects.get()
        assert answer.headers["Location"] == f"/surat/{letter.pk}/"
        resident.refresh_from_db()
        assert (resident.status, letter.status) == ("reported", "ready")
        assert letter.purpose == DEFAULT_PURPOSE

    def test_what_stops_the_letter_does_not_stop_the_report(self) -> None:
        resident, client = factories.draft(full_name="Siti 🌺 Contoh"), ketua_rt()
        answer = client.post(
            f"/warga/{resident.pk}/", {"action": "report", "introduce": "on"}, follow=True
        )
        resident.refresh_from_db()
        assert resident.status == "reported"
        assert "tidak dapat dicetak" in shown(answer)
        assert not Letter.objects.exists()

    def test_a_held_report_brings_no_letter(self) -> None:
        twin = factories.reported(FOREIGN_RT)
        resident = factories.draft(nik=twin.nik)
        ketua_rt().post(f"/warga/{resident.pk}/", {"action": "report", "introduce": "on"})
        assert not Letter.objects.exists()

    def test_gaps_leave_it_asked_for_and_are_named(self) -> None:
        resident, client = factories.draft(**INCOMPLETE), ketua_rt()
        answer = client.post(
            f"/warga/{resident.pk}/", {"action": "report", "introduce": "on"}, follow=True
        )
        letter = Letter.objects.get()
        assert letter.status == "requested"
        assert "Lengkapi datanya" in shown(answer)
        assert "tempat lahir, agama" in shown(answer)
        assert _do(client, letter, "introduce").status_code == 409
        Resident.objects.filter(pk=resident.pk).update(religion=1, birth_place="Wajo")
        assert _do(client, letter, "introduce").status_code == 302
        assert letter.status == "ready"

    @pytest.mark.parametrize("make", ["draft", "returned", "held", "ended"])
    def test_only_for_who_lives_here_by_the_record(self, make: str) -> None:
        resident = getattr(factories, make)()
        assert _ask(petugas(), resident).status_code == 409
        assert not Letter.objects.exists()

    def test_the_purpose_is_asked_for(self) -> None:
        resident = factories.reported()
        for purpose in ("", "  ", "x" * 201, "a\0b"):
            answer = _ask(ketua_rt(), resident, purpose=purpose)
            assert answer.status_code == 422
            assert beside(answer, "purpose")
        assert not Letter.objects.exists()

    def test_a_purpose_given_on_the_residents_page_is_checked_as_well(self) -> None:
        resident = factories.reported()
        data = {"action": "introduce", "purpose": "a\0b"}
        assert ketua_rt().post(f"/warga/{resident.pk}/", data).status_code < 500

    def test_foreign_people_are_out_of_reach(self) -> None:
        assert _ask(ketua_rt(), factories.reported(SIBLING_RT)).status_code == 404
        assert not Letter.objects.exists()


class TestOneOpenLetter:
    @pytest.mark.django_db
    @pytest.mark.parametrize("make", ["letter_requested", "letter_ready", "letter_returned"])
    def test_asking_again_leads_to_the_open_one(self, make: str) -> None:
        letter = getattr(factories, make)()
        resident = letter.lines.get().resident
        answer = _ask(ketua_rt(), resident)
        assert answer.headers["Location"] == f"/surat/{letter.pk}/"
        assert Letter.objects.count() == 1
        assert "Ajukan surat domisili" not in shown(ketua_rt().get(f"/warga/{resident.pk}/"))

    @pytest.mark.django_db
    def test_after_the_issue_another_can_be_asked_for(self) -> None:
        letter = factories.letter_issued()
        _ask(ketua_rt(), letter.lines.get().resident)
        assert Letter.objects.count() == 2

    @pytest.mark.django_db
    def test_a_member_who_waits_for_one_is_not_put_on_another(self) -> None:
        head, member = factories.reported(one_kk=True), factories.reported(one_kk=True)
        first = factories.letter_requested(member)
        answer = _ask(ketua_rt(), head, family=[member.pk])
        assert answer.status_code == 409
        assert member.full_name in shown(answer)
        assert list(Letter.objects.all()) == [first]

    @pytest.mark.parametrize("_round", range(3))
    def test_two_who_ask_at_once_get_one(self, committed_db: None, _round: int) -> None:
        resident = factories.reported()
        clients = [ketua_rt(), petugas()]
        answers = at_once(lambda: _ask(clients[0], resident), lambda: _ask(clients[1], resident))
        letter = Letter.objects.get()
        assert {one.headers.get("Location") for one in answers} <= {f"/surat/{letter.pk}/", None}
        assert letter.status == "ready"
        assert letter.steps.count() == 1

    @pytest.mark.parametrize("_round", range(3))
    def test_two_of_a_family_who_ask_at_once_get_one(self, committed_db: None, _round: int) -> None:
        head, wife = factories.reported(one_kk=True), factories.reported(one_kk=True)
        clients = [ketua_rt(), petugas()]
        answers = at_once(
            lambda: _ask(clients[0], head, family=[wife.pk]),
            lambda: _ask(clients[1], wife, family=[head.pk]),
        )
        assert sorted(one.status_code for one in answers) in ([302, 302], [302, 409])
        assert Letter.objects.count() == 1


@pytest.mark.django_db
class TestFamily:
    def test_members_are_offered_and_named_in_order(self) -> None:
        head, wife, child = (factories.reported(one_kk=True) for _ in range(3))
        factories.reported(SIBLING_RT, one_kk=True, full_name="Paman di RT Lain")
        page = ketua_rt().get(f"/warga/{head.pk}/surat/")
        assert wife.full_name in shown(page)
        assert "Paman" not in shown(page)
        _ask(ketua_rt(), head, family=[child.pk, wife.pk])
        letter = Letter.objects.get()
        people = [line.resident for line in letter.lines.all()]
        assert people[0] == head
        assert {one.pk for one in people} == {head.pk, wife.pk, child.pk}
        assert "dan 2 anggota keluarga" in shown(ketua_rt().get("/surat/"))

    def test_strangers_cannot_be_put_on_it(self) -> None:
        head, _wife = factories.reported(one_kk=True), factories.reported(one_kk=True)
        elsewhere = factories.reported(one_kk=True, address="Jl. Contoh Lain 8")
        assert elsewhere.full_name not in shown(ketua_rt().get(f"/warga/{head.pk}/surat/"))
        foreign = factories.reported(FOREIGN_RT, one_kk=True)
        for stranger in (factories.reported(), foreign, elsewhere):
            answer = _ask(ketua_rt(), head, family=[stranger.pk])
            assert answer.status_code == 422
            assert stranger.full_name not in shown(answer)
        assert not Letter.objects.exists()

    def test_people_without_a_kk_are_no_family(self) -> None:
        alone, other = factories.reported(no_kk=""), factories.reported(no_kk="")
        _ask(ketua_rt(), alone, family=[other.pk])
        assert Letter.objects.get().lines.count() == 1

    def test_it_is_valid_until_the_first_of_them_leaves(self) -> None:
        soon = today() + timedelta(days=40)
        head = factories.reported(one_kk=True)
        wife = factories.reported(one_kk=True, stays_until=soon)
        letter = factories.letter_issued(head, wife)
        assert letter.valid_until == soon
        assert letter.facts is not None
        assert [one.full_name for one in letter.facts.subjects] == [
            head.full_name,
            wife.full_name,
        ]
        assert letter.facts.subjects[1].family_relation

    def test_a_member_with_gaps_holds_it_back(self) -> None:
        head = factories.reported(one_kk=True)
        wife = factories.reported(one_kk=True, **INCOMPLETE)
        _ask(ketua_rt(), head, family=[wife.pk])
        letter = Letter.objects.get()
        assert letter.status == "requested"
        assert wife.full_name in shown(ketua_rt().get(f"/surat/{letter.pk}/"))

    def test_it_ends_for_all_when_one_has_left(self) -> None:
        head, wife = factories.reported(one_kk=True), factories.reported(one_kk=True)
        letter = factories.letter_ready(head, wife)
        petugas().post(
            f"/warga/{wife.pk}/", {"action": "end", "date": today().isoformat(), "reason": 1}
        )
        answer = _do(lurah(), letter, "issue")
        assert answer.status_code == 409
        assert wife.full_name in shown(answer)
