"""All chapters, and which of them are whose."""

from __future__ import annotations

from accounts.guide.chapter import Chapter
from accounts.guide.of_all import OF_ALL
from accounts.guide.of_kelurahan import OF_KELURAHAN
from accounts.guide.of_offices import OF_OFFICES
from accounts.rules import Role

CHAPTERS = (*OF_KELURAHAN, *OF_OFFICES, *OF_ALL)
BY_SLUG = {chapter.slug: chapter for chapter in CHAPTERS}


def chapters_of(roles: list[Role]) -> list[tuple[str, list[Chapter]]]:
    """The chapters by heading: those of each of *roles*, each told once, then everybody's."""
    told: set[str] = set()
    groups = []
    for role in roles:
        own = [one for one in CHAPTERS if role in one.roles and not one.is_for_all]
        groups.append((f"Panduan {role.label}", [one for one in own if one.slug not in told]))
        told |= {one.slug for one in own}
    groups.append(("Untuk semua", [one for one in CHAPTERS if one.is_for_all]))
    return [(heading, chapters) for heading, chapters in groups if chapters]


def chapters_besides(roles: list[Role]) -> list[Chapter]:
    """The chapters of other roles only."""
    return [one for one in CHAPTERS if not one.roles & set(roles) and not one.is_for_all]
