"""The RTs and lodgings that a list may speak of, found by the words for them."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import Any

from accounts.areas.models import CODE_LENGTH, Area, AreaStatus, Level
from residents.importing.cells import BadCell, text_of
from residents.lodgings.models import Lodging
from wacat.spreadsheets.wording import plain

_TITLE = re.compile(r"^(?:kelurahan|kel|desa|ds)[.:\s]+", re.IGNORECASE)
_RT = re.compile(
    r"(?:rt)?[\s.:_/-]*0*(\d{1,3})(?:\.0)?(?:\s*[/\\-]\s*(?:rw)?[\s.:_-]*[\d-]*|\s*rw[\s.:_-]*\d*)?",
    re.IGNORECASE,
)
_KIND = re.compile(r"^(?:rumah)?(?:kost|kos|kontrakan|mess|asrama|apartemen|wisma)")
_RT_WORD = "RT “{}” tidak dikenal. Tulis nomornya, misalnya 012."


class Places:
    """The living RTs at or under an area, and the open lodgings there, read in three statements."""

    def __init__(self, area: str) -> None:
        rows = Area.objects.under((area,)).exclude(state=AreaStatus.MERGED)
        self._rts: dict[tuple[str, str], str] = {}
        self.names: dict[str, str] = {}
        for code, name in rows.filter(level=Level.RT).values_list("code", "name"):
            self._rts[code[: CODE_LENGTH[Level.KELURAHAN]], name.lstrip("0")] = code
            self.names[code] = f"RT {name}"
        self.only = area if area in self.names else ""
        self._kelurahan: dict[str, set[str]] = defaultdict(set)
        codes = {code for code, _ in self._rts}
        for one in Area.objects.filter(code__in=codes):
            for spelling in (one.code, one.name, *one.aliases):
                self._kelurahan[plain(spelling)].add(one.code)
        self._one = codes.pop() if len(codes) == 1 else ""
        self._lodgings = self._open_lodgings(area)

    @property
    def is_one_kelurahan(self) -> bool:
        """Whether no column needs to say which."""
        return bool(self._one)

    def find(self, kelurahan: Any, rt: Any, default: str) -> str:
        """The code of the RT that two cells (or None) mean. Raises BadCell."""
        number = _number(rt)
        if not number and kelurahan is None and (default or self.only):
            return default or self.only
        within = self._kelurahan_of(kelurahan, default)
        if not number and (default or self.only).startswith(f"{within}."):
            return default or self.only
        if not number:
            raise BadCell("Isi nomor RT-nya.")
        code = self._rts.get((within, number))
        if code is None:
            where = f"wilayah Bapak/Ibu ({self.names[self.only]})" if self.only else "kelurahan itu"
            raise BadCell(f"RT {number:0>3} tidak ada di {where}.")
        return code

    def _kelurahan_of(self, cell: Any, default: str) -> str:
        text = text_of(cell) if cell is not None else ""
        if not text:
            known = self._one or default[: CODE_LENGTH[Level.KELURAHAN]]
            if not known:
                raise BadCell("Isi kelurahannya.")
            return known
        found = self._kelurahan.get(plain(_TITLE.sub("", text)), set())
        if len(found) != 1:
            raise BadCell(f"Kelurahan “{text[:40]}” di luar wilayah daftar ini.")
        return next(iter(found))

    def lodging(self, area: str, name: str) -> tuple[int, str] | None:
        """Key and address of the one lodging of that name in the RT; None otherwise."""
        found = self._lodgings.get((area, plain(name))) or self._lodgings.get((area, _bare(name)))
        return found[0] if found and len(found) == 1 else None

    def names_of(self, codes: set[str]) -> dict[str, str]:
        """As in "RT 012", by code."""
        return {code: self.names[code] for code in codes if code in self.names}

    def _open_lodgings(self, area: str) -> dict[tuple[str, str], list[tuple[int, str]]]:
        rows: Any = Lodging.objects.under((area,)).filter(closed_on=None)
        found: dict[tuple[str, str], list[tuple[int, str]]] = defaultdict(list)
        for pk, code, name, address in rows.values_list("pk", "area", "name", "address"):
            for spelling in {plain(name), _bare(name)}:
                if spelling:
                    found[code, spelling].append((pk, address))
        return dict(found)


def _bare(name: str) -> str:
    """Without the word for its kind: *Kos Melati* and *Melati* are one."""
    return _KIND.sub("", plain(name))


def _number(cell: Any) -> str:
    """Of 12, "012", "RT 012", "RT.12/RW-": "12"; nothing for an empty cell. Raises BadCell."""
    text = text_of(cell) if cell is not None else ""
    if not text:
        return ""
    found = _RT.fullmatch(text)
    if not found or int(found[1]) == 0:
        raise BadCell(_RT_WORD.format(text[:20]))
    return str(int(found[1]))
