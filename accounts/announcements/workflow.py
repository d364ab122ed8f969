"""What can be done with an announcement: written, published, withdrawn; never changed after."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction

from accounts.announcements.codes import Status
from accounts.announcements.models import Announcement, AnnouncementStep
from accounts.announcements.telling import tell
from accounts.login.models import User
from accounts.rules import Action
from accounts.scope import reach
from wacat.clock import now, today
from wacat.workflow import Move, Transition, Workflow, WrongState

WRITTEN = ("title", "text", "roles", "areas", "starts", "until")
OVER = "Hari terakhirnya sudah lewat. Ubah dahulu tanggalnya."


def write(by: User, key: UUID, data: dict[str, Any]) -> Announcement:
    """A draft by the administrator *by*; the same key makes one."""
    known = Announcement.objects.filter(written_by=by, form_key=key)
    if found := known.first():
        return found
    draft = Announcement(
        area_id=reach(by, Action.ANNOUNCE)[0],
        written_by=by,
        form_key=key,
        is_important=bool(data.get("is_important")),
        **{name: data[name] for name in WRITTEN},
    )
    try:
        with transaction.atomic():
            draft.save()
            AnnouncementStep.objects.create(
                subject=draft, name="write", source="", target=Status.DRAFT, actor=by, key=key
            )
    except IntegrityError as error:  # the same form at the same moment
        if "announcement_form_once" not in str(error):
            raise
        return known.get()
    return draft


def _amend(announcement: Announcement, move: Move) -> None:
    data = move.data
    announcement.title, announcement.text = data["title"], data["text"]
    announcement.roles, announcement.areas = data["roles"], data["areas"]
    announcement.starts, announcement.until = data["starts"], data["until"]
    announcement.is_important = bool(move.data.get("is_important"))


def _publish(announcement: Announcement, move: Move) -> None:
    if announcement.until < today():
        raise WrongState(OVER)
    announcement.published_by = move.actor
    announcement.published_at, announcement.published_on = now(), today()
    tell(announcement)


_DRAFT = frozenset({Status.DRAFT})
_ACTION = Action.ANNOUNCE

WORKFLOW = Workflow(
    Announcement,
    AnnouncementStep,
    (
        Transition("amend", _DRAFT, None, _ACTION, WRITTEN, _amend),
        Transition("publish", _DRAFT, Status.PUBLISHED, _ACTION, apply=_publish),
        Transition("discard", _DRAFT, Status.DISCARDED, _ACTION),
        Transition(
            "withdraw", frozenset({Status.PUBLISHED}), Status.WITHDRAWN, _ACTION, ("reason",)
        ),
    ),
    "Pengumuman ini sudah berubah keadaannya. Muat ulang halaman untuk melihatnya.",
)
