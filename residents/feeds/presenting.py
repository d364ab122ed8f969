"""What the page of a file tells: progress, counts, how it was read, first rows of each kind."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from residents.feeds import reading
from residents.feeds.models import OUTCOMES, FeedFile, FeedPart, FeedReading, FeedStatus
from residents.feeds.noting import title_of
from wacat.words import angka
from wacat.work import Work

_SKIPPED = {
    reading.BLANK: "{} baris kosong",
    reading.HEADING: "{} baris judul yang berulang",
    reading.TOTAL: "{} baris jumlah",
}
_MARKS = {
    FeedStatus.UPLOADED: "waiting",
    FeedStatus.REFUSED: "failed",
    FeedStatus.ASKING: "ready",
    FeedStatus.READY: "ready",
    FeedStatus.CONFIRMED: "waiting",
    FeedStatus.DONE: "done",
    FeedStatus.DISCARDED: "ended",
}
# Each with what it means, in the order of the page.
MEANINGS = {
    "told": ("Diberitahukan", "layanan baru, RT-nya diketahui"),
    "waiting": ("Menunggu alamat", "layanan baru, RT-nya belum diketahui"),
    "aside": ("Dikesampingkan", "layanan baru, menurut keputusan atas alamatnya"),
    "changed": ("Berubah", "versi baru dari layanan yang sudah ada"),
    "known": ("Sudah ada", "sama dengan yang sudah diberitahukan; tidak diulang"),
    "doubled": ("Ganda", "sama dengan baris lain dalam berkas ini"),
    "replaced": ("Diganti", "ada baris lebih bawah tentang layanan yang sama"),
    "rejected": ("Ditolak", "tidak dapat dibaca"),
}


@dataclass(frozen=True)
class Progress:
    """Whether workers are at it, how far they are, and whether they have given up."""

    is_working: bool
    failed: bool = False
    text: str = ""


def mark_of(of: FeedFile) -> str:
    """The key of the mark beside its state (components/status.html)."""
    return _MARKS[FeedStatus(of.status)]


def progress_of(of: FeedFile) -> Progress:
    """How far the reading or the entering is."""
    if of.status == FeedStatus.UPLOADED:
        last = FeedReading.objects.filter(of=of).order_by("pk").last()
        gave_up = last is not None and last.state == Work.State.FAILED
        return Progress(not gave_up, gave_up, "Berkas sedang dibaca dan diperiksa.")
    if of.status == FeedStatus.CONFIRMED:
        states = Counter(FeedPart.objects.filter(of=of).values_list("state", flat=True))
        done, every = states[Work.State.DONE], sum(states.values())
        text = f"{angka(done)} dari {angka(every)} bagian sudah dimasukkan."
        return Progress(bool(states[Work.State.WAITING]), bool(states[Work.State.FAILED]), text)
    return Progress(False)


def counts_of(of: FeedFile) -> list[dict[str, Any]]:
    """Each outcome with its count; together they are all rows."""
    return [
        {
            "name": name,
            "label": MEANINGS[name][0],
            "meaning": MEANINGS[name][1],
            "count": getattr(of, name),
        }
        for name in sorted(OUTCOMES, key=list(MEANINGS).index)
    ]


def has_counts(of: FeedFile) -> bool:
    """Whether it was read, so that there is something to tell."""
    return of.status in (FeedStatus.READY, FeedStatus.CONFIRMED, FeedStatus.DONE)


def notes_of(of: FeedFile) -> dict[str, Any]:
    """What was told when the file was read, ready for the page; empty when it is cleared."""
    if not of.notes:
        return {}
    notes: dict[str, Any] = json.loads(of.notes)
    notes["remarks"] = [*_remarks(notes), *notes.get("remarks", [])]
    notes["read"] = [
        {**column, "title": title_of(column["key"])}
        for column in notes["columns"]
        if column["key"] and title_of(column["key"])
    ]
    for reason in notes.get("reasons", []):
        more = ", …" if reason["times"] > len(reason["places"]) else ""
        reason["where"] = f"{angka(reason['times'])} baris: {', '.join(reason['places'])}{more}"
    samples = notes.get("samples", {})
    notes["kinds_of_rows"] = [
        {"label": label, "rows": samples[name]}
        for name, (label, _) in MEANINGS.items()
        if samples.get(name)
    ]
    return notes


def _remarks(notes: dict[str, Any]) -> Iterator[str]:
    for sheet, kind in filter(None, notes.get("kinds", [])):
        yield f"Semua baris{f' lembar “{sheet}”' if sheet else ''} dibaca sebagai {kind}."
    ignored = [column["heading"] for column in notes["columns"] if not column["key"]]
    if ignored:
        yield f"Kolom yang tidak dibaca: {', '.join(ignored[:40])}."
    if notes.get("passed"):
        yield f"Lembar yang tidak berisi daftar: {', '.join(notes['passed'])}."
    skipped = notes.get("skipped", {})
    passed = [
        text.format(angka(skipped[kind])) for kind, text in _SKIPPED.items() if kind in skipped
    ]
    if passed:
        yield f"Dilewati: {', '.join(passed)}."
