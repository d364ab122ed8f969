"""A day that is refused says something of the other stay: few of them a day, for each report."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager

from residents.registry.probing import limited
from wacat.throttle import Claim, Limit, TooMany
from wacat.workflow import InputMissing

logger = logging.getLogger(__name__)

# For the report, whoever tries: a Lurah and a Plh. together learn no more than one.
DAYS_OF_REPORT = Limit("relocation_day", 3, 24 * 60 * 60)
REACHED = "Sudah tiga tanggal tidak cocok hari ini. Operator WaCAT yang memutuskannya."


@contextmanager
def trying_days(pk: int, *refusals: type[Exception]) -> Iterator[None]:
    """Within, a day is tried for the locked report; one of *refusals* says that it did not suit.

    Raises InputMissing after too many of them.
    """
    try:
        with limited(Claim(DAYS_OF_REPORT, str(pk))) as one:
            try:
                yield
            except refusals:
                one.told = True
                raise
    except TooMany as error:
        logger.warning("days of a move: limit reached for report %s", pk)
        raise InputMissing({"date": REACHED}) from error
