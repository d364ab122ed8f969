"""Chapters for everybody who logs in."""

from __future__ import annotations

from accounts.guide.chapter import Chapter, Picture, Step
from accounts.rules import Action

OF_ALL = (
    Chapter(
        "kata-sandi-dan-pengaman",
        "Ganti kata sandi dan pengaman kedua",
        None,
        "own_account",
        "Buka Akun saya",
        (
            Step("Buka *Akun saya*."),
            Step(
                "Tekan *Ubah* di baris *Kata sandi*. Paling sedikit 12 karakter; beberapa kata "
                "yang mudah diingat sudah baik.",
                Picture(
                    "guide/akun-saya.webp",
                    "Akun saya: baris kata sandi, pengaman kedua, dan perangkat, masing-masing "
                    "dengan Ubah.",
                ),
            ),
            Step(
                "Tekan *Ubah* di baris *Pengaman kedua* untuk memasang aplikasi pembuat kode atau "
                "kunci sandi (sidik jari, wajah, atau PIN)."
            ),
            Step("Simpan kode cadangan di tempat yang aman, untuk bila ponsel hilang."),
        ),
    ),
    Chapter(
        "kerahasiaan-data",
        "Menjaga kerahasiaan data",
        None,
        "own_sessions",
        "Lihat perangkat yang masuk",
        (
            Step("Pakai data warga hanya untuk tugas jabatan Bapak/Ibu."),
            Step("Jangan menyebarkan, menyalin, atau memotret data warga untuk orang lain."),
            Step("Jangan meminjamkan nama pengguna dan kata sandi kepada siapa pun."),
            Step("Tekan *Keluar* setelah memakai ponsel atau komputer bersama."),
            Step("Ada perangkat yang tidak dikenal? Tekan *Keluarkan*, lalu ganti kata sandi."),
            Step("Ponsel hilang atau kata sandi diketahui orang? Segera hubungi *Kontak*."),
        ),
    ),
    Chapter(
        "menyampaikan-masalah",
        "Menyampaikan masalah atau keluhan",
        Action.TICKET_OPEN,
        "ticket_add",
        "Tulis masalah atau keluhan",
        (
            Step("Buka *Bantuan*, lalu tekan *Sampaikan masalah atau keluhan*."),
            Step("Pilih tentang apa, lalu ceritakan yang terjadi tanpa NIK, No. KK, atau sandi."),
            Step("Foto layar boleh disertakan. Tutup dahulu NIK yang terlihat."),
            Step("Tekan *Kirim*. Bapak/Ibu mendapat nomor dan batas waktu jawabannya."),
            Step("Jawaban tampil di *Bantuan*; di sana Bapak/Ibu dapat membalas."),
        ),
    ),
)
