"""The trail in words: what is what, and which values may be told."""

from __future__ import annotations

from typing import Any

from django.apps import apps
from django.db import models

EVENTS = {"insert": "dibuat", "update": "diubah", "delete": "dihapus"}

# What was done by steps that leave the state as it is.
STEPS = {
    "extend": "masa tinggal diperpanjang",
    "factor_removed": "pengaman kedua dilepas sendiri",
    "factor_set": "pengaman kedua dipasang",
    "one_time": "kata sandi sekali pakai dibuatkan",
    "own_password": "kata sandi sendiri dibuat",
    "password_by_link": "kata sandi dibuat lewat tautan surel",
    "recovery_codes": "kode cadangan dibuat ulang",
    "reset_factor": "pengaman kedua dilepas",
    "settle": "alasan penonaktifan ditetapkan",
}

# What an entry is about. Rooms above are named by their labels, as the trail's rows name them.
SUBJECTS = {
    "accounts.announcement": "Pengumuman",
    "accounts.area": "Wilayah",
    "accounts.areachange": "Perubahan RT",
    "accounts.areaperiod": "Masa wilayah",
    "accounts.breachreport": "Laporan pelanggaran",
    "accounts.closure": "Penonaktifan",
    "accounts.contactoffice": "Kontak pejabat",
    "accounts.mandate": "Surat dasar",
    "accounts.post": "Jabatan",
    "accounts.proposal": "Usulan",
    "accounts.proposallist": "Daftar usulan",
    "accounts.readmark": "Pengumuman dibuka",
    "accounts.rosterconfirmation": "Konfirmasi daftar Ketua RT",
    "accounts.slipsheet": "Lembar slip",
    "accounts.termreminder": "Pengingat masa bakti dikirim",
    "accounts.ticket": "Masalah atau keluhan",
    "accounts.ticketfile": "Lampiran masalah atau keluhan",
    "accounts.ticketmessage": "Pesan masalah atau keluhan",
    "accounts.trail": "Jejak",
    "accounts.undertaking": "Pernyataan kerahasiaan disetujui",
    "accounts.user": "Akun",
    "reports.drawing": "Berkas surat",
    "reports.handing": "Penyerahan surat",
    "reports.letter": "Surat",
    "reports.letteroffice": "Kop surat",
    "reports.letterscan": "Hasil pindai surat",
    "reports.report": "Laporan rekap",
    "reports.release": "Angka untuk umum",
    "reports.tallycheck": "Pencocokan angka rekap",
    "residents.attachment": "Lampiran",
    "residents.correction": "Koreksi data layanan",
    "residents.correctiondeadline": "Batas waktu koreksi",
    "residents.correctionoverdue": "Koreksi lewat batas waktu diberitahukan",
    "residents.correctionphoto": "Foto koreksi",
    "residents.export": "Unduhan daftar warga",
    "residents.family": "Keluarga",
    "residents.feedfile": "Berkas layanan",
    "residents.feedsource": "Sumber berkas layanan",
    "residents.import": "Berkas impor",
    "residents.placedecision": "Keputusan alamat",
    "residents.lodging": "Tempat tinggal",
    "residents.placement": "Penempatan warga",
    "residents.relocation": "Kepindahan dalam kota",
    "residents.resident": "Warga",
    "residents.retentionrule": "Masa simpan data",
    "residents.retentionrun": "Penghapusan data warga",
    "residents.service": "Data layanan",
    "residents.stayperiod": "Masa tinggal",
    "residents.truthreminder": "Pengingat laporan kebenaran data",
    "residents.truthreport": "Laporan kebenaran data",
}

