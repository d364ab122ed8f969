"""The rows that the triggers wrote about a model."""

from __future__ import annotations

from typing import Any

from django.db.models import Model

from accounts.audit.grants import trail_of


def event_model(model: type[Model]) -> Any:
    """The model of its events. Raises LookupError for one that is not tracked."""
    event = trail_of(model)
    if event is None:
        raise LookupError(f"{model._meta.label} is not tracked")
    return event
