"""Chapters for Disdukcapil and for those above the kelurahan."""

from __future__ import annotations

from accounts.guide.chapter import Chapter, Picture, Step
from accounts.rules import Action

OF_OFFICES = (
    Chapter(
        "memeriksa-laporan",
        "Memeriksa laporan warga",
        Action.RESIDENT_JUDGE,
        "verify_queue",
        "Buka Periksa",
        (
            Step("Buka *Periksa*. Laporan tanpa peringatan sudah dicentang, yang terlama dahulu."),
            Step("Hapus centang pada laporan yang ingin dilihat dahulu, atau tekan *Buka*."),
            Step("Tekan *Verifikasi*."),
            Step("Laporan di *Perlu dilihat* dibuka satu per satu, lalu dikembalikan bila keliru."),
        ),
    ),
    Chapter(
        "mengimpor-data-layanan",
        "Mengimpor data layanan",
        Action.SERVICE_RECEIVE,
        "feed_list",
        "Buka Impor data layanan",
        (
            Step(
                "Buka *Layanan*, lalu *Impor*. Pilih sumber dan berkasnya (Excel atau CSV), lalu "
                "tekan *Unggah dan baca*."
            ),
            Step("Dari sumber yang baru, cocokkan kolomnya sekali; sesudahnya diingat."),
            Step(
                "Periksa jumlahnya. Belum ada yang diberitahukan sebelum *Masukkan* ditekan.",
                Picture(
                    "guide/mengimpor-data-layanan.webp",
                    "Hasil baca sebuah berkas: jumlah baris yang ganda dan ditolak, di bawahnya "
                    "tombol Masukkan.",
                ),
            ),
            Step("Unduh baris yang ditolak, perbaiki dalam berkas itu, lalu unggah lagi."),
            Step("Cocokkan alamat yang RT-nya belum diketahui."),
        ),
    ),
    Chapter(
        "menjawab-koreksi",
        "Menjawab koreksi",
        Action.CORRECTION_ANSWER,
        "correction_list",
        "Buka Koreksi",
        (
            Step("Buka *Koreksi* dan tekan *Ambil berikutnya*: yang batas waktunya paling dekat."),
            Step("Bandingkan *Menurut data* dengan *Menurut RT*, lalu baca percakapannya."),
            Step(
                "Pilih *Terima koreksi* dan tulis apa yang dilakukan, *Tanya kembali* bila kurang "
                "jelas, atau *Tolak koreksi* dengan alasannya.",
                Picture(
                    "guide/menjawab-koreksi.webp",
                    "Pemeriksaan sebuah koreksi: Terima koreksi, Tanya kembali, Tolak koreksi.",
                ),
            ),
            Step("Selama menunggu jawaban RT, batas waktu berhenti."),
        ),
    ),
    Chapter(
        "menjawab-masalah",
        "Menjawab masalah dan keluhan",
        Action.TICKET_ANSWER,
        "ticket_queue",
        "Buka Masalah dan keluhan",
        (
            Step(
                "Buka *Bantuan*, lalu *Masalah dan keluhan yang menunggu jawaban*. Yang batas "
                "waktunya paling dekat ada di atas.",
                Picture(
                    "guide/menjawab-masalah.webp",
                    "Daftar masalah dan keluhan dengan kategori, pengirim, dan batas waktunya.",
                ),
            ),
            Step("Buka satu, lalu tekan *Ambil untuk ditangani* agar tidak dijawab berdua."),
            Step("Tulis jawaban dan tekan *Kirim jawaban*, atau *Tanya balik*."),
            Step("Bukan bidang Bapak/Ibu? Tekan *Teruskan ke kategori lain*."),
            Step("Setelah beres, tekan *Nyatakan selesai*. Pengirim diberi tahu setiap perubahan."),
        ),
    ),
    Chapter(
        "mengusulkan-akun",
        "Mengusulkan akun",
        Action.PROPOSAL_VIEW,
        "proposal_list",
        "Buka Usulan",
        (
            Step("Buka *Usulan*. Camat mengusulkan Lurah; Lurah mengusulkan Ketua RT."),
            Step("Tekan *Usulkan* dan isi nama, jabatan, serta SK-nya."),
            Step("Banyak sekaligus? Tekan *Unggah daftar* dan pakai contoh Excel-nya."),
            Step("Bila dikembalikan, baca alasannya, perbaiki, lalu kirim lagi."),
        ),
    ),
    Chapter(
        "menerbitkan-akun",
        "Menerbitkan akun",
        Action.ACCOUNT_ISSUE,
        "issue_ready",
        "Buka Akun siap diterbitkan",
        (
            Step("Buka *Akun*, lalu *Terbitkan akun*."),
            Step(
                "Tekan *Terbitkan semua*, atau hapus beberapa centang lalu tekan *Terbitkan yang "
                "dicentang*.",
                Picture(
                    "guide/menerbitkan-akun.webp",
                    "Usulan akun satu kelurahan, semuanya dicentang, dengan tombol Terbitkan.",
                ),
            ),
            Step("Buka *Slip akun* dan tekan *Unduh slip (PDF)*. Berkas itu dihapus sesudahnya."),
            Step("Serahkan slip kepada orangnya sendiri. Kata sandinya hanya berlaku sekali."),
        ),
    ),
    Chapter(
        "menulis-pengumuman",
        "Menulis pengumuman",
        Action.ANNOUNCE,
        "announcement_desk",
        "Buka Kelola pengumuman",
        (
            Step("Buka *Pengumuman*, *Kelola pengumuman*, lalu *Tulis pengumuman*."),
            Step("Tulis judul dan isi yang singkat, tanpa data warga."),
            Step("Pilih untuk siapa, wilayahnya, dan sampai kapan berlaku."),
            Step("Tekan *Lanjut: lihat pratinjau*, periksa jumlah yang dituju, lalu *Terbitkan*."),
            Step("Di halaman yang sama tampil berapa yang sudah membaca."),
        ),
    ),
    Chapter(
        "membaca-evaluasi",
        "Membaca evaluasi",
        Action.EVALUATION_VIEW,
        "evaluation",
        "Buka Evaluasi",
        (
            Step("Buka *Evaluasi* dan pilih jangka waktunya."),
            Step(
                "Kalimat teratas merangkum pemakaian, data layanan, laporan, dan yang masih "
                "terbuka.",
                Picture(
                    "guide/membaca-evaluasi.webp",
                    "Rangkuman evaluasi kota dalam beberapa kalimat dengan angka.",
                ),
            ),
            Step("Tekan nama wilayah untuk melihat bagiannya, sampai ke RT."),
            Step("Urutannya menurut kode wilayah, bukan peringkat."),
            Step("Tekan *Unduh Excel* atau *Unduh PDF* untuk dibawa ke rapat."),
        ),
    ),
    Chapter(
        "membaca-rekap",
        "Membaca rekap",
        Action.FIGURES_VIEW,
        "summary",
        "Buka Rekap",
        (
            Step("Buka *Rekap*. Angka besar adalah penduduk nonpermanen aktif hari ini."),
            Step("Pilih bulan, semester, tahun, atau *Jangka waktu lain*."),
            Step("Tekan nama wilayah di *Menurut wilayah* untuk melihat bagiannya."),
            Step("*Siapa mereka* menunjukkan umur, keperluan, pekerjaan, dan asalnya."),
        ),
    ),
    Chapter(
        "pekerjaan-di-belakang-layar",
        "Memeriksa pekerjaan di belakang layar",
        Action.JOBS_VIEW,
        "jobs",
        "Buka Pekerjaan",
        (
            Step("Buka *Pekerjaan*. Tiga baris teratas seharusnya *Berjalan*."),
            Step("Yang *menunggu* biasanya selesai dalam beberapa detik."),
            Step("Ada yang *gagal*? Baca sebabnya, perbaiki, lalu tekan *Ulangi yang gagal*."),
        ),
    ),
)
