"""That somebody was reminded of the end of a stay: once each."""

from __future__ import annotations

from django.db import models

from wacat.work import Work


class StayReminder(Work):
    """*days* before the stay's end ``until``: the Ketua RT was told in the portal with this row.

    The work is the mail to the resident, where an address is known; without one it is done at
    once.
    """

    task = "residents.tasks.remind_resident"

    resident = models.ForeignKey("residents.Resident", models.CASCADE, related_name="+")
    until = models.DateField()
    days = models.PositiveSmallIntegerField()

    class Meta(Work.Meta):
        verbose_name = "Mengingatkan warga"
        constraints = (
            models.UniqueConstraint(fields=("resident", "until", "days"), name="reminded_once"),
        )
