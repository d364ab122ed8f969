"""A letter's log in words, for its page."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from reports.letters.handing_models import Handing, LetterLink
from reports.letters.handing_scans import is_valid
from reports.letters.models import Letter
from wacat.work import Work

SHOWN = 50
_OUTGOING = (Handing.Kind.EMAIL, Handing.Kind.WHATSAPP)


@dataclass(frozen=True)
class Line:
    """One line. ``mark`` and ``state`` are empty where the line says it all.

    ``open_link`` is the key of a link that can still be ended.
    """

    label: str
    at: datetime
    actor: str
    detail: str = ""
    mark: str = ""
    state: str = ""
    open_link: int | None = None


def lines_of(letter: Letter) -> list[Line]:
    """The log, the latest first."""
    rows = Handing.objects.filter(letter=letter).select_related("actor", "link__mail")
    return [_line(letter, row) for row in rows.order_by("-at", "-pk")[:SHOWN]]


def state_of(link: Any, letter: Letter) -> tuple[str, str]:
    """A link's mark and state in words, as things stand."""
    mail = getattr(link, "mail", None)
    if link.fetched_at:
        return "done", "Sudah diambil"
    if link.ended_at:
        return "ended", "Diakhiri"
    if not link.is_open:
        return "expired", "Kedaluwarsa"
    if not is_valid(letter):
        return "revoked", "Tidak berlaku lagi"
    if mail is None:
        return "waiting", "Belum diambil"
    if mail.state == Work.State.FAILED:
        return "failed", "Gagal terkirim"
    return ("done", "Terkirim") if mail.state == Work.State.DONE else ("waiting", "Sedang dikirim")


def masked(address: str) -> str:
    """An address or number that its owner would know again: ``b•••@contoh.id``, ``0812•••90``."""
    name, at, host = address.partition("@")
    return f"{name[:1]}•••@{host}" if at else f"{address[:4]}•••{address[-2:]}"


def _line(letter: Letter, row: Handing) -> Line:
    link: LetterLink | None = row.link
    label, actor = row.get_kind_display(), str(row.actor) if row.actor else ""
    if link is None or row.kind not in _OUTGOING:
        return Line(label, row.at, actor, row.get_receiver_display() if row.receiver else "")
    mark, state = state_of(link, letter)
    to = f"ke {masked(link.sealed_address)}" if link.sealed_address else ""
    ends = link.pk if link.is_open and is_valid(letter) else None
    return Line(label, row.at, actor, to, mark, state, ends)
