"""Where the headings of a sheet stand, and which column each of them names.

Below titles, in one to three rows; with a group such as "Alamat Asal" above its columns.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from openpyxl.utils import get_column_letter

from residents.feeds.column_table import FROM, PLACE_PARTS, SKIPPED, TO, named, rank
from wacat.spreadsheets.wording import plain

LOOKED_AT = 40  # rows
DEEPEST = 3
MOST_COLUMNS = 120
_LIKELY = 2  # so many columns that are read make rows the headings
_NUMBER = re.compile(r"\d{5}")
_COUNTED = re.compile(r"\(?(\d{1,3})\)?(?:\.0)?")

Values = Sequence[Any]
Chosen = Mapping[str, str]  # a column's key by the heading as it is compared


@dataclass(frozen=True)
class Headings:
    """``first`` is the first row below them; ``keys`` and ``labels`` go by the column.

    ``titles`` are the texts that stand above.
    """

    first: int
    keys: dict[int, str]
    labels: dict[int, str]
    titles: list[str]
    words: dict[int, frozenset[str]]

    def repeated(self, values: Values) -> bool:
        """Whether the row is the headings over again, or numbers its columns."""
        filled = [(n, value) for n, value in enumerate(values) if value not in (None, "")]
        if len(filled) < 3:
            return False
        same = all(plain(value) in self.words.get(n, ()) for n, value in filled)
        return same or _numbers_columns([value for _, value in filled])


def find(rows: Sequence[Values], chosen: Chosen) -> Headings | None:
    """The headings among a sheet's first rows; None where nothing looks like any."""
    best: tuple[tuple[int, int, int, int], int, int] | None = None
    for start in range(min(len(rows), LOOKED_AT)):
        for depth in range(1, DEEPEST + 1):
            part = rows[start : start + depth]
            if len(part) < depth or not all(map(_may_be_headings, part)):
                break
            keys = [key for _, key in _columns(part, chosen)]
            read, known = len({*keys} - {"", SKIPPED}), sum(map(bool, keys))
            place = (read, known, -depth, -start)
            if read >= _LIKELY and (best is None or place > best[0]):
                best = (place, start, depth)
    if best is None:
        return _guess(rows, chosen)
    return _made(rows, best[1], best[2], chosen)


def _guess(rows: Sequence[Values], chosen: Chosen) -> Headings | None:
    """The first row of several words with another row below, for somebody to say what is what."""
    for start, row in enumerate(rows[:LOOKED_AT]):
        words = {plain(_text(row, n)) for n in range(len(row))} - {""}
        below = rows[start + 1] if start + 1 < len(rows) else ()
        filled = sum(1 for value in below if value not in (None, ""))
        if len(words) >= 3 and _may_be_headings(row) and filled >= 3:
            return _made(rows, start, 1, chosen)
    return None


def _made(rows: Sequence[Values], start: int, depth: int, chosen: Chosen) -> Headings:
    part = rows[start : start + depth]
    columns = _columns(part, chosen)
    labels = {n: text for n, (text, _) in enumerate(columns) if text}
    width = len(columns)
    words = {
        n: frozenset(plain(text) for row in part if (text := _text(row, n))) for n in range(width)
    }
    titles = [text for row in rows[:start] for n in range(len(row)) if (text := _text(row, n))]
    return Headings(start + depth, _assigned(columns), labels, titles, words)


def letter(n: int) -> str:
    """What a column without a heading is called."""
    return f"Kolom {get_column_letter(n + 1)}"


def _may_be_headings(row: Values) -> bool:
    """Words only: a row with a number or a day in it is somebody's."""
    filled = [value for value in row[:MOST_COLUMNS] if value not in (None, "")]
    return bool(filled) and all(isinstance(one, str) and not _NUMBER.search(one) for one in filled)


def _columns(rows: Sequence[Values], chosen: Chosen) -> list[tuple[str, str]]:
    """Each column's heading as it reads, and the key that it stands for or nothing."""
    width = min(MOST_COLUMNS, max((len(row) for row in rows), default=0))
    above = [_filled(row, width) for row in rows[:-1]]
    return [_heading([line[n] for line in above], rows, n, chosen) for n in range(width)]


def _heading(groups: list[str], rows: Sequence[Values], n: int, chosen: Chosen) -> tuple[str, str]:
    own = [text for row in rows if (text := _text(row, n))]
    lowest = _text(rows[-1], n)
    if not own:
        return "", ""
    if not lowest:  # joined downwards
        lowest, groups = own[-1], []
    group = " ".join(text for text in dict.fromkeys(groups) if text and text != lowest)
    label = f"{group} {lowest}".strip()
    for text in (label, lowest):
        if (said := chosen.get(plain(text))) is not None:
            return label, said or SKIPPED
    return label, _key(group, lowest)


def _key(group: str, lowest: str) -> str:
    if not group:
        return named(lowest)
    key = named(lowest)
    side = next((one for one in (FROM, TO) if named(group).startswith(one)), "")
    if side and key in PLACE_PARTS:
        return f"{side}{key}"
    whole = named(f"{lowest} {group}") if plain(lowest) in _BARE else ""
    return whole or key or named(f"{group} {lowest}")


# Words that say little without the group above them.
_BARE = frozenset("no nomor tgl tanggal jenis nama layanan pelayanan dokumen terbit cetak".split())


def _filled(row: Values, width: int) -> list[str]:
    """The groups: each reaches to the right until the next one."""
    texts, last = [], ""
    for n in range(width):
        last = _text(row, n) or last
        texts.append(last)
    return texts


def _assigned(columns: list[tuple[str, str]]) -> dict[int, str]:
    """The column of each key; of several with one key the likeliest."""
    best: dict[str, tuple[int, int]] = {}
    for n, (text, key) in enumerate(columns):
        if key and key != SKIPPED:
            place = (rank(key, text), n)
            best[key] = min(best.get(key, place), place)
    return {n: key for key, (_, n) in best.items()}


def _numbers_columns(values: list[Any]) -> bool:
    """As in 1, 2, 3 … or (1), (2), (3) … below the headings."""
    found = [_COUNTED.fullmatch(str(value).strip()) for value in values]
    numbers = [int(one[1]) for one in found if one]
    return len(numbers) == len(values) and numbers == [*range(numbers[0], numbers[0] + len(values))]


def _text(row: Values, n: int) -> str:
    value = row[n] if n < len(row) else None
    return " ".join(value.split()) if isinstance(value, str) else ""
