"""Several people at once: they leave, move or stay on, all of them or none."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from residents.lodgings.models import Lodging
from residents.registry.codes import CancellationReason, EndReason
from residents.registry.models import Resident, ResidentStep
from residents.registry.spans import Placement, StayPeriod
from residents.registry.workflow import WORKFLOW
from tests import factories
from tests.factories import FOREIGN_RT, RT, SIBLING_RT
from tests.residents.pages import (
    Answer,
    beside,
    in_summary,
    ketua_rt,
    key_on,
    lurah,
    petugas,
    shown,
)
from wacat.clock import today
from wacat.words import tanggal
from wacat.workflow import Move

pytestmark = pytest.mark.django_db


def a_house(count: int = 3, **fields: Any) -> tuple[Lodging, list[Resident]]:
    factories.load_areas()
    lodging = factories.LodgingFactory.create(name="Kos Ramai")
    made = [factories.reported(RT, lodging=lodging, **fields) for _ in range(count)]
    return lodging, made


def page_of(lodging: Lodging) -> str:
    return f"/tempat/{lodging.pk}/"


def days_ago(days: int) -> date:
    return today() - timedelta(days=days)


def posted(name: str, people: list[Resident], **answers: Any) -> dict[str, Any]:
    """The form of a deed, as the page that asks would send it."""
    usual: dict[str, dict[str, Any]] = {
        "end": {"date": days_ago(1).isoformat(), "reason": EndReason.LEFT},
        "extend": {"date": (people[0].stays_until + timedelta(days=60)).isoformat()},
        "move": {"date": days_ago(1).isoformat(), "area": RT, "address": "Jl. Baru 9"},
    }
    ticked = [one.pk for one in people]
    return {"action": name, "resident": ticked, "key": str(uuid4()), **usual[name], **answers}


def fresh(people: list[Resident]) -> list[Resident]:
    return [Resident.objects.get(pk=one.pk) for one in people]


def test_the_page_that_asks_shows_the_names_of_the_ticked() -> None:
    lodging, people = a_house(3)
    query = f"?lakukan=end&resident={people[0].pk}&resident={people[2].pk}"
    answer = ketua_rt().get(page_of(lodging) + query)
    text = shown(answer)
    assert answer.status_code == 200
    assert "2 orang" in text
    assert [one.full_name in text for one in people] == [True, False, True]
    assert key_on(answer)


def test_all_are_ticked_at_first_and_none_on_request() -> None:
    lodging, people = a_house(5)
    page = ketua_rt().get(page_of(lodging)).content.decode()
    assert page.count(" checked") == len(people)
    page = ketua_rt().get(f"{page_of(lodging)}?centang=kosong").content.decode()
    assert (page.count('name="resident"'), page.count(" checked")) == (len(people), 0)


@pytest.mark.parametrize("name", ["end", "extend", "move"])
def test_nobody_ticked_is_told(name: str) -> None:
    lodging, people = a_house(1)
    asked = ketua_rt().get(f"{page_of(lodging)}?lakukan={name}")
    sent = ketua_rt().post(page_of(lodging), {**posted(name, people), "resident": []})
    for answer in (asked, sent):
        assert answer.status_code == 422
        assert "Belum ada orang yang dicentang" in shown(answer)


def test_an_unknown_deed_is_a_bad_request() -> None:
    lodging, _ = a_house(1)
    assert ketua_rt().get(f"{page_of(lodging)}?lakukan=lain").status_code == 400
    assert ketua_rt().post(page_of(lodging), {"action": "lain"}).status_code == 400


def test_the_ticked_have_left_and_the_others_stay() -> None:
    lodging, people = a_house(3)
    client = ketua_rt()
    answer = client.post(page_of(lodging), posted("end", people[:2]))
    assert (answer.status_code, answer["Location"]) == (302, page_of(lodging))
    assert [one.status for one in fresh(people)] == ["ended", "ended", "reported"]
    for one in fresh(people)[:2]:
        assert (one.ended_on, one.end_reason) == (days_ago(1), EndReason.LEFT)
        assert Placement.objects.get(resident=one).until == days_ago(1)
    assert "2 orang dicatat sudah pergi" in shown(client.get(page_of(lodging)))


def test_a_cancellation_wants_its_reason() -> None:
    lodging, people = a_house(2)
    form = posted("end", people, reason=EndReason.CANCELLED)
    answer = ketua_rt().post(page_of(lodging), form)
    assert answer.status_code == 422
    assert "VI" in beside(answer, "cancellation_reason")
    form["cancellation_reason"] = CancellationReason.WORK
    assert ketua_rt().post(page_of(lodging), form).status_code == 302
    assert {one.cancellation_reason for one in fresh(people)} == {CancellationReason.WORK}


def test_they_stay_on_until_one_day() -> None:
    lodging, people = a_house(3)
    until = people[0].stays_until + timedelta(days=60)
    assert ketua_rt().post(page_of(lodging), posted("extend", people)).status_code == 302
    assert {one.stays_until for one in fresh(people)} == {until}
    assert StayPeriod.objects.count() == 6


def test_they_move_to_another_lodging_and_its_address() -> None:
    lodging, people = a_house(3, landlord_name="Bapak Lama", landlord_phone="080000001111")
    other = factories.LodgingFactory.create(area_id=SIBLING_RT, name="Kos Tujuan")
    form = posted("move", people, lodging=other.pk, area="", address="")
    assert petugas().post(page_of(lodging), form).status_code == 302
    for one in fresh(people):
        assert (one.lodging_id, one.address, one.area_id) == (other.pk, other.address, SIBLING_RT)
        assert (one.landlord_name, one.landlord_phone) == ("", "")
        places = Placement.objects.filter(resident=one).order_by("starts")
        assert list(places.values_list("area", "starts", "until")) == [
            (RT, one.arrived_on, days_ago(1)),
            (SIBLING_RT, days_ago(1), None),
        ]
    step = ResidentStep.objects.filter(name="move").first()
    assert step is not None
    assert step.reason == f"Sejak {tanggal(days_ago(1))}."


def test_who_moves_elsewhere_has_left_the_lodging() -> None:
    lodging, people = a_house(2)
    ketua_rt().post(page_of(lodging), posted("move", people[:1]))
    mover, other = fresh(people)
    assert (mover.lodging, mover.address, mover.area_id) == (None, "Jl. Baru 9", RT)
    assert other.lodging_id == lodging.pk


def test_an_rt_or_lodging_out_of_reach_is_no_choice() -> None:
    lodging, people = a_house(2)
    there = factories.LodgingFactory.create(area_id=FOREIGN_RT)
    closed = factories.LodgingFactory.create(closed_on=today())
    for changes in ({"area": FOREIGN_RT}, {"lodging": there.pk}, {"lodging": closed.pk}):
        for client in (petugas(), ketua_rt()):
            answer = client.post(page_of(lodging), posted("move", people, **changes))
            assert answer.status_code == 422
    assert ketua_rt().post(page_of(lodging), posted("move", people, area=SIBLING_RT)).status_code
    assert {one.area_id for one in fresh(people)} == {RT}
    asked = petugas().get(f"{page_of(lodging)}?lakukan=move&resident={people[0].pk}")
    assert "Pindah di dalam Kota Balikpapan" in shown(asked)


def test_a_day_that_fits_not_all_is_told_with_their_names() -> None:
    lodging, people = a_house(2)
    late = factories.reported(RT, lodging=lodging, full_name="Zaki Baru", arrived_on=days_ago(2))
    form = posted("end", [*people, late], date=days_ago(5).isoformat())
    answer = ketua_rt().post(page_of(lodging), form)
    assert answer.status_code == 422
    assert "Zaki Baru" in beside(answer, "date")
    assert people[0].full_name not in beside(answer, "date")
    assert "date" in in_summary(answer)
    assert "Baru datang" in shown(answer)
    assert key_on(answer) == form["key"]
    assert {one.status for one in fresh([*people, late])} == {"reported"}


@pytest.mark.parametrize("name", ["end", "move"])
def test_a_day_to_come_is_refused(name: str) -> None:
    lodging, people = a_house(1)
    form = posted(name, people, date=(today() + timedelta(days=1)).isoformat())
    assert "setelah hari ini" in beside(ketua_rt().post(page_of(lodging), form), "date")


def test_an_extension_says_how_far_each_may_go() -> None:
    lodging, people = a_house(1)
    longer = factories.reported(RT, lodging=lodging, stays_until=today() + timedelta(days=330))
    form = posted("extend", [*people, longer], date=(today() + timedelta(days=320)).isoformat())
    answer = ketua_rt().post(page_of(lodging), form)
    assert answer.status_code == 422
    assert longer.full_name in beside(answer, "date")
    assert "Dapat diperpanjang antara" in shown(answer)
    assert StayPeriod.objects.count() == 2


@pytest.mark.parametrize("name", ["end", "extend", "move"])
def test_pressed_twice_is_once(name: str) -> None:
    lodging, people = a_house(2)
    form, client = posted(name, people), ketua_rt()
    first = client.post(page_of(lodging), form)
    after = fresh(people)
    again = client.post(page_of(lodging), form)
    assert (first.status_code, first["Location"]) == (again.status_code, again["Location"])
    assert ResidentStep.objects.filter(name=name).count() == 2
    assert [vars(one)["stays_until"] for one in fresh(people)] == [o.stays_until for o in after]
    assert shown(client.get(page_of(lodging))).count("Tidak ada penghuni") <= 1


@pytest.mark.parametrize("name", ["end", "extend", "move"])
def test_who_was_ended_meanwhile_stops_it_for_all(name: str) -> None:
    lodging, people = a_house(3)
    staff = factories.holder("petugas_kelurahan", factories.KELURAHAN)
    data = {"date": days_ago(3), "end_reason": EndReason.DIED}
    WORKFLOW.advance(people[1].pk, "end", Move(staff, data))
    answer = ketua_rt().post(page_of(lodging), posted(name, people))
    assert answer.status_code == 409
    assert [one.status for one in fresh(people)] == ["reported", "ended", "reported"]
    assert {one.lodging_id for one in fresh(people)} == {lodging.pk}
    assert StayPeriod.objects.count() == 3


def test_who_lives_elsewhere_now_stops_it_too() -> None:
    lodging, people = a_house(2)
    Resident.objects.filter(pk=people[1].pk).update(lodging=None)
    assert ketua_rt().post(page_of(lodging), posted("end", people)).status_code == 409
    assert {one.status for one in fresh(people)} == {"reported"}


def test_somebody_out_of_reach_does_not_exist() -> None:
    lodging, people = a_house(1)
    foreign = factories.reported(FOREIGN_RT)
    form = posted("end", [*people, foreign])
    assert ketua_rt().post(page_of(lodging), form).status_code == 404
    assert {one.status for one in fresh([*people, foreign])} == {"reported"}


def test_only_who_enters_residents_may() -> None:
    lodging, people = a_house(1)
    for name in ("end", "extend", "move"):
        asked = f"{page_of(lodging)}?lakukan={name}&resident={people[0].pk}"
        assert lurah().get(asked).status_code == 403
        assert lurah().post(page_of(lodging), posted(name, people)).status_code == 403
    assert {one.status for one in fresh(people)} == {"reported"}


def queries_to(name: str, count: int) -> int:
    lodging, people = a_house(count)
    client, form = ketua_rt(), posted(name, people)
    with CaptureQueriesContext(connection) as asked:
        assert client.post(page_of(lodging), form).status_code == 302
    return len(asked)


@pytest.mark.parametrize("name", ["end", "move"])
def test_statements_do_not_grow_with_the_people(name: str) -> None:
    assert queries_to(name, 3) == queries_to(name, 12)


# One person alone, on their own page.


def moved_alone(resident: Resident, **changes: Any) -> Answer:
    return ketua_rt().post(f"/warga/{resident.pk}/", posted("move", [resident], **changes))


def test_one_person_moves_from_their_own_page() -> None:
    lodging, [resident] = a_house(1)
    page = ketua_rt().get(f"/warga/{resident.pk}/")
    assert f'href="/warga/{resident.pk}/pindah/"' in page.content.decode()
    assert f'href="{page_of(lodging)}"' in page.content.decode()
    asked = ketua_rt().get(f"/warga/{resident.pk}/pindah/")
    assert f"Catat {resident.full_name} pindah" in shown(asked)
    answer = moved_alone(resident)
    assert (answer.status_code, answer["Location"]) == (302, f"/warga/{resident.pk}/")
    [after] = fresh([resident])
    assert (after.lodging, after.address) == (None, "Jl. Baru 9")
    assert "Pindah alamat" in shown(ketua_rt().get(f"/warga/{resident.pk}/"))


def test_what_is_wrong_with_it_is_told_beside_its_field() -> None:
    _, [resident] = a_house(1)
    answer = moved_alone(resident, address="")
    assert answer.status_code == 422
    assert beside(answer, "address")


def test_a_day_that_does_not_fit_one_alone_is_told_in_a_word() -> None:
    _, [resident] = a_house(1)
    before = (resident.arrived_on - timedelta(days=1)).isoformat()
    assert beside(moved_alone(resident, date=before), "date").startswith("Kesalahan: Baru datang")


def test_who_has_left_does_not_move() -> None:
    gone = factories.ended(RT)
    assert ketua_rt().get(f"/warga/{gone.pk}/pindah/").status_code == 409
    assert moved_alone(gone).status_code == 409
    assert lurah().get(f"/warga/{gone.pk}/pindah/").status_code == 403
    foreign = factories.reported(FOREIGN_RT)
    assert ketua_rt().get(f"/warga/{foreign.pk}/pindah/").status_code == 404
