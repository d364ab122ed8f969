"""From the words for a place of origin to its province.

``regencies.csv`` names all kabupaten and kota (see SOURCES.md beside it).
"""

from __future__ import annotations

import csv
import re
from collections import defaultdict
from collections.abc import Iterator
from functools import cache, lru_cache
from pathlib import Path

from residents.registry.provinces import PROVINCES

REGENCIES = Path(__file__).with_name("regencies.csv")

# How people write provinces beside their names, and what everybody calls by another name.
_CALLED = {
    "11": "nad, nanggroe aceh darussalam",
    "12": "sumut",
    "13": "sumbar, minangkabau",
    "16": "sumsel",
    "19": "babel, bangka belitung",
    "21": "kepri",
    "31": "dki, jakarta, daerah khusus ibukota jakarta, daerah khusus jakarta, dkj",
    "32": "jabar",
    "33": "jateng",
    "34": "diy, jogja, yogya, jogjakarta, yogyakarta, daerah istimewa yogyakarta",
    "35": "jatim",
    "52": "ntb",
    "53": "ntt",
    "61": "kalbar",
    "62": "kalteng",
    "63": "kalsel",
    "64": "kaltim",
    "65": "kaltara",
    "71": "sulut",
    "72": "sulteng",
    "73": "sulsel",
    "74": "sultra",
    "76": "sulbar",
    "82": "malut",
    "96": "pbd",
}
_PLACES_CALLED = {
    "31": "jakpus, jakut, jakbar, jaksel, jaktim, kepulauan seribu",
    "33": "solo, purwokerto",
    "35": "madura",
    "36": "tangsel",
    "52": "lombok, pulau lombok, pulau sumbawa",
    "53": "flores, pulau flores, sumba, timor",
    "62": "kobar, kotim, sampit, pangkalan bun",
    "63": "hss, hst, hsu, batulicin",
    "64": "kukar, kutim, kubar, ppu, kutai, tenggarong, sangatta, grogot, pasir",
    "71": "minahasa",
    "73": "ujung pandang, toraja, tator, polmas, pangkep, sidrap, watampone, sengkang",
    "76": "polman, polewali, mamuju utara",
    "82": "halmahera",
}
# Whose province was part of another, which old papers still name.
_PART_OF = {
    "19": {"16"},
    "21": {"14"},
    "36": {"32"},
    "65": {"64"},
    "75": {"71"},
    "76": {"73"},
    "82": {"81"},
    "92": {"91"},
    "93": {"91"},
    "94": {"91"},
    "95": {"91"},
    "96": {"91", "92"},
}
_KINDS = {"kabupaten": "kab", "kodya": "kota", "kotamadya": "kota"}
_SPELT = {"kep": "kepulauan", "kepul": "kepulauan", "sumatra": "sumatera", "sulawasi": "sulawesi"}
_EMPTY = {"administrasi", "adm", "prov", "provinsi", "propinsi", "indonesia"}
_MOST_WORDS = 5


@lru_cache(maxsize=50_000)
def province_of(place: str) -> str:
    """The province's two digits, or nothing where the words name none for certain.

    The kabupaten or kota decides where the province beside it is the one that it was part of.
    """
    provinces, places, known = _tables()
    named: set[str] = set()
    lying: set[str] | None = None
    for phrase in _phrases(tuple(_words(place)), known):
        if phrase in provinces:
            named.add(provinces[phrase])
        elif lying is None or lying & places[phrase]:
            lying = places[phrase] & (lying or places[phrase])
        else:
            return ""
    return _decided(named, lying)


def _decided(named: set[str], lying: set[str] | None) -> str:
    if not named or lying is None:
        only = named or lying or set()
        return next(iter(only)) if len(only) == 1 else ""
    agreed = lying & named or {one for one in lying if named <= _PART_OF.get(one, set())}
    return next(iter(agreed)) if len(agreed) == 1 else ""


def _words(place: str) -> Iterator[str]:
    for word in re.findall(r"[^\W_]+", place.replace("'", "").casefold()):
        word = _KINDS.get(word, _SPELT.get(word, word))
        if word not in _EMPTY:
            yield word


def _phrases(words: tuple[str, ...], known: frozenset[str]) -> Iterator[str]:
    """The known places among the words, the longest first from each word on.

    Spaces do not count: *Pare Pare* and *Parepare* are one.
    """
    at = 0
    while at < len(words):
        for size in range(min(_MOST_WORDS, len(words) - at), 0, -1):
            phrase = "".join(words[at : at + size])
            if phrase in known:
                yield phrase
                at += size
                break
        else:
            at += 1


@cache
def _tables() -> tuple[dict[str, str], dict[str, set[str]], frozenset[str]]:
    """Provinces by how they are called; the provinces of each place, with its kind and without;
    and all that is called something.
    """
    provinces: dict[str, str] = {}
    for code, name in PROVINCES.items():
        for called in (name, *_CALLED.get(code, "").split(", ")):
            provinces["".join(_words(called))] = code
    places: defaultdict[str, set[str]] = defaultdict(set)
    for code, called in _PLACES_CALLED.items():
        for one in called.split(", "):
            places["".join(_words(one))].add(code)
    with REGENCIES.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            kind, *bare = _words(row["name"])
            places["".join((kind, *bare))].add(row["code"][:2])
            places["".join(bare)].add(row["code"][:2])
    provinces.pop("", None)
    return provinces, dict(places), frozenset({*provinces, *places})
