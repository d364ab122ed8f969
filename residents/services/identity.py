"""When two rows are the same service, and when the same service has changed.

Keyed digests, for they stand for NIK and numbers of documents (wacat.sealing.crypto).
"""

from __future__ import annotations

import re
from datetime import date
from functools import lru_cache
from uuid import UUID

from residents.services.codes import Kind
from wacat.sealing.crypto import blind_index
from wacat.spreadsheets.wording import plain

# The same paper is told by both ends of a move; which end it is makes it two services.
_NUMBERED_ONCE = frozenset(
    {Kind.BIRTH, Kind.DEATH, Kind.MARRIAGE, Kind.DIVORCE, Kind.MOVED_IN, Kind.MOVED_OUT}
)

_OF_ONE = frozenset({Kind.BIRTH, Kind.DEATH})
_STAYS = 16  # digits of a NIK or a No. KK: a number that stays when a card is issued again
_SHORTEST = 6  # a shorter number may be a count of something
# With so many digits it is the number of one deed: of one who was born, or has died.
_DIGITS_OF_A_DEED = 10

# These three for small letters.
_SAYS_NUMBER = re.compile(r"r[tw. ]")
_NUMBERED = re.compile(
    r"\br\.?\s?[tw]\.?[\s.:]*0*\d{1,3}(?!\d|(?!rw)[a-z])|/\s*r\.?\s?w\b[\s.:-]*\d*"
)
# The name behind such a word has at most three, and ends where a street begins.
_NAMED = re.compile(
    r"\b(?:kel|kelurahan|klurahan|kec|kecamatan)\b"
    r"(?:[\s.:]*\b(?!(?:jl|jln|jalan|gg|gang|lr|lorong|blok|blk|perum|komp|no|nomor|r[tw]|kel|kec"
    r"|kab|prov|asrama|ruko|km)[a-z]*\b)[^\W\d_]+){1,3}"
    r"|\b(?:kota\s+)?balikpapan\W*$"
)
_SAY_NAME = ("kel", "kec", "klurahan", "balikpapan")
_LABELS = frozenset(
    "rt rw kel kelurahan kec kecamatan kota kab kabupaten prov provinsi balikpapan".split()
)
_WORD = re.compile(r"[^\W\d_]+|\d+")


def identity_of(
    kind: int, number: str, nik: str, no_kk: str, full_name: str, served_on: date
) -> UUID:
    """What makes it this service and no other: the same whenever it is delivered.

    A deed's number is used once, whatever the day is corrected to; a card's or a family's number
    stays when it is issued again, so the day tells these apart. Several persons may stand on one
    paper: the NIK tells them apart, or the name of who has none; without a number the family too.
    One is born by a deed, or has died: the NIK may be given later, the name be corrected.
    """
    own = plain(number)
    person = nik or plain(full_name) + ("" if own else plain(no_kk))
    if kind in _OF_ONE and sum(map(str.isdigit, own)) >= _DIGITS_OF_A_DEED:
        person = ""
    day = "" if _is_used_once(kind, own) else served_on.isoformat()
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
    told = (nik, no_kk, full_name, street_of(address), _words_of(other_place), detail)
    return _digest("service.content", served_on.isoformat(), *map(plain, told))


@lru_cache(maxsize=64)  # a row's is asked for by its content and by its place
def street_of(address: str) -> str:
    """In small letters, without RT, RW, kelurahan and kecamatan."""
    street = without_rt(address)
    for word in _SAY_NAME:
        if word in street:
            return _NAMED.sub(" ", street)
    return street


def without_rt(address: str) -> str:
    """In small letters, without the numbers of RT and RW."""
    small = address.casefold()
    return _NUMBERED.sub(" ", small) if _SAYS_NUMBER.search(small) else small


def _words_of(place: str) -> str:
    """In one order and without labels: of several exports one has a column for each part."""
    if not place:
        return ""
    found = [word.lstrip("0") for word in _WORD.findall(place.casefold())]
    return " ".join(sorted(word for word in found if word not in _LABELS))


def _is_used_once(kind: int, own: str) -> bool:
    if kind in _NUMBERED_ONCE:
        return bool(own)
    if len(own) < _SHORTEST or own.isalpha():
        return False
    return len(own) != _STAYS or not own.isdigit()


def _digest(purpose: str, *parts: str) -> UUID:
    return UUID(bytes=blind_index("\0".join(parts), purpose)[:16])
