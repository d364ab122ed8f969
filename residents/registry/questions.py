"""What the form of a resident asks, in which order and in which words (F-1.15 and its extras)."""

from __future__ import annotations

WHO = ("full_name", "nik", "no_nik_reason")
WHERE = ("area", "address", "lodging")
STAY = ("arrived_on", "stays_until", "purpose", "purpose_detail")
# What a letter needs in the end, by legend.
FOR_A_LETTER: dict[str, tuple[str, ...]] = {
    "Data diri": (
        "sex",
        "birth_place",
        "birth_date",
        "religion",
        "marital_status",
        "education",
        "occupation",
        "blood_type",
        "nationality",
    ),
    "Asal dan keluarga": ("origin_address", "origin_area", "no_kk", "family_relation"),
    "Kontak": ("phone", "email"),
}
# What only some have; each folded by itself.
FOR_SOME: dict[str, tuple[str, ...]] = {
    "Warga negara asing": ("passport_number", "country"),
    "Pemilik rumah yang ditempati": ("landlord_name", "landlord_phone"),
    "Tempat kerja, sekolah, atau rumah sakit": ("institution_name", "institution_address"),
    "Penjamin": ("guarantor_name", "guarantor_nik", "guarantor_address", "guarantor_phone"),
    "Pendaftaran nasional dan catatan": ("national_reference", "notes"),
}
LATER = tuple(name for names in (*FOR_A_LETTER.values(), *FOR_SOME.values()) for name in names)
# Known from where the form was opened, never asked.
HIDDEN = ("family",)

LABELS = {
    "no_nik_reason": "Mengapa belum ada NIK?",
    "address": "Alamat tinggal sekarang",
    "lodging": "Tempat kos, kontrakan, atau mess",
    "arrived_on": "Sejak tanggal berapa tinggal di sini?",
    "stays_until": "Rencana tinggal sampai tanggal",
    "purpose": "Keperluan tinggal di Balikpapan",
    "origin_address": "Alamat menurut KTP-el",
    "origin_area": "Kabupaten/kota dan provinsi asal",
    "family_relation": "Hubungan dalam keluarga",
    "institution_name": "Nama tempat itu",
    "institution_address": "Alamat tempat itu",
    "landlord_name": "Nama pemilik",
    "landlord_phone": "Telepon pemilik",
    "country": "Negara asal",
}
HELP = {
    "full_name": "Sesuai KTP-el.",
    "no_nik_reason": "Untuk bayi, orang asing, atau dokumen yang belum ada. "
    "Bila NIK diisi, pilihan ini tidak dipakai.",
    "stays_until": "Paling lama 1 tahun. Ubah bila lebih singkat; dapat diperpanjang nanti.",
    "address": "Nama jalan dan nomor rumah.",
    "landlord_name": "Bila rumahnya tidak ada dalam daftar tempat.",
    "national_reference": "Bila sudah mendaftar di situs Kemendagri.",
}
