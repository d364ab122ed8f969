"""Several operators at the same moment: nobody is at another's report."""

from __future__ import annotations

from uuid import uuid4

import pytest

from accounts.login.models import User
from residents.registry.models import Resident
from residents.registry.workflow import WORKFLOW
from residents.verifying.claims import CLAIMS
from residents.verifying.queue import Queue
from tests.residents.at_once import at_once
from tests.residents.test_verifying import another, odd
from wacat.workflow import Move, WrongState

pytestmark = pytest.mark.usefixtures("committed_db")


def test_operators_at_once_never_get_the_same() -> None:
    users = [another() for _ in range(6)]
    for _ in range(25):
        odd()

    def job(user: User) -> list[int]:
        rows = Queue(user, {}).odd()
        return [one.pk for _ in range(4) if (one := CLAIMS.next_for(user, rows, uuid4()))]

    taken = [pk for got in at_once(*(lambda user=user: job(user) for user in users)) for pk in got]
    assert len(taken) == len(set(taken)) == 24


def test_a_claim_and_a_verdict_at_once_agree() -> None:
    me, lain = another(), another()
    for _ in range(8):
        resident = odd()

        def judge(pk: int = resident.pk) -> str:
            try:
                WORKFLOW.advance(pk, "verify", Move(me))
            except WrongState:
                return "refused"
            return "verified"

        def take_up(one: Resident = resident) -> str:
            try:
                CLAIMS.claim(lain, one.pk)
            except WrongState:
                return "refused"
            return "claimed"

        assert at_once(judge, take_up) in (["verified", "refused"], ["refused", "claimed"])
