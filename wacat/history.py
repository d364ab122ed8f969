"""What happened to a row, as ``components/history.html`` shows it."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet

from wacat.workflow import Step

SYSTEM = "Sistem"


def latest_first(steps: QuerySet[Any]) -> QuerySet[Any]:
    """The steps with who took them, in the order in which they are shown."""
    return steps.select_related("actor").order_by("-at", "-pk")


def line_of(step: Step, label: str, note: str = "") -> dict[str, Any]:
    """One step under the room's *label* for it. Its actor is to be at hand."""
    return {
        "label": label,
        "at": step.at,
        "actor": step.actor.full_name if step.actor else SYSTEM,
        "reason": step.reason,
        "note": note,
    }
