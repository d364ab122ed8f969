"""What a delivered service was, and what its RT has said about it."""

from django.db.models import IntegerChoices, TextChoices


class Kind(IntegerChoices):
    """The services of the civil registry that are made known.

    A move within the city is two of them: one out of an RT and one into another.
    """

    KK = 1, "Kartu Keluarga"
    KTP = 2, "KTP-el"
    KIA = 3, "Kartu Identitas Anak (KIA)"
    BIRTH = 4, "Akta kelahiran"
    DEATH = 5, "Akta kematian"
    MARRIAGE = 6, "Akta perkawinan"
    DIVORCE = 7, "Akta perceraian"
    MOVED_IN = 8, "Pindah datang"
    MOVED_OUT = 9, "Pindah keluar"
    CHANGE = 10, "Perubahan data"


class Status(TextChoices):
    """``WAITING`` and ``ASIDE`` are not placed: no RT is known for their address."""

    WAITING = "waiting", "Menunggu dicocokkan"
    ASIDE = "aside", "Dikesampingkan"
    TOLD = "told", "Belum dikonfirmasi"
    CONFIRMED = "confirmed", "Benar"
    CORRECTED = "corrected", "Tidak benar"


PLACED = (Status.TOLD, Status.CONFIRMED, Status.CORRECTED)
ANSWERED = (Status.CONFIRMED, Status.CORRECTED)
