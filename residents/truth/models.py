"""Statements that were signed, for good; their PDFs on the way; reminders."""

from __future__ import annotations

import json
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Length
from django.db.models.lookups import Exact

from accounts.scope import RT, ScopedModel, ScopedQuerySet
from residents.truth.facts import TruthFacts
from wacat.clock import now, today
from wacat.drawn import DrawnFile
from wacat.sealing.fields import SealedTextField


class TruthReport(ScopedModel):
    """What an RT has signed of the month that begins with ``month``; the next one is a revision.

    ``fingerprint`` tells whether services or answers have changed since
    (residents.truth.standing). Name, title and office are the signer's of that moment.
    ``sealed_facts`` is empty once the retention schedule has erased what it says; its counts stay.
    """

    append_only = True

    month = models.DateField("bulan")
    revision = models.PositiveSmallIntegerField("revisi")
    until = models.DateField("sampai dengan")
    total = models.PositiveIntegerField()
    confirmed = models.PositiveIntegerField()
    corrected = models.PositiveIntegerField()
    unanswered = models.PositiveIntegerField()
    fingerprint = models.BigIntegerField()
    sealed_facts = SealedTextField(place="truth.facts")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    signer_name = models.CharField(max_length=120)
    signer_title = models.CharField(max_length=120)
    signer_office = models.CharField(max_length=200)
    at = models.DateTimeField(default=now)
    signed_on = models.DateField(default=today)
    key = models.UUIDField()

    objects: ClassVar = ScopedQuerySet.as_manager()

    class Meta:
        indexes = (
            models.Index(fields=("kelurahan", "month"), name="truth_of_kelurahan"),
            models.Index(fields=("month", "area"), name="truth_of_month"),
        )
        constraints = (
            models.UniqueConstraint(
                fields=("area", "month", "revision"), name="truth_revision_once"
            ),
            models.UniqueConstraint(fields=("by", "key"), name="truth_key_once"),
            models.CheckConstraint(
                condition=Q(Exact(Length("area"), RT), month__day=1), name="truth_of_an_rt"
            ),
            models.CheckConstraint(
                condition=Q(total=F("confirmed") + F("corrected") + F("unanswered"), total__gt=0),
                name="truth_adds_up",
            ),
        )

    @property
    def facts(self) -> TruthFacts:
        """What it says."""
        return TruthFacts.from_json(json.loads(self.sealed_facts))

    @facts.setter
    def facts(self, facts: TruthFacts) -> None:
        self.sealed_facts = json.dumps(facts.as_json())

    @property
    def file_name(self) -> str:
        """What its file is called, without the suffix."""
        return f"laporan-kebenaran-data-{self.area_id}-{self.month:%Y-%m}-{self.revision}"


class TruthFile(ScopedModel, DrawnFile):
    """A signed statement as PDF for one reader, deleted a day later."""

    task = "residents.tasks.draw_truth"

    report = models.ForeignKey(TruthReport, models.PROTECT, related_name="+")

    class Meta(DrawnFile.Meta):
        verbose_name = "Menggambar laporan kebenaran data"


class TruthReminder(ScopedModel):
    """That the RT's statement on the month was found missing, and said so: once."""

    append_only = True

    month = models.DateField()
    at = models.DateTimeField(default=now)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("area", "month"), name="truth_reminded_once"),
        )
