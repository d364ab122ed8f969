"""What is said of all rows of a list together: counts, reasons with their rows, first rows."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from residents.importing import cells, lists
from residents.importing.columns import BY_KEY
from residents.importing.judged import Judged
from residents.importing.judging import Judge
from residents.importing.models import Import
from residents.importing.reading import Found
from residents.importing.staging import Staged
from wacat.words import nik_masked

SHOWN = 4  # rows of each kind on the page; the file of the rejected holds all
REASONS = 12
PLACES = 8
ALSO = 5
# What differs from row to row: quoted words, where another row stands, an RT, a count, a day.
_SINGLE = re.compile(
    r"“[^”]*”|(?<=di baris )\S+(?<!\.)|(?<=dengan baris )[^,.]+|(?<=\bRT )\d+|(?<=ada )\d+"
    r"|\d{1,2} [A-Z][a-z]+ \d{4}"
)
_NIK = re.compile(r"(?<!\d)\d(?:[ .'-]?\d){15}(?!\d)")
_Row = Judged | Staged


@dataclass
class _Reason:
    """Rows of which the same is said, though of different words."""

    texts: Counter[str] = field(default_factory=Counter)
    places: list[str] = field(default_factory=list)
    times: int = 0

    def told(self) -> dict[str, Any]:
        """The most frequent text as it is, how many rows, where, and the other words in it."""
        [(text, _), *others] = self.texts.most_common(ALSO + 1)
        own = _quoted(text)
        words = [word for other, _ in others for word in _quoted(other) if word not in own]
        return {
            "text": _masked(text),
            "times": self.times,
            "places": self.places,
            "also": [_masked(word) for word in dict.fromkeys(words)],
            "and_more": len(self.texts) > 1 + len(words),
        }


@dataclass
class _Kind:
    """Rows of one kind: their number, their first ones, and why they are of it."""

    count: int = 0
    rows: list[dict[str, Any]] = field(default_factory=list)
    reasons: dict[str, _Reason] = field(default_factory=dict)

    def add(self, row: _Row, texts: list[str]) -> None:
        self.count += 1
        if len(self.rows) < SHOWN:
            self.rows.append(_sample(row, texts))
        for general, text in {_general(text): text for text in texts}.items():
            reason = self.reasons.setdefault(general, _Reason())
            reason.times += 1
            reason.texts[text] += 1
            if len(reason.places) < PLACES:
                reason.places.append(row.place)

    def told(self) -> dict[str, Any]:
        often = sorted(self.reasons.values(), key=lambda one: -one.times)
        return {
            "said": [one.told() for one in often[:REASONS]],
            "unsaid": max(0, len(often) - REASONS),
            "rows": self.rows,
        }


def sum_up(imported: Import, rows: Iterable[_Row]) -> dict[str, Any]:
    """Count the rows (all = accepted + rejected); gives what is told of each kind.

    Each number and each reason on the page comes from here, before and after they are entered.
    """
    rejected, warned, good = _Kind(), _Kind(), _Kind()
    imported.held = 0
    for row in rows:
        if row.errors:
            rejected.add(row, row.errors)
            continue
        imported.held += row.held
        (warned if row.warnings else good).add(row, row.warnings)
    imported.rows = rejected.count + warned.count + good.count
    imported.rejected, imported.warned = rejected.count, warned.count
    return {"rejected": rejected.told(), "warned": warned.told(), "good": good.told()}


def note(imported: Import, found: Found, judged: Sequence[Judged], judge: Judge) -> None:
    """Count what was read, and keep what the page tells beside: see ``presenting``."""
    notes = {
        "ignored": [text[:60] for text in found.ignored[:40]],
        "other_sheets": found.other_sheets,
        "skipped": dict(found.skipped),
        "read_as": [
            [BY_KEY[key].title, text, lists.label_of(key, number), times]
            for (key, text, number), times in judge.read_as.most_common(30)
        ],
        "places": judge.places.names_of({one.fields.get("area_id", "") for one in judged}),
        **sum_up(imported, judged),
    }
    imported.reading_notes = json.dumps(notes)


def note_again(imported: Import, rows: Iterable[Staged]) -> None:
    """The same once rows have been entered, of which some were rejected only then."""
    notes = json.loads(imported.reading_notes)
    imported.reading_notes = json.dumps({**notes, **sum_up(imported, rows)})


def _sample(row: _Row, texts: list[str]) -> dict[str, Any]:
    nik, name = row.fields.get("nik", ""), row.fields.get("full_name")
    return {
        "place": row.place,
        "name": _masked(name or cells.text_of(row.cells.get("full_name", ""))),
        "nik": nik_masked(nik) if nik else "",
        "area": row.fields.get("area_id", ""),
        "rt": _masked(cells.text_of(row.cells.get("rt", ""))),
        "texts": [_masked(text) for text in texts],
    }


@lru_cache(maxsize=5_000)
def _general(text: str) -> str:
    """Without what stands in the single row, so that it can be counted."""
    return _SINGLE.sub("…", text)


def _quoted(text: str) -> list[str]:
    return [word for word in _SINGLE.findall(text) if word.startswith("“")]


def _masked(text: str) -> str:
    """Without a NIK that stands in a wrong column."""
    return _NIK.sub(lambda found: nik_masked(re.sub(r"\D", "", found[0])), text)
