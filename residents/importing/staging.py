"""The rows between reading and entering: sealed in blocks, counted, and told of in notes."""

from __future__ import annotations

import json
import re
import zlib
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from residents.importing import cells, lists
from residents.importing.columns import BY_KEY
from residents.importing.judged import Judged
from residents.importing.judging import Judge
from residents.importing.models import Import, ImportBlock
from residents.importing.reading import Found
from wacat.sealing.crypto import seal, unseal
from wacat.words import nik_masked

BLOCK = 2_500  # rows
SHOWN = 4  # of each kind on the page; the file of the rejected holds all
REASONS = 8
PLACE = "import.block"
# What differs from row to row: quoted words, where another row stands, an RT, a count, a day.
_SINGLE = re.compile(
    r"“[^”]*”|(?<=di baris )\S+(?<!\.)|(?<=dengan baris )[^,.]+|(?<=\bRT )\d+|(?<=ada )\d+"
    r"|\d{1,2} [A-Z][a-z]+ \d{4}"
)


@dataclass(slots=True)
class Staged:
    """A row as it is kept; ``texts`` are its cells as they were read, in the block's order."""

    number: int
    sheet: str
    texts: list[str | None]
    fields: dict[str, Any]
    errors: list[str]
    warnings: list[str]
    held: bool
    keys: list[str]

    @property
    def place(self) -> str:
        """Where the row stands, as in "12" or "RT 003: 12"."""
        return f"{self.sheet}: {self.number}" if self.sheet else str(self.number)

    @property
    def cells(self) -> dict[str, str]:
        """The texts by column."""
        return {key: text for key, text in zip(self.keys, self.texts, strict=True) if text}


def keep(imported: Import, judged: Sequence[Judged]) -> None:
    """Put the rows into blocks in place of those from an attempt before."""
    ImportBlock.objects.filter(of=imported).delete()
    keys = sorted({key for one in judged for key in one.row.cells})
    names = sorted({name for one in judged for name in one.fields})
    for number, start in enumerate(range(0, len(judged), BLOCK)):
        rows = [_as_list(one, keys, names) for one in judged[start : start + BLOCK]]
        ImportBlock.objects.create(of=imported, number=number, content=_sealed(keys, names, rows))


def rows_of(block: ImportBlock) -> list[Staged]:
    """The block's rows. Raises SealBroken."""
    keys, names, rows = json.loads(zlib.decompress(unseal(bytes(block.content), PLACE)))
    return [
        Staged(number, sheet, texts, _named(names, values), errors, warnings, held, keys)
        for number, sheet, texts, values, errors, warnings, held in rows
    ]


def keep_again(block: ImportBlock, staged: Sequence[Staged]) -> None:
    """What became of the rows when they were entered."""
    names = sorted({name for one in staged for name in one.fields})
    rows = [
        (
            *(one.number, one.sheet, one.texts, [one.fields.get(name) for name in names]),
            *(one.errors, one.warnings, one.held),
        )
        for one in staged
    ]
    block.content = _sealed(staged[0].keys, names, rows)
    block.save(update_fields=["content"])


def _named(names: list[str], values: list[Any]) -> dict[str, Any]:
    """Each row lacks some of the fields."""
    return {name: value for name, value in zip(names, values, strict=True) if value is not None}


def rejected_of(imported: Import) -> Iterator[Staged]:
    """The rows that were not accepted, block after block."""
    for block in ImportBlock.objects.filter(of=imported).iterator(chunk_size=1):
        yield from (row for row in rows_of(block) if row.errors)


def count(imported: Import, judged: Sequence[Judged]) -> None:
    """Rows in = accepted + rejected."""
    good = [one for one in judged if not one.errors]
    imported.rows, imported.rejected = len(judged), len(judged) - len(good)
    imported.warned = sum(1 for one in good if one.warnings)
    imported.held = sum(1 for one in good if one.held)


def notes_of(found: Found, judged: Sequence[Judged], judge: Judge) -> str:
    """JSON of what the page tells beside the counts: see ``presenting``."""
    return json.dumps(
        {
            "ignored": [text[:60] for text in found.ignored[:40]],
            "other_sheets": found.other_sheets,
            "skipped": dict(found.skipped),
            "read_as": [
                [BY_KEY[key].title, text, lists.label_of(key, number), times]
                for (key, text, number), times in judge.read_as.most_common(30)
            ],
            "rejected": _of_kind([one for one in judged if one.errors]),
            "warned": _of_kind([one for one in judged if one.warnings and not one.errors]),
            "good": _of_kind([one for one in judged if not one.warnings and not one.errors]),
            "places": judge.places.names_of({one.fields.get("area_id", "") for one in judged}),
        }
    )


def _of_kind(rows: Sequence[Judged]) -> dict[str, Any]:
    """What is said of them, the most frequent first, and the first rows with masked NIK."""
    said = Counter(_general(text) for one in rows for text in _texts(one))
    return {"said": said.most_common(REASONS), "rows": [_sample(one) for one in rows[:SHOWN]]}


def _texts(one: Judged) -> list[str]:
    return one.errors or one.warnings


def _general(text: str) -> str:
    """Without what stands in the single row, so that it can be counted."""
    return _SINGLE.sub("…", text)


def _sample(one: Judged) -> dict[str, Any]:
    cells_of, nik = one.row.cells, one.fields.get("nik", "")
    return {
        "place": one.place,
        "name": one.fields.get("full_name") or cells.text_of(cells_of.get("full_name", "")),
        "nik": nik_masked(nik) if nik else "",
        "area": one.fields.get("area_id", ""),
        "rt": cells.text_of(cells_of.get("rt", "")),
        "texts": _texts(one),
    }


def _as_list(one: Judged, keys: list[str], names: list[str]) -> tuple[Any, ...]:
    """Without the names of cells and fields, which are the same for all."""
    given, fields, shown = one.row.cells, one.fields, cells.shown
    return (
        one.row.number,
        one.row.sheet,
        [shown(given[key]) if key in given else None for key in keys],
        [fields.get(name) for name in names],
        one.errors,
        one.warnings,
        one.held,
    )


def _sealed(keys: list[str], names: list[str], rows: list[tuple[Any, ...]]) -> bytes:
    text = json.dumps([keys, names, rows], ensure_ascii=False, separators=(",", ":"))
    return seal(zlib.compress(text.encode(), 1), PLACE)
