"""A row in each state of the workflows of accounts, each state reached through the workflow."""

from __future__ import annotations

from typing import Any

from accounts.closing.breaches import WORKFLOW as BREACHES
from accounts.closing.models import BreachReport
from accounts.closing.workflow import WORKFLOW as ACCOUNTS
from accounts.login.models import User
from accounts.proposals.models import Proposal
from accounts.proposals.workflow import WORKFLOWS
from accounts.rules import Role
from tests import factories
from tests.house.things import proposed, suspected
from tests.officials import with_second_factor
from wacat.workflow import Move

REASON = {"reason": "Periksa lagi."}


def head_proposed(area: str = factories.RT) -> Proposal:
    return proposed(Role.KETUA_RT, area)


def head_returned(area: str = factories.RT) -> Proposal:
    return _moved(WORKFLOWS[Role.KETUA_RT], head_proposed(area), "return")


def head_withdrawn(area: str = factories.RT) -> Proposal:
    return _moved(WORKFLOWS[Role.KETUA_RT], head_proposed(area), "withdraw")


def head_issued(area: str = factories.RT) -> Proposal:
    return _moved(WORKFLOWS[Role.KETUA_RT], head_proposed(area), "issue")


def lurah_proposed(area: str = factories.RT) -> Proposal:
    return proposed(Role.LURAH, area[:13])


def lurah_returned(area: str = factories.RT) -> Proposal:
    return _moved(WORKFLOWS[Role.LURAH], lurah_proposed(area), "return")


def lurah_withdrawn(area: str = factories.RT) -> Proposal:
    return _moved(WORKFLOWS[Role.LURAH], lurah_proposed(area), "withdraw")


def lurah_issued(area: str = factories.RT) -> Proposal:
    return _moved(WORKFLOWS[Role.LURAH], lurah_proposed(area), "issue")


def account_active(area: str = factories.RT) -> User:
    """A Ketua RT's, with a second factor that can be lost."""
    user = factories.holder(Role.KETUA_RT, area)
    return user if user.has_second_factor else with_second_factor(user)


def account_safeguarded(area: str = factories.RT) -> User:
    return _moved(ACCOUNTS, account_active(area), "close", kind="safeguard")


def breach_reported(area: str = factories.RT) -> BreachReport:
    return suspected(area, factories.holder(Role.KETUA_RT, area))


def breach_dismissed(area: str = factories.RT) -> BreachReport:
    return _moved(BREACHES, breach_reported(area), "dismiss")


def breach_upheld(area: str = factories.RT) -> BreachReport:
    return _moved(BREACHES, breach_reported(area), "uphold")


def _moved(workflow: Any, row: Any, name: str, **data: Any) -> Any:
    """The row after an administrator did *name*, if it was still to be done."""
    transition = workflow.transitions[name]
    if row.status in transition.sources:
        administrator = factories.holder(Role.ADMINISTRATOR, factories.CITY_CODE)
        workflow.advance(row.pk, name, Move(administrator, {**REASON, **data}))
    return type(row).objects.get(pk=row.pk)
