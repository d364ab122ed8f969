"""Chapters for RT and kelurahan."""

from __future__ import annotations

from accounts.guide.chapter import Chapter, Picture, Step
from accounts.rules import Action

OF_KELURAHAN = (
    Chapter(
        "melaporkan-warga",
        "Melaporkan warga",
        Action.RESIDENT_ENTER,
        "resident_add",
        "Buka Tambah warga",
        (
            Step("Tekan *Tambah warga* di Beranda."),
            Step(
                "Isi nama dan NIK sesuai KTP-el, lalu alamat tinggal, tanggal, dan keperluannya. "
                "Isian tersimpan sendiri dan dapat dilanjutkan nanti.",
                Picture(
                    "guide/melaporkan-warga.webp",
                    "Halaman Tambah warga: nama lengkap dan NIK sudah diisi, di bawahnya alamat "
                    "tinggal.",
                ),
            ),
            Step("Tekan *Lanjut: periksa jawaban*, lalu baca sekali lagi."),
            Step("Ada yang keliru? Tekan *Ubah jawaban*."),
            Step(
                "Bila warga sekaligus memerlukan surat, centang *Sekaligus antar untuk surat "
                "keterangan domisili*."
            ),
            Step("Tekan *Laporkan*. Sejak itu warga tercatat, lalu operator memeriksanya."),
        ),
    ),
    Chapter(
        "menjawab-data-layanan",
        "Menjawab data layanan: benar atau tidak benar",
        Action.SERVICE_ANSWER,
        "service_list",
        "Buka Data layanan",
        (
            Step(
                "Buka *Layanan*. Di sana ada layanan Disdukcapil untuk warga di wilayah Bapak/Ibu, "
                "misalnya KTP-el, Kartu Keluarga, akta, atau pindah datang."
            ),
            Step("Baca nama, jenis layanan, tanggal, dan alamatnya."),
            Step(
                "Sesuai dengan kenyataan? Tekan *Benar*. Kalau tidak, tekan *Tidak benar* dan "
                "jelaskan sebabnya.",
                Picture(
                    "guide/menjawab-data-layanan.webp",
                    "Dua data layanan yang belum dikonfirmasi, masing-masing dengan tombol Benar "
                    "dan Tidak benar.",
                ),
            ),
            Step("Salah tekan? Tekan *Batalkan jawaban* di tempat yang sama."),
            Step(
                "Belum tahu? Lewati dahulu. Data itu tetap *Belum dikonfirmasi* dan tidak "
                "dihitung benar."
            ),
        ),
    ),
    Chapter(
        "semua-benar-kecuali",
        "Semua benar, kecuali…",
        Action.SERVICE_ANSWER,
        "service_list",
        "Buka Data layanan",
        (
            Step(
                "Buka *Layanan*, tekan *Per bulan: semua benar, kecuali…* dan, bila wilayah "
                "Bapak/Ibu lebih dari satu RT, pilih RT-nya."
            ),
            Step(
                "Centang hanya yang tidak benar. Bila semuanya benar, jangan centang apa pun. "
                "Lalu tekan *Semua benar, kecuali yang dicentang*.",
                Picture(
                    "guide/semua-benar-kecuali.webp",
                    "Daftar satu bulan: satu nama dicentang, di bawahnya tombol Semua benar, "
                    "kecuali yang dicentang.",
                ),
            ),
            Step("Untuk setiap data yang dicentang, tekan *Jelaskan* dan tulis apa yang keliru."),
        ),
    ),
    Chapter(
        "mengirim-koreksi",
        "Mengirim koreksi",
        Action.SERVICE_ANSWER,
        "service_list",
        "Buka Data layanan",
        (
            Step("Di *Data layanan*, tekan *Tidak benar* pada data yang keliru."),
            Step(
                "Pilih apa yang tidak benar. Tambahkan keterangan, misalnya siapa yang ditanya; "
                "foto boleh disertakan.",
                Picture(
                    "guide/mengirim-koreksi.webp",
                    "Pertanyaan Apa yang tidak benar? dengan jawaban Sudah pindah dari sini.",
                ),
            ),
            Step(
                "Tekan *Kirim koreksi*. Data Disdukcapil tidak berubah; operator memeriksa "
                "koreksi itu dan memberi jawaban."
            ),
            Step("Lihat jawabannya di *Koreksi*: diterima, ditolak dengan alasan, atau ditanya."),
            Step("Bila operator bertanya, buka koreksi itu, tulis jawaban, lalu *Jawab operator*."),
        ),
    ),
    Chapter(
        "laporan-kebenaran-data",
        "Menandatangani laporan kebenaran data",
        Action.TRUTH_SIGN,
        "truth_list",
        "Buka Laporan kebenaran data",
        (
            Step("Buka *Layanan*, lalu *Laporan kebenaran data*, dan pilih bulannya."),
            Step(
                "Baca jumlahnya. Sebaiknya jawab dahulu yang belum dikonfirmasi; tanpa itu pun "
                "laporan dapat ditandatangani.",
            ),
            Step(
                "Tekan *Tandatangani laporan*.",
                Picture(
                    "guide/laporan-kebenaran-data.webp",
                    "Jumlah data yang belum dikonfirmasi, di bawahnya tombol Tandatangani laporan.",
                ),
            ),
            Step("Tekan *Unduh PDF* bila laporan perlu dicetak."),
            Step(
                "Jawaban berubah sesudahnya? Buka lagi dan tekan *Tandatangani lagi*. Laporan yang "
                "lama tetap tersimpan."
            ),
            Step(
                "Petugas kelurahan menandatangani hanya bila hari ini RT itu tidak mempunyai "
                "Ketua RT atau sedang dibekukan."
            ),
        ),
    ),
    Chapter(
        "mengantar-surat",
        "Mengantar surat keterangan domisili",
        Action.LETTER_INTRODUCE,
        "resident_list",
        "Buka Warga",
        (
            Step("Buka *Warga* dan tekan nama orangnya."),
            Step("Bila masih ada yang kurang untuk surat, tekan *Lengkapi sekarang*."),
            Step("Tekan *Ajukan surat domisili*."),
            Step(
                "Tulis keperluannya. Biarkan *Antar sekarang* tercentang, lalu tekan "
                "*Ajukan surat*. Surat langsung sampai kepada Lurah.",
                Picture(
                    "guide/mengantar-surat.webp",
                    "Halaman Ajukan surat domisili: keperluan sudah diisi, Antar sekarang "
                    "dicentang, lalu tombol Ajukan surat.",
                ),
            ),
            Step("Keadaannya tampil di *Surat*: siap diterbitkan, terbit, atau dikembalikan."),
            Step("Bila dikembalikan, baca alasannya, perbaiki, lalu tekan *Antar surat ini*."),
        ),
    ),
    Chapter(
        "masa-tinggal",
        "Masa tinggal hampir habis",
        Action.RESIDENT_ENTER,
        "task_list",
        "Buka Tugas",
        (
            Step(
                "Buka *Tugas*. Di sana ada warga yang masa tinggalnya sudah lewat atau berakhir "
                "dalam 30 hari."
            ),
            Step("Tanyakan kepada orangnya, atau tekan *Tanyakan lewat WhatsApp*."),
            Step(
                "Tekan *Masih tinggal* atau *Sudah pergi*. Tanggal barunya tertulis di bawah "
                "tombol.",
                Picture(
                    "guide/masa-tinggal.webp",
                    "Seorang warga yang masa tinggalnya hampir habis, dengan tombol Masih tinggal "
                    "dan Sudah pergi.",
                ),
            ),
            Step("Jawaban yang keliru masih dapat diubah."),
        ),
    ),
    Chapter(
        "menerbitkan-surat",
        "Menerbitkan surat",
        Action.LETTER_DECIDE,
        "letter_ready",
        "Buka Surat siap diterbitkan",
        (
            Step(
                "Buka *Surat*, lalu *Siap diterbitkan*. Surat tanpa catatan sudah dicentang.",
                Picture(
                    "guide/menerbitkan-surat.webp",
                    "Daftar surat siap diterbitkan: surat tanpa catatan dicentang, yang bercatatan "
                    "tidak.",
                ),
            ),
            Step("Tekan *Buka* pada sebuah nama untuk melihat data dan pratinjau suratnya."),
            Step("Belum jelas? Hapus centangnya, atau buka suratnya dan tekan *Kembalikan*."),
            Step(
                "Tekan *Terbitkan surat yang dicentang*. Setiap surat mendapat nomor saat itu juga."
            ),
            Step("Tekan *Cetak surat yang baru terbit*. Surat bertinta ditandatangani dan dicap."),
        ),
    ),
    Chapter(
        "menyerahkan-surat",
        "Mencetak dan menyerahkan surat",
        Action.LETTER_HAND_OVER,
        "letter_list",
        "Buka Surat",
        (
            Step("Buka *Surat*, lalu *Belum dicetak*, dan tekan *Cetak yang dipilih*."),
            Step("Mintakan tanda tangan dan cap pada surat yang ditandatangani dengan tinta."),
            Step(
                "Diambil di kantor? Buka suratnya, tekan *Serahkan langsung*, pilih penerimanya, "
                "lalu *Catat penyerahan*."
            ),
            Step(
                "Dikirim? Unggah dahulu hasil pindai surat yang sudah ditandatangani, lalu tekan "
                "*Kirim lewat surel atau WhatsApp*."
            ),
        ),
    ),
    Chapter(
        "mencocokkan-alamat",
        "Mencocokkan alamat",
        Action.SERVICE_PLACE,
        "place_groups",
        "Buka Alamat yang belum dicocokkan",
        (
            Step("Buka *Layanan*, lalu *Alamat yang belum dicocokkan*."),
            Step("Tekan sebuah alamat. Di bawahnya ada data layanan yang menunggu keputusan."),
            Step(
                "Pilih RT-nya, lalu tekan *Beritahukan*. Satu keputusan berlaku untuk semua data "
                "dengan tulisan alamat yang sama, juga yang datang kemudian.",
                Picture(
                    "guide/mencocokkan-alamat.webp",
                    "Pilihan kelurahan dan RT untuk sebuah alamat, di bawahnya tombol Beritahukan.",
                ),
            ),
            Step("Tidak dapat dicocokkan? Tekan *Kesampingkan alamat ini* dan pilih alasannya."),
            Step("Keputusan yang keliru dapat diubah lewat *Keputusan sebelumnya*."),
        ),
    ),
)
