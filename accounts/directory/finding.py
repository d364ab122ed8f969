"""Finding accounts: by state, role and area from the address, by name or number as typed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from django.core.exceptions import BadRequest
from django.db.models import Count, Q
from django.shortcuts import get_object_or_404

from accounts.areas.codes import code_from
from accounts.areas.models import CODE_LENGTH, Area, Level
from accounts.directory.states import State, posts_in_reach
from accounts.login.models import User
from accounts.login.phones import as_phone
from accounts.rules import REACH_OF_ROLE, Action, Role
from accounts.scope import reach

MOST_WORDS = 5


class Finder:
    """What the list is narrowed to: ``?status=``, ``?peran=``, ``?wilayah=``, and a typed text.

    Raises BadRequest for an unknown state or role, Http404 for an area out of reach.
    """

    def __init__(self, user: User, query: Mapping[str, Any], text: str = "") -> None:
        self.user = user
        self.status, self.role = query.get("status", ""), query.get("peran", "")
        self.text = " ".join(text.replace("\0", " ").split())[:100]
        if self.status and self.status not in State.values:
            raise BadRequest("Keadaan tidak dikenal.")
        if self.role and self.role not in Role.values:
            raise BadRequest("Peran tidak dikenal.")
        self.areas = self._areas()
        self.area = self._area(query.get("wilayah", ""))

    @property
    def states(self) -> list[tuple[str, str]]:
        return [(state.value, str(state.label)) for state in reversed(State)]

    @property
    def roles(self) -> list[tuple[str, str]]:
        """The offices that lie within reach."""
        widest = min((len(code) for code in self.reach), default=0)
        below = tuple(role for role, length in REACH_OF_ROLE.items() if length >= widest)
        return [(role.value, str(role.label)) for role in below]

    @property
    def reach(self) -> tuple[str, ...]:
        return reach(self.user, Action.ACCOUNT_VIEW)

    @property
    def label(self) -> str:
        """The chosen state in words, or nothing."""
        return str(State(self.status).label) if self.status else ""

    @property
    def query(self) -> str:
        """What is chosen, as part of an address."""
        return self.query_with(self.status)

    def query_with(self, status: str) -> str:
        """The same with another state."""
        area = self.area.code if self.area else ""
        chosen = {"status": status, "peran": self.role, "wilayah": area}
        return urlencode({name: value for name, value in chosen.items() if value})

    def rows(self) -> Any:
        """The posts that were asked for. Past ones only when they were, or somebody is sought."""
        rows = self._within()
        if self.status:
            rows = rows.filter(state=self.status)
        elif not self.text:
            rows = rows.exclude(state=State.ENDED)
        return self._matching(rows) if self.text else rows

    def counts(self) -> list[dict[str, Any]]:
        """How many there are in each state, with the address of their list."""
        by_state = dict(self._within().order_by().values_list("state").annotate(count=Count("pk")))
        return [
            {
                "state": value,
                "label": label,
                "count": by_state.get(value, 0),
                "url": f"?{self.query_with(value)}",
                "chosen": value == self.status,
            }
            for value, label in self.states
        ]

    def _within(self) -> Any:
        rows = posts_in_reach(self.user)
        rows = rows.filter(role=self.role) if self.role else rows
        return rows.under((self.area.code,)) if self.area else rows

    def _matching(self, rows: Any) -> Any:
        """Whose name holds each word; or, where contacts may be seen, by number or user name."""
        named = Q()
        for word in self.text.split()[:MOST_WORDS]:
            named &= Q(user__full_name__icontains=word)
        known = Q(user__username=self.text.lower())
        phone = as_phone(self.text)
        if phone:
            known |= Q(user__login_phone=phone) | Q(user__phone=phone)
        return rows.filter(named | (Q(contacts_shown=True) & known))

    def _areas(self) -> list[Area]:
        """The areas to choose from: the kecamatan and kelurahan under a wider reach."""
        if all(len(code) >= CODE_LENGTH[Level.KELURAHAN] for code in self.reach):
            return []
        levels = (Level.KECAMATAN, Level.KELURAHAN)
        visible = Area.objects.visible_to(self.user, Action.ACCOUNT_VIEW)
        return list(visible.filter(level__in=levels).order_by("code"))

    def _area(self, code: str) -> Area | None:
        if not code:
            return None
        listed = next((area for area in self.areas if area.code == code), None)
        visible = Area.objects.visible_to(self.user, Action.ACCOUNT_VIEW)
        return listed or get_object_or_404(visible.select_related("parent"), code=code_from(code))
