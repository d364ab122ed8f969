"""Families: a head, the others' relations to that head, and where they live together."""

from __future__ import annotations

from typing import Any

import pytest
from django.apps import apps
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from residents.families.members import (
    follow,
    others_of_the_family,
    others_of_the_household,
    others_of_the_kk,
)
from residents.families.models import Family
from residents.registry.codes import FamilyRelation
from residents.registry.models import Resident
from residents.registry.workflow import WORKFLOW
from residents.regrouping.moving import merge_rts
from tests import factories
from tests.accounts.areas_changed import area, days_ago, order
from tests.factories import FAMILY_KK, FOREIGN_RT, KELURAHAN, RT, SIBLING_RT
from tests.residents.pages import Answer, beside, ketua_rt, lurah, operator, petugas, shown
from tests.residents.test_grouping import posted
from wacat.workflow import Move

pytestmark = pytest.mark.django_db
HEAD, WIFE, CHILD = FamilyRelation.HEAD, FamilyRelation.WIFE, FamilyRelation.CHILD


def a_family(*relations: int, rt: str = RT, **fields: Any) -> tuple[Family, list[Resident]]:
    """A family in an RT, whose members have these relations."""
    factories.load_areas()
    family = Family.objects.create(area_id=rt)
    shared = {"family": family, "no_kk": FAMILY_KK, **fields}
    made = [factories.reported(rt, family_relation=one, **shared) for one in relations]
    return family, made


def arranged(resident: Resident, relations: dict[Resident, Any]) -> Answer:
    form = {f"relation_{one.pk}": relation or "" for one, relation in relations.items()}
    return ketua_rt().post(f"/warga/{resident.pk}/keluarga/", form)


def told(people: list[Resident]) -> list[tuple[int | None, int | None]]:
    return [
        Resident.objects.values_list("family", "family_relation").get(pk=one.pk) for one in people
    ]


def test_a_family_is_founded_with_those_of_the_same_kk() -> None:
    father, mother, child = (factories.reported(RT, no_kk=FAMILY_KK) for _ in range(3))
    page = ketua_rt().get(f"/warga/{father.pk}/")
    assert "2 orang lain dengan nomor KK yang sama" in shown(page)
    asked = ketua_rt().get(f"/warga/{father.pk}/keluarga/")
    assert shown(asked).count("Nomor KK sama.") == 2
    answer = arranged(father, {father: HEAD, mother: WIFE, child: CHILD})
    [family] = Family.objects.all()
    assert (answer.status_code, answer["Location"]) == (302, f"/keluarga/{family.pk}/")
    assert family.area_id == RT
    assert told([father, mother, child]) == [
        (family.pk, HEAD),
        (family.pk, WIFE),
        (family.pk, CHILD),
    ]
    text = shown(ketua_rt().get(answer["Location"]))
    assert f"Keluarga {father.full_name}" in text
    assert text.index(father.full_name) < text.index(mother.full_name)


def test_whom_it_offers() -> None:
    factories.load_areas()
    lodging = factories.LodgingFactory.create()
    asker = factories.reported(RT, no_kk=FAMILY_KK, lodging=lodging, address="Jl. Satu 1")
    same_kk = factories.reported(RT, no_kk=FAMILY_KK, address="Jl. Dua 2")
    at_home = factories.draft(RT, address="jl. satu 1")
    neighbour = factories.reported(RT, lodging=lodging, address="Jl. Tiga 3")
    _, [taken] = a_family(HEAD)
    others = [
        factories.reported(RT, address="Jl. Empat 4"),
        factories.reported(SIBLING_RT, no_kk=FAMILY_KK),
        factories.ended(RT, no_kk=FAMILY_KK),
        taken,
    ]
    page = petugas().get(f"/warga/{asker.pk}/keluarga/").content.decode()
    offered = [f"relation_{one.pk}" in page for one in (asker, same_kk, at_home, neighbour)]
    assert offered == [True] * 4
    assert [f"relation_{one.pk}" in page for one in others] == [False] * 4


@pytest.mark.parametrize(
    ("relations", "wrong"), [((None, WIFE), 0), ((WIFE, CHILD), 0), ((HEAD, HEAD), 1)]
)
def test_a_family_has_exactly_one_head(relations: tuple[Any, Any], wrong: int) -> None:
    people = [factories.reported(RT, no_kk=FAMILY_KK) for _ in range(2)]
    answer = arranged(people[0], dict(zip(people, relations, strict=True)))
    assert answer.status_code == 422
    assert beside(answer, f"relation_{people[wrong].pk}")
    assert not Family.objects.exists()
    assert told(people) == [(None, None)] * 2


