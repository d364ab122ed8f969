"""What figures are read from, and a table of figures asked for as PDF."""

from typing import Any, ClassVar

from django.contrib.postgres.fields import ArrayField, DateRangeField
from django.db import models

from accounts.scope import ByAreaQuerySet, ScopedModel
from wacat.clock import now
from wacat.drawn import DrawnFile


class SummaryFile(ScopedModel, DrawnFile):
    """The figures of ``area`` from ``first`` to ``as_at``, known at ``known_at``, for one reader.

    With a ``dimension``, those whom ``figure`` counts by that (reports.summaries.dimensions).
    """

    task = "reports.tasks.draw_summary"

    first = models.DateField()
    as_at = models.DateField()
    dimension = models.CharField(max_length=20, blank=True)
    figure = models.CharField(max_length=20, blank=True)
    known_at = models.DateTimeField(default=now)
    sha256 = models.CharField(max_length=64, blank=True)

    class Meta(DrawnFile.Meta):
        verbose_name = "Menggambar rekap"


class CountedStay(models.Model):
    """A placement that figures count, with all that they count it by.

    ``arrived`` and ``ended``: whether the stay itself began or ended with it. ``overdue`` are the
    days of it that no registration period covers, ``extended`` the first days of extensions
    within it. Written by the database alone: the triggers of migration 0002.
    """

    maintained = True

    placement = models.OneToOneField(
        "residents.Placement",
        models.DO_NOTHING,
        primary_key=True,
        db_constraint=False,
        related_name="+",
    )
    area = models.ForeignKey(
        "accounts.Area", models.DO_NOTHING, db_constraint=False, related_name="+"
    )
    starts = models.DateField()
    until = models.DateField(null=True)
    verified_on = models.DateField(null=True)
    arrived = models.BooleanField()
    ended = models.BooleanField()
    overdue = ArrayField(DateRangeField())
    extended = ArrayField(models.DateField())
    sex = models.PositiveSmallIntegerField(null=True)
    birth_year = models.PositiveSmallIntegerField(null=True)
    purpose = models.PositiveSmallIntegerField(null=True)
    occupation = models.PositiveSmallIntegerField(null=True)
    education = models.PositiveSmallIntegerField(null=True)
    origin_province = models.CharField(max_length=2)
    lodging = models.ForeignKey(
        "residents.Lodging",
        models.DO_NOTHING,
        null=True,
        db_constraint=False,
        db_index=False,
        related_name="+",
    )

    objects: ClassVar[Any] = ByAreaQuerySet.as_manager()


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
    extended = models.IntegerField()
    letters = models.IntegerField()
    reports = models.IntegerField()
    told = models.IntegerField()
    confirmed = models.IntegerField()
    corrected = models.IntegerField()
    answer_hours = models.BigIntegerField()
    corrections = models.IntegerField()
    settled = models.IntegerField()
    settle_hours = models.BigIntegerField()

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
