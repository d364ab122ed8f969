"""Letters in the story of the people they name."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from accounts.rules import Action
from accounts.scope import Holder
from reports.letters.models import Letter, LetterStep, LetterSubject
from residents.page.telling import Line

_TOLD = {
    "introduce": "diantar",
    "issue": "diterbitkan",
    "return": "dikembalikan",
    "revoke": "dicabut",
    "replace": "sedang diganti dengan surat baru",
}


def letters_told(viewer: Holder, records: list[Any]) -> list[Line]:
    """What happened to the letters that the viewer may see; three queries."""
    keys = [one.pk for one in records]
    people: dict[int, list[int]] = defaultdict(list)
    for letter, person in LetterSubject.objects.filter(resident__in=keys).values_list(
        "letter", "resident"
    ):
        people[letter].append(person)
    letters = Letter.objects.visible_to(viewer, Action.LETTER_VIEW).filter(pk__in=people)
    seen = {letter.pk: letter for letter in letters}
    lines = [
        Line(letter.requested_at, f"{_name(letter)} diajukan", person, letter.requested_by_id)
        for letter in seen.values()
        for person in people[letter.pk]
    ]
    for step in LetterStep.objects.filter(subject__in=seen):
        for person in people[step.subject_id]:
            lines.append(_line(step, seen[step.subject_id], person))
    return lines


def _line(step: Any, letter: Letter, person: int) -> Line:
    return Line(
        at=step.at,
        label=f"{_name(letter)} {_TOLD[step.name]}",
        record=person,
        actor=step.actor_id,
        reason=step.reason,
        note=step.note,
        rank=1,
    )


def _name(letter: Letter) -> str:
    return f"Surat domisili {letter.number}".strip()
