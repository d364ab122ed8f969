"""What a batch's page tells: how many are drawn, and which are in the way."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from reports.letters.batch_models import PrintBatch
from reports.letters.models import Drawing, Letter, Status
from reports.letters.queries import with_people
from wacat.work import Work

FAILED = "PDF belum dapat digambar. Tim teknis dapat melihat sebabnya."
UNSIGNED = "Belum dapat ditandatangani secara elektronik. Dicoba lagi dengan sendirinya."
REVOKED = "Sudah dicabut, jadi tidak ikut dicetak."


@dataclass
class Told:
    """The batch's letters: all by number, how many are drawn, and what is said of the others."""

    letters: list[Letter]
    drawn: int = 0
    wanted: int = 0
    merged: int = 0
    hindered: list[tuple[Letter, str]] = field(default_factory=list)

    @property
    def missing(self) -> int:
        """How many are still to be drawn."""
        return self.wanted - self.drawn

    @property
    def is_held_up(self) -> bool:
        """Whether what is missing will not come by itself within seconds."""
        return 0 < self.missing <= len([one for one, text in self.hindered if text != REVOKED])


def told(batch: PrintBatch) -> Told:
    """What there is to say about *batch*, in a constant number of queries."""
    lines = batch.lines.all()
    letters = list(
        with_people(Letter.objects.filter(pk__in=lines.values("letter")))
        .select_related("drawing")
        .order_by("number_year", "number_serial")
    )
    found = Told(letters, merged=lines.filter(is_merged=True).count())
    for letter in letters:
        text = _hindrance(letter)
        if text:
            found.hindered.append((letter, text))
        if text != REVOKED:
            found.wanted += 1
            found.drawn += _is_drawn(letter)
    return found


def _is_drawn(letter: Any) -> bool:
    return bool(letter.drawing.state == Work.State.DONE)


def _hindrance(letter: Any) -> str:
    """What keeps it from being printed, beyond the seconds that drawing takes."""
    drawing: Drawing = letter.drawing
    if letter.status != Status.ISSUED or letter.erased_on:
        return REVOKED
    if drawing.awaits_signature:
        return UNSIGNED
    return FAILED if drawing.state == Work.State.FAILED or _keeps_failing(drawing) else ""


def _keeps_failing(drawing: Drawing) -> bool:
    """It waits for another attempt, which may be minutes away."""
    return drawing.state == Work.State.WAITING and bool(drawing.failure)
