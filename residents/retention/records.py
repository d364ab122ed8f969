"""What erasing does to a record and to all that its own rooms hold of the person.

Kept is what figures need: dates, areas, states and reasons, sex, year of birth, purpose,
occupation, education, nationality, the province of origin and the kind of lodging.
"""

from __future__ import annotations

from typing import Any

from django.core.files.storage import default_storage
from django.db.models import DateField, Func, IntegerField, Q, Value
from django.db.models.functions import Cast, Coalesce, ExtractYear

from accounts.audit.grants import allow_upkeep
from accounts.scope import KECAMATAN, KELURAHAN
from residents.attachments.arriving import FOLDER as PIECES
from residents.attachments.models import Attachment, Upload
from residents.clock.models import StayReminder
from residents.drafts.models import Draft
from residents.exporting.models import Export
from residents.f115.models import FormFile
from residents.registry.models import Resident, ResidentStep
from residents.registry.spans import Placement
from residents.retention.keeping import NAMELESS, Batch, Holding, register
from residents.retention.models import DoomedFile, RetentionRule, RetentionRun
from residents.verifying.models import Claim
from wacat.clock import now, today

_NO_TEXT = (
    "birth_place country origin_address origin_area phone email address purpose_detail "
    "landlord_name landlord_phone institution_name institution_address guarantor_name "
    "guarantor_address guarantor_phone national_reference notes"
).split()
_NOTHING = (
    "nik nik_index no_nik_reason no_kk no_kk_index passport_number guarantor_nik religion "
    "marital_status blood_type family family_relation"
).split()
_NEW_YEAR = Func(
    Cast(ExtractYear("birth_date"), IntegerField()),
    Value(1),
    Value(1),
    function="MAKE_DATE",
    output_field=DateField(),
)
_BARE: dict[str, Any] = {
    "full_name": NAMELESS,
    "name_keys": [],
    "cautions": [],
    "birth_date": _NEW_YEAR,
    **dict.fromkeys(_NO_TEXT, ""),
    **dict.fromkeys(_NOTHING),
}
_SAID = {"reason": "", "note": ""}
_CITY = 5


def erase_records(batch: Batch) -> None:
    """The records themselves and their trail; what is erased says so from now on."""
    residents = batch.rows(Resident).filter(pk__in=batch.keys)
    batch.blank(Resident, residents, _BARE, anonymised_on=today())
    steps = batch.rows(ResidentStep).filter(subject__in=batch.keys)
    batch.blank(ResidentStep, steps, _SAID)


def _erase_work(batch: Batch) -> None:
    """What was at work on them: claims and reminders."""
    batch.rows(Claim).filter(subject__in=batch.keys).delete()
    batch.rows(StayReminder).filter(resident__in=batch.keys).delete()


def _erase_drafts(batch: Batch) -> None:
    residents = batch.rows(Resident).filter(pk__in=batch.keys)
    of_form = Q(key__in=list(residents.values_list("form_key", flat=True)))
    batch.rows(Draft).filter(of_form | Q(resident__in=batch.keys)).delete()


def _erase_attachments(batch: Batch) -> None:
    uploads = batch.rows(Upload).filter(resident__in=batch.keys)
    for pk in uploads.values_list("pk", flat=True):
        batch.doom(_names_in(f"{PIECES}/{pk}"))
    uploads.delete()
    rows = batch.rows(Attachment).filter(resident__in=batch.keys)
    batch.doom(rows.values_list("file", flat=True))
    gone = Coalesce("removed_at", Value(now()))
    batch.blank(Attachment, rows, {"file": "", "sha256": ""}, removed_at=gone)


def _names_in(folder: str) -> list[str]:
    """The files of a folder, and then the folder itself."""
    if not default_storage.exists(folder):
        return []
    return [*(f"{folder}/{name}" for name in default_storage.listdir(folder)[1]), folder]


def _count_attachments(residents: Any) -> int:
    rows = Attachment.objects.using(residents.db).exclude(file="")
    return int(rows.filter(resident__in=residents.values("pk")).count())


def _erase_downloads(batch: Batch) -> None:
    """Nobody knows whom a list holds: those of all areas that reach over their places go."""
    forms = batch.rows(FormFile).filter(resident__in=batch.keys)
    batch.doom(forms.values_list("file", flat=True))
    forms.delete()
    places = batch.rows(Placement).filter(resident__in=batch.keys)
    rows = batch.rows(Resident).filter(pk__in=batch.keys)
    codes = {*places.values_list("area", flat=True), *rows.values_list("area", flat=True)}
    reach = {code[:length] for code in codes for length in (_CITY, KECAMATAN, KELURAHAN)} | codes
    exports = batch.rows(Export).filter(area__in=reach)
    for folder in exports.exclude(file="").values_list("file", flat=True):
        batch.doom(_names_in(folder))
    exports.delete()


def register_rooms() -> None:
    """Tell retention of the rooms of this app."""
    allow_upkeep(RetentionRule)
    allow_upkeep(RetentionRun, ("records", "others", "files", "finished_at"), add=True)
    allow_upkeep(DoomedFile, add=True, delete=True)
    register(
        Holding(
            "Data warga",
            "Nama, NIK, nomor KK, paspor, tempat lahir, alamat, kontak, agama, status kawin, "
            "penjamin, pemilik rumah, dan catatan dihapus, juga dari riwayat perubahannya. Tetap "
            "ada untuk rekap: wilayah, tanggal, keadaan, jenis kelamin, tahun lahir, keperluan, "
            "pekerjaan, pendidikan, kewarganegaraan, provinsi asal, dan jenis tempat tinggal.",
            erase_records,
        ),
        blanks={Resident: (*_BARE, "anonymised_on"), ResidentStep: _SAID},
        reads=(Placement,),
    )
    register(
        Holding(
            "Tugas dan pengingat",
            "Pengingat masa tinggal dan tanda sedang diperiksa dihapus.",
            _erase_work,
        ),
        removes=(Claim, StayReminder),
    )
    register(
        Holding("Isian yang belum dikirim", "Isian formulirnya dihapus.", _erase_drafts),
        removes=(Draft,),
    )
    register(
        Holding(
            "Lampiran",
            "Foto KTP-el, KK, dan dokumen lain dihapus dari penyimpanan.",
            _erase_attachments,
            count_files=_count_attachments,
        ),
        blanks={Attachment: ("file", "sha256", "removed_at")},
        removes=(Upload,),
    )
    register(
        Holding(
            "F-1.15 dan daftar yang diunduh",
            "PDF F-1.15-nya, dan daftar warga dari wilayah itu yang masih tersimpan untuk "
            "diunduh, dihapus. Daftar dapat diminta lagi.",
            _erase_downloads,
        ),
        removes=(FormFile, Export),
    )
