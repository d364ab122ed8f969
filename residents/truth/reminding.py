"""In the first days of a month: last month's statement waits to be signed."""

from __future__ import annotations

from collections import Counter

from django.db import IntegrityError, transaction

from accounts.login.models import User
from accounts.notices.sending import notify
from residents.clock.reminding import keepers
from residents.services.models import Service
from residents.services.months import Month, this_month
from residents.truth.models import TruthReminder, TruthReport
from wacat.clock import today

DAYS = 7  # of the month, within which a missed reminder is made up for


def remind() -> int:
    """Tell who keeps an RT whose last month has data and no statement, once; how many RTs.

    Meant to run often; outside the first days of a month it does nothing.
    """
    if today().day > DAYS:
        return 0
    try:
        with transaction.atomic():
            return _remind(this_month().before)
    except IntegrityError as error:  # another run tells of them at this moment
        if "truth_reminded_once" not in str(error):
            raise
        return 0


def _remind(month: Month) -> int:
    told = set(
        Service.objects.told_in(*month.days).order_by().values_list("area", flat=True).distinct()
    )
    for model in (TruthReport, TruthReminder):
        told -= set(model.objects.filter(month=month.first).values_list("area", flat=True))
    waiting = sorted(told)
    TruthReminder.objects.bulk_create(
        (TruthReminder(area_id=code, month=month.first) for code in waiting), batch_size=1000
    )
    if waiting:
        _tell(waiting, month)
    return len(waiting)


def _tell(areas: list[str], month: Month) -> None:
    """One notice to each person, with how many of their RTs have not signed."""
    counts: Counter[User] = Counter()
    for users in keepers(areas).values():
        counts.update(users)
    values = ((user, {"month": str(month), "count": count}) for user, count in counts.items())
    notify("truth_waits", values)
