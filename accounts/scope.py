"""AREA SCOPING, HERE ONLY: which rows somebody may reach with which action.

A row is reached when it lies at or under an area of one of today's posts whose role has the
action; so the powers of two posts never mix.
"""

from __future__ import annotations

from typing import Any, ClassVar, Protocol, Self

from django.core.exceptions import PermissionDenied
from django.db import models
from django.db.models import F, Q, Value
from django.db.models.functions import Left

from accounts.rules import RULES, Action

KECAMATAN, KELURAHAN, RT = 8, 13, 17


class Holder(Protocol):
    """Whoever holds posts."""

    @property
    def todays_posts(self) -> list[Any]: ...


def reach(user: Holder, action: Action) -> tuple[str, ...]:
    """Codes of the areas over which *user* has *action* today, the widest first."""
    codes = {post.area_id for post in user.todays_posts if post.role in RULES[action]}
    return tuple(sorted(codes, key=lambda code: (len(code), code)))


def may(user: Holder, action: Action) -> bool:
    """Whether any of today's posts has the action, wherever."""
    return bool(reach(user, action))


def require(user: Holder, action: Action) -> None:
    """Raise PermissionDenied when none of today's posts has the action."""
    if not may(user, action):
        raise PermissionDenied


def _at_or_under(field: str, code: str) -> Q:
    """Prefix by range, so that the plain index serves ("/" is the character after ".")."""
    return Q(**{field: code}) | Q(**{f"{field}__gte": f"{code}.", f"{field}__lt": f"{code}/"})


class AreaQuerySet(models.QuerySet[Any]):
    """Areas, reached by their own code."""

    def visible_to(self, user: Holder, action: Action) -> Self:
        return self.under(reach(user, action))

    def under(self, codes: tuple[str, ...]) -> Self:
        """Those at or under any of *codes*; none without codes."""
        return self.filter(_any(_at_or_under("code", code) for code in codes))


class ByAreaQuerySet(models.QuerySet[Any]):
    """Rows with an ``area`` alone, for sums over whatever lies in it."""

    def under(self, codes: tuple[str, ...]) -> Self:
        """Those at or under any of *codes*; none without codes."""
        return self.filter(_any(_at_or_under("area", code) for code in codes))


class ScopedQuerySet(models.QuerySet[Any]):
    """Rows with an ``area`` and the stored codes of its kelurahan and kecamatan."""

    def visible_to(self, user: Holder, action: Action) -> Self:
        """The rows that one of the user's posts of today reaches with *action*."""
        return self.under(reach(user, action))

    def under(self, codes: tuple[str, ...]) -> Self:
        """Those at or under any of *codes*; none without codes."""
        return self.filter(self.within(codes))

    @classmethod
    def within(cls, codes: tuple[str, ...]) -> Q:
        """The condition of ``under``, for querysets that add to it."""
        return _any(cls._within(code) for code in codes)

    @staticmethod
    def _within(code: str) -> Q:
        column = {RT: "area", KELURAHAN: "kelurahan", KECAMATAN: "kecamatan"}.get(len(code))
        return Q(**{column: code}) if column else _at_or_under("area", code)


class ScopedModel(models.Model):
    """Base of every row that belongs to an area. Equality on stored codes is what is fast."""

    area = models.ForeignKey("accounts.Area", models.PROTECT, related_name="+")
    kelurahan = models.GeneratedField(
        expression=Left(F("area"), Value(KELURAHAN)),
        output_field=models.CharField(max_length=KELURAHAN, db_collation="C"),
        db_persist=True,
    )
    kecamatan = models.GeneratedField(
        expression=Left(F("area"), Value(KECAMATAN)),
        output_field=models.CharField(max_length=KECAMATAN, db_collation="C"),
        db_persist=True,
    )

    objects: ClassVar[Any] = ScopedQuerySet.as_manager()

    class Meta:
        abstract = True

    def lies_within(self, codes: tuple[str, ...]) -> bool:
        """Whether the row's area is one of *codes* or lies under one."""
        area = f"{self.area_id}."
        return any(area.startswith(f"{code}.") for code in codes)


def _any(conditions: Any) -> Q:
    found = Q(pk__in=[])
    for condition in conditions:
        found |= condition
    return found
