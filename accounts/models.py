"""The models of accounts, found here by Django; each lives with its feature."""

from accounts.announcements.models import Announcement, AnnouncementStep, ReadMark
from accounts.areas.models import Area, AreaChange, AreaPeriod
from accounts.audit.models import Access
from accounts.closing.models import AccountStep, BreachReport, BreachStep, Closure
from accounts.contacts.models import ContactOffice
from accounts.handover.models import RosterConfirmation, TermReminder
from accounts.helpdesk.models import (
    Ticket,
    TicketCounter,
    TicketFile,
    TicketMessage,
    TicketStep,
)
from accounts.issuing.models import OneTimePassword, SlipEntry, SlipSheet
from accounts.login.models import KnownDevice, SignIn, Undertaking, User
from accounts.notices.models import Delivery, Notice
from accounts.posts.models import Mandate, Post
from accounts.proposals.models import Proposal, ProposalList, ProposalStep

__all__ = [
    "Access",
    "AccountStep",
    "Announcement",
    "AnnouncementStep",
    "Area",
    "AreaChange",
    "AreaPeriod",
    "BreachReport",
    "BreachStep",
    "Closure",
    "ContactOffice",
    "Delivery",
    "KnownDevice",
    "Mandate",
    "Notice",
    "OneTimePassword",
    "Post",
    "Proposal",
    "ProposalList",
    "ProposalStep",
    "ReadMark",
    "RosterConfirmation",
    "SignIn",
    "SlipEntry",
    "SlipSheet",
    "TermReminder",
    "Ticket",
    "TicketCounter",
    "TicketFile",
    "TicketMessage",
    "TicketStep",
    "Undertaking",
    "User",
]
