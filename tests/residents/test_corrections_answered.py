"""Corrections answered: by whom, from which state, by when; and who sees which."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from itertools import product
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from accounts.cards import all_counted
from accounts.notices.kinds import KINDS
from accounts.notices.models import Delivery
from accounts.rules import Role
from residents.corrections.cards import cards
from residents.corrections.claims import CLAIMS
from residents.corrections.codes import Reason
from residents.corrections.deadlines import DEFAULT_DAYS, escalate
from residents.corrections.models import (
    Correction,
    CorrectionDeadline,
    CorrectionStep,
)
from tests import factories
from tests.factories import (
    CITY_CODE,
    FOREIGN_KELURAHAN,
    FOREIGN_RT,
    KELURAHAN,
    RT,
    SIBLING_RT,
    client_of,
    holder,
    on_day,
    user_with,
)
from tests.residents import corrected
from tests.residents.corrected import do, form, fresh, told
from tests.residents.pages import ketua_rt, lurah, operator, petugas, shown
from tests.residents.services_told import a_version
from wacat.clock import today
from wacat.workflow import WrongState

pytestmark = pytest.mark.django_db


# Who does what from where: the state it leads to, else the answer's code.
OPEN_ONES, ENDS = ("sent", "asked"), ("accepted", "rejected", "withdrawn")
INPUT = {
    "ask": {"note": "Sejak kapan?"},
    "reply": {"note": "Sejak Lebaran."},
    "accept": {"note": "Diperbaiki."},
    "reject": {"reason": "Sudah benar."},
    "withdraw": {"back": "confirmed"},
}
LEADS = {
    ("ask", "sent"): "asked",
    ("reply", "asked"): "sent",
    **{("accept", state): "accepted" for state in OPEN_ONES},
    **{("reject", state): "rejected" for state in OPEN_ONES},
    **{("withdraw", state): "withdrawn" for state in OPEN_ONES},
}
BY_OPERATOR = ("ask", "accept", "reject")


@contextmanager
def undone() -> Iterator[None]:
    """What happens within leaves no trace."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@pytest.mark.parametrize("state", corrected.STATES)
def test_every_action_from_every_state_by_every_hand(state: str) -> None:
    clients = {"operator": operator(), "head": ketua_rt(), "lurah": lurah(), "staff": petugas()}
    foreign = client_of(holder(Role.LURAH, FOREIGN_KELURAHAN))
    correction = corrected.STATES[state]()
    for (name, data), (hand, client) in product(INPUT.items(), clients.items()):
        with undone():
            answer = do(client, correction, name, **data)
            is_theirs = (hand == "operator") == (name in BY_OPERATOR)
            target = LEADS.get((name, state))
            code = (302 if target else 409) if is_theirs else 403
            assert answer.status_code == code, (name, hand)
            expected = target if is_theirs and target else state
            assert fresh(correction).status == expected, (name, hand)
    for name, data in INPUT.items():
        refused = 404 if name not in BY_OPERATOR else 403
        assert do(foreign, correction, name, **data).status_code == refused
    assert do(operator(), correction, "destroy").status_code == 400


