"""How an account stands, seen from a post that its holder held, holds or will hold.

Defined here once, as an annotation: the list, its counts, the sheet and the start page use it.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.db import models
from django.db.models import Case, F, Q, Value, When

from accounts.posts.models import Post, PostQuerySet
from accounts.rules import PROPOSED_BY, Action
from accounts.scope import Holder, ScopedQuerySet, reach
from wacat.clock import now, today

DORMANT_AFTER = timedelta(days=90)


class State(models.TextChoices):
    """In the order in which they are asked: what comes first hides what comes after."""

    ENDED = "ended", "Jabatan berakhir"
    CLOSED = "closed", "Nonaktif"
    COMING = "coming", "Belum mulai"
    NEVER = "never", "Belum pernah masuk"
    DORMANT = "dormant", "Dorman 90 hari"
    ACTIVE = "active", "Aktif"


# The marks of components/status.html.
MARKS = {
    State.ENDED: "ended",
    State.CLOSED: "revoked",
    State.COMING: "waiting",
    State.NEVER: "draft",
    State.DORMANT: "overdue",
    State.ACTIVE: "done",
}


def with_state(posts: PostQuerySet) -> PostQuerySet:
    """*posts* with ``state``, one of ``State``."""
    return posts.annotate(
        state=Case(
            When(_over(), then=Value(State.ENDED)),
            When(user__is_active=False, then=Value(State.CLOSED)),
            When(starts__gt=today(), then=Value(State.COMING)),
            When(user__last_login=None, then=Value(State.NEVER)),
            When(user__last_login__lt=now() - DORMANT_AFTER, then=Value(State.DORMANT)),
            default=Value(State.ACTIVE),
            output_field=models.CharField(),
        )
    )


def with_contacts_shown(posts: PostQuerySet, viewer: Holder) -> PostQuerySet:
    """*posts* with ``contacts_shown``: whether *viewer* may see the holder's contacts.

    The administrator may, and whoever proposes for the office, as long as it is held. The
    user name counts as one of them: for most it is their telephone number.
    """
    shown = ScopedQuerySet.within(reach(viewer, Action.ACCOUNT_ISSUE))
    for role, action in PROPOSED_BY.items():
        shown |= Q(role=role) & ScopedQuerySet.within(reach(viewer, action)) & ~_over()
    return posts.annotate(
        contacts_shown=Case(
            When(shown, then=Value(True)), default=Value(False), output_field=models.BooleanField()
        )
    )


def posts_in_reach(viewer: Holder, action: Action = Action.ACCOUNT_VIEW) -> Any:
    """The posts whose accounts *viewer* oversees, with ``state`` and ``contacts_shown``."""
    return with_contacts_shown(with_state(Post.objects.visible_to(viewer, action)), viewer)


def _over() -> Q:
    """Ended, or taken back before it began. NULL-safe, so that it can be negated."""
    return Q(until__isnull=False) & (Q(until__lte=today()) | Q(until__lte=F("starts")))
