"""What the start page says of people registered twice."""

from __future__ import annotations

from django.urls import reverse

from accounts.cards import Card, of_rows
from accounts.login.models import User
from accounts.rules import Action
from accounts.scope import may
from residents.registry.models import Resident
from residents.registry.states import Status
from residents.twins.cases import objections
from residents.twins.models import Relocation


def cards(user: User) -> list[Card]:
    """For the Lurah, the operator and the RT that somebody is said to have left."""
    made = []
    if may(user, Action.RESIDENT_RECEIVE):
        made.append(_to_receive(user))
    if may(user, Action.RESIDENT_JUDGE):
        made += [_objections(user), _held(user)]
    if may(user, Action.RELOCATION_OBJECT):
        made.append(_departures(user))
    return made


def _to_receive(user: User) -> Card:
    rows = Resident.objects.visible_to(user, Action.RESIDENT_RECEIVE)
    return of_rows(
        rows.filter(status=Status.HELD),
        "Laporan ditahan",
        "NIK sudah terdaftar di wilayah lain. Lihat KTP-el aslinya, lalu nyatakan kepindahannya.",
        f"{reverse('resident_list')}?status={Status.HELD}",
    )


def _objections(user: User) -> Card:
    return of_rows(
        objections(user),
        "Keberatan atas kepindahan",
        "Bandingkan kedua catatan, lalu putuskan.",
        reverse("case_list"),
    )


def _held(user: User) -> Card:
    rows = Resident.objects.visible_to(user, Action.RESIDENT_JUDGE)
    return of_rows(
        rows.filter(status=Status.HELD),
        "Laporan ditahan",
        "NIK aktif di dua wilayah. Lurah memeriksa KTP-el; kembalikan bila keliru.",
        f"{reverse('case_list')}?status=held",
    )


def _departures(user: User) -> Card:
    rows = Relocation.objects.visible_to(user, Action.RELOCATION_OBJECT)
    return of_rows(
        rows.objectable(),
        "Warga dinyatakan pindah",
        "Bila warga ternyata masih tinggal di sini, ajukan keberatan dalam 14 hari.",
        reverse("departure_list"),
    )
