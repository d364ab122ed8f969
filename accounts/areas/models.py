"""The tree kota → kecamatan → kelurahan → RT: an area's code is its key, the prefix its reach."""

from __future__ import annotations

from typing import Any, ClassVar

import pghistory
from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, RangeOperators
from django.db import models
from django.db.models import Deferrable, Func, Q, Value
from django.db.models.functions import Left, Length
from django.db.models.lookups import Exact

from accounts.scope import AreaQuerySet, ScopedModel
from wacat.clock import now

CITY_CODE = "64.71"


class Level(models.TextChoices):
    """What an area is; ``CODE_LENGTH`` says how long such an area's code is."""

    KOTA = "kota", "Kota"
    KECAMATAN = "kecamatan", "Kecamatan"
    KELURAHAN = "kelurahan", "Kelurahan"
    RT = "rt", "RT"


CODE_LENGTH = {Level.KOTA: 5, Level.KECAMATAN: 8, Level.KELURAHAN: 13, Level.RT: 17}


class AreaStatus(models.TextChoices):
    ACTIVE = "active", "Aktif"
    FROZEN = "frozen", "Dibekukan"
    MERGED = "merged", "Digabung"


_OF_ITS_KELURAHAN = Left("area", Value(CODE_LENGTH[Level.KELURAHAN]))
_OF_AN_RT = Exact(Length("area"), CODE_LENGTH[Level.RT])


@pghistory.track()
class Area(models.Model):
    """A code of Kepmendagri 300.2.2-2138/2025, or a three-digit serial under it for an RT.

    A code never changes and is never reused. ``name`` (for an RT its number) and ``state``
    are today's; ``AreaPeriod`` holds them by date.
    """

    code = models.CharField(max_length=17, primary_key=True, db_collation="C")
    level = models.CharField(max_length=10, choices=Level)
    parent = models.ForeignKey("self", models.PROTECT, null=True, related_name="children")
    name = models.CharField(max_length=60)
    state = models.CharField(max_length=10, choices=AreaStatus, default=AreaStatus.ACTIVE)
    aliases = ArrayField(models.CharField(max_length=60), default=list, blank=True)

    objects: ClassVar[Any] = AreaQuerySet.as_manager()

    class Meta:
        ordering = ("code",)
        indexes = (models.Index(fields=("level", "code"), name="area_level"),)
        constraints = (
            # Checked when a statement ends, so that two RTs can swap their numbers in one.
            ExclusionConstraint(
                name="area_number_once",
                expressions=[("parent", RangeOperators.EQUAL), ("name", RangeOperators.EQUAL)],
                condition=Q(level=Level.RT) & ~Q(state=AreaStatus.MERGED),
                deferrable=Deferrable.IMMEDIATE,
            ),
        )

    def __str__(self) -> str:
        return self.label

    @property
    def label(self) -> str:
        """As in "RT 012", "Kelurahan Sepinggan", "Kota Balikpapan"."""
        return self.name if self.level == Level.KOTA else f"{self.get_level_display()} {self.name}"

    @property
    def containing(self) -> Area:
        """The area directly above. Raises ValueError for the city, which has none."""
        if self.parent is None:
            raise ValueError("nothing lies above the city")
        return self.parent

    @property
    def kelurahan_code(self) -> str:
        """The code of the kelurahan that this RT or kelurahan is, or lies in."""
        return self.code[: CODE_LENGTH[Level.KELURAHAN]]


@pghistory.track()
class AreaPeriod(models.Model):
    """An area's name and state from a date until another (exclusive); they never overlap."""

    area = models.ForeignKey(Area, models.PROTECT, related_name="periods")
    starts = models.DateField()
    until = models.DateField(null=True)
    name = models.CharField(max_length=60)
    state = models.CharField(max_length=10, choices=AreaStatus, default=AreaStatus.ACTIVE)

    class Meta:
        constraints = (
            ExclusionConstraint(
                name="area_period_no_overlap",
                expressions=[
                    ("area", RangeOperators.EQUAL),
                    (Func("starts", "until", function="daterange"), RangeOperators.OVERLAPS),
                ],
            ),
            ExclusionConstraint(
                name="area_period_number_once",
                expressions=[
                    (_OF_ITS_KELURAHAN, RangeOperators.EQUAL),
                    ("name", RangeOperators.EQUAL),
                    (Func("starts", "until", function="daterange"), RangeOperators.OVERLAPS),
                ],
                condition=Q(_OF_AN_RT) & ~Q(state=AreaStatus.MERGED),
                deferrable=Deferrable.IMMEDIATE,
            ),
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gt=models.F("starts")),
                name="area_period_in_order",
            ),
        )


class AreaChange(ScopedModel):
    """What an administrator did to an RT, and the letter that ordered it.

    ``starts`` is the day from which it holds, ``number`` the RT's number since then;
    ``other`` the RT that it was merged into, or that it swapped numbers with.
    """

    append_only = True

    class Kind(models.TextChoices):
        CREATED = "created", "RT dibentuk"
        FROZEN = "frozen", "RT dibekukan"
        THAWED = "thawed", "RT diaktifkan lagi"
        RENUMBERED = "renumbered", "Nomor RT diganti"
        SWAPPED = "swapped", "Nomor RT ditukar"
        MERGED = "merged", "RT digabung"

    area = models.ForeignKey(Area, models.PROTECT, related_name="changes")
    kind = models.CharField(max_length=10, choices=Kind)
    other = models.ForeignKey(Area, models.PROTECT, null=True, related_name="+")
    number = models.CharField(max_length=60)
    starts = models.DateField()
    mandate = models.ForeignKey("accounts.Mandate", models.PROTECT, related_name="area_changes")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=now)
    key = models.UUIDField()

    class Meta:
        ordering = ("at", "id")
        constraints = (
            models.UniqueConstraint(fields=("by", "key"), name="area_change_once"),
            models.CheckConstraint(
                condition=Q(kind__in=("swapped", "merged"), other__isnull=False)
                | Q(~Q(kind__in=("swapped", "merged")), other=None),
                name="area_change_of_two_names_both",
            ),
        )
