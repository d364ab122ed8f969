"""Limits on learning, by trying, whether a NIK is registered somewhere else.

Each try is counted before it is made and uncounted when it told nothing of another area.
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
    try:
        with limited(*(_claims(actor, pk) if actor else ())) as one:
            yield one
    except TooMany as error:
        logger.warning("reports held: limit reached by user %s", actor.pk)
        raise TooManyHeld(REACHED) from error


def _claims(actor: Any, pk: int) -> tuple[Claim, ...]:
    return Claim(HELD_BY_USER, str(actor.pk)), Claim(HELD_OF_RECORD, f"{actor.pk} {pk}")
