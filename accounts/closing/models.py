"""Accounts closed and opened again, and breaches reported (Perwali 33/2020 Pasal 6)."""

from __future__ import annotations

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import Q

from accounts.scope import ScopedModel
from wacat.clock import now
from wacat.workflow import Step


class AccountStep(Step):
    """An account closed or opened again, or a change of what its holder logs in with."""

    subject = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="steps")


class Closure(models.Model):
    """Why an account was closed. A breach needs its day, a description and evidence."""

    append_only = True

    class Kind(models.TextChoices):
        BREACH = "breach", "Pelanggaran kerahasiaan data"
        OFFICE = "office", "Jabatan berakhir"
        SAFEGUARD = "safeguard", "Pengamanan sementara"

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="closures")
    kind = models.CharField(max_length=10, choices=Kind)
    happened_on = models.DateField(null=True)
    description = models.TextField(max_length=2000, blank=True)
    evidence = models.CharField(max_length=100, blank=True)
    report = models.ForeignKey("BreachReport", models.PROTECT, null=True, related_name="closures")
    closed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=now)

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=~Q(kind="breach")
                | Q(happened_on__isnull=False) & ~Q(description="") & ~Q(evidence=""),
                name="closure_of_a_breach_is_proved",
            ),
        )


class BreachStatus(models.TextChoices):
    REPORTED = "reported", "Dilaporkan"
    UPHELD = "upheld", "Ditindak"
    DISMISSED = "dismissed", "Tidak terbukti"


@pghistory.track(exclude=["description"])
class BreachReport(ScopedModel):
    """A Lurah suspects that somebody of the kelurahan broke Pasal 5(3)a."""

    area = models.ForeignKey("accounts.Area", models.PROTECT, related_name="+")
    status = models.CharField(max_length=10, choices=BreachStatus, default=BreachStatus.REPORTED)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="breaches")
    reported_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    happened_on = models.DateField()
    description = models.TextField(max_length=2000)
    evidence = models.CharField(max_length=100, blank=True)
    at = models.DateTimeField(default=now)
    form_key = models.UUIDField()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("reported_by", "form_key"), name="breach_form_once"),
        )


class BreachStep(Step):
    subject = models.ForeignKey(BreachReport, models.PROTECT, related_name="steps")
