"""Announcements in each state, for tests."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import uuid4

from accounts.announcements.models import Announcement
from accounts.announcements.workflow import WORKFLOW, write
from accounts.login.models import User
from accounts.rules import Role
from tests.officials import KELURAHAN, holder
from wacat.clock import today
from wacat.workflow import Move


def administrator() -> User:
    return holder(Role.ADMINISTRATOR, "64.71")


def written(**changes: Any) -> dict[str, Any]:
    """To the heads and the Lurah of the kelurahan, for ten days from today."""
    return {
        "title": "Judul contoh",
        "text": "Isi contoh.",
        "roles": ["ketua_rt", "lurah"],
        "areas": [KELURAHAN],
        "starts": today(),
        "until": today() + timedelta(days=10),
        **changes,
    }


def draft(**changes: Any) -> Announcement:
    return write(administrator(), uuid4(), written(**changes))


def done(announcement: Announcement, name: str, **data: Any) -> Announcement:
    """The announcement after *name*."""
    WORKFLOW.advance(announcement.pk, name, Move(administrator(), data))
    found: Announcement = Announcement.objects.get(pk=announcement.pk)
    return found


def published(**changes: Any) -> Announcement:
    return done(draft(**changes), "publish")


def withdrawn() -> Announcement:
    return done(published(), "withdraw", reason="Keliru.")


def discarded() -> Announcement:
    return done(draft(), "discard")


STATES = {
    "draft": draft,
    "published": published,
    "withdrawn": withdrawn,
    "discarded": discarded,
}
