"""How a file moves: read, its columns asked for, looked at, confirmed, entered; or not."""

from __future__ import annotations

from django.core.files.storage import default_storage
from django.db import transaction

from accounts.rules import Action
from residents.feeds.models import (
    FeedBlock,
    FeedFile,
    FeedFileStep,
    FeedPart,
    FeedReading,
    FeedStatus,
)
from wacat.clock import now
from wacat.workflow import Move, Transition, Workflow, WrongState

NONE_NEW = "Tidak ada baris baru dalam berkas ini: semuanya sudah diketahui, ganda, atau ditolak."


def _refuse(of: FeedFile, move: Move) -> None:
    of.refusal = move.data["refusal"]
    _settle(of, move)


def _choose(of: FeedFile, move: Move) -> None:
    """Read it again with what was said of its columns; what was counted counts no more."""
    of.kind = move.data.get("kind")
    of.count({})
    FeedBlock.objects.filter(of=of).delete()
    FeedReading.objects.create(of=of)


def _confirm(of: FeedFile, move: Move) -> None:
    """Parts for the workers, one for each block; rows are entered by these alone."""
    if not of.enters and not of.also:
        raise WrongState(NONE_NEW)
    numbers = FeedBlock.objects.filter(of=of).values_list("number", flat=True)
    FeedPart.objects.bulk_create(FeedPart(of=of, number=number) for number in numbers)


def _discard(of: FeedFile, move: Move) -> None:
    _settle(of, move)
    clear(of)


def _settle(of: FeedFile, move: Move) -> None:
    of.settled_at = now()


def clear(of: FeedFile) -> None:
    """Delete the rows as they were read, what was told of them, and the file itself."""
    FeedBlock.objects.filter(of=of).delete()
    name, of.file = of.file, ""
    of.notes, of.cleared_at = "", now()
    if name:
        transaction.on_commit(lambda: default_storage.delete(name), robust=True)


_UPLOADED, _ASKING, _READY = FeedStatus.UPLOADED, FeedStatus.ASKING, FeedStatus.READY
_RECEIVE = Action.SERVICE_RECEIVE

WORKFLOW = Workflow(
    FeedFile,
    FeedFileStep,
    (
        Transition("read", frozenset({_UPLOADED}), _READY, _RECEIVE),
        Transition("ask", frozenset({_UPLOADED}), _ASKING, _RECEIVE),
        Transition("choose", frozenset({_ASKING, _READY}), _UPLOADED, _RECEIVE, apply=_choose),
        Transition(
            "refuse",
            frozenset({_UPLOADED}),
            FeedStatus.REFUSED,
            _RECEIVE,
            needs=("refusal",),
            apply=_refuse,
        ),
        Transition("confirm", frozenset({_READY}), FeedStatus.CONFIRMED, _RECEIVE, apply=_confirm),
        Transition(
            "discard",
            frozenset({_UPLOADED, _ASKING, _READY}),
            FeedStatus.DISCARDED,
            _RECEIVE,
            apply=_discard,
        ),
        Transition(
            "finish", frozenset({FeedStatus.CONFIRMED}), FeedStatus.DONE, _RECEIVE, apply=_settle
        ),
    ),
    wrong_state="Berkas ini sudah berubah. Silakan lihat keadaannya yang terbaru.",
)
