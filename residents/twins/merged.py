"""What was merged into a record: read from the one that was kept, where one may see it."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from accounts.rules import Action
from accounts.scope import Holder
from residents.registry.models import Resident, ResidentStep
from residents.registry.presenting import STEP_LABELS
from wacat.history import latest_first, line_of


@dataclass(frozen=True)
class Merged:
    """A record that counts no more, with its history; its page holds all else."""

    resident: Resident
    history: list[dict[str, Any]]


def merged_into(user: Holder, resident: Resident) -> list[Merged]:
    """Those merged into *resident* whose area the user reaches; two queries at most."""
    rows = Resident.objects.visible_to(user, Action.RESIDENT_VIEW).filter(merged_into=resident)
    found = list(rows.select_related("area__parent").order_by("-pk"))
    if not found:
        return []
    lines: dict[int, list[dict[str, Any]]] = defaultdict(list)
    for step in latest_first(ResidentStep.objects.filter(subject__in=found)):
        lines[step.subject_id].append(line_of(step, STEP_LABELS[step.name]))
    return [Merged(one, lines[one.pk]) for one in found]