# Columns whose model has no Indonesian name for them.
COLUMNS = {
    "also": "juga diberitahukan di tempat lain",
    "aside": "baris dikesampingkan",
    "changed": "baris berubah",
    "known": "baris sudah diketahui",
    "doubled": "baris ganda",
    "replaced": "baris diganti",
    "told": "baris diberitahukan",
    "waiting": "baris menunggu",
    "sheets": "nama lembar",
    "lacks": "kolom yang tidak ada",
    "source_id": "sumber",
    "named_at": "waktu dinamai",
    "named_by_id": "yang menamai",
    "decided_at": "waktu diputuskan",
    "decided_by_id": "yang memutuskan",
    "rt_id": "RT",
    "answered_at": "waktu dijawab",
    "answered_by_id": "yang menjawab",
    "content": "sidik isi",
    "identity": "sidik layanan",
    "place_key": "sidik alamat",
    "superseded_at": "waktu diganti versi baru",
    "told_at": "waktu diberitahukan",
    "file_id": "berkas",
    "row": "baris",
    "version": "versi",
    "added_at": "waktu ditambahkan",
    "added_by_id": "yang menambahkan",
    "removed_at": "waktu dihapus",
    "accepted": "baris diterima",
    "address": "alamat",
    "aliases": "nama lain",
    "area_id": "wilayah",
    "at": "waktu",
    "by_post_id": "jabatan pengusul",
    "code": "kode",
    "confirmed_at": "waktu konfirmasi",
    "contacts_confirmed_at": "konfirmasi kontak",
    "delegated_by_id": "penunjuk",
    "digest": "sidik berkas",
    "email": "surel",
    "end_note": "catatan akhir",
    "ended_by_id": "yang mengakhiri",
    "ended_on": "tanggal berakhir",
    "ending": "sebab berakhir",
    "entered_at": "waktu dicatat",
    "entered_by_id": "pencatat",
    "evidence": "bukti",
    "file": "berkas",
    "form_key": "kunci formulir",
    "happened_on": "tanggal kejadian",
    "introduced_by_ketua_rt": "pengantar Ketua RT",
    "introduced_on": "tanggal pengantar",
    "introduction_number": "nomor pengantar",
    "issued_on": "tanggal terbit",
    "joined_at": "waktu akun dibuat",
    "kecamatan": "kecamatan",
    "kelurahan": "kelurahan",
    "kelurahan_id": "kelurahan",
    "kind": "jenis",
    "letter_id": "surat",
    "level": "tingkat",
    "lodging_id": "tempat",
    "login_phone": "telepon untuk masuk",
    "logo": "lambang",
    "mandate_id": "surat dasar",
    "name": "nama atau nomor",
    "no_kk_index": "nomor KK",
    "nik_index": "NIK",
    "number_serial": "nomor urut",
    "number_template": "bentuk nomor",
    "number_year": "tahun nomor",
    "own_title": "jabatan sendiri",
    "paper": "kertas",
    "parent_id": "wilayah induk",
    "phone": "telepon",
    "proposal_id": "usulan",
    "proposed_by_id": "pengusul",
    "rejected": "baris ditolak",
    "replaced_at": "waktu diganti",
    "reported_at": "waktu lapor",
    "reported_by_id": "pelapor",
    "replaces_id": "menggantikan surat",
    "requested_at": "waktu diajukan",
    "requested_by_id": "pengaju",
    "resident_id": "warga",
    "revoked_on": "tanggal dicabut",
    "role": "peran",
    "sealed_facts": "isi surat",
    "sha256": "sidik berkas",
    "starts": "mulai",
    "known_at": "diketahui sampai",
    "since": "pindah ke sini sejak",
    "state": "keadaan",
    "status": "keadaan",
    "term_ends": "akhir masa bakti",
    "token": "kode verifikasi",
    "until": "sampai",
    "uploaded_by_id": "pengunggah",
    "user_id": "pemegang",
    "valid_months": "masa berlaku",
    "valid_until": "berlaku sampai",
    "verified_on": "tanggal verifikasi",
    "anonymised_on": "tanggal dihapus menurut masa simpan",
    "arrival_id": "catatan RT baru",
    "asked": "yang diminta",
    "asked_by_id": "yang meminta",
    "attempts": "percobaan",
    "before": "keadaan sebelumnya",
    "cleared_at": "waktu berkas dihapus",
    "declared_by_id": "yang menyatakan",
    "declared_on": "tanggal dinyatakan",
    "default_address": "alamat bila kosong",
    "default_arrival": "tanggal datang bila kosong",
    "default_purpose": "keperluan bila kosong",
    "default_rt_id": "RT bila kosong",
    "delivered_at": "waktu diambil",
    "departure_id": "catatan RT lama",
    "done_at": "waktu selesai",
    "entered": "dimasukkan",
    "erased_on": "tanggal isi dihapus",
    "failure": "kegagalan",
    "family_id": "keluarga",
    "format": "bentuk berkas",
    "held": "ditahan",
    "key": "kunci isian",
    "merged_into_id": "digabung ke",
    "next_at": "waktu percobaan berikutnya",
    "objected_on": "tanggal keberatan",
    "origin_province": "provinsi asal",
    "pieces": "potongan berkas",
    "purpose": "keperluan",
    "reading_notes": "catatan pembacaan",
    "refusal": "alasan tidak terbaca",
    "rows": "jumlah baris",
    "settled_at": "waktu selesai",
    "size": "ukuran berkas",
    "uploaded_at": "waktu diunggah",
    "wanted_at": "waktu diminta",
    "warned": "baris dengan catatan",
    "first": "hari pertama",
    "last": "hari terakhir",
    "late": "yang datang terlambat",
    "numbers": "angka",
    "pdf": "berkas PDF",
    "pdf_sha256": "sidik PDF",
    "pdf_size": "ukuran PDF",
    "reason": "sebab",
    "revision": "revisi",
    "xlsx": "berkas Excel",
    "xlsx_sha256": "sidik Excel",
    "xlsx_size": "ukuran Excel",
    "with_numbers": "dengan NIK lengkap",
    "sent_at": "waktu dikirim",
    "sent_by_id": "pengirim",
    "sent_on": "tanggal dikirim",
    "service_id": "data layanan",
    "settled_on": "tanggal selesai",
    "claimed_by_id": "yang menangani",
    "handed_by_id": "yang meneruskan",
    "opened_by_id": "yang menyampaikan",
    "published_by_id": "yang menerbitkan",
    "written_by_id": "penulis",
}

