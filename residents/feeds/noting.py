"""What is kept of how a file was read, for its page: see ``presenting``.

Sealed JSON, because first rows and the samples of columns are somebody's.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Sequence
from itertools import islice
from typing import Any

from residents.feeds.accounting import Account
from residents.feeds.column_table import TITLES, named
from residents.feeds.headings import Headings, letter
from residents.feeds.judging import BAD_KK, Judge
from residents.feeds.models import FeedFile
from residents.feeds.reading import Found, Sheet
from residents.importing.cells import shown
from residents.services import lines
from residents.services.codes import Kind
from residents.services.delivered import Delivered
from wacat.spreadsheets.wording import plain
from wacat.words import nik_masked

SHOWN = 4  # rows of each kind, and groups twice as many
PLACES = 8
REASONS = 12
SAMPLES = 3
_SAMPLED = 40  # rows below the headings
_LONGEST = 60
_QUOTED = re.compile(r"“[^”]*”")
_NIK = re.compile(r"(?<!\d)\d(?:[ .'-]?\d){15}(?!\d)")


class Labels:
    """The headings of all columns of a file, numbered, so that rejected rows can name them."""

    def __init__(self) -> None:
        self.texts: list[str] = []
        self._numbers: dict[str, int] = {}

    def cells(self, heads: Headings, values: Sequence[Any]) -> list[tuple[int, str]]:
        """The filled cells of a row: number of the label, and text."""
        given = []
        for n, value in enumerate(values):
            if value not in (None, ""):
                given.append((self._number(_label(heads, n)), shown(value)))
        return given

    def _number(self, label: str) -> int:
        if label not in self._numbers:
            self._numbers[label] = len(self.texts)
            self.texts.append(label)
        return self._numbers[label]


def _label(heads: Headings, n: int) -> str:
    """The heading on one line, so that it is understood again when it stands alone."""
    label, key = heads.labels.get(n) or letter(n), heads.keys.get(n, "")
    return label if not key or named(label) == key else TITLES[key]


class Reasons:
    """Why rows were rejected: how many for each reason, where, and one as it was said."""

    def __init__(self, sheets: Sequence[str]) -> None:
        self._sheets = sheets
        self._said: dict[str, dict[str, Any]] = {}

    def add(self, line: int, errors: Sequence[str]) -> None:
        for text in errors:
            general = _QUOTED.sub("…", text)
            one = self._said.setdefault(general, {"text": masked(text), "times": 0, "places": []})
            one["times"] += 1
            if len(one["places"]) < PLACES:
                one["places"].append(lines.told(line, self._sheets))

    def told(self) -> list[dict[str, Any]]:
        """The most frequent first."""
        return sorted(self._said.values(), key=lambda one: -int(one["times"]))[:REASONS]


def note_question(of: FeedFile, found: Found) -> None:
    """That columns are missing, with all headings and what stands below them."""
    of.notes = json.dumps({"columns": _columns(found), "missing": found.missing})


def note(
    of: FeedFile, found: Found, account: Account, judge: Judge, labels: Labels, reasons: Reasons
) -> None:
    """What was read: columns, reasons, first rows, groups that wait."""
    skipped: Counter[str] = Counter()
    for sheet in found.sheets:
        skipped.update(sheet.skipped)
    of.notes = json.dumps(
        {
            "columns": _columns(found),
            "missing": [],
            "kinds": [_kind_told(sheet) for sheet in found.sheets],
            "passed": found.passed,
            "skipped": dict(skipped),
            "remarks": [f"{BAD_KK}: {judge.emptied} baris."] if judge.emptied else [],
            "labels": labels.texts,
            "reasons": reasons.told(),
            "samples": _samples(of, account, judge),
            "groups": _groups(account, judge),
            "groups_count": len(account.groups),
        }
    )


def masked(text: str) -> str:
    """Without a NIK that stands in a wrong column."""
    return _NIK.sub(lambda found: nik_masked(re.sub(r"\D", "", found[0])), text)


def _columns(found: Found) -> list[dict[str, Any]]:
    """Each heading once: what it is read as, and first values below it."""
    columns: dict[str, dict[str, Any]] = {}
    for sheet in found.sheets:
        first = sheet.heads.first
        below = list(islice(sheet.source.rows(first + _SAMPLED), first, None))
        for n, label in sorted(sheet.heads.labels.items()):
            one = columns.setdefault(plain(label), {"heading": label[:_LONGEST], "key": ""})
            one["key"] = one["key"] or sheet.heads.keys.get(n, "")
            one.setdefault("samples", _first_values(below, n))
    return list(columns.values())


def _first_values(rows: Sequence[Sequence[Any]], n: int) -> list[str]:
    texts = (shown(row[n]).strip() for row in rows if n < len(row) and row[n] not in (None, ""))
    return [masked(text[:_LONGEST]) for text in islice(filter(None, texts), SAMPLES)]


def _kind_told(sheet: Sheet) -> list[str]:
    """The sheet and the kind of its services, where no column says it."""
    if sheet.kind is None or "kind" in sheet.heads.keys.values():
        return []
    return [sheet.title[:40], str(sheet.kind.label)]


def _samples(of: FeedFile, account: Account, judge: Judge) -> dict[str, list[dict[str, str]]]:
    return {
        outcome: [_sample(of, one, judge) for _, one in rows[:SHOWN]]
        for outcome, rows in account.samples.items()
        if rows
    }


def _sample(of: FeedFile, one: Delivered, judge: Judge) -> dict[str, str]:
    return {
        "place": lines.told(one.row or 0, of.sheets),
        "kind": str(Kind(one.kind).label),
        "name": masked(one.full_name),
        "nik": nik_masked(one.nik) if one.nik else "",
        "address": masked(address_of(one)),
        "where": judge.matcher.areas.label(one.rt or one.within),
    }


def _groups(account: Account, judge: Judge) -> list[dict[str, Any]]:
    return [
        {
            "text": masked(address_of(account.texts[key])),
            "count": count,
            "where": judge.matcher.areas.label(account.texts[key].within),
        }
        for key, count in account.groups.most_common(2 * SHOWN)
    ]


def address_of(one: Any) -> str:
    """The address as it came, in one line: of whatever has its three texts."""
    rt = f"RT {one.rt_text}" if one.rt_text[:1].isdigit() else one.rt_text
    return ", ".join(part for part in (one.address, rt, one.kelurahan_text) if part)


def title_of(key: str) -> str:
    """What a column is called on the page; nothing for one that is not read."""
    return TITLES.get(key, "")
