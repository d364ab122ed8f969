"""The start page: what is to be done today, by what one's posts may do."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable

from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from accounts.access import ActionView, user_of
from accounts.announcements.cards import cards as announcement_cards
from accounts.cards import Card, all_counted
from accounts.closing.cards import cards as closing_cards
from accounts.directory.cards import cards as directory_cards
from accounts.handover.cards import cards as handover_cards
from accounts.helpdesk.cards import cards as helpdesk_cards
from accounts.issuing.cards import cards as issuing_cards
from accounts.login.cards import cards as own_cards
from accounts.login.models import User
from accounts.notices.cards import cards as notice_cards
from accounts.proposals.cards import cards as proposal_cards
from accounts.rules import Action
from accounts.scope import may
from reports.letters.models import Letter
from reports.letters.models import Status as LetterStatus
from reports.letters.queries import still_possible
from reports.letters.void import TO_REVOKE, to_revoke
from residents.clock.cards import cards as clock_cards
from residents.clock.tasks import due
from residents.corrections.cards import cards as correction_cards
from residents.drafts.cards import cards as draft_cards
from residents.services.cards import cards as service_cards
from residents.twins.cards import cards as twin_cards
from residents.verifying.cards import cards as verifying_cards
from wacat.backlog import unfinished
from wacat.work import Work

MOST_ASKED = 3  # people on the start page; the others on the task list


class Start(ActionView):
    action = None

    def get(self, request: HttpRequest) -> HttpResponse:
        user = user_of(request)
        asked = due(user, MOST_ASKED + 1) if may(user, Action.RESIDENT_ENTER) else []
        cards = announcement_cards(user)
        cards += [card for action, make in SECTIONS if may(user, action) for card in make(user)]
        cards += [card for make in OF_ROOMS for card in make(user)]
        cards = all_counted(cards)
        context = {
            "cards": [card for card in cards if card.count],
            "calm": [card for card in cards if not card.count],
            "due": asked[:MOST_ASKED],
            "more_due": len(asked) > MOST_ASKED,
            "may_enter": may(user, Action.RESIDENT_ENTER),
            "may_see_figures": may(user, Action.FIGURES_VIEW),
        }
        return render(request, "reports/start/page.html", context)


def _introducing(user: User) -> list[Card]:
    rows = Letter.objects.visible_to(user, Action.LETTER_INTRODUCE)
    listed = reverse("letter_list")
    waiting = rows.filter(status__in=(LetterStatus.RETURNED, LetterStatus.REQUESTED))
    open_ones = still_possible(waiting)
    counts = dict(open_ones.order_by().values_list("status").annotate(Count("pk")))
    return [
        Card(
            counts.get(status, 0),
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
    kinds = (rows.filter(status=LetterStatus.READY), to_revoke(rows))
    ready, issued = (one.order_by().values_list("status").annotate(Count("pk")) for one in kinds)
    counts = dict(ready.union(issued))  # one query
    void = counts.get(LetterStatus.ISSUED, 0)
    revoking = Card(
        void,
        "Surat yang perlu dicabut",
        "Catatan warganya ditahan, dibuang, atau digabung, tetapi suratnya masih berlaku.",
        f"{reverse('letter_list')}?status={TO_REVOKE[0]}",
    )
    return [
        *([revoking] if void else []),  # seldom: nothing to be calm about every day
        Card(
            counts.get(LetterStatus.READY, 0),
            "Surat siap diterbitkan",
            "Periksa, lalu terbitkan sekaligus.",
            reverse("letter_ready"),
        ),
    ]


def _keeping(user: User) -> list[Card]:
    counts = sum(unfinished().values(), Counter())
    listed = reverse("jobs")
    return [
        Card(counts[state], title, text, listed)
        for state, title, text in (
            (Work.State.FAILED, "Pekerjaan gagal", "Periksa sebabnya, lalu ulangi."),
            (Work.State.WAITING, "Pekerjaan menunggu", "Biasanya selesai dalam beberapa detik."),
        )
    ]


# What other rooms say; each knows who may read it.
OF_ROOMS: tuple[Callable[[User], list[Card]], ...] = (
    draft_cards,
    verifying_cards,
    clock_cards,
    service_cards,
    correction_cards,
    twin_cards,
    own_cards,
    proposal_cards,
    issuing_cards,
    handover_cards,
    closing_cards,
    directory_cards,
    notice_cards,
    helpdesk_cards,
)
SECTIONS: tuple[tuple[Action, Callable[[User], list[Card]]], ...] = (
    (Action.LETTER_INTRODUCE, _introducing),
    (Action.LETTER_DECIDE, _deciding),
    (Action.JOBS_VIEW, _keeping),
)
