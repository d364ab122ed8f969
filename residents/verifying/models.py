"""Who is at work on which report, so that two do not judge the same one."""

from __future__ import annotations

from django.db import models

from wacat import claims


class Claim(claims.Claim):
    """An operator has taken up a report."""

    subject = models.OneToOneField("residents.Resident", models.CASCADE, related_name="claim")
