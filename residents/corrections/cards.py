"""What the start page says of corrections: to who answers them, to the RT, to pimpinan."""

from __future__ import annotations

from django.db.models import Count, Q
from django.urls import reverse

from accounts.cards import Card, of_rows
from accounts.login.models import User
from accounts.rules import Action, Role
from accounts.scope import may
from residents.corrections.codes import Status
from residents.corrections.models import Correction
from wacat.clock import today
from wacat.words import angka


def cards(user: User) -> list[Card]:
    """Those of the user's offices; pimpinan learn how many are late, never whose."""
    made = []
    if may(user, Action.CORRECTION_ANSWER):
        made.append(_answering(user))
    elif any(post.role == Role.PIMPINAN for post in user.todays_posts):
        made.append(_late())
    if may(user, Action.SERVICE_ANSWER):
        made.append(_asked(user))
    return made


def _answering(user: User) -> Card:
    rows = Correction.objects.visible_to(user, Action.CORRECTION_ANSWER)
    counts = rows.filter(status=Status.SENT).aggregate(
        sent=Count("pk"), late=Count("pk", filter=Q(due_on__lt=today()))
    )
    late = f"{angka(counts['late'])} lewat batas waktu. " if counts["late"] else ""
    return Card(
        counts["sent"],
        "Koreksi dari RT",
        f"{late}Jawab yang batas waktunya paling dekat lebih dulu.",
        reverse("correction_list"),
    )


def _late() -> Card:
    return of_rows(
        Correction.objects.overdue(),
        "Koreksi lewat batas waktu",
        "Belum dijawab operator. Rinciannya ada pada evaluasi.",
        reverse("evaluation"),
    )


def _asked(user: User) -> Card:
    rows = Correction.objects.visible_to(user, Action.SERVICE_ANSWER)
    return of_rows(
        rows.filter(status=Status.ASKED),
        "Koreksi perlu dijawab",
        "Operator bertanya tentang koreksi Bapak/Ibu.",
        f"{reverse('correction_list')}?bagian=ditanya",
    )
