"""Limits on learning, by trying, whether a NIK is registered somewhere else.

Each try is counted before it is made and uncounted when it told nothing of another area. A list
from a file is one press for many rows, of which none may get lost: it is taken whole, each held
row stored as a held record, which is the trace of it. The rows held are counted afterwards, by a
limit of their own: past it the user begins no other list that day, and the operators are told.
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
# An honest list of a large lodging may hold many, and must not take the day's other work from its
# user. All of them are seen: each waits for the Lurah, so lists are a slow and loud way to ask.
HELD_BY_LISTS = Limit("resident_held_by_lists", 200, _DAY)
# With other dates, the same record would tell until when the person was registered elsewhere.
HELD_OF_RECORD = Limit("resident_held_again", 3, _DAY)
REACHED = (
    "Batas laporan yang ditahan untuk hari ini sudah tercapai. Coba lagi besok; "
    "Lurah dan Disdukcapil sudah mengetahui laporan yang ditahan."
)


NEXT_LIST_WAITS = (
    "Hari ini sudah {} baris dari daftar yang ditahan. Daftar ini tetap tersimpan; masukkan besok. "
    "Melaporkan warga satu per satu tetap dapat dilakukan."
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
    with _refusing(actor, REACHED), limited(*(_claims(actor, pk) if actor else ())) as one:
        yield one


def refuse_list_past_limit(actor: Any) -> None:
    """Raise TooManyHeld where *actor*'s lists of the day have told enough of other areas."""
    with _refusing(actor, NEXT_LIST_WAITS.format(HELD_BY_LISTS.most)), limited(_by_lists(actor)):
        pass


def count_held_of_list(actor: Any, held: int) -> bool:
    """Count the rows of a list that told of another area; False when that is past the limit."""
    try:
        for _ in range(min(held, HELD_BY_LISTS.most + 1)):
            reserve(_by_lists(actor))
    except TooMany:
        logger.warning("reports held: limit passed by a list of user %s", actor.pk)
        return False
    return True


@contextmanager
def _refusing(actor: Any, words: str) -> Iterator[None]:
    try:
        yield
    except TooMany as error:
        logger.warning("reports held: limit reached by user %s", actor.pk)
        raise TooManyHeld(words) from error


def _claims(actor: Any, pk: int) -> tuple[Claim, ...]:
    return Claim(HELD_BY_USER, str(actor.pk)), Claim(HELD_OF_RECORD, f"{actor.pk} {pk}")


def _by_lists(actor: Any) -> Claim:
    return Claim(HELD_BY_LISTS, str(actor.pk))
