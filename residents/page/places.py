"""Where a resident lived: names of areas as they were, and what became of the areas meanwhile."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from django.db.models import Q

from accounts.areas.models import CODE_LENGTH, AreaChange, AreaPeriod, Level
from residents.page.corrections import Update
from residents.page.telling import Line
from residents.registry.spans import Placement
from wacat.clock import today
from wacat.words import tanggal

ELSEWHERE = "wilayah lain"
_DAY = timedelta(days=1)
_KELURAHAN = CODE_LENGTH[Level.KELURAHAN]


class Places:
    """The placements of *records*, whose current kelurahan is *kelurahan*; three queries."""

    def __init__(self, records: Iterable[int], kelurahan: str, codes: set[str]) -> None:
        self._kelurahan = kelurahan[:_KELURAHAN]
        placements: Any = Placement.objects.lived().filter(resident__in=list(records))
        self._placements = list(placements.order_by("resident", "starts", "pk"))
        lived = {place.area_id for place in self._placements}
        kinds = (AreaChange.Kind.RENUMBERED, AreaChange.Kind.SWAPPED, AreaChange.Kind.MERGED)
        touching = Q(area__in=lived) | Q(other__in=lived)
        changes: Any = AreaChange.objects.filter(touching, kind__in=kinds)
        self._changes = list(changes.order_by("at", "pk"))
        self._periods: dict[str, list[AreaPeriod]] = {}
        others = {change.other_id for change in self._changes if change.other_id}
        for period in AreaPeriod.objects.filter(area__in=codes | lived | others).order_by("starts"):
            self._periods.setdefault(period.area_id, []).append(period)

    def name(self, code: str, day: date) -> str:
        """As the RT was numbered on *day*; of another kelurahan nothing is said."""
        if not code.startswith(f"{self._kelurahan}."):
            return ELSEWHERE
        periods = self._periods.get(code, [])
        then = [one for one in periods if one.starts <= day and (not one.until or one.until > day)]
        return f"RT {(then or periods)[-1].name}" if periods else ELSEWHERE

    def merging(self, update: Update) -> AreaChange | None:
        """The merging of RTs that brought this record into the other, when the update is that."""
        if update.told != ["area_id"]:
            return None
        pair = update.before.area_id, update.after.area_id
        merged = AreaChange.Kind.MERGED
        found = (
            one
            for one in self._changes
            if one.kind == merged and (one.area_id, one.other_id) == pair
        )
        return next(found, None)

    def told_of_merging(self, change: AreaChange) -> tuple[str, tuple[str, ...]]:
        """Its label and details."""
        old = self.name(change.area_id, change.starts - _DAY)
        new = self.name(str(change.other_id), change.starts)
        return f"{old} digabung ke {new}", (f"Berlaku sejak {tanggal(change.starts)}",)

    def renumberings(self) -> list[Line]:
        """New numbers of the RTs while somebody lived there."""
        lines = []
        for place in self._placements:
            for change in self._changes:
                touched = place.area_id in (change.area_id, change.other_id)
                if change.kind == AreaChange.Kind.MERGED or not touched:
                    continue
                if place.starts <= change.starts < (place.until or today() + _DAY):
                    lines.append(self._renumbering(place, change))
        return lines

    def _renumbering(self, place: Any, change: AreaChange) -> Line:
        old = self.name(place.area_id, change.starts - _DAY)
        new = self.name(place.area_id, change.starts)
        return Line(
            at=change.at,
            label=f"Nomor RT berganti: {old} menjadi {new}",
            record=place.resident_id,
            actor=change.by_id,
            details=(f"Berlaku sejak {tanggal(change.starts)}",),
        )
