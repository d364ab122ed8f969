"""How a resident is shown: rows of the summary, history, and the actions open to the viewer."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django import forms

from accounts.scope import Holder, reach
from residents.registry.forms import EndForm, ExtendForm, ReturnForm
from residents.registry.models import Resident
from residents.registry.provinces import PROVINCES
from residents.registry.workflow import WORKFLOW
from wacat.words import BULLET, nik_grouped, nik_masked, tanggal

STEP_LABELS = {
    "report": "Dilaporkan",
    "hold": "Ditahan",
    "return": "Dikembalikan",
    "verify": "Diverifikasi",
    "amend": "Diubah setelah verifikasi",
    "end": "Masa tinggal berakhir",
    "reopen": "Masa tinggal dibuka lagi",
    "extend": "Masa tinggal diperpanjang",
    "correct_end": "Tanggal atau alasan berakhir diperbaiki",
    "correct_stay": "Tanggal perpanjangan diperbaiki",
    "move": "Pindah alamat",
    "receive": "Diterima sebagai pindahan dalam kota",
    "admit": "Diterima operator sebagai pindahan dalam kota",
    "relocate": "Dinyatakan pindah di dalam kota",
    "unreceive": "Kepindahan dibatalkan",
    "restore": "Dikembalikan ke RT ini",
    "restore_end": "Akhir masa tinggal dikembalikan seperti semula",
    "merge": "Digabung dengan catatan lain",
    "discard": "Dibuang",
}

# What is masked until somebody reveals it by a recorded click.
NUMBERS = ("nik", "no_kk", "passport_number", "guarantor_nik")


@dataclass(frozen=True)
class Offer:
    """An action on the page. ``form`` None is a plain button; ``is_open`` unfolds its form."""

    name: str
    label: str
    kind: str
    form: forms.Form | None = None
    is_open: bool = False


_OFFERS: tuple[tuple[str, str, str, type[forms.Form] | None], ...] = (
    ("report", "Laporkan", "primary", None),
    ("verify", "Verifikasi", "primary", None),
    ("return", "Kembalikan", "secondary", ReturnForm),
    ("extend", "Perpanjang masa tinggal", "secondary", ExtendForm),
    ("end", "Sudah tidak tinggal di sini", "secondary", EndForm),
    ("reopen", "Buka lagi: ternyata masih tinggal", "secondary", None),
    ("discard", "Buang isian ini", "secondary", None),
)


def actions_for(
    user: Holder, resident: Resident, bound: tuple[str, forms.Form] | None = None
) -> list[Offer]:
    """What this user may do to the resident now; *bound* is a form that came back with errors."""
    bound_name, bound_form = bound or ("", None)
    if resident.anonymised_on:
        return []
    found = []
    for name, label, kind, form in _OFFERS:
        transition = WORKFLOW.transitions[name]
        if resident.status not in transition.sources:
            continue
        if not resident.lies_within(reach(user, transition.action)):
            continue
        is_open = name == bound_name
        shown = bound_form if is_open else form(auto_id=f"id_{name}_%s") if form else None
        found.append(Offer(name, label, kind, shown, is_open))
    return found


def summary_of(resident: Resident, revealed: bool) -> list[tuple[str, str]]:
    """The record as label and words; its numbers masked unless *revealed*.

    Of an erased one what is left for the figures.
    """
    rows = _left_of(resident) if resident.anonymised_on else _told_of(resident, revealed)
    return [(label, value) for label, value in rows if value]


def _told_of(resident: Resident, revealed: bool) -> Iterator[tuple[str, str]]:
    number = nik_grouped if revealed else nik_masked
    yield "Nama lengkap", resident.full_name
    yield "NIK", number(resident.nik) if resident.nik else _no_nik(resident)
    yield "Nomor KK", number(resident.no_kk)
    yield "Nomor paspor", resident.passport_number if revealed else _hidden(resident)
    yield from _personal(resident)
    yield from _place(resident)
    yield "Alamat tinggal", resident.address
    yield "Pemilik rumah", _joined(resident.landlord_name, resident.landlord_phone)
    yield from _stay(resident)
    yield "Keperluan", _joined(resident.get_purpose_display(), resident.purpose_detail)
    yield (
        "Tempat kerja atau sekolah",
        _joined(resident.institution_name, resident.institution_address),
    )
    yield (
        "Penjamin",
        _joined(
            resident.guarantor_name,
            number(resident.guarantor_nik),
            resident.guarantor_address,
            resident.guarantor_phone,
        ),
    )
    yield "Nomor pendaftaran nasional", resident.national_reference
    yield "Telepon", resident.phone
    yield "Surel", resident.email
    yield "Catatan", resident.notes


def _left_of(resident: Resident) -> Iterator[tuple[str, str]]:
    """What retention keeps, for the figures."""
    yield "Data pribadi", f"Dihapus sesuai masa simpan, {tanggal(resident.anonymised_on)}"
    yield "Jenis kelamin", _shown(resident, "sex")
    yield "Tahun lahir", str(resident.birth_date.year) if resident.birth_date else ""
    for name, label in (
        ("education", "Pendidikan"),
        ("occupation", "Pekerjaan"),
        ("nationality", "Kewarganegaraan"),
    ):
        yield label, _shown(resident, name)
    yield "Provinsi asal", PROVINCES.get(resident.origin_province, "")
    yield from _place(resident)
    yield from _stay(resident)
    yield "Keperluan", _shown(resident, "purpose")


def _place(resident: Resident) -> Iterator[tuple[str, str]]:
    yield "RT", f"{resident.area.label}, Kel. {resident.area.containing.name}"
    yield "Tempat", str(resident.lodging or "")


def _stay(resident: Resident) -> Iterator[tuple[str, str]]:
    yield "Tinggal sejak", tanggal(resident.arrived_on)
    yield "Tinggal sampai", tanggal(resident.stays_until)
    if resident.ended_on:
        why = (_shown(resident, "end_reason"), _shown(resident, "cancellation_reason"))
        yield "Berakhir", _joined(tanggal(resident.ended_on), *why)


def _personal(resident: Resident) -> Iterator[tuple[str, str]]:
    yield "Jenis kelamin", _shown(resident, "sex")
    born = tanggal(resident.birth_date) if resident.birth_date else ""
    yield "Tempat, tanggal lahir", _joined(resident.birth_place, born)
    for name, label in (
        ("religion", "Agama"),
        ("marital_status", "Status perkawinan"),
        ("family_relation", "Hubungan dalam keluarga"),
        ("education", "Pendidikan"),
        ("occupation", "Pekerjaan"),
        ("blood_type", "Golongan darah"),
        ("nationality", "Kewarganegaraan"),
    ):
        yield label, _shown(resident, name)
    yield "Negara asal", resident.country
    yield "Alamat asal", _joined(resident.origin_address, resident.origin_area)


def _shown(resident: Resident, name: str) -> str:
    return str(getattr(resident, f"get_{name}_display")() or "")


def _no_nik(resident: Resident) -> str:
    return f"Tanpa NIK: {resident.get_no_nik_reason_display()}"


def _hidden(resident: Resident) -> str:
    """As many marks as the passport's number has characters."""
    return BULLET * len(resident.passport_number)


def _joined(*parts: str) -> str:
    return ", ".join(part for part in parts if part)
