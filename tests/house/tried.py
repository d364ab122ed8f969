"""Each workflow with a row in each of its states, for the tests of transitions."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from accounts.announcements.codes import Status as AnnouncementStatus
from accounts.announcements.models import AnnouncementStep
from accounts.announcements.workflow import WORKFLOW as ANNOUNCEMENTS
from accounts.closing.breaches import WORKFLOW as BREACHES
from accounts.closing.models import AccountStep, BreachStatus, BreachStep
from accounts.closing.workflow import WORKFLOW as ACCOUNTS
from accounts.helpdesk.codes import Status as TicketStatus
from accounts.helpdesk.models import TicketStep
from accounts.helpdesk.workflow import WORKFLOW as TICKETS
from accounts.login.models import AccountStatus
from accounts.proposals.models import ProposalStep
from accounts.proposals.models import Status as ProposalStatus
from accounts.proposals.workflow import WORKFLOWS as PROPOSALS
from accounts.rules import Role
from reports.letters.models import LetterStep
from reports.letters.models import Status as LetterStatus
from reports.letters.workflow import WORKFLOW as LETTERS
from residents.corrections.codes import Status as CorrectionStatus
from residents.corrections.models import CorrectionStep
from residents.corrections.workflow import WORKFLOW as CORRECTIONS
from residents.registry.models import ResidentStep
from residents.registry.states import Status
from residents.registry.workflow import WORKFLOW as RESIDENTS
from residents.services.codes import Status as ServiceStatus
from residents.services.models import ServiceStep
from residents.services.workflow import WORKFLOW as SERVICES
from residents.twins.models import RelocationStatus, RelocationStep
from residents.twins.workflow import WORKFLOW as RELOCATIONS
from tests import factories
from tests.accounts import announced, tickets
from tests.house import cases
from tests.residents import corrected, services_told
from tests.residents import twins as made
from wacat.workflow import Workflow


@dataclass(frozen=True)
class Tried:
    """A workflow with a row in each of its states."""

    workflow: Workflow
    states: Any
    make: dict[str, Callable[[], Any]]
    step: Any


TRIED = {
    "residents": Tried(
        RESIDENTS,
        Status,
        {
            "draft": factories.draft,
            "reported": factories.reported,
            "returned": factories.returned,
            "held": factories.held,
            "verified": factories.verified,
            "ended": factories.ended,
            "merged": factories.merged,
            "discarded": factories.discarded,
        },
        ResidentStep,
    ),
    "letters": Tried(
        LETTERS,
        LetterStatus,
        {
            "requested": factories.letter_requested,
            "ready": factories.letter_ready,
            "returned": factories.letter_returned,
            "issued": factories.letter_issued,
            "revoked": factories.letter_revoked,
        },
        LetterStep,
    ),
    "proposals of Ketua RT": Tried(
        PROPOSALS[Role.KETUA_RT],
        ProposalStatus,
        {
            "proposed": cases.head_proposed,
            "returned": cases.head_returned,
            "withdrawn": cases.head_withdrawn,
            "issued": cases.head_issued,
        },
        ProposalStep,
    ),
    "proposals of Lurah": Tried(
        PROPOSALS[Role.LURAH],
        ProposalStatus,
        {
            "proposed": cases.lurah_proposed,
            "returned": cases.lurah_returned,
            "withdrawn": cases.lurah_withdrawn,
            "issued": cases.lurah_issued,
        },
        ProposalStep,
    ),
    "services": Tried(SERVICES, ServiceStatus, services_told.STATES, ServiceStep),
    "relocations": Tried(RELOCATIONS, RelocationStatus, made.RELOCATIONS, RelocationStep),
    "accounts": Tried(
        ACCOUNTS,
        AccountStatus,
        {"active": cases.account_active, "inactive": cases.account_safeguarded},
        AccountStep,
    ),
    "corrections": Tried(CORRECTIONS, CorrectionStatus, dict(corrected.STATES), CorrectionStep),
    "tickets": Tried(TICKETS, TicketStatus, dict(tickets.STATES), TicketStep),
    "announcements": Tried(
        ANNOUNCEMENTS, AnnouncementStatus, dict(announced.STATES), AnnouncementStep
    ),
    "breaches": Tried(
        BREACHES,
        BreachStatus,
        {
            "reported": cases.breach_reported,
            "upheld": cases.breach_upheld,
            "dismissed": cases.breach_dismissed,
        },
        BreachStep,
    ),
}
