"""What the page of an import tells: progress, counts, notes, first rows of each kind."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q

from residents.importing import reading
from residents.importing.models import Import, ImportPart, ImportReading, ImportStatus
from wacat.words import angka
from wacat.work import Work

_SKIPPED = {
    reading.BLANK: "{} baris kosong, atau hanya berisi nomor urut dan RT",
    reading.HEADING: "{} baris judul yang berulang",
    reading.TOTAL: "{} baris jumlah",
    reading.EXAMPLE: "{} baris contoh",
}
_MARKS = {
    ImportStatus.UPLOADED: "waiting",
    ImportStatus.REFUSED: "failed",
    ImportStatus.READY: "ready",
    ImportStatus.CONFIRMED: "waiting",
    ImportStatus.DONE: "done",
    ImportStatus.DISCARDED: "ended",
}


@dataclass(frozen=True)
class Progress:
    """Whether workers are at it, how far they are, and whether they have given up."""

    is_working: bool
    failed: bool = False
    text: str = ""


def mark_of(imported: Import) -> str:
    """The key of the mark beside its state (components/status.html)."""
    return _MARKS[ImportStatus(imported.status)]


def progress_of(imported: Import) -> Progress:
    """How far the reading or the entering is."""
    if imported.status == ImportStatus.UPLOADED:
        gave_up = ImportReading.objects.filter(of=imported, state=Work.State.FAILED).exists()
        return Progress(not gave_up, gave_up, "Berkas sedang dibaca dan diperiksa.")
    if imported.status == ImportStatus.CONFIRMED:
        waiting, failed = Work.State.WAITING, Work.State.FAILED
        counts = ImportPart.objects.filter(of=imported).aggregate(
            waiting=Count("pk", filter=Q(state=waiting)), failed=Count("pk", filter=Q(state=failed))
        )
        text = f"{angka(imported.entered)} dari {angka(imported.accepted)} warga sudah dimasukkan."
        return Progress(bool(counts["waiting"]), bool(counts["failed"]), text)
    return Progress(False)


def tells_rejected(imported: Import) -> bool:
    """Whether it is known which rows are rejected; while rows are being entered it is not."""
    return imported.status in (ImportStatus.READY, ImportStatus.DONE)


def notes_of(imported: Import) -> dict[str, Any]:
    """What was told when the file was read, ready for the page; empty when it is cleared."""
    if not imported.reading_notes:
        return {}
    notes: dict[str, Any] = json.loads(imported.reading_notes)
    places = notes["places"]
    for kind in ("rejected", "warned", "good"):
        for row in notes[kind]["rows"]:
            row["area"] = places.get(row["area"], row["rt"])
        for reason in notes[kind]["said"]:
            reason["where"] = _where(reason)
    notes["remarks"] = list(_remarks(notes))
    return notes


def _where(reason: dict[str, Any]) -> str:
    """As in "3 baris: 7, 8, 9; juga “Sunda”"."""
    rest = reason["times"] > len(reason["places"])
    text = f"{angka(reason['times'])} baris: {', '.join(reason['places'])}{', …' if rest else ''}"
    if reason["also"]:
        text += f"; juga {', '.join(reason['also'])}"
    return f"{text}; dan yang serupa" if reason["and_more"] else text


def _remarks(notes: dict[str, Any]) -> Iterator[str]:
    if notes["ignored"]:
        yield f"Kolom yang tidak dibaca: {', '.join(notes['ignored'])}."
    if notes["other_sheets"]:
        yield f"Lembar yang tidak berisi daftar: {', '.join(notes['other_sheets'])}."
    passed = [
        text.format(angka(notes["skipped"][kind]))
        for kind, text in _SKIPPED.items()
        if notes["skipped"].get(kind)
    ]
    if passed:
        yield f"Dilewati: {', '.join(passed)}."
    for title, text, label, times in notes["read_as"]:
        yield f"{title} “{text}” dibaca sebagai {label} ({angka(times)} baris)."