def test_another_head_takes_over_in_one_step() -> None:
    family, [old, new] = a_family(HEAD, WIFE)
    assert arranged(old, {old: FamilyRelation.HUSBAND, new: HEAD}).status_code == 302
    assert told([old, new]) == [(family.pk, FamilyRelation.HUSBAND), (family.pk, HEAD)]


def test_somebody_is_taken_out_and_put_in() -> None:
    family, [head, wife] = a_family(HEAD, WIFE)
    other = factories.reported(RT, no_kk=FAMILY_KK)
    arranged(head, {head: HEAD, wife: None, other: CHILD})
    assert told([head, wife, other]) == [(family.pk, HEAD), (None, None), (family.pk, CHILD)]


def test_what_was_not_asked_about_stays() -> None:
    family, [head, wife] = a_family(HEAD, WIFE)
    assert arranged(head, {head: HEAD}).status_code == 302
    assert told([wife]) == [(family.pk, WIFE)]


def test_who_belongs_to_another_family_meanwhile_stops_it() -> None:
    _, [head] = a_family(HEAD)
    _, [taken] = a_family(HEAD)
    assert arranged(head, {head: HEAD, taken: CHILD}).status_code == 409
    assert told([taken])[0][1] == HEAD


def test_the_database_holds_one_head() -> None:
    family, [_, wife] = a_family(HEAD, WIFE)
    with pytest.raises(IntegrityError), transaction.atomic():
        Resident.objects.filter(pk=wife.pk).update(family_relation=HEAD)
    assert told([wife]) == [(family.pk, WIFE)]


def test_when_the_head_has_left_a_new_one_is_asked_for() -> None:
    family, [head, wife] = a_family(HEAD, WIFE)
    ketua_rt().post(f"/keluarga/{family.pk}/", posted("end", [head]))
    for address in (f"/keluarga/{family.pk}/", f"/warga/{wife.pk}/"):
        assert "tanpa kepala keluarga" in shown(ketua_rt().get(address))
    assert arranged(wife, {wife: HEAD}).status_code == 302
    assert "tanpa kepala" not in shown(ketua_rt().get(f"/keluarga/{family.pk}/"))


def test_a_head_who_comes_back_steps_aside() -> None:
    family, [head, wife] = a_family(HEAD, WIFE)
    staff = factories.holder("petugas_kelurahan", KELURAHAN)
    data = {"date": days_ago(1), "end_reason": 1}
    WORKFLOW.advance(head.pk, "end", Move(staff, data))
    arranged(wife, {wife: HEAD})
    assert ketua_rt().post(f"/warga/{head.pk}/", {"action": "reopen"}).status_code == 302
    assert told([head, wife]) == [(family.pk, None), (family.pk, HEAD)]
    assert "Hubungan belum disebut" in shown(ketua_rt().get(f"/warga/{wife.pk}/"))


def test_a_second_head_is_reported_as_a_member() -> None:
    family, _ = a_family(HEAD)
    newcomer = factories.draft(RT, family=family, family_relation=HEAD)
    assert ketua_rt().post(f"/warga/{newcomer.pk}/", {"action": "report"}).status_code == 302
    assert told([newcomer]) == [(family.pk, None)]


def test_who_belongs_to_somebody_lives_in_the_same_rt() -> None:
    """By the recorded family, by the KK, and by the KK under one roof."""
    family, [head, wife] = a_family(HEAD, WIFE, no_kk="")
    by_kk = factories.reported(RT, no_kk=FAMILY_KK)
    third = factories.reported(RT, no_kk=FAMILY_KK)
    factories.reported(SIBLING_RT, no_kk=FAMILY_KK)
    factories.draft(RT, no_kk=FAMILY_KK)
    factories.ended(RT, family=family, family_relation=CHILD)
    factories.reported(RT, no_kk="")
    next_door = factories.reported(RT, no_kk=FAMILY_KK, address="Jl. Contoh Lain 8")
    assert list(others_of_the_family(head)) == [wife]
    assert list(others_of_the_family(by_kk)) == []
    assert list(others_of_the_kk(by_kk)) == [third, next_door]
    assert list(others_of_the_household(by_kk)) == [third]
    assert list(others_of_the_kk(head)) == list(others_of_the_household(head)) == []


