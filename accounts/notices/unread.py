"""How many notices somebody has not read, for the header of every page."""

from __future__ import annotations

from django.contrib.auth.base_user import AbstractBaseUser
from django.db.models import Count, IntegerField, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from accounts.notices.models import Notice


def unread_of(user: AbstractBaseUser) -> int:
    """How many the user has not read: as ``for_session`` found it, else by one query."""
    found = getattr(user, "unread", None)
    return _unread().filter(recipient=user.pk).count() if found is None else found


def unread_count() -> Coalesce:
    """The same as an expression over users, for ``annotate(unread=unread_count())``."""
    counted = (
        _unread()
        .filter(recipient=OuterRef("pk"))
        .order_by()
        .values("recipient")
        .annotate(count=Count("pk"))
        .values("count")
    )
    return Coalesce(Subquery(counted, output_field=IntegerField()), Value(0))


def _unread() -> QuerySet[Notice]:
    return Notice.objects.filter(read_at=None)
