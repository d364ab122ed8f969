"""The offices responsible for WaCAT (Perwali 33/2020 Pasal 7), and how to reach them."""

from __future__ import annotations

from uuid import uuid4

import pghistory
from django.db import models


@pghistory.track()
class ContactOffice(models.Model):
    may_be_deleted = True

    position = models.PositiveSmallIntegerField("urutan", default=0)
    duty = models.CharField("tugas", max_length=160)
    office = models.CharField("jabatan", max_length=160)
    holder = models.CharField("nama pejabat", max_length=120, blank=True)
    phone = models.CharField("telepon", max_length=30, blank=True)
    email = models.EmailField("surel", blank=True)
    hours = models.CharField("jam layanan", max_length=120, blank=True)
    form_key = models.UUIDField(default=uuid4, unique=True, editable=False)

    class Meta:
        ordering = ("position", "pk")

    def __str__(self) -> str:
        return self.office

    @property
    def dial(self) -> str:
        """The telephone number as a link dials it: digits, and the plus in front if it has one."""
        digits = "".join(letter for letter in self.phone if letter in "0123456789")
        return f"+{digits}" if self.phone.strip().startswith("+") else digits
