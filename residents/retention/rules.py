"""The rule in force, and how a new one is set: one at a time, never while records are erased."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from uuid import UUID

from django.db import connections, transaction
from django.utils import timezone

from accounts.login.models import User
from residents.retention.models import RetentionRule
from wacat.calendar import months_after
from wacat.clock import today

# Whoever sets a rule waits for the part that is being erased, and the next part sees the rule.
_LOCK = 0x57_61_43_41_54_01


def rule_in_force(using: str = "default") -> RetentionRule | None:
    """The latest rule; None before the office has set one. Its months are None when it is off."""
    return RetentionRule.objects.using(using).order_by("-pk").first()


def cutoff(months: int) -> date:
    """What ended on this day or earlier is due today."""
    return months_after(today(), -months)


def end_of(day: date) -> datetime:
    """The moment at which the day is over in WITA."""
    return timezone.make_aware(datetime.combine(day + timedelta(days=1), time()))


@transaction.atomic
def set_rule(user: User, months: int | None, basis: str, key: UUID) -> RetentionRule:
    """Let this hold from now on. A repeated key changes nothing."""
    hold_rule("default", shared=False)
    made, _ = RetentionRule.objects.get_or_create(
        key=key, defaults={"months": months, "basis": basis, "by": user}
    )
    return made


def hold_rule(using: str, *, shared: bool) -> None:
    """Until the transaction ends no other rule is set; nobody erases while one is being set."""
    lock = "pg_advisory_xact_lock_shared" if shared else "pg_advisory_xact_lock"
    with connections[using].cursor() as cursor:
        cursor.execute(f"SELECT {lock}(%s)", [_LOCK])
