"""Posts (*jabatan*), not users, carry power: user, role, area, kind, from a date until another."""

from __future__ import annotations

from functools import reduce
from operator import or_
from typing import Any, ClassVar, Self

import pghistory
from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Func, Q
from django.db.models.functions import Length
from django.db.models.lookups import Exact

from accounts.areas.models import Level
from accounts.rules import REACH_OF_ROLE, Role
from wacat.clock import today

# Offices that one person holds; of the others an area may have several.
SINGLE_HOLDER = (Role.KETUA_RT, Role.LURAH, Role.CAMAT)
_AREA_FITS_ROLE = reduce(
    or_,
    (Q(Exact(Length("area"), length), role=role) for role, length in REACH_OF_ROLE.items()),
)
_DAYS = Func("starts", "until", function="daterange")


class PostQuerySet(models.QuerySet[Any]):
    def today(self) -> Self:
        """Held today; a post ends on the day ``until`` names."""
        day = today()
        return self.filter(Q(until__isnull=True) | Q(until__gt=day), starts__lte=day)


@pghistory.track()
class Post(models.Model):
    """``until`` ends power and is set only by a handover or an explicit end.

    ``term_ends`` (*akhir masa bakti*) only reminds.
    """

    class Kind(models.TextChoices):
        DEFINITIF = "definitif", "Definitif"
        PLT = "plt", "Plt."
        PLH = "plh", "Plh."

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="posts")
    role = models.CharField(max_length=20, choices=Role)
    area = models.ForeignKey("accounts.Area", models.PROTECT, related_name="posts")
    kind = models.CharField(max_length=10, choices=Kind, default=Kind.DEFINITIF)
    starts = models.DateField()
    until = models.DateField(null=True)
    term_ends = models.DateField(null=True)

    objects: ClassVar[Any] = PostQuerySet.as_manager()

    class Meta:
        constraints = (
            ExclusionConstraint(
                name="post_one_holder",
                expressions=[
                    ("role", RangeOperators.EQUAL),
                    ("area", RangeOperators.EQUAL),
                    ("kind", RangeOperators.EQUAL),
                    (_DAYS, RangeOperators.OVERLAPS),
                ],
                condition=Q(role__in=SINGLE_HOLDER),
            ),
            ExclusionConstraint(
                name="post_not_twice",
                expressions=[
                    ("user", RangeOperators.EQUAL),
                    ("role", RangeOperators.EQUAL),
                    ("area", RangeOperators.EQUAL),
                    (_DAYS, RangeOperators.OVERLAPS),
                ],
            ),
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gte=F("starts")),
                name="post_in_order",
            ),
            models.CheckConstraint(condition=_AREA_FITS_ROLE, name="post_area_fits_role"),
        )

    def __str__(self) -> str:
        return self.label

    @property
    def title(self) -> str:
        """As in "Lurah", "Plh. Lurah", "Ketua RT"."""
        acting = "" if self.kind == self.Kind.DEFINITIF else f"{self.get_kind_display()} "
        return f"{acting}{self.get_role_display()}"

    @property
    def place(self) -> str:
        """As in "RT 012, Kel. Sepinggan" or "Kecamatan Balikpapan Selatan"."""
        if self.area.level != Level.RT:
            return self.area.label
        return f"{self.area.label}, Kel. {self.area.containing.name}"

    @property
    def label(self) -> str:
        """As in "Ketua RT 012 · Kel. Sepinggan" or "Lurah Sepinggan"."""
        level = self.area.level
        if level == Level.RT:
            return f"{self.title} {self.area.name} · Kel. {self.area.containing.name}"
        return self.title if level == Level.KOTA else f"{self.title} {self.area.name}"
