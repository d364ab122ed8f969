"""An evaluation asked for as PDF."""

from __future__ import annotations

from django.db import models

from accounts.scope import ScopedModel
from wacat.drawn import DrawnFile


class EvaluationFile(ScopedModel, DrawnFile):
    """The evaluation of ``area`` from ``first`` to ``last``, for one reader."""

    task = "reports.tasks.draw_evaluation"

    first = models.DateField()
    last = models.DateField()

    class Meta(DrawnFile.Meta):
        verbose_name = "Menggambar evaluasi"
