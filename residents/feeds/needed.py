"""What a file must hold to be read."""

from __future__ import annotations

from collections.abc import Iterable

from residents.feeds.column_table import ELSEWHERE, FROM, TITLES, TO


def missing_of(keys: Iterable[str], has_kind: bool) -> list[str]:
    """Titles of what is needed and that no column holds."""
    has = set(keys)
    missing = [TITLES[key] for key in ("full_name", "served_on") if key not in has]
    if "kind" not in has and not has_kind:
        missing.append(TITLES["kind"])
    places = {f"{side}{key}" for side in ("", FROM, TO) for key in ("address", "rt", "kelurahan")}
    if not has & (places | {"code", "code_kel"}):
        missing.append("Alamat, RT, atau kelurahan")
    return missing


def lacks_of(keys: Iterable[str]) -> list[str]:
    """What services of a sheet with these columns cannot tell (residents.services.comparing)."""
    has = set(keys)
    holds = {
        "nik": "nik" in has,
        "no_kk": "no_kk" in has,
        "address": bool(has & {"address", f"{FROM}address", f"{TO}address"}),
        "other_place": any(key.startswith((FROM, TO, ELSEWHERE)) for key in has),
        "detail": bool(has & {"detail", "partner"}),
    }
    return [name for name, held in holds.items() if not held]


class Zeros:
    """How many NIK end in zero. Each tenth does; all of them were rounded, then made text."""

    _MANY = 6

    def __init__(self) -> None:
        self.all = self.zeros = 0

    def add(self, nik: str) -> None:
        self.all += 1
        self.zeros += nik.endswith("0")

    @property
    def all_damaged(self) -> bool:
        return self.all >= self._MANY and self.all == self.zeros
