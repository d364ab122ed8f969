"""Why an RT says that a delivered service is not true, and what has come of it."""

from django.db.models import IntegerChoices, TextChoices


class Reason(IntegerChoices):
    NEVER_LIVED = 1, "Tidak pernah tinggal di sini"
    WRONG_ADDRESS = 2, "Alamat atau RT keliru"
    HAS_LEFT = 3, "Sudah pindah dari sini"
    HAS_DIED = 4, "Sudah meninggal"
    WRONG_NAME = 5, "Nama keliru"
    OTHER = 6, "Lainnya"


class Status(TextChoices):
    """``SENT`` and ``ASKED`` are open."""

    SENT = "sent", "Dikirim"
    ASKED = "asked", "Ditanya kembali"
    ACCEPTED = "accepted", "Diterima"
    REJECTED = "rejected", "Ditolak"
    WITHDRAWN = "withdrawn", "Ditarik"


OPEN = (Status.SENT, Status.ASKED)
SETTLED = (Status.ACCEPTED, Status.REJECTED, Status.WITHDRAWN)
