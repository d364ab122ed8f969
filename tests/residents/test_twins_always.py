"""Whatever is done in whatever order: one active record for a NIK, no day counted twice."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

import pytest
from django.db import transaction
from django.db.models import F
from django.http import Http404
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from accounts.login.models import User
from accounts.rules import Role
from residents.registry import probing
from residents.registry.codes import EndReason
from residents.registry.models import Resident, ResidentStep
from residents.registry.spans import Placement
from residents.registry.states import ACTIVE, COUNTED
from residents.registry.workflow import WORKFLOW as RESIDENTS
from residents.twins import probing as days
from residents.twins.declaring import declare
from residents.twins.models import Relocation
from residents.twins.reporting import report
from residents.twins.workflow import WORKFLOW
from tests import factories
from tests.factories import FOREIGN_RT, RT, SIBLING_RT, holder
from tests.residents.twins import days_ago, operator_user
from wacat.clock import today
from wacat.throttle import Limit
from wacat.workflow import InputMissing, Move, WrongState

AREAS = (RT, SIBLING_RT, FOREIGN_RT)
SPAN = 40
MET = (WrongState, InputMissing, Http404)
# A place, and how many days ago something was.
DEEDS = (
    "enter report report declare declare admit object uphold undo end reopen return correct"
).split()
# What, at which place, and for which day: few of them, so that they meet.
STEPS = st.tuples(
    st.sampled_from(DEEDS),
    st.integers(0, len(AREAS) - 1),
    st.sampled_from((0, 1, 5, 10, 20, 30, SPAN)),
)
OVERLAPPING = [("end", 0, 5), ("report", 2, 0)]
THERE_AND_BACK = [
    ("report", 2, 0),
    ("declare", 2, 10),
    ("enter", 0, 20),
    ("report", 0, 0),
    ("declare", 0, 5),
    ("object", 2, 0),
    ("undo", 2, 0),
]


@pytest.fixture(autouse=True)
def no_limits(monkeypatch: pytest.MonkeyPatch) -> None:
    """The limits have tests of their own."""
    for module, name in (
        (probing, "HELD_BY_USER"),
        (probing, "HELD_OF_RECORD"),
        (days, "DAYS_OF_REPORT"),
    ):
        monkeypatch.setattr(module, name, Limit(name.lower(), 10**9, 60))


class World:
    """One person, known to three RTs; each has its latest record of that person."""

    def __init__(self) -> None:
        self.nik = factories.a_nik()
        self.latest: dict[int, Resident] = {}
        self.people: list[int] = []

    def head(self, place: int) -> User:
        return holder(Role.KETUA_RT, AREAS[place])

    def do(self, name: str, place: int, ago: int) -> None:
        """Do it if it can be done; whatever refuses leaves everything as it is."""
        doing: Callable[[int, date], Any] = getattr(self, f"do_{name}")
        if name != "enter" and place not in self.latest:
            return
        try:
            with transaction.atomic():
                doing(place, days_ago(ago))
        except MET:
            pass

    def do_enter(self, place: int, day: date) -> None:
        stay = {"arrived_on": day, "stays_until": today() + timedelta(days=100)}
        self.latest[place] = factories.draft(AREAS[place], nik=self.nik, **stay)
        self.people.append(self.latest[place].pk)

    def do_report(self, place: int, day: date) -> None:
        report(self.latest[place].pk, Move(self.head(place)))

    def do_declare(self, place: int, day: date) -> None:
        lurah = holder(Role.LURAH, AREAS[place][:13])
        declare(self.latest[place].pk, Move(lurah, {"date": day}))

    def do_admit(self, place: int, day: date) -> None:
        data = {"date": day, "reason": "Jelas."}
        declare(self.latest[place].pk, Move(operator_user(), data), "admit")

    def do_object(self, place: int, day: date) -> None:
        self._decide("object", place, self.head(place))

    def do_uphold(self, place: int, day: date) -> None:
        self._decide("uphold", place, operator_user())

    def do_undo(self, place: int, day: date) -> None:
        self._decide("undo", place, operator_user())

    def do_end(self, place: int, day: date) -> None:
        data = {"date": day, "end_reason": EndReason.LEFT}
        self._advance("end", place, self.head(place), data)

    def do_reopen(self, place: int, day: date) -> None:
        self._advance("reopen", place, self.head(place), {})

    def do_return(self, place: int, day: date) -> None:
        self._advance("return", place, operator_user(), {"reason": "Periksa."})

    def do_correct(self, place: int, day: date) -> None:
        data = {"date": day, "end_reason": EndReason.LEFT}
        self._advance("correct_end", place, self.head(place), data)

    def _decide(self, name: str, place: int, actor: User) -> None:
        found = Relocation.objects.filter(departure=self.latest[place]).order_by("pk").last()
        if found:
            WORKFLOW.advance(found.pk, name, Move(actor, {"reason": "Jelas."}))

    def _advance(self, name: str, place: int, actor: User, data: dict[str, Any]) -> None:
        RESIDENTS.advance(self.latest[place].pk, name, Move(actor, data))

    def complaints(self) -> list[str]:
        rows = Resident.objects.filter(pk__in=self.people)
        if rows.filter(status__in=ACTIVE).count() > 1:
            return ["two are active"]
        counted = Placement.objects.lived().filter(
            resident__status__in=COUNTED, resident__in=self.people
        )
        spans = sorted(
            (one.starts, one.until or date.max) for one in counted if one.starts != one.until
        )
        doubled = [f"{a} and {b}" for a, b in pairwise(spans) if a[1] > b[0]]
        arrived = counted.filter(starts=F("resident__arrived_on")).exclude(
            until=None, resident__status="ended"
        )
        present = [one.starts for one in arrived if one.starts != one.until]
        if len(present) != len(set(present)):
            doubled.append("arrives twice on one day")
        return doubled + self._strays()

    def _strays(self) -> list[str]:
        """Who stands in a history is of that area, an operator, or the system."""
        found = []
        for step in ResidentStep.objects.filter(subject__in=self.people).select_related(
            "subject", "actor"
        ):
            for post in step.actor.posts.all() if step.actor else ():
                if not step.subject.area_id.startswith(post.area_id):
                    found.append(f"{post} in the history of {step.subject}")
        open_ended = Placement.objects.lived().filter(resident__in=self.people, until=None)
        for one in Resident.objects.filter(pk__in=self.people, status__in=ACTIVE):
            if not open_ended.filter(resident=one, area=one.area_id).exists():
                found.append(f"{one} is active and lives nowhere")
        return found


@pytest.mark.django_db
@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@example(OVERLAPPING)
@example(THERE_AND_BACK)
@given(steps=st.lists(STEPS, min_size=6, max_size=20))
def test_a_person_counts_once_at_every_moment(steps: list[tuple[str, int, int]]) -> None:
    with transaction.atomic():
        world = World()
        for name, place, ago in [("enter", 0, SPAN), ("report", 0, 0), ("enter", 2, 20), *steps]:
            world.do(name, place, ago)
            assert world.complaints() == [], (name, place, ago)
        transaction.set_rollback(True)
