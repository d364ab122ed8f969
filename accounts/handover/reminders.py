"""Terms about to end: the office above is told, twice, and nobody is locked out."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Q

from accounts.handover.models import TermReminder
from accounts.notices.sending import notify
from accounts.posts.holders import offices_above
from accounts.posts.models import Post
from accounts.rules import PROPOSED_BY
from wacat.clock import today

# How many days before the end the office above is told, the earliest first.
STAGES = (60, 14)


def remind() -> int:
    """Tell of each term that is about to end and was not told of yet; how many posts.

    Meant to run often: what a day without a worker has missed comes with the next run, once.
    """
    try:
        with transaction.atomic():
            return sum(_remind(days) for days in STAGES)
    except IntegrityError as error:  # another run tells of them at this moment
        if "term_reminder_once" not in str(error):
            raise
        return 0


def ending_soon() -> Q:
    """The condition of posts in office whose term ends within the first stage, or has ended."""
    last = today() + timedelta(days=STAGES[0])
    return Q(role__in=tuple(PROPOSED_BY), until=None, term_ends__lte=last)


def _remind(days: int) -> int:
    posts = _due(days)
    TermReminder.objects.bulk_create(TermReminder(post=post, days=days) for post in posts)
    above = offices_above((post.role, post.area_id) for post in posts)
    told = [(user, post) for post in posts for user in above[post.role, post.area_id]]
    notify("term_ending", [(user, {"post": post.pk}) for user, post in told])
    return len(posts)


def _due(days: int) -> list[Post]:
    """Those within this stage. Who is in the next one already is told that one only."""
    later = [one for one in STAGES if one < days]
    begins = today() + timedelta(days=later[0]) if later else today() - timedelta(days=1)
    posts: Any = Post.objects.today()
    within = posts.filter(ending_soon(), term_ends__gt=begins)
    within = within.filter(term_ends__lte=today() + timedelta(days=days))
    return list(within.exclude(reminders__days=days).order_by("pk"))
