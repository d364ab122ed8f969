"""Signed statements for tests."""

from __future__ import annotations

from uuid import uuid4

from accounts.areas.models import Area
from accounts.rules import Role
from residents.services.months import this_month
from residents.truth.models import TruthReport
from residents.truth.signing import sign
from tests.officials import RT, holder


def signed(area: str = RT, /) -> TruthReport:
    """This month's of an RT that was told of something, by its head."""
    rt = Area.objects.select_related("parent__parent").get(pk=area)
    return sign(holder(Role.KETUA_RT, area), rt, this_month(), uuid4())
