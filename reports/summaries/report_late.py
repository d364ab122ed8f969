"""What arrived late: how the figures of a period differ from an earlier report on it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from django.db import connection

from accounts.areas.models import Area
from reports.summaries.breakdowns import Line, breakdown
from reports.summaries.dimensions import DIMENSIONS
from reports.summaries.figures import FIGURES, table_of
from reports.summaries.periods import Period
from reports.summaries.report_facts import LETTERS_BY, ReportFacts
from reports.summaries.report_models import Report
from reports.summaries.tallies import Figures

DEFINITION = (
    "Langkah (lapor, perpanjang, akhiri, pindah, gabung) yang dicatat setelah laporan sebelumnya "
    "dan menyangkut jangka waktu ini. Isian yang dibetulkan tanpa langkah hanya tampak pada angka."
)
_ENDS = ("end", "correct_end", "relocate", "restore_end")
_EXTENSIONS = ("extend", "correct_stay")
_STANDING = "report receive admit return unreceive reopen restore merge amend".split()

# Steps know no day of effect: it is read from what they changed.
_STEPS = """
SELECT left(place.area_id, %(length)s), count(DISTINCT step.id)::int
FROM residents_residentstep AS step
JOIN residents_resident AS person ON person.id = step.subject_id
JOIN residents_placement AS place ON place.resident_id = person.id
WHERE step.at > %(since)s AND step.at <= %(until)s
    AND left(place.area_id, length(%(code)s)) = %(code)s
    AND coalesce(place.starts, place.since, person.arrived_on) <= %(last)s
    AND (place.until IS NULL OR place.until >= %(first)s)
    AND CASE
        WHEN step.name = ANY (%(ends)s) THEN person.ended_on <= %(last)s
        WHEN step.name = ANY (%(extensions)s) THEN EXISTS (
            SELECT FROM residents_stayperiod AS period WHERE period.resident_id = person.id
                AND period.starts > person.arrived_on AND period.starts <= %(last)s)
        WHEN step.name = 'move' THEN EXISTS (
            SELECT FROM residents_placement AS moved WHERE moved.resident_id = person.id
                AND moved.since <= %(last)s)
        ELSE step.name = ANY (%(standing)s) END
GROUP BY 1
"""


@dataclass(frozen=True)
class Difference:
    """A number of an area, or of a group of its people, in the earlier report and now."""

    code: str
    name: str
    label: str
    before: int
    now: int


@dataclass(frozen=True)
class Late:
    """All that differs from ``revision``, known at ``known_at``.

    ``steps`` are those that were recorded since: code and name of an area, and how many.
    """

    revision: int
    known_at: datetime | None
    differences: tuple[Difference, ...]
    steps: tuple[tuple[str, str, int], ...]

    def as_json(self) -> dict[str, Any]:
        return {**asdict(self), "known_at": self.known_at and self.known_at.isoformat()}

    @classmethod
    def from_json(cls, told: Any) -> Late:
        return cls(
            told["revision"],
            datetime.fromisoformat(told["known_at"]),
            tuple(Difference(**one) for one in told["differences"]),
            tuple((code, name, count) for code, name, count in told["steps"]),
        )


@dataclass(frozen=True)
class Numbers:
    """What is compared: figures by area, and groups by what they are by."""

    areas: dict[str, tuple[str, Figures]]
    groups: dict[str, dict[str, int]]


def has_changed(report: Report) -> bool:
    """Whether any number of the built *report*'s period is another one now."""
    facts = ReportFacts.from_json(report.numbers)
    return any(_differences(_of_facts(facts), _now(report.area, report.period)))


def late_since(earlier: Report, facts: ReportFacts, known_at: datetime) -> Late:
    """What *facts*, known at *known_at*, say otherwise than the built report *earlier*."""
    was = ReportFacts.from_json(earlier.numbers)
    return Late(
        earlier.revision,
        earlier.known_at,
        tuple(_differences(_of_facts(was), _of_facts(facts))),
        tuple(_steps(earlier, facts, known_at)),
    )


def _of_facts(facts: ReportFacts) -> Numbers:
    areas = {one.code: (one.name, one.figures) for one in (*facts.parts, facts.total)}
    groups = {_by(key): _counts(lines) for key, lines in facts.groups.items()}
    return Numbers(areas, {**groups, _letters_by(): _counts(facts.letters)})


def _now(area: Area, period: Period) -> Numbers:
    rows = table_of(area, period).rows
    groups = {_by(key): _counts(breakdown(area, period, one)) for key, one in DIMENSIONS.items()}
    letters = _counts(breakdown(area, period, DIMENSIONS[LETTERS_BY], "letters"))
    areas = {row.area.code: (row.area.label, row.figures) for row in rows}
    return Numbers(areas, {**groups, _letters_by(): letters})


def _by(key: str) -> str:
    return f"Aktif menurut {DIMENSIONS[key].label.lower()}"


def _letters_by() -> str:
    return f"Surat menurut {DIMENSIONS[LETTERS_BY].label.lower()}"


def _counts(lines: tuple[Line, ...]) -> dict[str, int]:
    return {line.label: line.count for line in lines}


def _differences(was: Numbers, now: Numbers) -> Iterator[Difference]:
    nothing: tuple[str, Figures] = ("", {})
    for code in dict.fromkeys([*now.areas, *was.areas]):
        (old_name, before), (name, figures) = (one.areas.get(code, nothing) for one in (was, now))
        for one in FIGURES:
            pair = before.get(one.key, 0), figures.get(one.key, 0)
            if pair[0] != pair[1]:
                yield Difference(code, name or old_name, one.label, *pair)
    for by in now.groups:
        before, counts = was.groups.get(by, {}), now.groups[by]
        for label in dict.fromkeys([*counts, *before]):
            pair = before.get(label, 0), counts.get(label, 0)
            if pair[0] != pair[1]:
                yield Difference("", by, label, *pair)


def _steps(
    earlier: Report, facts: ReportFacts, known_at: datetime
) -> Iterator[tuple[str, str, int]]:
    parts = facts.parts or (facts.total,)
    with connection.cursor() as cursor:
        cursor.execute(
            _STEPS,
            {
                "since": earlier.known_at,
                "until": known_at,
                "first": earlier.first,
                "last": earlier.last,
                "code": facts.total.code,
                "length": len(parts[0].code),
                "ends": list(_ENDS),
                "extensions": list(_EXTENSIONS),
                "standing": _STANDING,
            },
        )
        counted = dict(cursor.fetchall())
    for part in parts:
        if part.code in counted:
            yield part.code, part.name, counted[part.code]
