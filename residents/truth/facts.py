"""What a statement says: of each service that the RT was told of in the month, its answer.

What nobody answered is *belum dikonfirmasi*, in the statement too: silence never counts as true.
No ORM here: ``gathering`` makes facts of rows, ``drawing`` a PDF of them.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from residents.services.codes import Status


@dataclass(frozen=True)
class Row:
    """One service: ``answer`` is the RT's, ``correction`` how its correction stands."""

    pk: int
    kind: str
    served_on: date
    full_name: str
    answer: str
    correction: str = ""

    @property
    def answer_label(self) -> str:
        return str(Status(self.answer).label)


@dataclass(frozen=True)
class Sums:
    """How many services there are, and how many of each answer."""

    total: int
    confirmed: int
    corrected: int
    unanswered: int


@dataclass(frozen=True)
class TruthFacts:
    """``until`` is the last day that the statement covers: of the month, or the day of signing."""

    rt: str
    kelurahan: str
    kecamatan: str
    month: str
    until: date
    is_whole: bool
    rows: tuple[Row, ...]

    @property
    def sums(self) -> Sums:
        """Counted from the rows, each once."""
        counted = Counter(row.answer for row in self.rows)
        return Sums(
            len(self.rows),
            counted[Status.CONFIRMED],
            counted[Status.CORRECTED],
            len(self.rows) - counted[Status.CONFIRMED] - counted[Status.CORRECTED],
        )

    def as_json(self) -> dict[str, Any]:
        """As it is frozen; days as ISO."""
        told = asdict(self)
        told["until"] = self.until.isoformat()
        for row in told["rows"]:
            row["served_on"] = row["served_on"].isoformat()
        return told

    @classmethod
    def from_json(cls, told: Any) -> TruthFacts:
        """What was frozen."""
        rows = tuple(
            Row(**{**row, "served_on": date.fromisoformat(row["served_on"])})
            for row in told["rows"]
        )
        return cls(**{**told, "until": date.fromisoformat(told["until"]), "rows": rows})
