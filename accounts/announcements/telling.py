"""A word to the readers of important announcements: fixed words and a link."""

from __future__ import annotations

from django.db import transaction

from accounts.announcements.addressing import recipients
from accounts.announcements.models import Announcement
from accounts.notices.sending import notify
from wacat.clock import now, today


def tell(announcement: Announcement) -> None:
    """Tell the readers of one that is being published, where it is important and has begun.

    Sets ``told_at``; the caller saves it.
    """
    if not announcement.is_important or announcement.starts > today():
        return
    values = {"announcement": announcement.pk}
    notify("announcement_important", [(user, values) for user in recipients(announcement)])
    announcement.told_at = now()


@transaction.atomic
def tell_begun() -> int:
    """Tell of those that were published ahead and whose days have begun; how many there were."""
    rows = Announcement.objects.current().filter(is_important=True, told_at=None)
    found = list(rows.select_for_update(of=("self",)).order_by("pk"))
    for announcement in found:
        tell(announcement)
        announcement.save(update_fields=["told_at"])
    return len(found)
