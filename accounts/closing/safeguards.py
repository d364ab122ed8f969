"""Accounts closed for the time being: a lost telephone, a matter still being looked into."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.db.models import OuterRef, Subquery

from accounts.closing.models import Closure
from accounts.login.models import AccountStatus, User
from accounts.rules import Action
from accounts.scope import Holder
from wacat.clock import now

# After so long somebody should have opened it again, or given it a final reason.
PATIENCE = timedelta(days=7)


def safeguarded(viewer: Holder) -> Any:
    """The users in reach whose accounts are closed for the time being, with ``closed_at``."""
    last = Closure.objects.filter(user=OuterRef("pk")).order_by("-pk")
    closed = User.objects.visible_to(viewer, Action.ACCOUNT_CLOSE).filter(
        status=AccountStatus.INACTIVE
    )
    return closed.annotate(
        closed_for=Subquery(last.values("kind")[:1]), closed_at=Subquery(last.values("at")[:1])
    ).filter(closed_for=Closure.Kind.SAFEGUARD)


def forgotten(viewer: Holder) -> Any:
    """Those of ``safeguarded`` that have waited for longer than ``PATIENCE``."""
    return safeguarded(viewer).filter(closed_at__lt=now() - PATIENCE)


def is_safeguarded(user: User) -> bool:
    """Whether the account's last closure was for the time being."""
    last = last_closure(user)
    return last is not None and last.kind == Closure.Kind.SAFEGUARD


def last_closure(user: User) -> Closure | None:
    """Why and by whom the account was last closed; None for one that never was."""
    closures = Closure.objects.filter(user=user).select_related("closed_by")
    return closures.order_by("-pk").first()
