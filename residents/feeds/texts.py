"""What a row says in words, put together from its cells."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from residents.feeds.matching import Place
from residents.importing.cells import text_of


def code_of(cells: dict[str, Any]) -> str:
    """Of the parts that SIAK keeps apart: 64, 71, 5, 1002."""
    kelurahan = _digits(cells.get("code_kel"))
    if len(kelurahan) >= 10:
        return kelurahan
    kecamatan = _digits(cells.get("code_kec"))
    province = _digits(cells.get("code_prov")) or "64"
    city = _digits(cells.get("code_kab")) or "71"
    if len(kecamatan) > 2:
        return f"{kecamatan}{kelurahan}" if len(kelurahan) == 4 else ""
    if province != "64" or int(city) not in (71, 6471):
        return f"{province:0>2}{city:0>2}"
    if not kecamatan or len(kelurahan) != 4:
        return ""
    return f"{province}71{kecamatan:0>2}{kelurahan}"


def _digits(value: Any) -> str:
    return "".join(one for one in text(value) if one.isdigit())


def in_words(place: Place) -> str:
    """Of the other end of a move, for whoever is told of this one."""
    if place.is_empty:
        return ""
    rt = f"RT {place.rt}" if place.rt[:1].isdigit() else place.rt
    parts = (place.address, rt, place.kelurahan or place.code, place.city)
    return ", ".join(part for part in parts if part)[:200]


def detail_of(cells: dict[str, Any]) -> str:
    """What the file says beside, and the other of two who married or divorced."""
    if "detail" not in cells and "partner" not in cells:
        return ""
    detail, partner = text(cells.get("detail")), text(cells.get("partner"))
    parts = (f"Pasangan: {partner}" if partner else "", detail)
    return ". ".join(part for part in parts if part)[:200]


def text(value: Any) -> str:
    """The words of a cell; nothing for an empty one."""
    return "" if value is None else _read_text(value)


# Most cells hold what others held before; a number is another thing than the same as a word.
_read_text = lru_cache(maxsize=4096, typed=True)(text_of)
