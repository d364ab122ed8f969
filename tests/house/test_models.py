"""Every model is area-scoped, or stands here with the reason why not."""

from __future__ import annotations

import pghistory.models
import pytest
from django.apps import apps
from django.db import models

from accounts.audit.grants import is_append_only
from accounts.scope import ScopedModel, ScopedQuerySet
from tests.house.sources import ROOMS

NOT_SCOPED = {
    "accounts.Area": "is the tree itself; its queryset scopes by its own code",
    "accounts.AnnouncementStep": "part of an announcement, read only through one in scope",
    "accounts.AreaPeriod": "dated names of areas: public facts",
    "accounts.AccountStep": "part of an account, read only through one in scope",
    "accounts.BreachStep": "part of a report, read only through one in scope",
    "accounts.Closure": "part of an account, read only through one in scope",
    "accounts.ContactOffice": "offices and how to reach them: told to everybody",
    "accounts.Delivery": "work on a notice; its log is the administrator's",
    "accounts.KnownDevice": "a user's own browsers",
    "accounts.Mandate": "a letter, read through what rests on it",
    "accounts.Notice": "a word to one user, read by that one",
    "accounts.OneTimePassword": "a digest that nobody reads",
    "accounts.ProposalStep": "part of a proposal, read only through one in scope",
    "accounts.ReadMark": "that a user opened an announcement; counted, not shown",
    "accounts.SignIn": "a user's own logins; the administrator reads them in the trail",
    "accounts.SlipEntry": "part of a sheet, read only through one in scope",
    "accounts.TermReminder": "that a reminder was sent: a key and a number",
    "accounts.TicketCounter": "counts the numbers of a year; never shown",
    "accounts.TicketFile": "part of a ticket, read only through one in reach",
    "accounts.TicketMessage": "part of a ticket, read only through one in reach",
    "accounts.TicketStep": "part of a ticket, read only through one in reach",
    "accounts.User": "a person who logs in; scoped through the posts",
    "accounts.Undertaking": "a user's own acceptance",
    "residents.Claim": "who is at a report: read through one in scope",
    "residents.CorrectionClaim": "who is at a correction: read through one in scope",
    "residents.CorrectionDeadline": "the office's word: numbers of days",
    "residents.CorrectionOverdue": "that it was told: a key and a day",
    "residents.CorrectionPhoto": "part of a correction, read only through one in scope",
    "residents.CorrectionStep": "part of a correction, read only through one in scope",
    "residents.Draft": "what a user is typing; read by that one",
    "residents.DoomedFile": "names of files that are about to be deleted",
    "residents.FeedBlock": "rows of a file as read, read only through one in scope",
    "residents.FeedFileStep": "part of a file, read only through one in scope",
    "residents.FeedPart": "work on a file: keys, counts and states",
    "residents.FeedReading": "work on a file: keys and states",
    "residents.FeedSource": "a name and headings; the operators' own",
    "residents.PlaceWork": "work on a decision: keys and states",
    "residents.ImportPart": "work on an import: keys and states",
    "residents.ImportReading": "work on an import: keys and states",
    "residents.ImportBlock": "rows of an import as read, read only through one in scope",
    "residents.ImportStep": "part of an import, read only through one in scope",
    "residents.RelocationStep": "part of a relocation, read only through one in scope",
    "residents.RetentionRule": "the office's word: a number of months",
    "residents.RetentionRun": "counts of what the maintenance role did",
    "residents.StayPeriod": "part of a resident, read only through one in scope",
    "residents.StayReminder": "work on a resident: keys, dates and states",
    "residents.Upload": "pieces of a user's own file on its way",
    "residents.ResidentStep": "part of a resident, read only through one in scope",
    "residents.ServiceDigest": "that those of an RT were told: days and numbers",
    "residents.ServiceReceipt": "part of a service, read only through one in scope",
    "residents.ServiceStep": "part of a service, read only through one in scope",
    "reports.LetterOffice": "a kelurahan's letterhead, keyed by it",
    "reports.NumberCounter": "counts numbers of an area; never shown",
    "reports.LetterSubject": "part of a letter, read only through one in scope",
    "reports.LetterStep": "part of a letter, read only through one in scope",
    "reports.CountedStay": "what figures count of a placement; read by areas in reach",
    "reports.Tally": "sums of an area; pages read them through areas in reach",
    "reports.TallyChange": "what is to be added to such sums",
    "reports.TallyCheck": "that the sums were compared: a moment and a number",
    "reports.BatchLetter": "part of a batch, read only through one in scope",
    "reports.Handing": "part of a letter, read only through one in scope",
    "reports.LetterLink": "part of a letter, read through one in scope, or by who has its token",
    "reports.LetterScan": "part of a letter, read only through one in scope",
    "reports.LinkMail": "work on a link: keys and states",
    "reports.Drawing": "work on a letter: keys and states, no person's data",
}


