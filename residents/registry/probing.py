"""Limits on learning, by trying, whether a NIK is registered somewhere else.

Each try is counted before it is made and uncounted when it told nothing of another area. A list
from a file is one press for many rows, of which none may get lost: it is begun only by a user
who has tries left and then taken whole, each held row stored as a held record, which is the
trace of it. The rows held are counted afterwards. Past the limit the user may neither report
nor begin another list that day, and the operators are told of the list.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from wacat.throttle import Claim, Limit, TooMany, refund, reserve
from wacat.workflow import WrongState

logger = logging.getLogger(__name__)

_DAY = 24 * 60 * 60
HELD_BY_USER = Limit("resident_held", 20, _DAY)
# With other dates, the same record would tell until when the person was registered elsewhere.
HELD_OF_RECORD = Limit("resident_held_again", 3, _DAY)
REACHED = (
    "Batas laporan yang ditahan untuk hari ini sudah tercapai. Coba lagi besok; "
    "Lurah dan Disdukcapil sudah mengetahui laporan yang ditahan."
)


class TooManyHeld(WrongState):
    """The user, or the record, has met people registered elsewhere too often today."""


class Try:
    """One try. ``told``: it told that the NIK is registered elsewhere, so it stays counted."""

    told = False


@contextmanager
def limited(*claims: Claim) -> Iterator[Try]:
    """Within, one try is made. Raises TooMany."""
    reserve(*claims)
    one = Try()
    try:
        yield one
    finally:
        if not one.told:
            refund(*claims)


@contextmanager
def trying(actor: Any, pk: int) -> Iterator[Try]:
    """Within, *actor* may learn whether the NIK of record *pk* is registered elsewhere.

    The system (None) may at any time. Raises TooManyHeld.
    """
    with _refusing(actor), limited(*(_claims(actor, pk) if actor else ())) as one:
        yield one


def refuse_list_past_limit(actor: Any) -> None:
    """Raise TooManyHeld where *actor* has no try left to begin a list with."""
    with _refusing(actor), limited(_by(actor)):
        pass


def count_held_of_list(actor: Any, held: int) -> bool:
    """Count the rows of a list that told of another area; False when that is past the limit."""
    try:
        for _ in range(min(held, HELD_BY_USER.most + 1)):
            reserve(_by(actor))
    except TooMany:
        logger.warning("reports held: limit passed by a list of user %s", actor.pk)
        return False
    return True


@contextmanager
def _refusing(actor: Any) -> Iterator[None]:
    try:
        yield
    except TooMany as error:
        logger.warning("reports held: limit reached by user %s", actor.pk)
        raise TooManyHeld(REACHED) from error


def _claims(actor: Any, pk: int) -> tuple[Claim, ...]:
    return _by(actor), Claim(HELD_OF_RECORD, f"{actor.pk} {pk}")


def _by(actor: Any) -> Claim:
    return Claim(HELD_BY_USER, str(actor.pk))
