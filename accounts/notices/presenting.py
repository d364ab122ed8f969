"""Notices and deliveries as the pages show them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from accounts.areas.models import Area
from accounts.notices.channels import (
    ADDRESS_REFUSED,
    BAD_ADDRESS,
    CHANNELS,
    MESSAGE_REFUSED,
    NO_ADDRESS,
)
from accounts.notices.delivering import ACCOUNT_CLOSED
from accounts.notices.kinds import KINDS, NoticeKind
from accounts.notices.models import Delivery, Notice
from accounts.notices.whatsapp import whatsapp_link
from accounts.posts.models import Post, place_of
from accounts.rules import Role
from wacat.words import angka, tanggal
from wacat.work import Work

STATES = {
    Work.State.WAITING: "Menunggu",
    Work.State.DONE: "Terkirim",
    Work.State.FAILED: "Gagal",
}
Names = dict[str, dict[Any, str]]

# Days among the values, and how far what is told lies from them: ``until`` is the first day
# after the last.
_DAYS = {"on": timedelta(), "starts": timedelta(), "until": timedelta(days=-1)}
_CHANGES = {
    "created": "RT baru dibentuk",
    "frozen": "RT dibekukan",
    "thawed": "RT dibuka kembali",
    "renumbered": "nomor RT diganti",
    "merged": "RT digabung",
}
_FAILURES = {
    NO_ADDRESS: "Pengguna tidak punya alamat surel lagi",
    BAD_ADDRESS: "Alamat surel tidak sah",
    ADDRESS_REFUSED: "Alamat ditolak server surel penerima",
    MESSAGE_REFUSED: "Pesan ditolak server surel penerima",
    ACCOUNT_CLOSED: "Akun sudah nonaktif",
    "TimeoutError": "Server surel tidak menjawab",
    "ConnectionRefusedError": "Server surel tidak dapat dihubungi",
    "gaierror": "Nama server surel tidak ditemukan",
    "SMTPConnectError": "Server surel tidak dapat dihubungi",
    "SMTPServerDisconnected": "Server surel memutus sambungan",
    "SMTPAuthenticationError": "Server surel menolak nama pengguna atau kata sandi WaCAT",
    "SMTPSenderRefused": "Server surel menolak alamat pengirim WaCAT",
    "SMTPRecipientsRefused": "Server surel penerima menunda",
    "SMTPDataError": "Server surel penerima menunda",
    "WorkerLost": "Pengirim berhenti di tengah jalan, berkali-kali",
}


@dataclass(frozen=True)
class NoticeLine:
    """A notice in its recipient's list."""

    notice: Notice
    title: str
    category: str
    text: str
    detail: str


@dataclass(frozen=True)
class DeliveryLine:
    """A delivery in the log. ``by_hand`` is the address to tell a failed one by hand."""

    delivery: Delivery
    title: str
    channel: str
    state: str
    failure: str
    by_hand: str


def notice_lines(notices: Iterable[Notice]) -> list[NoticeLine]:
    """The notices as lines; the names of all their areas and posts in one query each."""
    found = list(notices)
    names = {
        "area": _places({one.values["area"] for one in found if "area" in one.values}),
        "post": _offices({one.values["post"] for one in found if "post" in one.values}),
    }
    return [_line(one, names) for one in found]


def _line(notice: Notice, names: Names) -> NoticeLine:
    kind = KINDS.get(notice.kind, NoticeKind)
    words = {name: _word(name, value, names) for name, value in notice.values.items()}
    detail = kind.detail.format_map(words)
    return NoticeLine(notice, kind.title, kind.category, kind.text, detail)


def _word(name: str, value: Any, names: Names) -> str:
    if name in names:
        return names[name].get(value, "tidak dikenal")
    if name in _DAYS:
        return tanggal(date.fromisoformat(value) + _DAYS[name])
    if name == "role":
        return Role(value).label
    if name == "what":
        return _CHANGES.get(value, value)
    return angka(value) if isinstance(value, int) else str(value)


def _places(codes: set[str]) -> dict[Any, str]:
    areas = Area.objects.filter(code__in=codes).select_related("parent") if codes else ()
    return {area.code: place_of(area) for area in areas}


def _offices(keys: set[int]) -> dict[Any, str]:
    posts = Post.objects.filter(pk__in=keys).select_related("area__parent") if keys else ()
    return {post.pk: post.label for post in posts}


def target_of(notice: Notice) -> str:
    """The page that the notice leads to."""
    return KINDS.get(notice.kind, NoticeKind).url(notice.values)


def delivery_line(delivery: Delivery) -> DeliveryLine:
    """The delivery as a line. Its notice and recipient are to be at hand."""
    kind = KINDS.get(delivery.notice.kind, NoticeKind)
    failed = delivery.state == Work.State.FAILED
    return DeliveryLine(
        delivery,
        kind.title,
        _channel(delivery),
        STATES[Work.State(delivery.state)],
        failure_words(delivery.failure),
        whatsapp_link(delivery.notice.recipient, kind) if failed else "",
    )


def _channel(delivery: Delivery) -> str:
    label = CHANNELS[delivery.channel].label
    return f"{label}, alamat sebelumnya" if delivery.address else label


def failure_words(failure: str) -> str:
    """What went wrong, for a person; the mail server's own code goes along."""
    if not failure:
        return ""
    name, _, code = failure.partition(" ")
    said = _FAILURES.get(name, f"Kesalahan lain ({name})")
    return f"{said} (kode {code})." if code else f"{said}."
