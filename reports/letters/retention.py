"""Letters and retention: a valid one keeps its people's records, an erased one says no more.

The facts and the PDF belong to the archive of the kelurahan. They go with the last of the
letter's people; number, dates, kelurahan and state stay for good.
"""

from __future__ import annotations

from typing import Any

from django.db.models import Exists, OuterRef, Q

from reports.letters import handing_retention
from reports.letters.models import Drawing, Letter, LetterStep, LetterSubject, Status
from residents.retention.keeping import Batch, Holding, register
from wacat.clock import today

_SAID = {"sealed_facts": None, "purpose": ""}


def _has_a_valid_letter() -> Q:
    lines = LetterSubject.objects.filter(
        resident=OuterRef("pk"), letter__status=Status.ISSUED, letter__valid_until__gte=today()
    )
    return Q(Exists(lines))


def _erase(batch: Batch) -> None:
    """The letters of these people in which nobody's data is left."""
    known = batch.rows(LetterSubject).filter(
        letter=OuterRef("pk"), resident__anonymised_on__isnull=True
    )
    theirs = batch.rows(LetterSubject).filter(resident__in=batch.keys).order_by()
    keys = list(theirs.values_list("letter", flat=True).distinct())
    letters = batch.rows(Letter).filter(~Exists(known), pk__in=keys, erased_on=None)
    keys = list(letters.order_by("pk").values_list("pk", flat=True))
    handing_retention.erase(batch, keys)
    batch.doom(batch.rows(Drawing).filter(letter__in=keys).values_list("file", flat=True))
    batch.blank(Letter, letters, _SAID, erased_on=today())
    steps = batch.rows(LetterStep).filter(subject__in=keys)
    batch.blank(LetterStep, steps, {"reason": "", "note": ""})


def _count_files(residents: Any) -> int:
    rows = Drawing.objects.using(residents.db).exclude(file="")
    lines = LetterSubject.objects.filter(resident__in=residents.values("pk"))
    letters = lines.values("letter")
    drawn = rows.filter(letter__in=letters, letter__erased_on=None).count()
    return int(drawn) + handing_retention.count_scans(letters, residents.db)


def register_letters() -> None:
    """Tell retention of letters."""
    register(
        Holding(
            "Surat keterangan domisili",
            "Selama surat masih berlaku, data pemegangnya belum dihapus. Isi dan PDF surat "
            "dihapus bila data semua orang di dalamnya sudah dihapus. Nomor, tanggal, kelurahan, "
            "dan keadaan surat tetap ada, juga di halaman verifikasi.",
            _erase,
            keeps=_has_a_valid_letter,
            count_files=_count_files,
        ),
        blanks={
            Letter: (*_SAID, "erased_on"),
            LetterStep: ("reason", "note"),
            **handing_retention.BLANKS,
        },
        reads=(LetterSubject, Drawing, *handing_retention.READS),
    )
