"""Tickets at the same moment: numbers without gaps, one answer, one reminder."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import uuid4

from accounts.helpdesk.models import Ticket, TicketMessage
from accounts.helpdesk.opening import open_ticket
from accounts.helpdesk.reminding import remind
from accounts.notices.models import Notice
from accounts.rules import Role
from tests import factories
from tests.accounts import tickets
from tests.officials import RT, user_with
from tests.residents.at_once import at_once
from wacat.clock import today
from wacat.workflow import WrongState


def test_numbers_claims_answers_and_reminders(committed_db: None) -> None:
    opener = tickets.opener()
    data = {"category": "other", "subject": "Perihal", "text": "Contoh"}
    same = uuid4()
    keys = [same, same, same, *(uuid4() for _ in range(5))]
    made = at_once(*(lambda key=key: open_ticket(opener, RT, key, data) for key in keys))
    serials = sorted(Ticket.objects.values_list("serial", flat=True))
    assert serials == [1, 2, 3, 4, 5, 6]
    assert len({ticket.pk for ticket in made[:3]}) == 1
    assert TicketMessage.objects.count() == 6

    users = [tickets.operator(), user_with((Role.OPERATOR, "64.71"))]
    ticket = made[0]

    def claim(user: Any) -> str:
        try:
            tickets.done(ticket, "claim", user)
        except WrongState as error:
            return str(error)
        return ""

    outcomes = at_once(*(lambda user=user: claim(user) for user in users))
    assert sorted(map(bool, outcomes)) == [False, True]
    holder = users[outcomes.index("")]
    assert Ticket.objects.get(pk=ticket.pk).claimed_by == holder

    with factories.on_day(today() + timedelta(days=5)):
        assert sorted(at_once(remind, remind)) == [0, 6]
    assert Notice.objects.filter(kind="tickets_overdue", recipient=holder).count() == 1
