"""How a resident is shown: rows of the summary, history, and the actions open to the viewer."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django import forms

from accounts.scope import Holder, reach
from residents.registry.forms import EndForm, ExtendForm, ReturnForm
from residents.registry.models import Resident, ResidentStep
from residents.registry.workflow import WORKFLOW
from wacat.history import latest_first, line_of
from wacat.words import nik_grouped, nik_masked, tanggal

STEP_LABELS = {
    "report": "Dilaporkan",
    "hold": "Ditahan",
    "return": "Dikembalikan",
    "verify": "Diverifikasi",
    "amend": "Diubah setelah verifikasi",
    "end": "Masa tinggal berakhir",
    "reopen": "Masa tinggal dibuka lagi",
    "extend": "Masa tinggal diperpanjang",
    "move": "Pindah alamat",
    "receive": "Diterima sebagai pindahan dalam kota",
    "relocate": "Dinyatakan pindah di dalam kota",
    "unreceive": "Kepindahan dibatalkan",
    "restore": "Dikembalikan ke RT ini",
    "merge": "Digabung dengan catatan lain",
    "discard": "Dibuang",
}


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
    """The record as label and words; NIK and No. KK masked unless *revealed*."""
    number = nik_grouped if revealed else nik_masked
    rows = [
        ("Nama lengkap", resident.full_name),
        ("NIK", number(resident.nik) if resident.nik else _no_nik(resident)),
        ("Nomor KK", number(resident.no_kk) if resident.no_kk else ""),
        *_personal(resident),
        ("RT", f"{resident.area.label}, Kel. {resident.area.containing.name}"),
        ("Alamat tinggal", resident.address),
        ("Tempat", str(resident.lodging or "")),
        ("Tinggal sejak", tanggal(resident.arrived_on)),
        ("Tinggal sampai", tanggal(resident.stays_until)),
        ("Keperluan", _joined(resident.get_purpose_display(), resident.purpose_detail)),
        ("Telepon", resident.phone),
        ("Surel", resident.email),
        ("Catatan", resident.notes),
    ]
    return [(label, value) for label, value in rows if value]


def history_of(resident: Resident) -> list[dict[str, Any]]:
    """What happened, the latest first."""
    steps = latest_first(ResidentStep.objects.filter(subject=resident))
    return [
        line_of(step, STEP_LABELS[step.name], "" if step.name == "report" else step.note)
        for step in steps
    ]


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
    yield "Alamat asal", _joined(resident.origin_address, resident.origin_area)


def _shown(resident: Resident, name: str) -> str:
    return str(getattr(resident, f"get_{name}_display")() or "")


def _no_nik(resident: Resident) -> str:
    return f"Tanpa NIK: {resident.get_no_nik_reason_display()}"


def _joined(*parts: str) -> str:
    return ", ".join(part for part in parts if part)
