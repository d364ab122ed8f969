"""Families who came together: a head and the others' relations to that head."""

from __future__ import annotations

import pghistory

from accounts.areas.guards import LIES_IN_A_LIVING_AREA
from accounts.scope import ScopedModel


@pghistory.track(exclude=["kelurahan", "kecamatan"])
class Family(ScopedModel):
    """People registered one by one who live here as a family.

    Its members point to it; the one whose ``family_relation`` is *Kepala keluarga* is its head.
    """

    class Meta:
        triggers = (LIES_IN_A_LIVING_AREA,)
