"""What the start page says of reports on their way: to who enters them and to who judges them."""

from __future__ import annotations

from django.db.models import Count
from django.urls import reverse

from accounts.cards import Card, said
from accounts.login.models import User
from accounts.rules import Action
from accounts.scope import may
from residents.registry.models import Resident
from residents.registry.states import Status
from residents.verifying.queue import Queue


def cards(user: User) -> list[Card]:
    """Of drafts and returned reports for the RT, of what waits for the operator."""
    made = []
    if may(user, Action.RESIDENT_ENTER):
        made += _entering(user)
    if may(user, Action.RESIDENT_JUDGE):
        made += _judging(user)
    return made


def _entering(user: User) -> list[Card]:
    rows = Resident.objects.visible_to(user, Action.RESIDENT_ENTER)
    open_ones = rows.filter(status__in=(Status.RETURNED, Status.DRAFT)).order_by()
    counts = dict(open_ones.values_list("status").annotate(Count("pk")))
    listed = reverse("resident_list")
    return [
        Card(counts.get(status, 0), title, text, f"{listed}?status={status}")
        for status, title, text in (
            (
                Status.RETURNED,
                "Laporan dikembalikan",
                "Perbaiki sesuai catatan, lalu laporkan lagi.",
            ),
            (Status.DRAFT, "Draf belum dilaporkan", "Periksa jawabannya, lalu laporkan."),
        )
    ]


def _judging(user: User) -> list[Card]:
    counts, listed = Queue(user, {}).counts(), reverse("verify_queue")
    return [
        Card(
            counts["plain"],
            "Laporan tanpa peringatan",
            "Verifikasi sekaligus, 50 laporan sekali tekan.",
            listed,
            said(counts["plain"]),
        ),
        Card(
            counts["odd"],
            "Laporan yang perlu dilihat",
            "Ada yang tidak lazim. Buka satu per satu, yang terlama dahulu.",
            f"{listed}?bagian=peringatan",
            said(counts["odd"]),
        ),
    ]
