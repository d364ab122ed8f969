"""Adding, removing and ordering the offices of the contact page."""

from __future__ import annotations

from uuid import UUID

from django.db import IntegrityError, transaction

from accounts.contacts.models import ContactOffice
from accounts.contacts.offices import load_offices


@transaction.atomic
def add(office: ContactOffice, key: UUID) -> ContactOffice:
    """Store the new *office* below the others, also below the default ones if none are kept yet.

    The same key makes one.
    """
    load_offices()
    office.form_key = key
    office.position = len(_locked()) + 1
    try:
        with transaction.atomic():
            office.save()
    except IntegrityError:
        return ContactOffice.objects.get(form_key=key)
    return office


def move(pk: int, place: int) -> None:
    """Put the office at *place*, counted from 1; as near to it as there are places.

    A place, not a direction: pressed twice, it stays where it is. Raises
    ContactOffice.DoesNotExist.
    """
    with transaction.atomic():
        offices = _locked()
        moved = next((office for office in offices if office.pk == pk), None)
        if moved is None:
            raise ContactOffice.DoesNotExist
        offices.remove(moved)
        offices.insert(max(place, 1) - 1, moved)
        _number(offices)


def remove(pk: int) -> None:
    """Take the office off the page; nothing happens where it is gone already."""
    with transaction.atomic():
        offices = _locked()
        for office in [one for one in offices if one.pk == pk]:
            offices.remove(office)
            office.delete()
        _number(offices)


def _locked() -> list[ContactOffice]:
    """All offices in their order, locked in that of their keys, which never changes."""
    offices = ContactOffice.objects.order_by("pk").select_for_update()
    return sorted(offices, key=lambda office: (office.position, office.pk))


def _number(offices: list[ContactOffice]) -> None:
    """Number them from 1 in this order, writing only those that change."""
    for position, office in enumerate(offices, start=1):
        if office.position != position:
            office.position = position
            office.save(update_fields=["position"])