class TestAnswering:
    def test_the_rt_is_told_and_sees_every_step(self) -> None:
        operator(), lurah()
        correction = corrected.replied()
        do(operator(), correction, "accept", note="Diperbaiki di SIAK.")
        assert told("correction_asked") == told("correction_decided") == {Role.KETUA_RT}
        assert told("correction_replied") == {Role.OPERATOR}
        page = shown(ketua_rt().get(f"/koreksi/{correction.pk}/"))
        for words in ("Sejak kapan?", "Sejak Lebaran.", "Diperbaiki di SIAK.", "Kata tetangga."):
            assert words in page
        assert fresh(correction).service.status == "corrected"
        mailed = set(Delivery.objects.values_list("notice__kind", flat=True))
        assert "correction_sent" not in mailed
        for kind in ("sent", "asked", "replied", "decided", "withdrawn"):
            of_kind = KINDS[f"correction_{kind}"]
            assert correction.service.full_name not in f"{of_kind.title} {of_kind.text}"

    def test_a_wrong_address_may_go_to_its_rt_in_the_same_action(self) -> None:
        correction = corrected.sent(reason=Reason.WRONG_ADDRESS, right_value="RT 002")
        data = {"note": "Dipindahkan.", "kelurahan": KELURAHAN, "rt": "2", "key": str(uuid4())}
        bad = [{**data, "rt": "77"}, {**data, "rt": ""}, {**data, "rt": "1"}, {**data, "note": ""}]
        for one in bad:
            assert do(operator(), correction, "accept", **one).status_code == 422, one
        assert fresh(correction).status == "sent"
        for _ in range(2):
            assert do(operator(), correction, "accept", **data).status_code == 302
        now = fresh(correction)
        assert (now.status, now.area_id) == ("accepted", RT)
        assert (now.service.area_id, now.service.status) == (SIBLING_RT, "told")
        # The old RT keeps what it said, and learns nothing more of the service.
        page = ketua_rt().get(f"/koreksi/{correction.pk}/").content.decode()
        assert f'"/layanan/{now.service_id}/"' not in page
        other = client_of(holder(Role.KETUA_RT, SIBLING_RT))
        assert other.get(f"/koreksi/{correction.pk}/").status_code == 404

    def test_withdrawn_the_service_is_what_the_rt_says(self) -> None:
        for back, status in (("told", "told"), ("confirmed", "confirmed")):
            correction = corrected.sent()
            assert do(ketua_rt(), correction, "withdraw").status_code == 422
            assert do(ketua_rt(), correction, "withdraw", back=back).status_code == 302
            assert fresh(correction).service.status == status
        old = corrected.sent()
        a_version(old.service, full_name="Nama Baru")
        page = shown(ketua_rt().get(f"/koreksi/{old.pk}/"))
        assert "sudah diperbarui" in page
        assert "Nama Baru" in page
        assert do(ketua_rt(), old, "withdraw").status_code == 302

    def test_after_a_rejection_the_rt_corrects_anew_or_confirms(self) -> None:
        correction = corrected.rejected()
        address = f"/layanan/{correction.service_id}/koreksi/"
        assert address in ketua_rt().get(f"/koreksi/{correction.pk}/").content.decode()
        assert address not in operator().get(f"/koreksi/{correction.pk}/").content.decode()
        assert ketua_rt().post(address, form()).status_code == 302
        assert Correction.objects.filter(service=correction.service).count() == 2

    def test_nobody_answers_what_they_have_not_read(self) -> None:
        correction = corrected.asked()
        seen = CorrectionStep.objects.latest("pk").pk
        assert do(ketua_rt(), correction, "reply", note="Ya.", seen=seen).status_code == 302
        late = do(operator(), correction, "reject", reason="Tidak.", seen=seen)
        assert late.status_code == 409
        assert "RT menjawab pertanyaan" in shown(late)
        assert fresh(correction).status == "sent"

    def test_two_operators_never_judge_one(self) -> None:
        correction, me = corrected.sent(), holder(Role.OPERATOR, CITY_CODE)
        other = user_with((Role.OPERATOR, CITY_CODE), full_name="Petugas Lain")
        CLAIMS.claim(other, correction.pk)
        late = do(client_of(me), correction, "accept", note="Ya.")
        assert late.status_code == 409
        assert "Petugas Lain" in shown(late)
        with pytest.raises(WrongState):
            CLAIMS.claim(me, correction.pk)
        assert do(client_of(me), correction, "release").status_code == 302  # not theirs: nothing
        assert do(client_of(other), correction, "release").status_code == 302
        assert do(client_of(me), correction, "accept", note="Ya.").status_code == 302
        # The next one is who is due first; the same press takes the same.
        late_one, early = corrected.sent(), corrected.sent(reason=Reason.HAS_DIED)
        key = str(uuid4())
        for _ in range(2):
            answer = client_of(me).post("/koreksi/", {"action": "next", "key": key})
            assert answer["Location"] == f"/koreksi/{early.pk}/"
        answer = client_of(other).post("/koreksi/", {"action": "next", "key": str(uuid4())})
        assert answer["Location"] == f"/koreksi/{late_one.pk}/"
        assert ketua_rt().post("/koreksi/", {"action": "next"}).status_code == 403


