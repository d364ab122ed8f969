"""From the words of an address to the RT that is told, where they are certain.

A code counts most, then the columns of kelurahan and RT, then the text of the address: "RT 12 Kel.
Sepinggan", "Rt 12 Sepinggan Raya". Where two of them contradict each other nothing is certain:
somebody decides about all rows with that text (residents.feeds.deciding).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from accounts.areas.models import CITY_CODE
from residents.feeds.gazetteer import Gazetteer, label_less
from residents.services.identity import street_of, without_rt
from wacat.sealing.crypto import blind_index
from wacat.spreadsheets.wording import plain

_CITY = CITY_CODE.replace(".", "")
_RT_CELL = re.compile(
    r"(?:rt)?[\s.:_/-]*0*(\d{1,3})(?:\.0)?(?:\s*[/\\-]\s*(?:rw)?[\s.:_-]*[\d-]*|\s*rw[\s.:_-]*[\d-]*)?",
    re.IGNORECASE,
)
_KECAMATAN = re.compile(r"\bkec(?:amatan)?\b[\s.:]*(balikpapan\s+\w+)", re.IGNORECASE)
_NO_RT = re.compile(r"[\s0./\\-]*")
# "RT 12A" is none of the numbered ones.
_RT = re.compile(r"\br\s?t\s*0*(\d{1,3})(?!\d|(?!rw)[a-z])")
# "Jl. Kota Baru" is a street; behind a comma it is where the street lies.
_OTHER_CITY = re.compile(r"\bkab(?:upaten)?\s+\w{3}|,\s*kota\s+(?!balikpapan\b)\w{3}")
# Without one of these the text of an address says nothing about where the street lies.
_SAY_PLACE = ("rt", "kel", "kab", "kota", "r.t", "r t", "klurahan")
_MARKS = re.compile(r"[^\w,]+|_")
_COMMA = re.compile(r"\s*,[\s,]*")
# What may follow the name of a kelurahan: behind anything else it is part of a longer name.
_END = (
    r"(?=\s*(?:$|,|\d|(?:rt|rw|kec|kecamatan|kota|balikpapan|bpp|kab|prov|provinsi|kalimantan|kaltim"
    r"|no|nomor|jl|jln|jalan|blok|gang|gg|indonesia)\b))"
)
_KEL = r"\b(?:kel|kelurahan|klurahan|kelurahn)\s*,?\s*"
_BETWEEN = r"(?:\s*,?\s*rw\s*\d*|\s+\d{1,3}(?!\d))?\s*,?\s*"


class Place(NamedTuple):
    """What a row says of a place, as text."""

    address: str = ""
    rt: str = ""
    kelurahan: str = ""
    code: str = ""
    city: str = ""
    kecamatan: str = ""

    @property
    def is_empty(self) -> bool:
        return not (self.address or self.rt or self.kelurahan or self.code)


@dataclass(frozen=True, slots=True)
class Match:
    """``rt`` is nothing where it is not certain; ``within`` the kelurahan, or else the city."""

    rt: str
    within: str
    kelurahan_text: str
    in_city: bool = False


class Matcher:
    """Matches places of one file."""

    def __init__(self, areas: Gazetteer) -> None:
        self.areas = areas
        self._known: dict[Place, Match] = {}
        names = areas.pattern()
        self._after_kel = re.compile(rf"{_KEL}({names}){_END}")
        self._after_rt = re.compile(rf"\br\s?t\s*0*\d{{1,3}}{_BETWEEN}({names}){_END}")

    def match(self, place: Place) -> Match:
        """The RT that the place means, and what is certain of it."""
        address = place.address.casefold()
        for word in _SAY_PLACE:
            if word in address:
                return self._match(place)
        columns = place._replace(address="")
        known = self._known.get(columns)
        if known is None:
            known = self._known[columns] = self._match(place)
        return known

    def _match(self, place: Place) -> Match:
        address = place.address
        number = _number(place.rt)
        if number is None:  # no number, but words: they belong to the address
            address, number = f"{place.rt} {address}", ""
        said, rts = self._in_text(address)
        coded, coded_rt, outside = self._coded(place.code)
        told = place.kelurahan or coded
        here = _is_here(place.city)
        if outside or here is False or _names_other_city(address):
            return Match("", CITY_CODE, told)
        named = self.areas.kelurahan(place.kelurahan) if place.kelurahan else ""
        if place.kelurahan and not named and not coded:
            return Match("", CITY_CODE, told, bool(here))
        certain = {one for one in (coded, named) if one} | said["kel"]
        if len(certain | said["rt"]) != 1:
            return Match("", CITY_CODE, told, bool(coded or here))
        [kelurahan] = certain | said["rt"]
        kecamatan = self.areas.kecamatan(place.kecamatan or _kecamatan_in(address))
        if kecamatan and not kelurahan.startswith(kecamatan):
            return Match("", CITY_CODE, told, bool(coded or here))
        within = kelurahan if certain else CITY_CODE
        rt = coded_rt or self._rt(kelurahan, number, rts)
        if coded_rt and number and self.areas.rt(kelurahan, number) not in ("", coded_rt):
            rt = ""
        if rt and number and rts and number not in rts:
            rt = ""
        return Match(rt, within, told, bool(rt or coded or here))

    def _rt(self, kelurahan: str, number: str, rts: set[str]) -> str:
        if not number and len(rts) == 1:
            [number] = rts
        return self.areas.rt(kelurahan, number) if number else ""

    def _in_text(self, address: str) -> tuple[dict[str, set[str]], set[str]]:
        """The kelurahan named behind "Kel." and behind an RT, and the numbers of RTs."""
        said: dict[str, set[str]] = {"kel": set(), "rt": set()}
        words = _words(address)
        if not _says_rt(words) and "kel" not in words:
            return said, set()
        for key, pattern in (("kel", self._after_kel), ("rt", self._after_rt)):
            for name in pattern.findall(words):
                if code := self.areas.kelurahan(name):
                    said[key].add(code)
        return said, _rts_in(words)

    def _coded(self, text: str) -> tuple[str, str, bool]:
        """The kelurahan and the living RT of a code; whether it is one of another city."""
        digits = re.sub(r"\D", "", text)
        if not digits:
            return "", "", False
        if len(digits) >= 4 and not digits.startswith(_CITY):
            return "", "", True
        if len(digits) not in (10, 13):
            return "", "", False
        kelurahan = f"{digits[:2]}.{digits[2:4]}.{digits[4:6]}.{digits[6:10]}"
        if not self.areas.is_kelurahan(kelurahan):
            return "", "", False
        rt = self.areas.living.follow(f"{kelurahan}.{digits[10:]}") if len(digits) == 13 else ""
        return kelurahan, rt, False


def place_key(within: str, address: str, rt_text: str, kelurahan_text: str) -> str:
    """The same, in hexadecimal, for all rows about which one decision is made.

    Whether RT and kelurahan stand in the address or in columns makes no difference. Keyed, for it
    stands for a home.
    """
    number = _number(rt_text)
    rt = plain(rt_text) if number is None else number
    if _says_rt(address):
        rt = ",".join(sorted({rt, *_rts_in(_words(address))} - {""}))
    if within == CITY_CODE:
        street, kelurahan = without_rt(address), plain(label_less(kelurahan_text))
    else:
        street, kelurahan = street_of(address), ""
    parts = "\0".join((within, plain(street), rt, kelurahan))
    return blind_index(parts, "service.place")[:16].hex()


@lru_cache(maxsize=4096)
def _number(text: str) -> str | None:
    """Of "12", "012", "RT 012", "RT.12/RW-": "12"; nothing for none. None for other words."""
    if not text or _NO_RT.fullmatch(text):
        return ""
    found = _RT_CELL.fullmatch(text)
    if not found:
        return None
    return str(int(found[1])) if int(found[1]) else ""


def _says_rt(address: str) -> bool:
    small = address.casefold()
    return "rt" in small or "r.t" in small or "r t" in small


def _kecamatan_in(address: str) -> str:
    found = _KECAMATAN.search(address)
    return found[1] if found else ""


def _rts_in(words: str) -> set[str]:
    return {one for one in _RT.findall(words) if int(one)}


def _words(text: str) -> str:
    return _COMMA.sub(" , ", _MARKS.sub(" ", text.casefold())).strip()


def _is_here(city: str) -> bool | None:
    """Whether the city that is named is ours; None where none is."""
    if not plain(city):
        return None
    word = plain(city)
    return "balikpapan" in word or word in (_CITY, "71", "bpp")


def _names_other_city(address: str) -> bool:
    """Whether the text names another regency or city than this one."""
    words = _words(address)
    if "kab" not in words and "kota" not in words:
        return False
    return bool(_OTHER_CITY.search(words))
