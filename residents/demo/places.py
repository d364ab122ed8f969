"""Where the demo's people live: the city's RTs, and the lodgings that several of them share."""

from __future__ import annotations

from collections import defaultdict
from random import Random

from accounts.areas.models import Area, AreaStatus, Level
from accounts.scope import KECAMATAN, KELURAHAN
from residents.demo.life import pick
from residents.demo.people import FakeFamily, lodging
from residents.demo.registrations import Home
from residents.lodgings.models import Lodging
from residents.registry.codes import LodgingKind

# How many persons a lodging of each kind takes in; other kinds are homes of one's own.
TENANTS = {
    LodgingKind.BOARDING_HOUSE: 12,
    LodgingKind.DORMITORY: 40,
    LodgingKind.STAFF_HOUSE: 30,
    LodgingKind.APARTMENT: 15,
}
# How likely people are sent to an RT; to one whose head shows the demo, surely enough.
LIKELY, SHOWN = (0.3, 2.0), 8.0


class City:
    """The RTs that can be lived in, weighted, and the lodgings found so far."""

    def __init__(self, rng: Random, shown: frozenset[str] = frozenset()) -> None:
        self._rng, self._shown = rng, shown
        self._weights: dict[str, dict[str, float]] = defaultdict(dict)
        self._lodgings: dict[tuple[str, int], list[Lodging]] = defaultdict(list)
        rts = Area.objects.filter(level=Level.RT).exclude(state=AreaStatus.MERGED)
        for code in rts.order_by("code").values_list("code", flat=True):
            weight = rng.uniform(*LIKELY)
            self._weights[code[:KECAMATAN]][code] = SHOWN if code in shown else weight

    def spare(self, rt: str) -> None:
        """Nobody is sent to this RT by chance: its people are chosen one by one."""
        del self._weights[rt[:KECAMATAN]][rt]

    def anywhere(self, weights: dict[str, float]) -> str:
        """The code of an RT in one of the kecamatan, as often as their weights say."""
        return pick(self._rng, self._weights[pick(self._rng, weights)])

    def private_home(self, family: FakeFamily, rt: str) -> Home:
        """A home without a lodging that the records would know."""
        return Home(rt, family.address)

    def home(self, family: FakeFamily, rt: str) -> Home:
        """A room in a lodging near the RT for those who share one, else a home in the RT.

        People sent to an RT that shows the demo stay there.
        """
        size = TENANTS.get(LodgingKind(family.lodging_kind))
        if size is None:
            return self.private_home(family, rt)
        near = rt if rt in self._shown else rt[:KELURAHAN]
        known = self._lodgings[near, family.lodging_kind]
        if not known or self._rng.random() < len(family.members) / size:
            known.append(self.open_lodging(rt, family.lodging_kind))
            return self.room(known[-1])
        return self.room(self._rng.choice(known))

    def open_lodging(self, rt: str, kind: int) -> Lodging:
        """A new lodging in the RT, unsaved."""
        fake = lodging(self._rng, kind)
        return Lodging(
            area_id=rt,
            name=fake.name,
            kind=fake.kind,
            address=fake.address,
            owner_name=fake.owner_name,
            owner_phone=fake.owner_phone,
        )

    def room(self, place: Lodging) -> Home:
        """A room of the lodging."""
        return Home(place.area_id, f"{place.address}, kamar {self._rng.randint(1, 40)}", place)
