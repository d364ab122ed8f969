"""Lodgings: entered once, then their tenants one after another."""

from __future__ import annotations

import pghistory
from django.db import models

from accounts.areas.guards import LIES_IN_A_LIVING_AREA
from accounts.scope import ScopedModel
from residents.registry import codes


@pghistory.track(exclude=["kelurahan", "kecamatan"])
class Lodging(ScopedModel):
    """A boarding house, rented house, dormitory, mess or apartment, and its owner.

    ``closed_on`` is the day from which it takes no tenants any more; None while it does.
    """

    name = models.CharField("nama", max_length=100)
    kind = models.PositiveSmallIntegerField("jenis", choices=codes.LodgingKind)
    address = models.CharField("alamat", max_length=200)
    rooms = models.PositiveSmallIntegerField("jumlah kamar", null=True, blank=True)
    owner_name = models.CharField("nama pemilik", max_length=120, blank=True)
    owner_phone = models.CharField("telepon pemilik", max_length=20, blank=True)
    owner_address = models.CharField("alamat pemilik", max_length=200, blank=True)
    closed_on = models.DateField("ditutup sejak", null=True, blank=True)
    form_key = models.UUIDField(unique=True, null=True)

    class Meta:
        triggers = (LIES_IN_A_LIVING_AREA,)
        indexes = (models.Index(fields=("kelurahan", "name"), name="lodging_kelurahan_name"),)

    def __str__(self) -> str:
        return f"{self.name}, {self.address}"
