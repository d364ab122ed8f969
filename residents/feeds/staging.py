"""The rows between reading and entering, sealed in blocks: services, and what was rejected."""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, fields
from operator import attrgetter
from typing import Any

from residents.feeds.models import FeedBlock, FeedFile
from residents.services.delivered import Delivered
from wacat.sealing.crypto import seal, unseal

BLOCK = 2_500  # rows
PLACE = "feed.block"
# What is told of each entry by its mark.
COUNTS, DOUBLED, REPLACED, DROPPED = 1, 2, 3, 4
_values = attrgetter(*(one.name for one in fields(Delivered)))


@dataclass(slots=True)
class Rejected:
    """A row that cannot be entered, with all its cells: number of the label, and text."""

    line: int
    errors: list[str]
    cells: list[tuple[int, str]]


@dataclass
class Staged:
    """The rows of a block."""

    services: list[Delivered] = field(default_factory=list)
    rejected: list[Rejected] = field(default_factory=list)

    @property
    def size(self) -> int:
        return len(self.services) + len(self.rejected)

    def sealed(self) -> bytes:
        """As it is kept."""
        rejected = [(one.line, one.errors, one.cells) for one in self.rejected]
        told = [[_values(one) for one in self.services], rejected]
        text = json.dumps(told, ensure_ascii=False, separators=(",", ":"))
        return seal(zlib.compress(text.encode(), 1), PLACE)


def keep(of: FeedFile, contents: Sequence[bytes], marks: Sequence[bytes]) -> None:
    """Put the blocks in place of those from an attempt before."""
    FeedBlock.objects.filter(of=of).delete()
    blocks = zip(contents, marks, strict=True)
    for number, (content, own) in enumerate(blocks):
        FeedBlock.objects.create(of=of, number=number, content=content, marks=own)


def opened(block: FeedBlock) -> Staged:
    """The block's rows. Raises SealBroken."""
    told: Any = json.loads(zlib.decompress(unseal(bytes(block.content), PLACE)))
    services, rejected = told
    return Staged(
        [Delivered(*values) for values in services], [Rejected(*values) for values in rejected]
    )


def counting(block: FeedBlock) -> list[Delivered]:
    """Its services that are to be entered."""
    services = opened(block).services
    return [one for one, mark in zip(services, bytes(block.marks), strict=True) if mark == COUNTS]


def rejected_of(of: FeedFile) -> Iterator[Rejected]:
    """The rejected rows of all blocks, of which one at a time is open."""
    for block in FeedBlock.objects.filter(of=of).iterator(chunk_size=1):
        yield from opened(block).rejected
