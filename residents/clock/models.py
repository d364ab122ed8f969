"""That somebody was reminded of the end of a stay: once each."""

from __future__ import annotations

from django.db import models

from wacat.clock import today
from wacat.work import Work


class StayReminder(Work):
    """*days* before the stay's end ``until``: the Ketua RT was told in the portal with this row.

    The work is the mail to the resident, where an address is known; without one it is done at
    once. ``on`` is the day on which it was made.
    """

    task = "residents.tasks.remind_resident"
    max_attempts = 12
    doublings = 10  # up to an hour and a half between attempts: a mail server may be away long
    at_once = 200  # a mail server may take a second for each

    resident = models.ForeignKey("residents.Resident", models.CASCADE, related_name="+")
    until = models.DateField()
    days = models.PositiveSmallIntegerField()
    on = models.DateField(default=today)

    class Meta(Work.Meta):
        verbose_name = "Mengingatkan warga"
        indexes = (*Work.Meta.indexes, models.Index(fields=("on",), name="stay_reminder_day"))
        constraints = (
            models.UniqueConstraint(fields=("resident", "until", "days"), name="reminded_once"),
        )
