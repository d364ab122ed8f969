"""Every row of a file is accounted for once: what is expected of it, before anything is entered.

Of rows about the same service the last one counts. Rows that say the same as it are *doubled*,
others *replaced*. Of the services of a move's other end those give way that a row of its own tells.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from residents.feeds.gazetteer import Living
from residents.feeds.remembered import Remembered
from residents.feeds.staging import COUNTS, DOUBLED, DROPPED, REPLACED, Staged
from residents.services.codes import PLACED, Status
from residents.services.comparing import compare, in_force
from residents.services.delivered import Delivered
from residents.services.recording import CHANGED, KNOWN

_MARK = {DOUBLED: "doubled", REPLACED: "replaced"}
SAMPLED = 8  # rows of each kind are remembered, of which some may turn out to be replaced
_NEW = frozenset({"told", "waiting", "aside", CHANGED})


@dataclass(slots=True)
class _Entry:
    identity: bytes
    content: bytes
    outcome: str
    is_other_end: bool
    group: str


@dataclass
class Account:
    """Grows block by block; ``close`` says what counts.

    ``samples`` are first services by outcome with their place in the account, ``groups`` how
    many rows wait with each address text, and one of them.
    """

    living: Living
    entries: list[_Entry] = field(default_factory=list)
    sizes: list[int] = field(default_factory=list)
    rejected: int = 0
    samples: dict[str, list[tuple[int, Delivered]]] = field(default_factory=dict)
    texts: dict[str, Delivered] = field(default_factory=dict)
    groups: Counter[str] = field(default_factory=Counter)
    counts: Counter[str] = field(default_factory=Counter)

    def add(self, staged: Staged) -> None:
        """Another block, in the file's order."""
        services = staged.services
        for one, outcome, status in _expected(services, self.living):
            waits = status == Status.WAITING
            if waits:
                self.texts.setdefault(one.place_key, one)
            self._sample(outcome, one)
            self.entries.append(
                _Entry(
                    bytes.fromhex(one.identity),
                    bytes.fromhex(one.content) + (one.rt or one.place_key).encode(),
                    outcome,
                    one.is_other_end,
                    one.place_key if waits else "",
                )
            )
        self.sizes.append(len(services))
        self.rejected += len(staged.rejected)

    def _sample(self, outcome: str, one: Delivered) -> None:
        first = self.samples.setdefault(outcome, [])
        if len(first) < SAMPLED and not one.is_other_end:
            first.append((len(self.entries), one))

    def close(self) -> list[bytes]:
        """The marks of each block's services.

        Fills ``groups`` and ``counts``, in which *also* stands beside the rows.
        """
        last, own = dict[bytes, int](), set[bytes]()
        for number, one in enumerate(self.entries):
            if not one.is_other_end:
                own.add(one.identity)
                last[one.identity] = number
            elif one.identity not in own:
                last[one.identity] = number
        marks = bytes(self._mark(number, last) for number in range(len(self.entries)))
        for one, mark in zip(self.entries, marks, strict=True):
            self._count(one, mark)
        self.counts["rejected"] = self.rejected
        self._forget_uncounted(marks)
        return list(self._by_block(marks))

    def _mark(self, number: int, last: dict[bytes, int]) -> int:
        one = self.entries[number]
        if last[one.identity] == number:
            return COUNTS
        if one.is_other_end:
            return DROPPED
        return DOUBLED if self.entries[last[one.identity]].content == one.content else REPLACED

    def _count(self, one: _Entry, mark: int) -> None:
        if mark == COUNTS and one.group:
            self.groups[one.group] += 1
        if one.is_other_end:
            self.counts["also"] += mark == COUNTS and one.outcome in _NEW
        else:
            self.counts[_MARK.get(mark, one.outcome)] += 1

    def _forget_uncounted(self, marks: bytes) -> None:
        """Samples of rows that do not count are samples of what became of them."""
        for outcome, rows in list(self.samples.items()):
            self.samples[outcome] = [row for row in rows if marks[row[0]] == COUNTS]
            for number, one in rows:
                if (name := _MARK.get(marks[number])) and len(self.samples.get(name, ())) < SAMPLED:
                    self.samples.setdefault(name, []).append((number, one))

    def _by_block(self, marks: bytes) -> list[bytes]:
        parts, start = [], 0
        for size in self.sizes:
            parts.append(marks[start : start + size])
            start += size
        return parts


def _expected(services: list[Delivered], living: Living) -> Iterator[tuple[Delivered, str, str]]:
    """What would become of each, as things stand: outcome and status."""
    earlier, places = in_force(services), Remembered(living)
    places.look_up(services)
    for one, found in zip(services, compare(services, earlier), strict=True):
        before = earlier.get(one.identity)
        if before is not None and found.is_known:
            yield one, KNOWN, before.status if before.status != Status.WAITING else ""
            continue
        _, status = places.resolve(one)
        if before is None:
            yield one, str(status), str(status)
        else:
            stays = found.stays and before.status in PLACED
            yield one, CHANGED, str(Status.TOLD if stays else status)
