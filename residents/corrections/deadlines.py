"""By when a correction is to be answered, and telling of those that were not.

Plain days of the calendar. While the RT is asked back the clock stands still: with the reply the
deadline moves by the days between question and reply.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

from django.db import IntegrityError, transaction
from django.db.models import Exists, OuterRef

from accounts.login.models import User
from accounts.notices.sending import notify
from accounts.posts.holders import holders
from accounts.posts.models import Post
from accounts.rules import Action, Role
from residents.corrections.codes import Reason
from residents.corrections.models import (
    Correction,
    CorrectionDeadline,
    CorrectionOverdue,
    CorrectionStep,
)
from wacat.clock import today
from wacat.words import WITA

DEFAULT_DAYS: Mapping[Reason, int] = {
    Reason.NEVER_LIVED: 14,
    Reason.WRONG_ADDRESS: 14,
    Reason.HAS_LEFT: 14,
    Reason.HAS_DIED: 3,
    Reason.WRONG_NAME: 7,
    Reason.OTHER: 14,
}


def days_of_reasons() -> dict[Reason, int]:
    """How many days the operator has, for each reason."""
    said = CorrectionDeadline.objects.values_list("reason", "days")
    return {**DEFAULT_DAYS, **{Reason(reason): days for reason, days in said}}


def set_days(days: Mapping[Reason, int]) -> list[Reason]:
    """The office's word, for corrections sent from now on; the reasons whose days changed."""
    with transaction.atomic():
        known = days_of_reasons()
        changed = [reason for reason, count in days.items() if known[reason] != count]
        for reason in changed:
            defaults = {"days": days[reason]}
            CorrectionDeadline.objects.update_or_create(reason=reason, defaults=defaults)
    return changed


def due_date(reason: Reason) -> date:
    """The last day for answering a correction that is sent today."""
    return today() + timedelta(days=days_of_reasons()[reason])


def days_asked(correction: Correction) -> timedelta:
    """For how long the RT has been asked back until today."""
    asked = CorrectionStep.objects.filter(subject=correction, name="ask").order_by("-pk").first()
    asked_on = asked.at.astimezone(WITA).date() if asked else today()
    return max(today() - asked_on, timedelta())


def escalate() -> int:
    """Tell of the corrections that became overdue, each once; how many there were.

    Meant to run often. The first run of a day that finds any tells of all, so nobody gets more
    than one notice a day.
    """
    try:
        with transaction.atomic():
            if CorrectionOverdue.objects.filter(on=today()).exists():
                return 0
            return _escalate()
    except IntegrityError as error:  # another run tells of them at this moment
        if "correctionoverdue_correction" not in str(error):
            raise
        return 0


def _escalate() -> int:
    told = CorrectionOverdue.objects.filter(correction=OuterRef("pk"))
    late = list(Correction.objects.overdue().filter(~Exists(told)).order_by("pk"))
    CorrectionOverdue.objects.bulk_create(
        (CorrectionOverdue(correction=one) for one in late), batch_size=1000
    )
    if late:
        count = {"count": len(late)}
        operators, heads = holders(Action.CORRECTION_ANSWER), _pimpinan()
        notify("corrections_overdue", [(user, count) for user in operators])
        notify("corrections_late", [(user, count) for user in heads if user not in operators])
    return len(late)


def _pimpinan() -> list[User]:
    """They see how many, never whose."""
    posts = Post.objects.today().filter(role=Role.PIMPINAN, user__is_active=True)
    return list(User.objects.filter(pk__in=posts.values("user")).order_by("pk"))
