"""Where a sheet's headings stand, and which column each of them names.

They may stand below a title, in two or three rows with a group above its columns ("Tanggal" over
"Datang" and "Sampai"), in one cell joined with others or not.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from openpyxl.utils import get_column_letter

from residents.importing.columns import BY_KEY, named, part_of
from wacat.spreadsheets.opening import SheetRefused
from wacat.spreadsheets.wording import plain

LOOKED_AT = 40  # rows
DEEPEST = 3
LIKELY = 3  # so many known headings make rows the headings
MOST_COLUMNS = 120
# What stands below such a group is not about the resident's stay here.
_ELSEWHERE = re.compile("asal|ktp|pemilik|penjamin|perusahaan|instansi|sekolah|ibukandung|ayah")
_FROM = {"address": "origin_address", "origin_area": "origin_area"}
# Of these there must be one only: which of two is meant would be a guess.
_ONCE = frozenset(
    "full_name nik no_kk rt kelurahan address arrived_on stays_until birth_date birth".split()
)
_GENERAL_ADDRESSES = ("alamat", "alamatlengkap")
# What the file of rejected rows adds; sent again, it says nothing of anybody.
REASON, ROW, SHEET = "Alasan ditolak", "Baris semula", "Lembar semula"
_ADDED = frozenset(map(plain, (REASON, ROW, SHEET)))
_NUMBER = re.compile(r"\d{4}")
_COUNTED = re.compile(r"\(?(\d{1,3})\)?(?:\.0)?")

Values = Sequence[Any]


@dataclass(frozen=True)
class Headings:
    """``above`` rows stand above them, ``first`` is that of the first below; ``keys`` by column.

    ``words`` are all words of each column's heading, as they are compared. ``labels`` are the
    headings as they read, so that each means the same when it stands alone; ``ignored`` those of
    columns that nothing is read from; ``added`` are columns that a file of rejected rows has.
    """

    above: int
    first: int
    keys: dict[int, str]
    words: dict[int, frozenset[str]]
    labels: dict[int, str]
    ignored: list[str]
    added: frozenset[int]

    def label(self, n: int) -> str:
        """The heading, or the letter of a column without one."""
        return self.labels.get(n) or f"Kolom {get_column_letter(n + 1)}"

    def repeated(self, values: Values) -> bool:
        """Whether the row is the headings over again, or numbers its columns."""
        filled = [(n, value) for n, value in enumerate(values) if value not in (None, "")]
        if len(filled) < 2:
            return False
        same = all(plain(value) in self.words.get(n, ()) for n, value in filled)
        return same or _numbers_columns([value for _, value in filled])


def find(rows: Sequence[Values]) -> Headings | None:
    """The headings among a sheet's first rows; None where there are none.

    Raises SheetRefused when a column is there twice that may be there once.
    """
    found = [
        (_rank(columns, rows[start : start + depth], start), start, depth, columns)
        for depth in range(1, DEEPEST + 1)
        for start in range(max(0, min(len(rows), LOOKED_AT) - depth + 1))
        if (columns := _candidate(rows[start : start + depth]))
    ]
    if not found:
        return None
    _, start, depth, columns = max(found, key=lambda one: one[0])
    added = frozenset(n for n, (text, _) in enumerate(columns) if plain(text) in _ADDED)
    keys, ignored = _assigned([("", "") if n in added else one for n, one in enumerate(columns)])
    labels = {n: _label(text, keys.get(n, "")) for n, (text, _) in enumerate(columns) if text}
    words = _words(rows[start : start + depth])
    return Headings(start, start + depth, keys, words, labels, ignored, added)


def _label(text: str, key: str) -> str:
    """A column's heading on one line, where it must not be taken for another column's."""
    return text if not key or named(text) == key else BY_KEY[key].title


def _candidate(rows: Sequence[Values]) -> list[tuple[str, str]]:
    """What the rows name as headings; nothing where too little of it is known."""
    if not all(map(_may_be_headings, rows)):
        return []
    columns = _columns(rows)
    known = {key for _, key in columns if key}
    return columns if len(known) >= LIKELY and known & {"full_name", "nik"} else []


def _rank(columns: list[tuple[str, str]], rows: Sequence[Values], start: int) -> tuple[int, ...]:
    """The most columns, without a title on top, the earliest, with all of the headings' rows.

    Headings are repeated further below: whoever stands in between must not get lost.
    """
    keys = len({key for _, key in columns if key})
    words = [_known_words(row) for row in rows]
    return keys, min(1, words[0]), -start, sum(words)


def _may_be_headings(row: Values) -> bool:
    """Words only: a row with a number, a day or a NIK in it is somebody's."""
    filled = [value for value in row[:MOST_COLUMNS] if value not in (None, "")]
    return all(isinstance(value, str) and not _NUMBER.search(value) for value in filled)


