"""What the workers do: read an uploaded file, enter a part, clear what is old."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta

from django.db import transaction
from django.db.models import Q

from accounts.login.models import User
from residents.importing import reading, staging, summing
from residents.importing.against import hold_against
from residents.importing.entering import enter_rows
from residents.importing.judging import Defaults, Judge
from residents.importing.models import (
    Import,
    ImportBlock,
    ImportPart,
    ImportReading,
    ImportStatus,
)
from residents.importing.places import Places
from residents.importing.uploading import FOLDER, content_of
from residents.importing.workflow import WORKFLOW, clear
from residents.registry.probing import count_held_of_list
from residents.twins.telling import tell_of_held_list, tell_of_many_held
from wacat.clock import now
from wacat.spreadsheets.opening import SheetRefused
from wacat.strays import erase_unknown
from wacat.uncollected import uncollected
from wacat.work import Work
from wacat.workflow import Move

KEPT = timedelta(days=30)
CLEARED_AT_ONCE = 200
SYSTEM = Move(None)


@uncollected()
def read(work: ImportReading) -> None:
    """Read, judge and stage the uploaded file; or refuse it as a whole, with the reason."""
    imported = Import.objects.select_for_update(of=("self",)).get(pk=work.of_id)
    if imported.status != ImportStatus.UPLOADED:  # discarded meanwhile
        return
    try:
        with transaction.atomic():
            _stage(imported)
    except SheetRefused as error:
        WORKFLOW.advance(imported.pk, "refuse", Move(None, {"refusal": str(error)[:500]}))
        return
    WORKFLOW.advance(imported.pk, "read", SYSTEM)


def _stage(imported: Import) -> None:
    places = Places(imported.area_id)
    defaults = Defaults(
        rt=imported.default_rt_id or "",
        address=imported.default_address,
        arrival=imported.default_arrival,
        purpose=imported.default_purpose,
    )
    found = reading.read(content_of(imported), imported.name, _given(defaults, places))
    judge = Judge(places, defaults)
    judged = [judge.judge(row) for row in found.rows]
    hold_against(judged, imported.area_id)
    staging.keep(imported, judged, found.columns)
    summing.note(imported, found, judged, judge)
    imported.save()


def _given(defaults: Defaults, places: Places) -> list[str]:
    """The columns that may be missing."""
    has = {
        "rt": defaults.rt or places.only,
        "kelurahan": defaults.rt or places.is_one_kelurahan,
        "address": defaults.address,
        "arrived_on": defaults.arrival,
        "purpose": defaults.purpose,
    }
    return [key for key, value in has.items() if value]


@uncollected()
def enter(part: ImportPart) -> None:
    """Enter the accepted rows of the part's block; the last part finishes the import."""
    imported = Import.objects.select_related("uploaded_by").get(pk=part.of_id)
    block = ImportBlock.objects.get(of=imported, number=part.number)
    rows = staging.rows_of(block)
    outcome = enter_rows(imported, [row for row in rows if not row.errors], _confirmed_by(imported))
    if outcome.changed:
        staging.keep_again(block, rows)
    part.entered, part.held, part.beyond = outcome.entered, outcome.held, outcome.beyond
    part.rejected, part.held_in = outcome.rejected, dict(outcome.held_in)
    _finish(part)


def _confirmed_by(imported: Import) -> User:
    step = imported.steps.filter(name="confirm").select_related("actor").last()
    return step.actor if step and step.actor else imported.uploaded_by


def _finish(part: ImportPart) -> None:
    """Add the part to the import's sums. Of two that end at once, the later sees the other."""
    rows = Import.objects.select_for_update(of=("self",))
    imported = rows.get(pk=part.of_id)
    done = ImportPart.objects.filter(of=imported, state=Work.State.DONE)
    parts = [*done.exclude(pk=part.pk), part]
    imported.entered = sum(one.entered for one in parts)
    if len(parts) == ImportPart.objects.filter(of=imported).count():
        imported.held = sum(one.held for one in parts)
        if any(one.rejected for one in parts):
            summing.note_again(imported, staging.all_rows_of(imported))
        imported.save()
        WORKFLOW.advance(imported.pk, "finish", SYSTEM)
        _tell_of_held(imported, parts)
    else:
        imported.save(update_fields=["entered"])


def _tell_of_held(imported: Import, parts: list[ImportPart]) -> None:
    """Those who decide, and, where it is more than anybody may try in a day, the operators."""
    counts: Counter[str] = Counter()
    for part in parts:
        counts.update(part.held_in)
    tell_of_held_list(counts)
    beyond = sum(part.beyond for part in parts)
    if not count_held_of_list(_confirmed_by(imported), beyond):
        tell_of_many_held(imported.pk, imported.area_id, beyond)


def clear_old() -> int:
    """Delete files and staged rows 30 days after an import was settled, or left unconfirmed.

    How many imports. Files that a crash has left without a row go as well.
    """
    before = now() - KEPT
    over = Q(settled_at__lt=before)
    left = Q(status__in=(ImportStatus.UPLOADED, ImportStatus.READY), uploaded_at__lt=before)
    rows = Import.objects.filter(over | left, cleared_at=None).order_by("uploaded_at")
    keys = list(rows.values_list("pk", flat=True)[:CLEARED_AT_ONCE])
    for pk in keys:
        _clear(pk)
    erase_unknown(FOLDER, Import.objects)
    return len(keys)


def _clear(pk: int) -> None:
    with transaction.atomic():
        imported = Import.objects.select_for_update(of=("self",)).get(pk=pk)
        if not imported.is_settled:
            WORKFLOW.advance(pk, "discard", SYSTEM)
            return
        clear(imported)
        imported.save()
