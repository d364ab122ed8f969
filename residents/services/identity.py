"""When two rows are the same service, and when the same service has changed.

Keyed digests, for they stand for NIK and numbers of documents (wacat.sealing.crypto).
"""

from __future__ import annotations

import re
from datetime import date
from uuid import UUID

from residents.services.codes import Kind
from wacat.sealing.crypto import blind_index
from wacat.spreadsheets.wording import plain

# The same paper is told by both ends of a move; which end it is makes it two services.
_NUMBERED_ONCE = frozenset(
    {Kind.BIRTH, Kind.DEATH, Kind.MARRIAGE, Kind.DIVORCE, Kind.MOVED_IN, Kind.MOVED_OUT}
)

_WITHIN_A_STREET = re.compile(
    r"\br\.?\s?[tw]\.?[\s.:]*\d{1,3}|/\s*r\.?\s?w\b[\s.:-]*\d*"
    r"|\b(?:kel|kelurahan|kec|kecamatan)\b[\s.:]*[^,]*",
    re.IGNORECASE,
)


def identity_of(
    kind: int, number: str, nik: str, no_kk: str, full_name: str, served_on: date
) -> UUID:
    """What makes it this service and no other: the same whenever it is delivered.

    A deed's number is used once, whatever the day is corrected to; a card's or a family's number
    stays when it is issued again, so the day tells these apart. Several persons may stand on one
    paper: the NIK tells them apart, or the name of who has none.
    """
    person = nik or plain(full_name)
    own = plain(number)
    day = "" if own and kind in _NUMBERED_ONCE else served_on.isoformat()
    return _digest("service.identity", str(int(kind)), own, person, day)


def content_of(
    served_on: date,
    nik: str,
    no_kk: str,
    full_name: str,
    address: str,
    other_place: str,
    detail: str,
) -> UUID:
    """Of what was delivered about it: another digest is another version.

    Capitals, spaces and punctuation make no difference, nor whether RT and kelurahan stand in the
    address or in columns of their own: where it lies is compared apart, as a place.
    """
    told = (nik, no_kk, full_name, street_of(address), other_place, detail)
    return _digest("service.content", served_on.isoformat(), *map(plain, told))


def street_of(address: str) -> str:
    """Without RT, RW, kelurahan and kecamatan."""
    return _WITHIN_A_STREET.sub(" ", address)


def _digest(purpose: str, *parts: str) -> UUID:
    return UUID(bytes=blind_index("\0".join(parts), purpose)[:16])
