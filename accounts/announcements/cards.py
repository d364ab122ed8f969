"""What the start page says first: an announcement that was not read yet."""

from __future__ import annotations

from django.urls import reverse

from accounts.announcements.models import Announcement
from accounts.cards import Card
from accounts.login.models import User

MOST = 9  # are counted; beyond it is said that there are more


def cards(user: User) -> list[Card]:
    """One card for all that are unread: the latest important one of them leads it."""
    rows = Announcement.objects.current().addressed_to(user).marked(user).filter(is_read=False)
    rows = rows.order_by("-is_important", "-published_on", "-pk").only("title", "is_important")
    unread = list(rows[: MOST + 1])
    if not unread:
        return []
    first, count = unread[0], len(unread)
    title = "Pengumuman penting" if first.is_important else "Pengumuman"
    address = reverse("announcement_detail", args=[first.pk])
    said = f"lebih dari {MOST}" if count > MOST else ""
    return [Card(count, f"{title} belum dibaca", first.title, address, said)]
