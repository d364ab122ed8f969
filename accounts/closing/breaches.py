"""Suspected breaches of secrecy: reported by a Lurah, upheld or dismissed by an administrator."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction

from accounts.closing.models import BreachReport, BreachStatus, BreachStep
from accounts.login.models import User
from accounts.notices.sending import notify
from accounts.posts.holders import holders
from accounts.rules import Action
from accounts.scope import ScopedQuerySet, reach
from wacat.uploads import keep
from wacat.workflow import Move, Transition, Workflow, WrongState

FOLDER = "evidence"
OTHER_PERSON = "Laporan ini tentang pengguna lain."
ABOUT_ONESELF_REPORT = "Laporan tentang diri sendiri tidak dapat dibuat."
ABOUT_ONESELF = "Laporan tentang diri sendiri diputus administrator lain."


def reports_for(user: User) -> ScopedQuerySet:
    """The reports in the user's reach, without those about the user."""
    rows: ScopedQuerySet = BreachReport.objects.visible_to(user, Action.BREACH_VIEW)
    return rows.exclude(user=user)


def report_breach(
    by: User, user: User, happened_on: date, description: str, evidence: Any, key: UUID
) -> BreachReport:
    """Report that *user* is suspected; *evidence* is a cleaned upload or None.

    It lies in the area of the latest of the user's posts that *by* reaches. The same key makes
    one report. Raises WrongState for a report about oneself.
    """
    if by.pk == user.pk:
        raise WrongState(ABOUT_ONESELF_REPORT)
    known = BreachReport.objects.filter(reported_by=by, form_key=key)
    if found := known.first():
        return found
    report = BreachReport(
        area_id=_area_of(by, user),
        user=user,
        reported_by=by,
        happened_on=happened_on,
        description=description,
        evidence=keep(evidence, FOLDER),
        form_key=key,
    )
    try:
        with transaction.atomic():
            report.save()
    except IntegrityError:  # the same form at the same moment
        return known.get()
    _tell(report)
    return report


def _area_of(by: User, user: User) -> str:
    posts = user.posts.under(reach(by, Action.BREACH_REPORT)).order_by("-starts", "-pk")
    area: str = posts.values_list("area", flat=True)[0]
    return area


def _tell(report: BreachReport) -> None:
    BreachStep.objects.create(
        subject=report,
        name="report",
        source="",
        target=BreachStatus.REPORTED,
        actor=report.reported_by,
        key=report.form_key,
    )
    told = [one for one in holders(Action.ACCOUNT_CLOSE, report.area_id) if one != report.user]
    notify("breach_reported", [(one, {"report": report.pk}) for one in told])


def _decide(report: BreachReport, move: Move) -> None:
    if move.actor and move.actor.pk == report.user_id:
        raise WrongState(ABOUT_ONESELF)
    notify("breach_decided", [(report.reported_by, {"report": report.pk})])


_REPORTED = frozenset({BreachStatus.REPORTED})

WORKFLOW = Workflow(
    BreachReport,
    BreachStep,
    (
        Transition("uphold", _REPORTED, BreachStatus.UPHELD, Action.ACCOUNT_CLOSE, apply=_decide),
        Transition(
            "dismiss",
            _REPORTED,
            BreachStatus.DISMISSED,
            Action.ACCOUNT_CLOSE,
            needs=("reason",),
            apply=_decide,
        ),
    ),
    "Laporan ini sudah diputus. Muat ulang halaman untuk melihat keadaannya.",
)


def uphold(report: BreachReport, user: User, move: Move) -> None:
    """The report is true: *user*'s account is closed for it. Raises WrongState."""
    if report.user_id != user.pk:
        raise WrongState(OTHER_PERSON)
    WORKFLOW.advance(report.pk, "uphold", move)
