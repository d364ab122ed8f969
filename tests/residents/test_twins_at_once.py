"""Two at the same moment, on real threads: one of them wins, and the books stay right."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from itertools import pairwise
from typing import Any
from uuid import uuid4

import pytest
from django.http import Http404

from accounts.areas.changing import Order
from accounts.areas.models import Area
from accounts.notices.models import Notice
from accounts.posts.models import Mandate
from accounts.rules import Role
from residents.registry.codes import EndReason
from residents.registry.models import Resident, ResidentStep
from residents.registry.spans import Placement
from residents.registry.states import ACTIVE, COUNTED
from residents.registry.workflow import WORKFLOW as RESIDENTS
from residents.regrouping.moving import merge_rts
from residents.twins.declaring import declare
from residents.twins.merging import merge
from residents.twins.models import Relocation
from residents.twins.reporting import report
from residents.twins.workflow import WORKFLOW
from tests import factories
from tests.factories import FOREIGN_RT, RT, holder
from tests.residents.at_once import at_once
from tests.residents.twins import (
    Twins,
    days_ago,
    declared_pair,
    held_pair,
    lurah_user,
    operator_user,
    undone,
)
from wacat.clock import today
from wacat.workflow import InputMissing, Move, WrongState

pytestmark = pytest.mark.usefixtures("committed_db")
REASON = {"reason": "Sudah diperiksa."}
MET = (WrongState, InputMissing, Http404)


def trying(job: Callable[[], Any]) -> Callable[[], str]:
    """The job; its result is the name of what it met, or nothing when it was done."""

    def run() -> str:
        try:
            job()
        except MET as error:
            return type(error).__name__
        return ""

    return run


def active(nik: str) -> int:
    return Resident.objects.with_nik(nik).filter(status__in=ACTIVE).count()


@pytest.mark.parametrize("round_", range(3))
def test_two_rts_report_one_person(round_: int) -> None:
    for area in (RT, FOREIGN_RT):
        holder(Role.LURAH, area[:13])
    heads = [holder(Role.KETUA_RT, area) for area in (RT, FOREIGN_RT)]
    nik = factories.a_nik()
    drafts = [factories.draft(area, nik=nik) for area in (RT, FOREIGN_RT)]
    jobs = [
        lambda draft=draft, head=head: report(draft.pk, Move(head, key=uuid4())).row.status
        for draft, head in zip(drafts, heads, strict=True)
    ]
    assert sorted(at_once(*jobs)) == ["held", "reported"]
    held = Resident.objects.get(status="held")
    [notice] = Notice.objects.filter(kind="resident_held")
    assert notice.values == {"resident": held.pk}
    assert notice.recipient == holder(Role.LURAH, held.kelurahan)


def test_two_lurahs_declare_once() -> None:
    pair = held_pair()
    plh = factories.user_with((Role.LURAH, RT[:13], "plh"))
    day = {"date": days_ago(5)}
    jobs = [trying(partial(declare, pair.new.pk, Move(who, day))) for who in (lurah_user(), plh)]
    assert sorted(at_once(*jobs)) == ["", "WrongState"]
    assert Relocation.objects.count() == 1
    assert pair.states == ("ended", "reported")


def test_one_press_twice_declares_once() -> None:
    pair, who = held_pair(), lurah_user()
    move = Move(who, {"date": days_ago(5)}, uuid4())
    made = at_once(*[lambda: declare(pair.new.pk, move).relocation] * 4)
    assert len({one.pk for one in made if one}) == 1
    assert ResidentStep.objects.filter(subject=pair.new, name="receive").count() == 1


def test_an_objection_meets_a_decision() -> None:
    pair, relocation = declared_pair()
    head, operator = holder(Role.KETUA_RT, FOREIGN_RT), operator_user()
    jobs = [
        trying(partial(WORKFLOW.advance, relocation.pk, name, Move(who, REASON)))
        for name, who in (("object", head), ("undo", operator))
    ]
    answers = at_once(*jobs)
    relocation.refresh_from_db()
    assert "" in answers
    assert relocation.status in ("undone", "objected")
    assert pair.states == (
        ("reported", "held") if relocation.status == "undone" else ("ended", "reported")
    )


def test_upheld_and_undone_at_once_is_one_of_them() -> None:
    pair, relocation = declared_pair()
    WORKFLOW.advance(relocation.pk, "object", Move(holder(Role.KETUA_RT, FOREIGN_RT), REASON))
    operator = operator_user()
    jobs = [
        trying(partial(WORKFLOW.advance, relocation.pk, name, Move(operator, REASON)))
        for name in ("uphold", "undo")
    ]
    assert sorted(at_once(*jobs)) == ["", "WrongState"]
    relocation.refresh_from_db()
    assert (
        pair.states
        == {"upheld": ("ended", "reported"), "undone": ("reported", "held")}[relocation.status]
    )


def test_the_old_record_ends_while_the_move_is_declared() -> None:
    pair, who = held_pair(), lurah_user()
    head = holder(Role.KETUA_RT, FOREIGN_RT)
    data = {"date": days_ago(1), "end_reason": EndReason.LEFT}
    at_once(
        trying(lambda: declare(pair.new.pk, Move(who, {"date": days_ago(5)}))),
        trying(lambda: RESIDENTS.advance(pair.old.pk, "end", Move(head, data))),
    )
    assert counted_once(pair)


def test_the_new_record_ends_while_the_move_is_undone() -> None:
    pair, relocation = declared_pair()
    head, data = holder(Role.KETUA_RT, RT), {"date": days_ago(1), "end_reason": EndReason.LEFT}
    operator_user()
    at_once(
        trying(lambda: undone(relocation)),
        trying(lambda: RESIDENTS.advance(pair.new.pk, "end", Move(head, data))),
    )
    assert pair.states == ("reported", "held")


def test_the_old_rt_is_merged_while_the_move_is_undone() -> None:
    pair, relocation = declared_pair(days_ago(20))
    operator_user()
    at_once(trying(lambda: undone(relocation)), trying(merge_old_rt(days_ago(10))))
    assert lives_in_the_merged_rt(pair)


def test_the_old_rt_was_merged_before_the_move_is_undone() -> None:
    pair, relocation = declared_pair(days_ago(20))
    merge_old_rt(days_ago(10))()
    undone(relocation)
    assert lives_in_the_merged_rt(pair)


def merge_old_rt(day: Any) -> Callable[[], Any]:
    rt, into = (Area.objects.get(code=code) for code in (FOREIGN_RT, f"{FOREIGN_RT[:14]}002"))
    by = holder(Role.ADMINISTRATOR, "64.71")
    mandate = Mandate.objects.create(
        kind="assignment", number="9/UJI", date=today(), issuer="Camat", recorded_by=by
    )
    return lambda: merge_rts(rt, into, Order(by, mandate, day, uuid4()))


def lives_in_the_merged_rt(pair: Twins) -> bool:
    assert pair.states == ("reported", "held")
    places = Placement.objects.lived().filter(resident=pair.old).order_by("starts")
    assert [(one.area_id[-3:], one.starts, one.until) for one in places] == [
        ("001", days_ago(60), days_ago(10)),
        ("002", days_ago(10), None),
    ]
    return pair.old.area_id.endswith("002")


def counted_once(pair: Twins) -> bool:
    rows = (
        Placement.objects.lived()
        .filter(resident__status__in=COUNTED, resident__in=[pair.old, pair.new])
        .order_by("starts")
    )
    spans = [(row.starts, row.until) for row in rows]
    return all(until is not None and until <= after for (_, until), (after, _) in pairwise(spans))


def test_two_merged_into_each_other_become_one() -> None:
    first, second = (factories.reported(RT) for _ in range(2))
    staff = holder(Role.PETUGAS_KELURAHAN, RT[:13])
    pairs = ((first.pk, second.pk), (second.pk, first.pk))
    jobs = [
        trying(partial(merge, kept, away, (), Move(staff, REASON, uuid4()))) for kept, away in pairs
    ]
    assert sorted(at_once(*jobs)) == ["", "WrongState"]
    assert sorted(Resident.objects.values_list("status", flat=True)) == ["merged", "reported"]


def test_a_press_twice_merges_once() -> None:
    kept, away = (factories.reported(RT) for _ in range(2))
    staff = holder(Role.PETUGAS_KELURAHAN, RT[:13])
    move = Move(staff, REASON, uuid4())
    at_once(*[lambda: merge(kept.pk, away.pk, (), move)] * 4)
    assert ResidentStep.objects.filter(subject=away, name="merge").count() == 1
