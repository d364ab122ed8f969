"""The rows between reading and entering: sealed in blocks, counted, and told of in notes."""

from __future__ import annotations

import json
import re
import zlib
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
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
SHOWN = 6  # of each kind on the page; the file of the rejected holds all
REASONS = 8
PLACE = "import.block"
_SINGLE = re.compile(
    r"“[^”]*”|\d[\d./:-]*(?: (?:Januari|Februari|Maret|April|Mei|Juni|Juli|Agustus"
    r"|September|Oktober|November|Desember) \d{4})?"
)


@dataclass(slots=True)
class Staged:
    """A row as it is kept; ``cells`` are its texts by column, as they were read."""

    number: int
    sheet: str
    cells: dict[str, str]
    fields: dict[str, Any]
    errors: list[str]
    warnings: list[str]
    held: bool

    @property
    def place(self) -> str:
        return f"{self.sheet}: {self.number}" if self.sheet else str(self.number)


def keep(imported: Import, judged: Sequence[Judged]) -> None:
    """Put the rows into blocks in place of those from an attempt before."""
    ImportBlock.objects.filter(of=imported).delete()
    for number, start in enumerate(range(0, len(judged), BLOCK)):
        rows = [_as_list(one) for one in judged[start : start + BLOCK]]
        ImportBlock.objects.create(of=imported, number=number, content=_sealed(rows))


def rows_of(block: ImportBlock) -> list[Staged]:
    """The block's rows. Raises SealBroken."""
    text = zlib.decompress(unseal(bytes(block.content), PLACE))
    return [Staged(*one) for one in json.loads(text)]


def keep_again(block: ImportBlock, rows: Iterable[Staged]) -> None:
    """What became of the rows when they were entered."""
    block.content = _sealed(
        [
            (one.number, one.sheet, one.cells, one.fields, one.errors, one.warnings, one.held)
            for one in rows
        ]
    )
    block.save(update_fields=["content"])


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


def _as_list(one: Judged) -> tuple[Any, ...]:
    texts = {key: cells.shown(value) for key, value in one.row.cells.items()}
    return (
        one.row.number,
        one.row.sheet,
        texts,
        one.fields,
        one.errors,
        one.warnings,
        one.held,
    )


def _sealed(rows: list[tuple[Any, ...]]) -> bytes:
    text = json.dumps(rows, ensure_ascii=False, separators=(",", ":")).encode()
    return seal(zlib.compress(text, 1), PLACE)
