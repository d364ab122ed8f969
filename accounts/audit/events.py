"""The base of all event tables (settings: ``PGHISTORY_BASE_MODEL``): found by time and person."""

from __future__ import annotations

import pghistory.models
from django.db import models
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Cast


class Event(pghistory.models.Event):
    """What a trigger wrote. ``pgh_actor`` is the user in its context, NULL for the system."""

    pgh_created_at = models.DateTimeField(auto_now_add=True, db_index=True)
    pgh_actor = models.GeneratedField(
        expression=Cast(KeyTextTransform("user", "pgh_context"), models.BigIntegerField()),
        output_field=models.BigIntegerField(null=True),
        db_persist=True,
        db_index=True,
    )

    class Meta:
        abstract = True
