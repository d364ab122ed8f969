"""Letters of whose people somebody stands on a newer letter of the same RT: these came too late.

The newer was asked for because somebody on the older had left. They may come back, and with them
the older letter: it stays refused, so that nobody gets two numbers by it.
"""

from __future__ import annotations

from typing import Any

from django.db.models import Exists, OuterRef

from reports.letters.models import Letter, LetterSubject
from wacat.workflow import WrongState


def superseded(lines: Any) -> Any:
    """Those of *lines* whose person was given a newer letter, whatever became of that one."""
    newer = LetterSubject.objects.filter(
        resident=OuterRef("resident"),
        letter__area=OuterRef("letter__area"),
        letter__gt=OuterRef("letter"),
    )
    return lines.filter(Exists(newer))


def told_of_newer(name: str) -> str:
    """What stands against introducing and issuing, and what to do instead."""
    return f"{name} sudah ada pada surat lain yang lebih baru. Kembalikan surat ini."


def must_not_be_superseded(letter: Letter) -> None:
    """Raise WrongState where somebody on *letter* was given a newer one."""
    line = superseded(letter.lines.select_related("resident")).first()
    if line is not None:
        raise WrongState(told_of_newer(line.resident.full_name))
