"""What a chapter of the guide is made of."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from accounts.rules import RULES, Action, Role

# Written together with the pictures (``make pictures``): width and height in pixels, by file.
SIZES = Path(__file__).with_name("sizes.json")


@cache
def sizes() -> dict[str, list[int]]:
    """Width and height of each picture, by its path under static/."""
    found: dict[str, list[int]] = json.loads(SIZES.read_text())
    return found


@dataclass(frozen=True)
class Picture:
    """A cut-out of the portal: its path under static/, and what it shows to who does not see it."""

    path: str
    alt: str

    @property
    def width(self) -> int:
        return sizes()[self.path][0]

    @property
    def height(self) -> int:
        return sizes()[self.path][1]


@dataclass(frozen=True)
class Step:
    """One thing to do. *Names* of buttons and pages stand between asterisks."""

    text: str
    picture: Picture | None = None

    @property
    def pieces(self) -> list[tuple[bool, str]]:
        """The text in pieces; True before what is a name on the page."""
        cut = self.text.split("*")
        return [(bool(place % 2), text) for place, text in enumerate(cut) if text]


@dataclass(frozen=True)
class Chapter:
    """One task: for whom (by the rules; None is everybody), where (an address name), and how."""

    slug: str
    title: str
    action: Action | None
    page: str
    page_label: str
    steps: tuple[Step, ...]

    @property
    def roles(self) -> frozenset[Role]:
        """Whose task it is."""
        return frozenset(Role) if self.action is None else RULES[self.action]

    @property
    def whose(self) -> str:
        """The roles in words."""
        return ", ".join(role.label for role in Role if role in self.roles)

    @property
    def is_for_all(self) -> bool:
        return self.roles == frozenset(Role)
