"""A correction as its page shows it: both sides, the conversation, a newer version."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from django.utils.timezone import localdate

from accounts.login.models import User
from accounts.rules import Action
from residents.corrections.codes import Reason
from residents.corrections.models import Correction, CorrectionPhoto, CorrectionStep
from residents.corrections.words import STEP_LABELS
from residents.page.offices import Offices
from residents.services.models import Service
from residents.services.presenting import record_of
from wacat.clock import today
from wacat.history import latest_first
from wacat.words import tanggal

# The fact that a reason disputes, under its label in the record.
_DISPUTED = {Reason.WRONG_NAME: "Nama lengkap", Reason.WRONG_ADDRESS: "Alamat"}


@dataclass(frozen=True)
class Line:
    """A fact as the data has it, and as the RT says."""

    label: str
    told: str
    said: str


@dataclass(frozen=True)
class Newer:
    """The version in force, and what of it is other: label, before, now."""

    service: Service
    changes: list[tuple[str, str, str]]


def both_sides(correction: Correction) -> tuple[list[Line], list[tuple[str, str]]]:
    """What the RT disputes, *menurut data* beside *menurut RT*; and all else of the data."""
    said = {
        _DISPUTED[reason]: correction.right_value
        for reason in _DISPUTED
        if reason == correction.reason
    }
    since = tanggal(correction.happened_on)
    words = str(correction.get_reason_display()) + (f", sejak {since}" if since else "")
    facts = dict.fromkeys(said, "") | facts_of(correction.service)
    disputed = [Line(label, facts.pop(label), text) for label, text in said.items()]
    return [Line("Keadaan", "", words), *disputed], list(facts.items())


def newer_version(user: User, correction: Correction) -> Newer | None:
    """The version in force where it is another one, and the user reaches it."""
    old = correction.service
    if old.superseded_at is None:
        return None
    rows = Service.objects.in_force().visible_to(user, Action.SERVICE_VIEW)
    new = rows.filter(identity=old.identity).select_related("area__parent").first()
    if new is None:
        return None
    before, after = facts_of(old), facts_of(new)
    pairs = [(one, before.get(one, ""), after.get(one, "")) for one in {**before, **after}]
    return Newer(new, [pair for pair in pairs if pair[1] != pair[2]])


def facts_of(service: Service) -> dict[str, str]:
    """What was delivered, in words and numbers masked; nothing of where and when it was told."""
    told = record_of(service, revealed=False)
    return {label: value for label, value in told if not label.startswith("Diberitahukan")}


def conversation(viewer: User, correction: Correction) -> list[dict[str, Any]]:
    """Every step, the latest first: what, by which office and whom, when, with its photographs.

    Three queries, however long it is.
    """
    steps = list(latest_first(CorrectionStep.objects.filter(subject=correction)))
    photos: dict[int, list[CorrectionPhoto]] = defaultdict(list)
    kept = CorrectionPhoto.objects.filter(correction=correction).exclude(file="")
    for photo in kept.order_by("pk"):
        photos[photo.step_id].append(photo)
    offices = Offices(viewer, {step.actor_id for step in steps if step.actor_id})
    return [
        {
            "label": STEP_LABELS[step.name],
            "at": step.at,
            "actor": offices.who(step.actor_id, localdate(step.at), correction.area_id),
            "reason": step.reason,
            "note": correction.note if step.name == "send" else step.note,
            "photos": photos[step.pk],
        }
        for step in steps
    ]


def age(correction: Correction) -> str:
    """``4 hari`` since it was sent, for who answers it; ``lewat 2 hari`` past the deadline."""
    if correction.is_overdue:
        return f"lewat {(today() - correction.due_on).days} hari"
    days = (today() - correction.sent_on).days
    return f"{days} hari" if days else "hari ini"