def test_a_whole_family_moves_and_stays_one() -> None:
    family, people = a_family(HEAD, WIFE, CHILD)
    form = posted("move", people, area=SIBLING_RT)
    assert petugas().post(f"/keluarga/{family.pk}/", form).status_code == 302
    family.refresh_from_db()
    assert family.area_id == SIBLING_RT
    assert {one[0] for one in told(people)} == {family.pk}
    assert {one.area_id for one in Resident.objects.all()} == {SIBLING_RT}


def test_who_moves_to_another_rt_alone_leaves_the_family() -> None:
    family, [head, wife, child] = a_family(HEAD, WIFE, CHILD)
    form = posted("move", [child], area=SIBLING_RT)
    assert petugas().post(f"/keluarga/{family.pk}/", form).status_code == 302
    family.refresh_from_db()
    assert family.area_id == RT
    assert told([head, wife, child]) == [(family.pk, HEAD), (family.pk, WIFE), (None, None)]


def test_who_moves_within_the_rt_stays_of_the_family() -> None:
    family, [_, child] = a_family(HEAD, CHILD)
    assert ketua_rt().post(f"/keluarga/{family.pk}/", posted("move", [child])).status_code == 302
    assert told([child]) == [(family.pk, CHILD)]


def test_following_asks_no_more_for_many() -> None:
    counts = []
    for size in (2, 6):
        _, people = a_family(HEAD, *[CHILD] * size)
        with CaptureQueriesContext(connection) as asked:
            follow(people)
        counts.append(len(asked))
    assert counts[0] == counts[1]


def test_a_family_follows_its_rt_into_another() -> None:
    family, people = a_family(HEAD, WIFE)
    merge_rts(area(RT), area(SIBLING_RT), order(days_ago(3)))
    family.refresh_from_db()
    assert (family.area_id, family.kelurahan) == (SIBLING_RT, KELURAHAN)
    page = ketua_rt(SIBLING_RT).get(f"/keluarga/{family.pk}/")
    assert all(one.full_name in shown(page) for one in people)


def test_who_sees_and_who_changes() -> None:
    family, [head, _] = a_family(HEAD, WIFE)
    for client in (lurah(), operator()):
        page = client.get(f"/keluarga/{family.pk}/")
        assert head.full_name in shown(page)
        assert 'type="checkbox"' not in page.content.decode()
        assert client.get(f"/warga/{head.pk}/keluarga/").status_code == 403
        form = {f"relation_{head.pk}": WIFE}
        assert client.post(f"/warga/{head.pk}/keluarga/", form).status_code == 403
    elsewhere, [foreign] = a_family(HEAD, rt=FOREIGN_RT)
    for client in (ketua_rt(), petugas()):
        assert client.get(f"/keluarga/{elsewhere.pk}/").status_code == 404
        assert client.get(f"/warga/{foreign.pk}/keluarga/").status_code == 404
    gone = factories.ended(RT)
    assert ketua_rt().get(f"/warga/{gone.pk}/keluarga/").status_code == 409


def test_every_change_is_in_the_trail() -> None:
    _, [head, wife] = a_family(HEAD, WIFE)
    events = apps.get_model("residents.ResidentEvent")._default_manager
    before = events.filter(pgh_obj=wife.pk).count()
    arranged(head, {head: HEAD, wife: None})
    assert events.filter(pgh_obj=wife.pk).count() == before + 1
    arranged(head, {head: HEAD, wife: None})
    assert events.filter(pgh_obj=wife.pk).count() == before + 1


def queries_of(address: str) -> int:
    client = petugas()
    with CaptureQueriesContext(connection) as asked:
        assert client.get(address).status_code == 200
    return len([one for one in asked if "SAVEPOINT" not in one["sql"]])


def test_queries_do_not_grow_with_the_members() -> None:
    family, [head] = a_family(HEAD)
    pages = (f"/keluarga/{family.pk}/", f"/warga/{head.pk}/keluarga/", f"/warga/{head.pk}/")
    factories.reported(RT, family=family, family_relation=CHILD, no_kk=FAMILY_KK)
    factories.reported(RT, no_kk=FAMILY_KK)
    few = [queries_of(one) for one in pages]
    for _ in range(6):
        factories.reported(RT, family=family, family_relation=CHILD, no_kk=FAMILY_KK)
        factories.draft(RT, family=family, family_relation=CHILD, no_kk=FAMILY_KK)
        factories.reported(RT, no_kk=FAMILY_KK)
    factories.ended(RT, family=family, family_relation=CHILD)
    many = [queries_of(one) for one in pages]
    assert few == many
    assert max(many[:2]) <= 12
