"""What the start page says of delivered services."""

from __future__ import annotations

from django.urls import reverse

from accounts.cards import Card, of_rows
from accounts.login.models import User
from accounts.rules import Action
from accounts.scope import KELURAHAN, may, reach
from residents.services.codes import Status
from residents.services.listing import open_in
from residents.services.models import Service


def cards(user: User) -> list[Card]:
    """Those to be answered, for who answers; those without an RT, for who places them."""
    made = []
    if may(user, Action.SERVICE_ANSWER):
        made.append(_unanswered(user))
    if may(user, Action.SERVICE_PLACE):
        made.append(_waiting(user))
    return made


def _unanswered(user: User) -> Card:
    codes = reach(user, Action.SERVICE_ANSWER)
    is_wide = any(len(code) <= KELURAHAN for code in codes)
    return of_rows(
        open_in(codes),
        "Data layanan belum dikonfirmasi",
        "Belum dijawab oleh RT di wilayah Bapak/Ibu."
        if is_wide
        else "Layanan Disdukcapil untuk warga RT Bapak/Ibu. Benar atau tidak? Satu sentuhan.",
        f"{reverse('service_list')}?jawaban={Status.TOLD}",
    )


def _waiting(user: User) -> Card:
    return of_rows(
        Service.objects.visible_to(user, Action.SERVICE_PLACE).waiting(),
        "Data layanan belum ada RT-nya",
        "Cocokkan alamatnya. Satu keputusan berlaku untuk semua data beralamat sama.",
        reverse("place_groups"),
    )
