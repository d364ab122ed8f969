"""What the start page says of tickets: to who answers, and to who leads the office."""

from __future__ import annotations

from django.urls import reverse

from accounts.cards import Card, counted, said
from accounts.helpdesk.models import Ticket
from accounts.helpdesk.queue import Queue
from accounts.login.models import User
from accounts.rules import Action
from accounts.scope import may


def cards(user: User) -> list[Card]:
    made = _answering(user) if may(user, Action.TICKET_ANSWER) else []
    return made + (_watching(user) if may(user, Action.TICKET_WATCH) else [])


def _answering(user: User) -> list[Card]:
    counts, listed = Queue(user, {}).counts(), reverse("ticket_queue")
    waiting = Card(
        counts[""],
        "Masalah dan keluhan menunggu",
        "Jawab, yang batas waktunya terdekat dahulu.",
        listed,
        said(counts[""]),
    )
    late = Card(
        counts["lewat"],
        "Keluhan lewat batas waktu",
        "Mohon dijawab hari ini.",
        f"{listed}?bagian=lewat",
        said(counts["lewat"]),
    )
    return [late, waiting] if late.count else [waiting]


def _watching(user: User) -> list[Card]:
    """How many, where there are any: the tickets themselves are read by who answers."""
    rows = Ticket.objects.visible_to(user, Action.TICKET_WATCH).overdue()
    count = counted({"late": rows})["late"]
    if not count:
        return []
    text = "Masalah atau keluhan pengguna yang belum dijawab pada waktunya. Lihat pada evaluasi."
    return [Card(count, "Keluhan lewat batas waktu", text, reverse("evaluation"), said(count))]
