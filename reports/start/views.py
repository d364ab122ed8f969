"""The start page: what is to be done today, by what one's posts may do."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable

from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from accounts.access import ActionView, user_of
from accounts.cards import Card
from accounts.closing.cards import cards as closing_cards
from accounts.directory.cards import cards as directory_cards
from accounts.handover.cards import cards as handover_cards
from accounts.issuing.cards import cards as issuing_cards
from accounts.login.cards import cards as own_cards
from accounts.login.models import User
from accounts.notices.cards import cards as notice_cards
from accounts.proposals.cards import cards as proposal_cards
from accounts.rules import Action
from accounts.scope import may
from reports.letters.models import Letter
from reports.letters.models import Status as LetterStatus
from residents.registry.models import Resident
from residents.registry.states import Status
from wacat.work import Work, kinds


class Start(ActionView):
    action = None

    def get(self, request: HttpRequest) -> HttpResponse:
        user = user_of(request)
        cards = [card for action, make in SECTIONS if may(user, action) for card in make(user)]
        cards += [card for make in OF_ACCOUNTS for card in make(user)]
        context = {
            "cards": [card for card in cards if card.count],
            "calm": [card for card in cards if not card.count],
            "may_enter": may(user, Action.RESIDENT_ENTER),
            "may_see_figures": may(user, Action.FIGURES_VIEW),
        }
        return render(request, "reports/start/page.html", context)


def _entering(user: User) -> list[Card]:
    rows = Resident.objects.visible_to(user, Action.RESIDENT_ENTER)
    listed = reverse("resident_list")
    return [
        Card(
            rows.filter(status=Status.RETURNED).count(),
            "Laporan dikembalikan",
            "Perbaiki sesuai catatan, lalu laporkan lagi.",
            f"{listed}?status={Status.RETURNED}",
        ),
        Card(
            rows.overdue().count(),
            "Lewat masa tinggal",
            "Masih tinggal? Perpanjang. Sudah pergi? Catat tanggalnya.",
            f"{listed}?status=overdue",
        ),
        Card(
            rows.ending_soon().count(),
            "Masa tinggal akan berakhir",
            "Berakhir dalam 30 hari. Tanyakan rencananya.",
            f"{listed}?status=soon",
        ),
        Card(
            rows.filter(status=Status.DRAFT).count(),
            "Draf belum dilaporkan",
            "Periksa jawabannya, lalu laporkan.",
            f"{listed}?status={Status.DRAFT}",
        ),
    ]


def _introducing(user: User) -> list[Card]:
    rows = Letter.objects.visible_to(user, Action.LETTER_INTRODUCE)
    listed = reverse("letter_list")
    return [
        Card(
            rows.filter(status=status).count(),
            title,
            text,
            f"{listed}?status={status}",
        )
        for status, title, text in (
            (LetterStatus.RETURNED, "Surat dikembalikan", "Lihat alasan Lurah, lalu antar lagi."),
            (LetterStatus.REQUESTED, "Surat menunggu diantar", "Lengkapi data, lalu antar."),
        )
    ]


def _deciding(user: User) -> list[Card]:
    rows = Letter.objects.visible_to(user, Action.LETTER_DECIDE)
    return [
        Card(
            rows.filter(status=LetterStatus.READY).count(),
            "Surat siap diterbitkan",
            "Periksa, lalu terbitkan sekaligus.",
            reverse("letter_ready"),
        ),
        Card(
            Resident.objects.visible_to(user, Action.RESIDENT_VIEW)
            .filter(status=Status.HELD)
            .count(),
            "Laporan ditahan",
            "NIK sudah aktif di wilayah lain. Disdukcapil memeriksanya.",
            f"{reverse('resident_list')}?status={Status.HELD}",
        ),
    ]


def _judging(user: User) -> list[Card]:
    rows = Resident.objects.visible_to(user, Action.RESIDENT_JUDGE)
    listed = reverse("resident_list")
    return [
        Card(
            rows.filter(status=Status.REPORTED).count(),
            "Laporan belum diverifikasi",
            "Cocokkan dengan data kependudukan.",
            f"{listed}?status={Status.REPORTED}",
        ),
        Card(
            rows.filter(status=Status.HELD).count(),
            "Laporan ditahan",
            "NIK aktif di dua wilayah. Periksa, lalu kembalikan bila keliru.",
            f"{listed}?status={Status.HELD}",
        ),
    ]


def _keeping(user: User) -> list[Card]:
    counts = _unfinished()
    listed = reverse("jobs")
    return [
        Card(counts[state], title, text, listed)
        for state, title, text in (
            (Work.State.FAILED, "Pekerjaan gagal", "Periksa sebabnya, lalu ulangi."),
            (Work.State.WAITING, "Pekerjaan menunggu", "Biasanya selesai dalam beberapa detik."),
        )
    ]


def _unfinished() -> Counter[str]:
    """How many work rows of all kinds wait or have failed, by one query."""
    first, *others = (
        model._default_manager.exclude(state=Work.State.DONE)
        .order_by()
        .values_list("state")
        .annotate(Count("pk"))
        for model in kinds()
    )
    counts: Counter[str] = Counter()
    for state, count in first.union(*others, all=True):
        counts[state] += count
    return counts


# What the rooms of accounts say; each knows who may read it.
OF_ACCOUNTS: tuple[Callable[[User], list[Card]], ...] = (
    own_cards,
    proposal_cards,
    issuing_cards,
    handover_cards,
    closing_cards,
    directory_cards,
    notice_cards,
)
SECTIONS: tuple[tuple[Action, Callable[[User], list[Card]]], ...] = (
    (Action.RESIDENT_ENTER, _entering),
    (Action.LETTER_INTRODUCE, _introducing),
    (Action.LETTER_DECIDE, _deciding),
    (Action.RESIDENT_JUDGE, _judging),
    (Action.JOBS_VIEW, _keeping),
)
