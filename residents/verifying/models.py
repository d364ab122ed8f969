"""Who is at work on which report, so that two do not judge the same one."""

from __future__ import annotations

from django.conf import settings
from django.db import models


class Claim(models.Model):
    """An operator has taken up a report until a moment; then it is free again.

    ``key`` is that of the press that took it, so that pressing twice takes one.
    """

    may_be_deleted = True

    resident = models.OneToOneField("residents.Resident", models.CASCADE, related_name="claim")
    operator = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    until = models.DateTimeField()
    key = models.UUIDField(null=True)

    class Meta:
        indexes = (models.Index(fields=("operator", "until"), name="claim_of_operator"),)
