"""The states of a registration, and which of them count."""

from django.db.models import TextChoices


class Status(TextChoices):
    """Written by the workflow alone. *Lewat masa tinggal* is derived, never a status."""

    DRAFT = "draft", "Draf"
    REPORTED = "reported", "Dilaporkan"
    RETURNED = "returned", "Dikembalikan"
    HELD = "held", "Ditahan"
    VERIFIED = "verified", "Diverifikasi"
    ENDED = "ended", "Berakhir"


ACTIVE = (Status.REPORTED, Status.VERIFIED)
COUNTED = (*ACTIVE, Status.ENDED)
