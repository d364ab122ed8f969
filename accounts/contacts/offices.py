"""The offices that answer for WaCAT (Perwali 33/2020 Pasal 7 to 10), and whom to ask."""

from __future__ import annotations

from accounts.contacts.models import ContactOffice

_FIELD = "Pengelolaan Informasi Administrasi Kependudukan dan Pemanfaatan Data"
# How the offices are called and what they do, in the words of the regulation. Names and
# telephones are filled in by the administrator.
_DEFAULTS = (
    ("Penanggung jawab dan penyedia aplikasi (Pasal 7a)", "Kepala Disdukcapil"),
    ("Penanggung jawab harian (Pasal 7b)", "Sekretaris Disdukcapil"),
    (
        "Penanggung jawab teknis, administrator, dan pemberi hak akses (Pasal 7c, 8, dan 10a)",
        f"Kepala Bidang {_FIELD}",
    ),
    (
        "Penanggung jawab teknis dan administrator (Pasal 7c dan 8)",
        "Kepala Seksi Sistem Informasi Administrasi Kependudukan",
    ),
    ("Tim teknis (Pasal 9)", "Pranata Komputer Disdukcapil"),
    (
        "Operator: menerima laporan kebenaran data (Pasal 10b)",
        f"Pelaksana pada Bidang {_FIELD}",
    ),
)


def default_offices() -> list[ContactOffice]:
    """The offices as the regulation names them, unsaved, without holder, telephone or e-mail."""
    return [
        ContactOffice(position=position, duty=duty, office=office)
        for position, (duty, office) in enumerate(_DEFAULTS, start=1)
    ]


def load_offices() -> int:
    """Fill an empty table with the default offices; how many were added."""
    if ContactOffice.objects.exists():
        return 0
    return len(ContactOffice.objects.bulk_create(default_offices()))


def whom_to_ask() -> list[ContactOffice]:
    """The offices for the pages of people who are locked out: those that can be reached first.

    In their own order where none can be reached yet, so that the page is never empty.
    """
    offices = list(ContactOffice.objects.all())
    reachable = [office for office in offices if office.phone or office.email]
    return reachable or offices or default_offices()
