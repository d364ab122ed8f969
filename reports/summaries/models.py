"""The tallies that figures are read from, and a table of figures asked for as PDF."""

from django.db import models

from accounts.scope import ScopedModel
from wacat.clock import now
from wacat.drawn import DrawnFile


class SummaryFile(ScopedModel, DrawnFile):
    """The figures of ``area`` as at ``as_at``, known at ``known_at``, for one reader."""

    task = "reports.tasks.draw_summary"

    as_at = models.DateField()
    known_at = models.DateTimeField(default=now)
    sha256 = models.CharField(max_length=64, blank=True)

    class Meta(DrawnFile.Meta):
        verbose_name = "Menggambar rekap"


class Tallied(models.Model):
    """Base: how much figures rise (or fall) on a day or in a span of days.

    Written by the database alone: the triggers and functions of migration 0002.
    """

    maintained = True

    active = models.IntegerField()
    verified = models.IntegerField()
    overdue = models.IntegerField()
    arrived = models.IntegerField()
    ended = models.IntegerField()
    letters = models.IntegerField()

    class Meta:
        abstract = True


class Tally(Tallied):
    """The sums of an area at any level: of a day, or of the month or year that begins then."""

    class Span(models.TextChoices):
        DAY = "d", "hari"
        MONTH = "m", "bulan"
        YEAR = "y", "tahun"

    code = models.CharField(max_length=17, db_collation="C")
    span = models.CharField(max_length=1, choices=Span)
    starts = models.DateField()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("code", "span", "starts"), name="tally_once"),
        )


class TallyChange(Tallied):
    """What was written lately about an RT, and stands in no ``Tally`` yet."""

    area = models.ForeignKey(
        "accounts.Area", models.DO_NOTHING, db_constraint=False, db_index=False, related_name="+"
    )
    day = models.DateField()


class TallyCheck(models.Model):
    """That all was counted again, and in how many places the tallies had differed."""

    append_only = True

    at = models.DateTimeField(default=now)
    differing = models.PositiveIntegerField()
