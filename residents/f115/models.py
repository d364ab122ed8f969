"""The form F-1.15 of one resident as PDF: work for a worker, and its result."""

from __future__ import annotations

from django.db import models

from accounts.scope import ScopedModel
from residents.registry.models import Resident
from wacat.drawn import DrawnFile


class FormFile(ScopedModel, DrawnFile):
    """The resident's F-1.15 for one reader, deleted a day later."""

    task = "residents.tasks.draw_form"

    resident = models.ForeignKey(Resident, models.CASCADE, related_name="+")

    class Meta(DrawnFile.Meta):
        verbose_name = "Menggambar F-1.15"