def own_models() -> list[type[models.Model]]:
    """The rooms' models but the trail's, which no page reads."""
    return [
        model
        for model in apps.get_models(include_auto_created=True)
        if model._meta.app_label in ROOMS and not issubclass(model, pghistory.models.Event)
    ]


def test_every_model_is_scoped_or_says_why_not() -> None:
    unscoped = {model._meta.label for model in own_models() if not issubclass(model, ScopedModel)}
    assert unscoped == set(NOT_SCOPED)


def test_every_scoped_model_is_asked_by_scope() -> None:
    wrong = [
        model._meta.label
        for model in own_models()
        if issubclass(model, ScopedModel)
        and not isinstance(model._default_manager.all(), ScopedQuerySet)
    ]
    assert wrong == []


def test_a_scoped_row_cannot_lie_outside_every_area() -> None:
    for model in own_models():
        if issubclass(model, ScopedModel):
            assert not model._meta.get_field("area").null, model


def test_history_is_append_only() -> None:
    history = {
        model._meta.label for model in apps.get_models() if model._meta.label.endswith("Event")
    }
    for label in history | set(APPEND_ONLY.split()):
        assert is_append_only(apps.get_model(label)), label


APPEND_ONLY = (
    "accounts.Access accounts.AccountStep accounts.AnnouncementStep accounts.AreaChange "
    "accounts.BreachStep accounts.ReadMark accounts.TicketFile accounts.TicketMessage "
    "accounts.TicketStep "
    "accounts.Closure accounts.Mandate "
    "accounts.ProposalStep accounts.RosterConfirmation accounts.SignIn accounts.SlipEntry "
    "accounts.TermReminder accounts.Undertaking residents.ImportStep residents.RelocationStep "
    "residents.FeedFileStep "
    "residents.ResidentStep residents.RetentionRule residents.RetentionRun reports.LetterStep "
    "residents.CorrectionOverdue residents.CorrectionPhoto residents.CorrectionStep "
    "residents.TruthReminder residents.TruthReport "
    "residents.ServiceDigest residents.ServiceReceipt residents.ServiceStep "
    "reports.Handing reports.TallyCheck"
)
# Rows of personal data or of power: each write of them is in the trail.
WATCHED = (
    "accounts.Announcement accounts.Ticket "
    "accounts.Area accounts.AreaPeriod accounts.BreachReport accounts.ContactOffice "
    "accounts.Post accounts.Proposal accounts.ProposalList accounts.User residents.Attachment "
    "residents.Correction residents.CorrectionDeadline "
    "residents.FeedFile residents.PlaceDecision "
    "residents.Export residents.Family residents.Import residents.Lodging residents.Placement "
    "residents.Relocation residents.Resident residents.StayPeriod reports.Letter "
    "reports.LetterOffice reports.LetterScan reports.Report"
)


@pytest.mark.parametrize("label", WATCHED.split())
def test_writes_of_it_are_in_the_trail(label: str) -> None:
    model = apps.get_model(label)
    trackers = [trigger.name for trigger in model._meta.triggers]
    assert {"insert_insert", "update_update", "delete_delete"} <= set(trackers)


@pytest.mark.parametrize(
    ("label", "name"),
    [
        ("residents.ResidentEvent", "nik"),
        ("residents.ResidentEvent", "no_kk"),
        ("residents.ResidentEvent", "passport_number"),
        ("residents.ResidentEvent", "guarantor_nik"),
        ("reports.LetterEvent", "sealed_facts"),
    ],
)
def test_what_lies_sealed_stays_sealed_in_the_trail(label: str, name: str) -> None:
    assert isinstance(apps.get_model(label)._meta.get_field(name), models.BinaryField)
