"""The city's kelurahan and RTs by the words and numbers that name them today."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from itertools import product

from accounts.areas.models import CITY_CODE, CODE_LENGTH, Area, AreaChange, AreaStatus, Level
from wacat.spreadsheets.wording import plain

KELURAHAN = CODE_LENGTH[Level.KELURAHAN]
# What people write for the same word.
_ALIKE = {
    "gunung": ("gunung", "gn", "gng", "gunung."),
    "gn": ("gunung", "gn", "gng"),
    "sungai": ("sungai", "sei", "s"),
    "baru": ("baru", "br"),
    "karang": ("karang", "kr", "krg"),
    "sei": ("sungai", "sei"),
    "ulu": ("ulu", "hulu"),
    "hulu": ("ulu", "hulu"),
    "ilir": ("ilir", "hilir"),
    "hilir": ("ilir", "hilir"),
}
_LABEL = re.compile(r"^(?:kelurahan|kel|desa|ds|kecamatan|kec)[.:\s]+", re.IGNORECASE)
_CODE_BEFORE = re.compile(r"^[\d.]+\s*[-:.)]?\s*(?=[^\W\d])")


class Living:
    """The RTs that are there today, and into which one the others were merged."""

    def __init__(self) -> None:
        rts = Area.objects.filter(level=Level.RT).exclude(state=AreaStatus.MERGED)
        self._living = set(rts.values_list("code", flat=True))
        merges = AreaChange.objects.filter(kind=AreaChange.Kind.MERGED).order_by("at")
        self._merged: dict[str, str | None] = dict(merges.values_list("area", "other"))

    def follow(self, code: str) -> str:
        """The RT itself, or the one that it was merged into; nothing where there is none."""
        seen = set()
        while code not in self._living:
            into = self._merged.get(code)
            if into is None or code in seen:
                return ""
            seen.add(code)
            code = into
        return code


class Gazetteer:
    """All that a file needs to know of areas, in three statements."""

    def __init__(self) -> None:
        self.living = Living()
        self.names: dict[str, str] = {}
        self._kecamatan: dict[str, str] = {}
        self._rts: dict[tuple[str, str], str] = {}
        self._spelled: dict[str, set[str]] = defaultdict(set)
        self._patterns: dict[str, str] = {}
        gone: list[tuple[str, str]] = []
        rows = Area.objects.values_list("code", "level", "name", "state", "aliases")
        for code, level, name, state, aliases in rows:
            self.names[code] = f"RT {name}" if level == Level.RT else name
            if level == Level.KECAMATAN:
                self._kecamatan[plain(name)] = code
            elif level == Level.KELURAHAN:
                self._add_kelurahan(code, (name, *aliases))
            elif level == Level.RT and state == AreaStatus.MERGED:
                gone.append((code, name))
            elif level == Level.RT:
                self._rts[code[:KELURAHAN], name.lstrip("0")] = code
        for code, name in gone:  # a number that nobody bears now leads to the successor
            if successor := self.living.follow(code):
                self._rts.setdefault((code[:KELURAHAN], name.lstrip("0")), successor)

    def rt(self, kelurahan: str, number: str) -> str:
        """The code of the RT with this number, without leading zeros; nothing for none."""
        return self._rts.get((kelurahan, number), "")

    def kelurahan(self, text: str) -> str:
        """The code of the one kelurahan that *text* names, or nothing."""
        text = _CODE_BEFORE.sub("", text.strip())
        found = self._spelled.get(plain(label_less(text).partition(",")[0]))
        return next(iter(found)) if found and len(found) == 1 else ""

    def kecamatan(self, text: str) -> str:
        """The code of the kecamatan that *text* names, with or without the city; or nothing."""
        word = plain(_LABEL.sub("", text)) if text else ""
        return self._kecamatan.get(word) or self._kecamatan.get(f"balikpapan{word}", "")

    def is_kelurahan(self, code: str) -> bool:
        return len(code) == KELURAHAN and code in self.names

    def label(self, code: str) -> str:
        """As in "RT 012, Sepinggan", for a page."""
        if not code or code == CITY_CODE:
            return ""
        name, above = self.names.get(code, code), self.names.get(code[:KELURAHAN], "")
        return f"{name}, {above}" if len(code) > KELURAHAN else f"Kelurahan {name}"

    def pattern(self) -> str:
        """All names as one pattern, the longest first: "Sepinggan Raya" before "Sepinggan"."""
        longest = sorted(self._patterns, key=lambda one: (-len(one), one))
        return "|".join(self._patterns[one] for one in longest)

    def _add_kelurahan(self, code: str, names: tuple[str, ...]) -> None:
        for spelling in (code, code.replace(".", "")):
            self._spelled[plain(spelling)].add(code)
        for name in names:
            for words in _spellings(name):
                joined, pattern = "".join(words), r"\s?".join(map(re.escape, words))
                self._spelled[joined].add(code)
                if len(pattern) > len(self._patterns.get(joined, "")):
                    self._patterns[joined] = pattern


def label_less(text: str) -> str:
    """Without "Kelurahan" before the name."""
    return _LABEL.sub("", text)


def _spellings(name: str) -> Iterator[tuple[str, ...]]:
    words = [plain(word) for word in re.split(r"[\s.]+", name) if plain(word)]
    yield from product(*({plain(one) for one in _ALIKE.get(word, (word,))} for word in words))
