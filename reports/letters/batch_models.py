"""Letters for the printer: many of one kelurahan as one PDF."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from accounts.scope import ScopedModel
from reports.letters.models import Letter
from wacat.drawn import DrawnFile


class PrintBatch(ScopedModel, DrawnFile):
    """Letters that were chosen for printing, and their merged PDF, deleted a day later.

    ``area`` is their kelurahan. ``key`` is that of the form that was pressed: pressed twice it
    makes one. ``without_waiting``: letters that are not drawn yet are left out.
    """

    task = "reports.tasks.merge_batch"

    key = models.UUIDField()
    without_waiting = models.BooleanField(default=False)
    letters = models.ManyToManyField(Letter, through="BatchLetter", related_name="+")

    class Meta(DrawnFile.Meta):
        verbose_name = "Menggabung surat untuk dicetak"
        constraints = (
            models.UniqueConstraint(fields=("asked_by", "key", "area"), name="print_batch_once"),
            models.CheckConstraint(
                condition=~models.Q(state="done") | ~models.Q(file=""),
                name="print_batch_done_has_file",
            ),
        )


class BatchLetter(models.Model):
    """A chosen letter; ``is_merged`` once the batch's PDF holds it."""

    may_be_deleted: ClassVar = True  # with its batch

    batch = models.ForeignKey(PrintBatch, models.CASCADE, related_name="lines")
    letter = models.ForeignKey(Letter, models.PROTECT, related_name="+")
    is_merged = models.BooleanField(default=False)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("batch", "letter"), name="batch_letter_once"),
        )
