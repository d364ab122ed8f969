"""What erasing does to delivered services, what RTs said of them, and signed statements.

They go by the day on which they were made known; what was never made known by the day on which it
came. What figures need stays: kind, days, area, states and answers. So does the identity, a keyed
digest: the same service delivered once more is known as such and brings nobody's data back.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import CharField, Exists, F, OuterRef, Q
from django.db.models.functions import Cast

from residents.corrections.models import Correction, CorrectionPhoto, CorrectionStep
from residents.retention.keeping import NAMELESS, Aging, Batch, register
from residents.retention.rules import end_of
from residents.services.models import WHOLE, Service, ServiceStep
from residents.truth.models import TruthFile, TruthReport
from wacat.clock import today

_NO_TEXT = ("address", "rt_text", "kelurahan_text", "other_place", "detail")
_NO_NUMBER = ("number", "nik", "nik_index", "no_kk")
_BARE: dict[str, Any] = {
    "full_name": NAMELESS,
    **dict.fromkeys(_NO_TEXT, ""),
    **dict.fromkeys(_NO_NUMBER),
}
_SAID = {"reason": "", "note": ""}
_CORRECTED = {"note": "", "right_value": ""}


def _due_services(before: date, using: str) -> Any:
    """Nothing is made known before it has come, which an index knows the day of."""
    rows: Any = Service.objects.using(using).filter(WHOLE, entered_at__lt=end_of(before))
    rows = rows.filter(Q(told_on=None) | Q(told_on__lte=before))
    # What was said of a service is kept as long after its answer as the service was.
    fresh: Any = Correction.objects.filter(Q(settled_on=None) | Q(settled_on__gt=before))
    return rows.filter(~Exists(fresh.filter(service__identity=OuterRef("identity"))))


def _erase_services(batch: Batch) -> None:
    services = batch.rows(Service).filter(pk__in=batch.keys)
    batch.blank(Service, services, _BARE, anonymised_on=today())
    steps = batch.rows(ServiceStep).filter(subject__in=batch.keys)
    batch.blank(ServiceStep, steps, _SAID)
    corrections = batch.rows(Correction).filter(service__in=batch.keys)
    batch.blank(Correction, corrections, _CORRECTED)
    steps = batch.rows(CorrectionStep).filter(subject__service__in=batch.keys)
    batch.blank(CorrectionStep, steps, _SAID)
    photos = batch.rows(CorrectionPhoto).filter(correction__service__in=batch.keys)
    batch.doom(photos.values_list("file", flat=True))
    # Of one step no two are alike, erased ones neither.
    batch.blank(CorrectionPhoto, photos, {"file": "", "sha256": Cast(F("pk"), CharField())})


def _count_photos(services: Any) -> int:
    rows = CorrectionPhoto.objects.using(services.db).exclude(file="")
    return int(rows.filter(correction__service__in=services.values("pk")).count())


def _due_statements(before: date, using: str) -> Any:
    rows: Any = TruthReport.objects.using(using)
    return rows.filter(until__lte=before, sealed_facts__isnull=False)


def _erase_statements(batch: Batch) -> None:
    files = batch.rows(TruthFile).filter(report__in=batch.keys)
    batch.doom(files.values_list("file", flat=True))
    files.delete()
    reports = batch.rows(TruthReport).filter(pk__in=batch.keys)
    batch.blank(TruthReport, reports, {"sealed_facts": ""})


def register_told() -> None:
    """Tell retention of services and statements."""
    register(
        Aging(
            "Data layanan",
            "Dihitung sejak diberitahukan kepada RT; yang tidak pernah diberitahukan, sejak "
            "diterima. Nama, NIK, nomor KK, nomor dokumen, alamat, dan keterangan dihapus, juga "
            "isi, percakapan, dan foto koreksinya. Tetap ada untuk rekap: jenis layanan, tanggal, "
            "wilayah, jawaban, dan keadaan koreksi. Bila ada koreksinya, dihitung sejak koreksinya "
            "selesai; selama belum dijawab, tidak dihapus. Bila data yang sama dikirim lagi, data "
            "itu dikenali dan tidak disimpan ulang; bila isinya berubah, menjadi versi baru dengan "
            "masa simpannya sendiri.",
            _due_services,
            _erase_services,
            _count_photos,
        ),
        blanks={
            Service: (*_BARE, "anonymised_on"),
            ServiceStep: _SAID,
            Correction: _CORRECTED,
            CorrectionStep: _SAID,
            CorrectionPhoto: ("file", "sha256"),
        },
    )
    register(
        Aging(
            "Laporan kebenaran data",
            "Dihitung sejak hari terakhir yang dicakup laporannya. Daftar nama di dalamnya "
            "dihapus; angka, penanda tangan, dan tanggalnya tetap ada.",
            _due_statements,
            _erase_statements,
        ),
        blanks={TruthReport: ("sealed_facts",)},
        removes=(TruthFile,),
    )
