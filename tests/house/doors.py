"""Every address of the URLconf, with the objects to try it on."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver, reverse

from accounts.login.models import User
from accounts.rules import RULES, Action
from reports.letters.models import Letter
from residents.registry.models import Resident
from tests import factories

METHODS = ("GET", "HEAD", "OPTIONS", "POST", "PUT", "PATCH", "DELETE")
# Function views carry no attributes of their own.
PUBLIC_FUNCTIONS = {"healthz": "asked by the proxy and the containers; says nothing of anyone"}
MISSING = 987_654_321
# One RT on the line, its sibling, one of a sibling kelurahan, one of a foreign kecamatan.
AREAS = (
    factories.RT,
    factories.SIBLING_RT,
    f"{factories.SIBLING_KELURAHAN}.001",
    factories.FOREIGN_RT,
)


@dataclass(frozen=True)
class Door:
    """One named address. ``keys`` are the names of its parameters."""

    name: str
    keys: tuple[str, ...]
    view: Any

    @property
    def view_class(self) -> Any:
        return getattr(self.view, "view_class", None)

    @property
    def is_public(self) -> bool:
        declared = getattr(self.view_class, "access", None) == "public"
        return declared or self.name in PUBLIC_FUNCTIONS

    @property
    def action(self) -> Action | None:
        """The declared action. Raises AttributeError when none is."""
        action: Action | None = self.view_class.action
        return action

    def address(self, *values: object) -> str:
        """Its path with these values for its parameters."""
        return reverse(self.name, kwargs=dict(zip(self.keys, values, strict=True)))


@cache
def doors() -> tuple[Door, ...]:
    """All addresses of the URLconf."""
    return tuple(_doors(get_resolver().url_patterns))


def guarded() -> list[Door]:
    """Those that are not public."""
    return [door for door in doors() if not door.is_public]


def _doors(patterns: list[Any]) -> Iterator[Door]:
    for one in patterns:
        if isinstance(one, URLResolver):
            assert not one.namespace, "tests of the house know no namespaces yet"
            yield from _doors(one.url_patterns)
        else:
            assert isinstance(one, URLPattern)
            assert one.name, f"{one.pattern} has no name"
            yield Door(one.name, tuple(one.pattern.converters), one.callback)


@dataclass(frozen=True)
class Things:
    """What lies in an area, to be looked for there."""

    resident: Resident
    letter: Letter


def things_in_every_area() -> dict[str, Things]:
    """A reported resident and an issued letter in each of ``AREAS``."""
    made = {}
    for area in AREAS:
        resident = factories.reported(area)
        made[area] = Things(resident, factories.letter_issued(factories.reported(area)))
    return made


# The object behind each parameter. A new address with a parameter needs its line here.
OBJECTS: dict[tuple[str, str], Callable[[Things], int]] = {
    ("resident_detail", "pk"): lambda things: things.resident.pk,
    ("resident_edit", "pk"): lambda things: things.resident.pk,
    ("letter_request", "resident_pk"): lambda things: things.resident.pk,
    ("letter_detail", "pk"): lambda things: things.letter.pk,
    ("letter_preview", "pk"): lambda things: things.letter.pk,
    ("letter_pdf", "pk"): lambda things: things.letter.pk,
}


def object_of(door: Door, things: Things) -> int:
    """What the door's parameter names among *things*."""
    [key] = door.keys
    return OBJECTS[door.name, key](things)


def posts_of(user: User) -> list[tuple[str, str]]:
    """Role and area of each post, read without the application's own scope."""
    return list(user.posts.values_list("role", "area_id"))


def has(user: User, action: Action) -> bool:
    """Whether any post has the action, wherever."""
    return any(role in RULES[action] for role, _ in posts_of(user))


def reaches(user: User, action: Action, area: str) -> bool:
    """Whether one post has the action at or above *area*."""
    return any(
        role in RULES[action] and (area == own or area.startswith(f"{own}."))
        for role, own in posts_of(user)
    )
