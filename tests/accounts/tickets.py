"""Tickets in each state, for tests: opened by the RT's head, answered by an operator."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from accounts.helpdesk.models import Ticket
from accounts.helpdesk.opening import open_ticket
from accounts.helpdesk.workflow import WORKFLOW
from accounts.login.models import User
from accounts.rules import Role
from tests.officials import RT, holder
from wacat.workflow import Move

TEXT = {"text": "Tombol simpan tidak bekerja."}


def opener(area: str = RT) -> User:
    return holder(Role.KETUA_RT, area)


def operator() -> User:
    return holder(Role.OPERATOR, "64.71")


def administrator() -> User:
    return holder(Role.ADMINISTRATOR, "64.71")


def opened(area: str = RT, category: str = "other", by: User | None = None) -> Ticket:
    data = {"category": category, "subject": "Perihal contoh", **TEXT}
    return open_ticket(by or opener(area), area, uuid4(), data)


def done(ticket: Ticket, name: str, actor: User, **data: Any) -> Ticket:
    """The ticket after *name*."""
    WORKFLOW.advance(ticket.pk, name, Move(actor, {**TEXT, **data}))
    found: Ticket = Ticket.objects.get(pk=ticket.pk)
    return found


def asked(area: str = RT) -> Ticket:
    return done(opened(area), "ask", operator())


def answered(area: str = RT) -> Ticket:
    return done(opened(area), "answer", operator())


def closed(area: str = RT) -> Ticket:
    return done(answered(area), "close", opener(area))


STATES = {"open": opened, "asked": asked, "answered": answered, "closed": closed}
