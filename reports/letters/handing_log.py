"""The log of how letters reach their people: writing it, and reading it for a letter's page."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import Exists, OuterRef

from accounts.login.models import User
from accounts.rules import Action
from accounts.scope import reach
from reports.letters.handing_models import Handing
from reports.letters.models import Letter, Status
from wacat.clock import today

UNPRINTED = ("unprinted", "Belum dicetak")  # of lists, by ?status=


def note(letter: Letter, kind: Handing.Kind, actor: User | None, **more: Any) -> Handing:
    """One more line of the letter's log."""
    return Handing.objects.create(letter=letter, kind=kind, actor=actor, **more)


def note_download(letter: Letter, user: User) -> None:
    """That the letter's PDF was handed out: to be printed, if *user* hands letters over.

    A Ketua RT who looks at it must not take it off the kelurahan's list of what is to be printed.
    """
    hands_over = letter.lies_within(reach(user, Action.LETTER_HAND_OVER))
    note(letter, Handing.Kind.PRINTED if hands_over else Handing.Kind.DOWNLOADED, user)


def note_printed(letters: Iterable[int], user: User) -> None:
    """That all of these letters, by their keys, were handed out for the printer."""
    Handing.objects.bulk_create(
        Handing(letter_id=pk, kind=Handing.Kind.PRINTED, actor=user) for pk in letters
    )


def unprinted(letters: Any) -> Any:
    """Those of *letters* that are valid and that nobody has printed."""
    printed = Handing.objects.filter(letter=OuterRef("pk"), kind=Handing.Kind.PRINTED)
    valid = letters.filter(status=Status.ISSUED, valid_until__gte=today(), erased_on=None)
    return valid.filter(~Exists(printed))