# The columns whose values are shown: states, days and offices, nothing about a person.
SHOWN = frozenset(
    "area_id arrived_on confirmed_at contacts_confirmed_at decree_date end_reason ended_on ending "
    "introduced_on issued_on kind level own_title position reported_at revoked_on role starts "
    "state status stays_until term_ends until valid_until verified_on".split()
)
_PUBLIC = {"accounts.area": {"name"}, "accounts.areaperiod": {"name"}}


def shown_columns(model: type[models.Model]) -> list[str]:
    """The columns of a tracked model whose values are shown."""
    return sorted(SHOWN | _PUBLIC.get(model._meta.label_lower, set()))


def subject_word(label: str) -> str:
    """As in "Warga" or "Jabatan"; the label itself of what is unknown."""
    return SUBJECTS.get(label, label)


def column_word(model: type[models.Model], column: str) -> str:
    """The column in words."""
    known = COLUMNS.get(column)
    if known:
        return known
    named = {field.column: str(field.verbose_name) for field in model._meta.concrete_fields}
    return named.get(column, column)


def choice_word(model: Any, name: str, value: str) -> str:
    """A stored choice in words; the value where the field has no such choice."""
    choices = {str(key): str(label) for key, label in model._meta.get_field(name).flatchoices}
    return choices.get(value, value)


def model_of(label: str) -> type[models.Model] | None:
    """The model of a label ("accounts.post"), or None where there is none."""
    try:
        return apps.get_model(label)
    except (LookupError, ValueError):
        return None
