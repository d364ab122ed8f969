"""What the start page says of stays that are over or about to end."""

from __future__ import annotations

from django.db.models import Count, Q
from django.urls import reverse

from accounts.cards import Card
from accounts.login.models import User
from accounts.rules import Action
from accounts.scope import may
from residents.clock.tasks import open_tasks
from wacat.clock import today


def cards(user: User) -> list[Card]:
    """For whoever enters residents; nothing for others."""
    if not may(user, Action.RESIDENT_ENTER):
        return []
    over = Q(stays_until__lt=today())
    counts = open_tasks(user).aggregate(
        overdue=Count("pk", filter=over), ending=Count("pk", filter=~over)
    )
    listed = reverse("task_list")
    return [
        Card(
            counts["overdue"],
            "Lewat masa tinggal",
            "Masih tinggal, atau sudah pergi? Satu sentuhan untuk setiap orang.",
            listed,
        ),
        Card(
            counts["ending"],
            "Masa tinggal akan berakhir",
            "Berakhir dalam 30 hari. Tanyakan rencananya.",
            listed,
        ),
    ]
