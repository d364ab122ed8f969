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
    MERGED = "merged", "Digabung"
    DISCARDED = "discarded", "Dibuang"


ACTIVE = (Status.REPORTED, Status.VERIFIED)
COUNTED = (*ACTIVE, Status.ENDED)
# Not reported yet, or not accepted: what a Ketua RT may still report or throw away.
REPORTABLE = (Status.DRAFT, Status.RETURNED, Status.HELD)
# No longer anybody's registration: kept for its history, out of sight.
GONE = (Status.MERGED, Status.DISCARDED)
