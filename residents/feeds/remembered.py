"""What was decided of address texts, for rows that come later; RTs that merged are followed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from uuid import UUID

from residents.feeds.gazetteer import Living
from residents.feeds.models import PlaceDecision
from residents.services.codes import Status
from residents.services.delivered import Delivered


class Remembered:
    """Where services lie, as things stand now."""

    def __init__(self, living: Living | None = None) -> None:
        self._living = living or Living()
        self._decided: dict[str, str] = {}

    def look_up(self, rows: Iterable[Delivered]) -> None:
        """Learn what was decided of their texts."""
        wanted = {UUID(one.place_key) for one in rows if not self.living(one.rt)}
        found = PlaceDecision.objects.filter(place_key__in=wanted)
        self._decided = {key.hex: rt or "" for key, rt in found.values_list("place_key", "rt_id")}

    def resolve(self, one: Delivered) -> tuple[str, str]:
        """The area and the status: told, waiting or aside."""
        if rt := self.living(one.rt):
            return rt, Status.TOLD
        decided = self._decided.get(one.place_key)
        if decided is None:
            return one.within, Status.WAITING
        if not decided:
            return one.within, Status.ASIDE
        rt = self.living(decided)
        return (rt, Status.TOLD) if rt else (one.within, Status.WAITING)

    def living(self, code: str) -> str:
        """The RT, or the one it was merged into; nothing where there is none."""
        return self._living.follow(code) if code else ""


def remembered(rows: Sequence[Delivered]) -> Remembered:
    """Asked anew for these rows, because RTs merge and others decide meanwhile."""
    made = Remembered()
    made.look_up(rows)
    return made
