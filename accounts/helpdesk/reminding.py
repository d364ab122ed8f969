"""Tickets whose deadline has passed: told once, to who answers and to who leads the office."""

from __future__ import annotations

from django.db import transaction
from django.db.models import F, Q

from accounts.helpdesk.models import Ticket
from accounts.notices.sending import notify
from accounts.posts.holders import holders
from accounts.rules import Action


@transaction.atomic
def remind() -> int:
    """Tell of each deadline that has passed and was not told of yet; how many there were.

    Of two runs at once the second finds nothing left.
    """
    untold = Q(overdue_told=None) | Q(overdue_told__lt=F("due_on"))
    late = Ticket.objects.overdue().filter(untold).order_by("pk")
    keys = list(late.select_for_update(of=("self",)).values_list("pk", flat=True))
    if not keys:
        return 0
    tickets = Ticket.objects.filter(pk__in=keys)
    tickets.update(overdue_told=F("due_on"))
    for kind, action in (
        ("tickets_overdue", Action.TICKET_ANSWER),
        ("tickets_late", Action.TICKET_WATCH),
    ):
        counts = [(user, tickets.visible_to(user, action).count()) for user in holders(action)]
        notify(kind, [(user, {"count": count}) for user, count in counts if count])
    return len(keys)
