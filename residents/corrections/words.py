"""What happened to a correction, in words: its history, and why something comes too late."""

from __future__ import annotations

from residents.corrections.models import Correction, CorrectionStep
from wacat.words import waktu

STEP_LABELS = {
    "send": "Dikirim oleh RT",
    "ask": "Operator bertanya",
    "reply": "Dijawab",
    "accept": "Diterima operator",
    "reject": "Ditolak operator",
    "withdraw": "Ditarik oleh RT",
}
_HAPPENED = {
    "send": "Koreksi ini dikirim",
    "ask": "Operator mengajukan pertanyaan",
    "reply": "RT menjawab pertanyaan operator",
    "accept": "Operator menerima koreksi ini",
    "reject": "Operator menolak koreksi ini",
    "withdraw": "RT menarik koreksi ini",
}
_LOOK = "Yang baru saja Bapak/Ibu isi tidak disimpan. Lihat dahulu keadaannya yang terbaru."


def latest_step(correction: Correction) -> CorrectionStep:
    """Every correction has one: it was sent."""
    return CorrectionStep.objects.filter(subject=correction).latest("pk")


def happened_since(correction: Correction, seen: int) -> str:
    """What has happened after the step *seen*, for who did not see it; nothing where nothing."""
    latest = latest_step(correction)
    return what_happened(latest) if latest.pk != seen else ""


def what_happened(step: CorrectionStep) -> str:
    """The step, for who came too late."""
    return f"{_HAPPENED[step.name]} pada {waktu(step.at)}. {_LOOK}"
