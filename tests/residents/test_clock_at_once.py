"""The clock while others are at it: one reminder, one extension."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest

from accounts.rules import Role
from residents.clock.answering import stays
from residents.clock.reminding import remind
from residents.registry.spans import StayPeriod
from tests import factories
from tests.factories import RT, holder, on_day
from tests.residents.at_once import at_once
from tests.residents.test_clock import soon
from tests.residents.test_clock_reminding import END, ONE, ending, told
from wacat.workflow import WrongState

pytestmark = pytest.mark.usefixtures("committed_db")


def test_two_runs_at_once_make_one() -> None:
    head = holder(Role.KETUA_RT, RT)
    for _ in range(5):
        ending()
    with on_day(END - 30 * ONE):
        assert sorted(at_once(remind, remind, remind)) == [0, 0, 5]
    assert told() == [(head, 5)]


def test_two_who_answer_at_once_extend_it_once() -> None:
    resident = soon()
    users = holder(Role.KETUA_RT, RT), holder(Role.PETUGAS_KELURAHAN, factories.KELURAHAN)

    def job(user: Any) -> str:
        try:
            stays(user, resident.pk, uuid4(), resident.stays_until)
        except WrongState:
            return "refused"
        return "extended"

    assert sorted(at_once(*(lambda user=user: job(user) for user in users))) == [
        "extended",
        "refused",
    ]
    assert StayPeriod.objects.filter(resident=resident).count() == 2