class TestDeadlines:
    def test_the_clock_stands_still_while_the_rt_is_asked(self) -> None:
        day = today()
        with on_day(day):
            correction = corrected.asked(reason=Reason.HAS_DIED)
        with on_day(day + timedelta(days=10)):
            assert not fresh(correction).is_overdue
            do(ketua_rt(), correction, "reply", note="Ya.")
        assert fresh(correction).due_on == day + timedelta(days=13)

    def test_an_overdue_one_is_told_once(self) -> None:
        pimpinan = user_with((Role.PIMPINAN, CITY_CODE))
        holder(Role.OPERATOR, CITY_CODE)
        late, asked = corrected.sent(reason=Reason.HAS_DIED), corrected.asked()
        due = late.due_on
        with on_day(due):
            assert escalate() == 0
        with on_day(due + timedelta(days=1)):
            assert escalate() == 1
            assert escalate() == 0
            assert "lewat 1 hari" in shown(operator().get("/koreksi/?bagian=lewat"))
            [card] = cards(holder(Role.OPERATOR, CITY_CODE))
            assert (card.count, card.text[:23]) == (1, "1 lewat batas waktu. Ja")
            assert [one.count for one in all_counted(cards(pimpinan))] == [1]
        with on_day(due + timedelta(days=2)):
            assert escalate() == 0
        assert told("corrections_overdue") == {Role.OPERATOR}
        assert told("corrections_late") == {Role.PIMPINAN}
        assert [one.count for one in all_counted(cards(holder(Role.KETUA_RT, asked.area_id)))] == [
            1
        ]

    def test_the_administrator_sets_them(self) -> None:
        client = client_of(user_with((Role.ADMINISTRATOR, CITY_CODE)))
        address = "/koreksi/batas-waktu/"
        assert operator().get(address).status_code == 403
        days = {f"days_{reason}": count for reason, count in DEFAULT_DAYS.items()}
        assert client.post(address, {**days, "days_4": 0}).status_code == 422
        assert client.post(address, {**days, "days_4": 5}).status_code == 302
        assert CorrectionDeadline.objects.get().days == 5
        correction = corrected.sent(reason=Reason.HAS_DIED)
        assert correction.due_on == today() + timedelta(days=5)


class TestLists:
    def test_each_sees_their_own_by_part_and_reason(self) -> None:
        mine, other = corrected.sent(reason=Reason.HAS_DIED), corrected.asked(FOREIGN_RT)
        done = corrected.rejected(SIBLING_RT)

        def listed(client: Any, query: str = "") -> set[int]:
            text = client.get(f"/koreksi/{query}").content.decode()
            return {one.pk for one in (mine, other, done) if f'"/koreksi/{one.pk}/"' in text}

        assert listed(operator()) == listed(ketua_rt()) == {mine.pk}
        assert listed(operator(), "?bagian=ditanya") == {other.pk}
        assert listed(operator(), "?bagian=selesai") == listed(lurah(), "?bagian=selesai")
        assert listed(lurah(), "?bagian=ditanya") == set()
        assert listed(operator(), "?alasan=1") == set()
        assert listed(operator(), "?alasan=4") == {mine.pk}
        foreign = client_of(holder(Role.LURAH, FOREIGN_KELURAHAN))
        assert listed(foreign) | listed(foreign, "?bagian=selesai") == {other.pk}
        assert operator().get("/koreksi/?bagian=x").status_code == 400
        assert client_of(user_with((Role.CAMAT, "64.71.05"))).get("/koreksi/").status_code == 403

    def test_a_page_asks_as_often_for_many(self) -> None:
        clients = {"operator": operator(), "lurah": lurah()}

        def asked() -> list[int]:
            counts = []
            for client in clients.values():
                for query in ("", "?bagian=selesai"):
                    with CaptureQueriesContext(connection) as queries:
                        assert client.get(f"/koreksi/{query}").status_code == 200
                    counts.append(len([q for q in queries if "SAVEPOINT" not in q["sql"]]))
            return counts

        corrected.sent(), corrected.rejected()
        few = asked()
        for _ in range(12):
            corrected.sent(), corrected.rejected()
        assert asked() == few
        assert max(few) <= 12
        first = corrected.sent()
        with CaptureQueriesContext(connection) as queries:
            clients["operator"].get(f"/koreksi/{first.pk}/")
        assert len([q for q in queries if "set_config" not in q["sql"]]) <= 14


def test_a_correction_is_nothing_to_a_third_kelurahan() -> None:
    correction = corrected.sent()
    foreign = client_of(holder(Role.LURAH, FOREIGN_KELURAHAN))
    missing = foreign.get("/koreksi/987654/")
    answer = foreign.get(f"/koreksi/{correction.pk}/")
    assert (answer.status_code, answer.content) == (404, missing.content)
    assert not factories.holder(Role.LURAH, FOREIGN_KELURAHAN).notices.exists()
