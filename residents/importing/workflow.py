"""How an import moves: read, looked at, confirmed, entered; or refused, or discarded."""

from __future__ import annotations

from django.core.files.storage import default_storage
from django.db import transaction

from accounts.rules import Action
from residents.importing.models import Import, ImportBlock, ImportPart, ImportStatus, ImportStep
from residents.registry.probing import refuse_list_past_limit
from wacat.clock import now
from wacat.workflow import Move, Transition, Workflow, WrongState

NONE_GOOD = "Tidak ada baris yang dapat dimasukkan. Perbaiki berkasnya, lalu unggah lagi."


def _refuse(imported: Import, move: Move) -> None:
    imported.refusal = move.data["refusal"]
    _settle(imported, move)


def _confirm(imported: Import, move: Move) -> None:
    """Parts for the workers, one for each block; rows are entered by these alone.

    Raises TooManyHeld: the list waits for the next day.
    """
    if not imported.accepted:
        raise WrongState(NONE_GOOD)
    refuse_list_past_limit(move.actor)
    numbers = ImportBlock.objects.filter(of=imported).values_list("number", flat=True)
    ImportPart.objects.bulk_create(ImportPart(of=imported, number=number) for number in numbers)


def _discard(imported: Import, move: Move) -> None:
    _settle(imported, move)
    clear(imported)


def _settle(imported: Import, move: Move) -> None:
    imported.settled_at = now()


def clear(imported: Import) -> None:
    """Delete the rows as they were read, what was told of them, and the file itself."""
    ImportBlock.objects.filter(of=imported).delete()
    name, imported.file = imported.file, ""
    imported.reading_notes, imported.cleared_at = "", now()
    if name:
        transaction.on_commit(lambda: default_storage.delete(name), robust=True)


_UPLOADED, _READY = ImportStatus.UPLOADED, ImportStatus.READY
_IMPORT = Action.RESIDENT_IMPORT

WORKFLOW = Workflow(
    Import,
    ImportStep,
    (
        Transition("read", frozenset({_UPLOADED}), _READY, _IMPORT),
        Transition(
            "refuse",
            frozenset({_UPLOADED}),
            ImportStatus.REFUSED,
            _IMPORT,
            needs=("refusal",),
            apply=_refuse,
        ),
        Transition("confirm", frozenset({_READY}), ImportStatus.CONFIRMED, _IMPORT, apply=_confirm),
        Transition(
            "discard",
            frozenset({_UPLOADED, _READY}),
            ImportStatus.DISCARDED,
            _IMPORT,
            apply=_discard,
        ),
        Transition(
            "finish",
            frozenset({ImportStatus.CONFIRMED}),
            ImportStatus.DONE,
            _IMPORT,
            apply=_settle,
        ),
    ),
    wrong_state="Impor ini sudah berubah. Silakan lihat keadaannya yang terbaru.",
)
