"""The rows between reading and entering: all their cells and what was judged, sealed in blocks."""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from residents.importing import cells
from residents.importing.given import Known
from residents.importing.judged import Judged
from residents.importing.models import Import, ImportBlock
from wacat.sealing.crypto import seal, unseal

BLOCK = 2_500  # rows
PLACE = "import.block"


@dataclass(slots=True)
class Staged:
    """A row as it is kept; ``texts`` are its cells as they were read, in the columns' order.

    ``columns`` are those of the whole list in its own order, heading by key.
    """

    number: int
    sheet: str
    texts: list[str | None]
    fields: dict[str, Any]
    errors: list[str]
    warnings: list[str]
    held: bool
    columns: dict[str, str]

    @property
    def place(self) -> str:
        """Where the row stands, as in "12" or "RT 003: 12"."""
        return f"{self.sheet}: {self.number}" if self.sheet else str(self.number)

    @property
    def cells(self) -> dict[str, str]:
        """The texts by column."""
        return {key: text for key, text in zip(self.columns, self.texts, strict=True) if text}


def keep(imported: Import, judged: Sequence[Judged], known: Known) -> None:
    """Put the rows into blocks in place of those from an attempt before."""
    ImportBlock.objects.filter(of=imported).delete()
    columns = {key: heading for key, (_, heading) in sorted(known.items(), key=lambda one: one[1])}
    names = sorted({name for one in judged for name in one.fields})
    for number, start in enumerate(range(0, len(judged), BLOCK)):
        rows = [_as_list(one, columns, names) for one in judged[start : start + BLOCK]]
        content = _sealed(columns, names, rows)
        ImportBlock.objects.create(of=imported, number=number, content=content)


def rows_of(block: ImportBlock) -> list[Staged]:
    """The block's rows. Raises SealBroken."""
    columns, names, rows = json.loads(zlib.decompress(unseal(bytes(block.content), PLACE)))
    return [
        Staged(number, sheet, texts, _named(names, values), errors, warnings, held, columns)
        for number, sheet, texts, values, errors, warnings, held in rows
    ]


def all_rows_of(imported: Import) -> Iterator[Staged]:
    """The rows of all blocks, of which one at a time is open."""
    for block in ImportBlock.objects.filter(of=imported).iterator(chunk_size=1):
        yield from rows_of(block)


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
    block.content = _sealed(staged[0].columns, names, rows)
    block.save(update_fields=["content"])


def _named(names: list[str], values: list[Any]) -> dict[str, Any]:
    """Each row lacks some of the fields."""
    return {name: value for name, value in zip(names, values, strict=True) if value is not None}


def _as_list(one: Judged, columns: dict[str, str], names: list[str]) -> tuple[Any, ...]:
    """Without the names of cells and fields, which are the same for all."""
    given, fields, shown = one.row.cells, one.fields, cells.shown
    return (
        one.row.number,
        one.row.sheet,
        [shown(given[key]) if key in given else None for key in columns],
        [fields.get(name) for name in names],
        one.errors,
        one.warnings,
        one.held,
    )


def _sealed(columns: dict[str, str], names: list[str], rows: list[tuple[Any, ...]]) -> bytes:
    text = json.dumps([columns, names, rows], ensure_ascii=False, separators=(",", ":"))
    return seal(zlib.compress(text.encode(), 1), PLACE)