def _known_words(row: Values) -> int:
    return sum(1 for n in range(min(len(row), MOST_COLUMNS)) if named(_text(row, n)))


def _columns(rows: Sequence[Values]) -> list[tuple[str, str]]:
    """Each column's heading as it reads, and the key that it stands for or nothing."""
    width = min(MOST_COLUMNS, max((len(row) for row in rows), default=0))
    above = [_filled(row, width) for row in rows[:-1]]
    lowest = [_text(rows[-1], n) for n in range(width)]
    return [_heading([line[n] for line in above], lowest[n], rows, n) for n in range(width)]


def _heading(above: list[str], lowest: str, rows: Sequence[Values], n: int) -> tuple[str, str]:
    own = [text for row in rows if (text := _text(row, n))]
    if not lowest or not above:  # joined downwards, or the only row
        text = own[-1] if own else ""
        return (text, named(text)) if text else ("", "")
    groups = [text for text in dict.fromkeys(above) if text]
    return " ".join([*groups, lowest]), _key(groups, lowest)


def _key(groups: list[str], lowest: str) -> str:
    """Of a heading below one or two groups: "Tanggal" and "Datang", "Pemilik" and "Nama"."""
    for group in reversed(groups):
        if key := part_of(group, lowest):
            return key
    key = named(lowest)
    if any(_ELSEWHERE.search(plain(group)) for group in groups):
        is_from = any("asal" in plain(group) or "ktp" in plain(group) for group in groups)
        own = key if key in ("nik", "full_name", "no_kk", "origin_area", "origin_province") else ""
        return (_FROM.get(key) or own) if is_from else ""
    return key


def _filled(row: Values, width: int) -> list[str]:
    """The groups: each reaches to the right until the next one."""
    texts, last = [], ""
    for n in range(width):
        last = _text(row, n) or last
        texts.append(last)
    return texts


def _assigned(columns: list[tuple[str, str]]) -> tuple[dict[int, str], list[str]]:
    """The column of each key, and the headings of those that are left over."""
    columns = _with_general_address(columns)
    keys: dict[int, str] = {}
    ignored, twice = [], []
    for n, (text, key) in enumerate(columns):
        if key and key not in keys.values():
            keys[n] = key
        elif key in _ONCE:
            twice.append(key)
        elif text and key != "number":
            ignored.append(text)
    if twice:
        titles = ", ".join(BY_KEY[key].title for key in dict.fromkeys(twice))
        raise SheetRefused(f"Kolom ini ada dua kali: {titles}. Hapus atau ganti salah satunya.")
    return keys, ignored


def _with_general_address(columns: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """A plain *Alamat* beside *Alamat Domisili* is the one of the KTP-el."""
    keys = [key for _, key in columns]
    if keys.count("address") != 2 or "origin_address" in keys:
        return columns
    general = [n for n, (text, _) in enumerate(columns) if plain(text) in _GENERAL_ADDRESSES]
    if len(general) == 1:
        columns[general[0]] = (columns[general[0]][0], "origin_address")
    return columns


def _words(rows: Sequence[Values]) -> dict[int, frozenset[str]]:
    width = max((len(row) for row in rows), default=0)
    return {
        n: frozenset(plain(text) for row in rows if (text := _text(row, n))) for n in range(width)
    }


def _numbers_columns(values: list[Any]) -> bool:
    """As in 1, 2, 3 … or (1), (2), (3) … or a, b, c … below the headings."""
    if len(values) < LIKELY:
        return False
    texts = [str(value).strip() for value in values]
    if all(len(text) == 1 and text.isalpha() for text in texts):
        return texts == sorted(set(texts))
    found = [_COUNTED.fullmatch(text) for text in texts]
    numbers = [int(one[1]) for one in found if one]
    return len(numbers) == len(texts) and numbers == list(
        range(numbers[0], numbers[0] + len(texts))
    )


def _text(row: Values, n: int) -> str:
    value = row[n] if n < len(row) else None
    return " ".join(value.split()) if isinstance(value, str) else ""
