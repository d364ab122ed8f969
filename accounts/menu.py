"""The pages that menus lead to, and the action that opens each."""

from __future__ import annotations

from collections.abc import Iterable

from django.urls import reverse

from accounts.login.models import User
from accounts.rules import Action
from accounts.scope import may

Page = tuple[str, str, Action | None]

# (address name, label, the action that opens it)
MAIN = (
    ("start", "Beranda", None),
    ("resident_list", "Warga", Action.RESIDENT_VIEW),
    ("lodging_list", "Tempat kos", Action.RESIDENT_VIEW),
    ("task_list", "Tugas", Action.RESIDENT_ENTER),
    ("service_list", "Layanan", Action.SERVICE_VIEW),
    ("correction_list", "Koreksi", Action.SERVICE_VIEW),
    ("verify_queue", "Periksa", Action.RESIDENT_JUDGE),
    ("letter_list", "Surat", Action.LETTER_VIEW),
    ("summary", "Rekap", Action.FIGURES_VIEW),
    ("evaluation", "Evaluasi", Action.EVALUATION_VIEW),
    ("account_list", "Akun", Action.ACCOUNT_VIEW),
    ("proposal_list", "Usulan", Action.PROPOSAL_VIEW),
    ("area_list", "Wilayah", Action.AREA_CHANGE),
    ("trail", "Audit", Action.TRAIL_VIEW),
    ("jobs", "Pekerjaan", Action.JOBS_VIEW),
    ("retention", "Masa simpan", Action.RETENTION_SET),
    ("correction_deadlines", "Batas waktu koreksi", Action.CORRECTION_DEADLINE_SET),
    ("announcement_list", "Pengumuman", None),
    ("guide", "Panduan", None),
    ("ticket_list", "Bantuan", Action.TICKET_OPEN),
)
# Those about letters, told on the list of letters.
OF_LETTERS = (
    ("letter_register", "Buku register", Action.LETTER_REGISTER),
    ("letter_office", "Pengaturan surat", Action.LETTER_OFFICE_SET),
)
# Those about accounts, told on the list of accounts.
OF_ACCOUNTS = (
    ("issue_ready", "Terbitkan akun", Action.ACCOUNT_ISSUE),
    ("slip_list", "Slip akun", Action.ACCOUNT_RENEW),
    ("roster", "Daftar Ketua RT", Action.ROSTER_CONFIRM),
    ("plh", "Tunjuk Plh.", Action.POST_DELEGATE),
    ("post_appoint", "Angkat pejabat lain", Action.POST_APPOINT),
    ("breach_list", "Laporan pelanggaran", Action.BREACH_VIEW),
    ("safeguard_list", "Akun diamankan", Action.ACCOUNT_CLOSE),
    ("delivery_log", "Pesan terkirim", Action.ACCOUNT_ISSUE),
)


def pages_for(user: User, pages: Iterable[Page]) -> list[tuple[str, str]]:
    """Address and label of those of *pages* that the user may open."""
    return [
        (reverse(name), label)
        for name, label, action in pages
        if action is None or may(user, action)
    ]
