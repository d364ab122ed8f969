"""Drafts: what somebody has typed into a form and not sent, as it was typed.

A draft is its owner's alone. One that names an RT which the owner no longer enters residents
for, or corrects a record that has gone to one, is out of sight, like all else of that RT.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID, uuid5

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.urls import reverse

from accounts.login.models import User
from accounts.rules import Action
from accounts.scope import reach
from residents.drafts.models import Draft
from residents.registry.models import Resident
from wacat.clock import now

KEPT_FOR = timedelta(days=30)
MOST = 50  # drafts of one owner; the oldest make room
LONGEST = 200_000  # characters of one form
_CORRECTIONS = UUID("5f0f3c9e-6d6b-4a57-9d0e-6f3a3a0c7f15")

Typed = Mapping[str, str]


class TooLong(Exception):
    """More was typed than a draft holds."""


@dataclass(frozen=True)
class OpenDraft:
    """One line of *Isian belum selesai*."""

    key: UUID
    name: str
    saved_at: datetime
    url: str
    corrects: bool


def correction_key(resident: int) -> UUID:
    """The key of the form that corrects this record: one draft of it for each owner."""
    return uuid5(_CORRECTIONS, str(resident))


def keep(user: User, key: UUID, typed: Typed, resident: int | None = None) -> None:
    """Keep *typed* as the owner's draft under the form's *key*. Raises TooLong.

    *resident* is the record that the form corrects; whether the owner may is the caller's to ask.
    """
    text = json.dumps(dict(typed), ensure_ascii=False)
    if len(text) > LONGEST:
        raise TooLong
    values = {"typed": text, "resident_id": resident, "saved_at": now()}
    with transaction.atomic():
        _, is_new = Draft.objects.update_or_create(owner=user, key=key, defaults=values)
        if is_new:
            _make_room(user)


def typed_of(user: User, key: UUID, resident: int | None = None) -> dict[str, str] | None:
    """What the owner had typed under *key*, of a new record or to correct the *resident*.

    None where there is nothing (any more).
    """
    draft = _own(user).filter(key=key, resident=resident).first()
    typed = _read(draft) if draft else None
    return typed if typed is not None and _is_in_reach(user, typed) else None


def drop(user: User, key: UUID) -> None:
    """Forget the owner's draft under *key*: it was sent, or thrown away."""
    Draft.objects.filter(owner=user, key=key).delete()


def open_drafts(user: User) -> list[OpenDraft]:
    """The owner's unfinished forms, the latest first; one query, none for who enters nobody."""
    if not reach(user, Action.RESIDENT_ENTER):
        return []
    found = []
    for draft in _own(user).order_by("-saved_at")[:MOST]:
        typed = _read(draft)
        if _is_in_reach(user, typed):
            found.append(_line_of(draft, typed))
    return found


def forget_old() -> int:
    """Delete the drafts that nobody has touched for 30 days; how many there were."""
    count, _ = Draft.objects.filter(saved_at__lt=now() - KEPT_FOR).delete()
    return count


def _own(user: User) -> QuerySet[Draft]:
    """The owner's of new records, and of those that they still may correct.

    Without forms that were sent while their last words were on the way.
    """
    sent = Resident.objects.filter(form_key=OuterRef("key"), entered_by=user)
    entered = Resident.objects.visible_to(user, Action.RESIDENT_ENTER)
    theirs = Exists(entered.filter(pk=OuterRef("resident")))
    return Draft.objects.filter(Q(resident=None) | theirs, ~Exists(sent), owner=user)


def _read(draft: Draft) -> dict[str, str]:
    typed: dict[str, str] = json.loads(draft.typed)
    return typed


def _is_in_reach(user: User, typed: Typed) -> bool:
    area = typed.get("area", "")
    codes = reach(user, Action.RESIDENT_ENTER)
    return not area or any(f"{area}.".startswith(f"{code}.") for code in codes)


def _line_of(draft: Draft, typed: Typed) -> OpenDraft:
    if draft.resident_id:
        url = f"{reverse('resident_edit', args=[draft.resident_id])}?isian={draft.key}"
    else:
        url = f"{reverse('resident_add')}?isian={draft.key}"
    name = typed.get("full_name", "").strip() or "Belum ada nama"
    return OpenDraft(draft.key, name[:120], draft.saved_at, url, bool(draft.resident_id))


def _make_room(user: User) -> None:
    older = Draft.objects.filter(owner=user).order_by("-saved_at", "-pk").values_list("pk")[MOST:]
    Draft.objects.filter(pk__in=[pk for (pk,) in older]).delete()
