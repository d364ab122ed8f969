"""What the workers do: read an uploaded file, enter a part, clear what is old."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import timedelta

from django.db import transaction
from django.db.models import Q

from accounts.scope import KELURAHAN
from residents.feeds import noting, reading, staging, telling
from residents.feeds.accounting import Account
from residents.feeds.deciding import follow_up
from residents.feeds.gazetteer import Gazetteer
from residents.feeds.judging import Judge
from residents.feeds.models import (
    FeedBlock,
    FeedFile,
    FeedPart,
    FeedReading,
    FeedStatus,
)
from residents.feeds.needed import lacks_of
from residents.feeds.reading import Found, Sheet
from residents.feeds.remembered import remembered
from residents.feeds.staging import BLOCK, Staged
from residents.feeds.uploading import FOLDER, content_of
from residents.feeds.workflow import WORKFLOW, clear
from residents.services.codes import Kind, Status
from residents.services.delivered import Delivered
from residents.services.lines import line
from residents.services.recording import Entered, Origin, record
from wacat.clock import now
from wacat.spreadsheets.opening import SheetRefused
from wacat.strays import erase_unknown
from wacat.uncollected import uncollected
from wacat.work import Work
from wacat.workflow import Move

KEPT = timedelta(days=30)
CLEARED_AT_ONCE = 200
SYSTEM = Move(None)
_NEW = frozenset({"told", "waiting", "aside", "changed"})
DAMAGED_TOGETHER = (
    "Semua NIK dalam berkas ini berakhir dengan angka 0: Excel telah menghilangkan digit "
    "terakhirnya. Unduh ulang dari sistem asalnya, dengan kolom NIK sebagai Teks."
)


@uncollected()
def read(work: FeedReading) -> None:
    """Read, judge and stage the file; ask for its columns; or refuse it as a whole."""
    of = FeedFile.objects.select_for_update(of=("self",)).get(pk=work.of_id)
    if of.status != FeedStatus.UPLOADED:  # discarded meanwhile
        return
    try:
        with transaction.atomic():
            name = _read(of)
    except SheetRefused as error:
        WORKFLOW.advance(of.pk, "refuse", Move(None, {"refusal": str(error)[:500]}))
        telling.tell_refused(of)
        return
    WORKFLOW.advance(of.pk, name, SYSTEM)
    telling.tell_read(of)


def _read(of: FeedFile) -> str:
    """The transition that follows."""
    chosen = of.source.columns if of.source else {}
    kind = Kind(of.kind) if of.kind else None
    found = reading.read(content_of(of), of.name, chosen, kind)
    of.sheets = [sheet.title[:60] for sheet in found.sheets]
    of.lacks = [lacks_of(sheet.heads.keys.values()) for sheet in found.sheets]
    if found.missing:
        noting.note_question(of, found)
        of.save()
        return "ask"
    _stage(of, found)
    of.save()
    return "read"


def _stage(of: FeedFile, found: Found) -> None:
    areas, labels = Gazetteer(), noting.Labels()
    judge, account = Judge(areas), Account(areas.living)
    contents = []
    reasons = noting.Reasons(of.sheets)
    for staged in _blocks(found.sheets, judge, labels, reasons):
        account.add(staged)
        contents.append(staged.sealed())
    if not contents:
        raise SheetRefused(reading.EMPTY)
    if judge.zeros.all_damaged:
        raise SheetRefused(DAMAGED_TOGETHER)
    marks = account.close()
    staging.keep(of, contents, marks)
    of.count(account.counts)
    noting.note(of, found, account, judge, labels, reasons)


def _blocks(
    sheets: list[Sheet], judge: Judge, labels: noting.Labels, reasons: noting.Reasons
) -> Iterator[Staged]:
    """The rows of all sheets, judged."""
    staged, rows = Staged(), 0
    for sheet in sheets:
        judge.begin(sheet.heads.keys.values(), sheet.kind, sheet.names)
        for number, cells, values in sheet.rows():
            at = line(sheet.number, number)
            judged = judge.judge(at, cells)
            if judged.errors:
                given = labels.cells(sheet.heads, values)
                staged.rejected.append(staging.Rejected(at, judged.errors, given))
                reasons.add(at, judged.errors)
            else:
                staged.services += judged.services
            rows += 1
            if rows % BLOCK == 0:
                yield staged
                staged = Staged()
    if staged.size:
        yield staged


@uncollected()
def enter(part: FeedPart) -> None:
    """Enter the block's services that count; the last part finishes the file."""
    of = FeedFile.objects.get(pk=part.of_id)
    rows = staging.counting(FeedBlock.objects.get(of=of, number=part.number))
    entered = record(rows, Origin(_entered_by(of), of.pk), remembered)
    counts: Counter[str] = Counter()
    waiting: Counter[str] = Counter()
    for one in rows:
        became = entered[one.identity]
        counts.update(_named(one, became))
        if became.status == Status.WAITING and became.outcome in _NEW:
            waiting[one.within] += 1
    part.counts = dict(counts)
    part.waiting_in = {code: n for code, n in waiting.items() if len(code) == KELURAHAN}
    _finish(part)


def _named(one: Delivered, became: Entered) -> Iterator[str]:
    """What it is counted as; the other end of a move is counted apart."""
    if not one.is_other_end:
        yield became.outcome
    elif became.outcome in _NEW:
        yield "also"


def _entered_by(of: FeedFile) -> int:
    step = of.steps.filter(name="confirm").last()
    return step.actor_id if step and step.actor_id else of.uploaded_by_id


def _finish(part: FeedPart) -> None:
    """Add the parts up when all are done. Of two that end at once, the later sees the other."""
    of = FeedFile.objects.select_for_update(of=("self",)).get(pk=part.of_id)
    done = FeedPart.objects.filter(of=of, state=Work.State.DONE)
    parts = [*done.exclude(pk=part.pk), part]
    if len(parts) < FeedPart.objects.filter(of=of).count():
        return
    counts: Counter[str] = Counter()
    waiting: Counter[str] = Counter()
    for one in parts:
        counts.update(one.counts)
        waiting.update(one.waiting_in)
    of.count({**counts, "doubled": of.doubled, "replaced": of.replaced, "rejected": of.rejected})
    of.save()
    WORKFLOW.advance(of.pk, "finish", SYSTEM)
    follow_up(of)
    telling.tell_done(of, waiting)


def clear_old() -> int:
    """Delete files and staged rows 30 days after a file was settled, or left unconfirmed.

    How many files. What a crash has left without a row goes as well.
    """
    before = now() - KEPT
    over = Q(settled_at__lt=before)
    open_ones = (FeedStatus.UPLOADED, FeedStatus.ASKING, FeedStatus.READY)
    left = Q(status__in=open_ones, uploaded_at__lt=before)
    rows = FeedFile.objects.filter(over | left, cleared_at=None).order_by("uploaded_at")
    keys = list(rows.values_list("pk", flat=True)[:CLEARED_AT_ONCE])
    for pk in keys:
        _clear(pk)
    erase_unknown(FOLDER, FeedFile.objects)
    return len(keys)


def _clear(pk: int) -> None:
    with transaction.atomic():
        of = FeedFile.objects.select_for_update(of=("self",)).get(pk=pk)
        if not of.is_settled:
            WORKFLOW.advance(pk, "discard", SYSTEM)
            return
        clear(of)
        of.save()
