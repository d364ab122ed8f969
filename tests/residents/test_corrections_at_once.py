"""An RT and an operator, or two operators, at the same moment: one outcome, and all are told."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any
from uuid import uuid4

import pytest

from accounts.areas.models import CITY_CODE
from accounts.notices.models import Notice
from accounts.rules import Role
from residents.corrections.claims import CLAIMS
from residents.corrections.codes import Reason
from residents.corrections.deeds import accept, advance, reply, withdraw
from residents.corrections.models import Correction, CorrectionStep
from residents.corrections.queue import Queue
from residents.corrections.sending import Statement, send
from residents.corrections.words import latest_step
from residents.services.models import Service
from tests.factories import RT, holder, user_with
from tests.residents import corrected
from tests.residents.at_once import at_once
from tests.residents.corrected import fresh
from tests.residents.services_told import a_service
from wacat.workflow import Move, WrongState

pytestmark = pytest.mark.usefixtures("committed_db")


def met(job: Callable[[], Any]) -> Callable[[], str]:
    """The job; its result is what it was told instead, or nothing when it was done."""

    def run() -> str:
        try:
            job()
        except WrongState as error:
            return str(error)
        return ""

    return run


def test_one_outcome_and_both_are_told() -> None:
    head, me = holder(Role.KETUA_RT, RT), holder(Role.OPERATOR, CITY_CODE)
    other = user_with((Role.OPERATOR, CITY_CODE))
    outcomes = set()
    for _ in range(6):
        correction = corrected.sent()
        before = Notice.objects.count()
        taken = met(partial(accept, correction.pk, Move(me, {"note": "Ya."}, uuid4())))
        back = met(partial(withdraw, correction.pk, Move(head, {"back": "confirmed"}, uuid4())))
        answers = at_once(taken, back)
        now = fresh(correction)
        assert sorted(map(bool, answers)) == [False, True], answers
        assert now.status == ("withdrawn" if answers[0] else "accepted")
        assert now.service.status == ("confirmed" if answers[0] else "corrected")
        said = "RT menarik" if answers[0] else "Operator menerima"
        assert said in (answers[0] or answers[1])
        told = Notice.objects.order_by("pk")[before:]
        kinds = {(one.kind, one.recipient_id) for one in told}
        assert kinds <= {
            ("correction_decided", head.pk),
            ("correction_withdrawn", me.pk),
            ("correction_withdrawn", other.pk),
        }
        assert kinds
        outcomes.add(now.status)
        # Two operators: one verdict.
        correction = corrected.sent()
        yes = met(partial(accept, correction.pk, Move(me, {"note": "Ya."}, uuid4())))
        no = met(partial(advance, correction.pk, "reject", Move(other, {"reason": "T"}, uuid4())))
        answers = at_once(yes, no)
        assert sorted(map(bool, answers)) == [False, True], answers
        assert fresh(correction).status == ("rejected" if answers[0] else "accepted")
        # A reply and a rejection of the unanswered question, each as its page showed it.
        correction = corrected.asked()
        seen = latest_step(correction).pk
        answers = at_once(
            met(partial(reply, correction.pk, Move(head, {"note": "Ya.", "seen": seen}, uuid4()))),
            met(
                partial(
                    advance,
                    correction.pk,
                    "reject",
                    Move(me, {"reason": "Tidak.", "seen": seen}, uuid4()),
                )
            ),
        )
        assert sorted(map(bool, answers)) == [False, True], answers
        assert fresh(correction).status == ("rejected" if answers[0] else "sent")
        assert CorrectionStep.objects.filter(subject=correction).count() == 3


def test_sent_once_and_taken_up_by_one() -> None:
    head, service, key = holder(Role.KETUA_RT, RT), a_service(), uuid4()
    staff = holder(Role.PETUGAS_KELURAHAN, RT[:13])
    told = Statement(Reason.HAS_LEFT, "Pindah.")
    sent = at_once(*[partial(send, head, service.pk, told, key)] * 3)
    assert len({one.pk for one in sent}) == 1
    second = a_service()
    jobs = [met(partial(send, who, second.pk, told, uuid4())) for who in (head, staff)]
    assert sorted(map(bool, at_once(*jobs))) == [False, True]
    assert Correction.objects.count() == Service.objects.filter(status="corrected").count() == 2
    operators = [user_with((Role.OPERATOR, CITY_CODE)) for _ in range(3)]
    jobs_ = [partial(CLAIMS.next_for, one, Queue(one, {}).rows, uuid4()) for one in operators]
    taken = [one.pk for one in at_once(*jobs_) if one]
    assert len(taken) == len(set(taken)) == 2
