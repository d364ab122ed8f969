"""What the public is told of a letter: its state, in one table, and facts that name nobody."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

from django.conf import settings

from reports.letters.models import Drawing, Letter, Status
from reports.letters.printing import stored_pdf
from reports.letters.signing import INK
from reports.letters.verification_reading import signature_of
from reports.letters.verification_signature import Signature
from wacat.words import name_masked


class Shown(NamedTuple):
    """What a state depends on. ``signing`` is empty once the letter's facts are erased."""

    letter: Letter
    signing: str
    signature: Signature | None


class State(NamedTuple):
    """How a state is told; ``kind`` is that of ``components/notice.html``."""

    kind: str
    title: str
    text: str = ""


# The first that applies.
STATES: tuple[tuple[Callable[[Shown], bool], State], ...] = (
    (
        lambda one: one.letter.mark == "replaced",
        State(
            "warning",
            "Surat ini sudah digantikan dan tidak berlaku",
            "Kelurahan sudah menerbitkan surat baru sebagai penggantinya. Minta surat yang baru.",
        ),
    ),
    (
        lambda one: one.letter.status == Status.REVOKED,
        State("warning", "Surat ini sudah dicabut dan tidak berlaku"),
    ),
    (
        lambda one: one.letter.is_expired,
        State("warning", "Masa berlaku surat ini sudah habis"),
    ),
    (
        lambda one: not one.signing,
        State("info", "Terdaftar."),
    ),
    (
        lambda one: one.signing == INK,
        State("success", "Terdaftar. Sah hanya dengan tanda tangan dan cap dinas."),
    ),
    (
        lambda one: one.signature is None,
        State("warning", "Terdaftar, tetapi belum ditandatangani"),
    ),
    (
        lambda one: True,
        State(
            "success",
            "Terdaftar. Ditandatangani secara elektronik.",
            "Tanda tangannya ada di dalam berkas PDF. Unggah berkas itu untuk memastikan isinya "
            "tidak diubah.",
        ),
    ),
)


def shown(letter: Letter) -> dict[str, Any]:
    """What the pages show of an issued letter: state, number, dates, kelurahan, masked names."""
    facts = letter.facts  # none once the retention schedule has removed them
    signing = facts.signing if facts else ""
    one = Shown(letter, signing, _signature(letter) if signing not in ("", INK) else None)
    return {
        "letter": letter,
        "names": [name_masked(subject.full_name) for subject in facts.subjects] if facts else [],
        "kelurahan": facts.office.kelurahan if facts else letter.area.containing.name,
        "state": next(state for applies, state in STATES if applies(one)),
        "signature": one.signature,
        "specimen": settings.DEMO,
    }


def _signature(letter: Letter) -> Signature | None:
    """Of the stored PDF, as it was when that was checked and stored; None while it waits."""
    work = Drawing.objects.filter(letter=letter, state=Drawing.State.DONE).first()
    return signature_of(stored_pdf(work), work.done_at) if work else None
