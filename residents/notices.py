"""The kinds of notices about residents: no word of who, where or what a number is."""

from __future__ import annotations

from django.urls import reverse

from accounts.notices.kinds import PORTAL_ONLY, Category, NoticeKind, Values


class StaysEnding(NoticeKind):
    key = "stays_ending"
    category = Category.RESIDENT
    title = "Masa tinggal warga akan berakhir"
    text = (
        "Ada warga yang masa tinggalnya segera berakhir. Mohon tanyakan apakah masih tinggal, "
        "lalu catat jawabannya: cukup satu sentuhan untuk setiap orang."
    )
    detail = "Jumlah warga: {count}."
    values = frozenset({"count"})

    @classmethod
    def url(cls, values: Values) -> str:
        return reverse("task_list")


class _OfResident(NoticeKind):
    """A word about one record in the recipient's own area, and about no other."""

    category = Category.RESIDENT
    values = frozenset({"resident"})

    @classmethod
    def url(cls, values: Values) -> str:
        return reverse("resident_detail", args=[values["resident"]])


class ResidentHeld(_OfResident):
    key = "resident_held"
    title = "Laporan warga ditahan"
    text = (
        "Laporan seorang warga di kelurahan Bapak/Ibu ditahan karena NIK-nya sudah terdaftar di "
        "wilayah lain. Mohon lihat KTP-el aslinya, lalu nyatakan kepindahannya."
    )


class ResidentsHeld(NoticeKind):
    key = "residents_held"
    category = Category.RESIDENT
    title = "Laporan warga ditahan"
    text = (
        "Beberapa laporan warga di kelurahan Bapak/Ibu ditahan karena NIK-nya sudah terdaftar di "
        "wilayah lain. Mohon lihat KTP-el aslinya, lalu nyatakan kepindahannya."
    )
    detail = "Jumlah laporan: {count}."
    values = frozenset({"count"})

    @classmethod
    def url(cls, values: Values) -> str:
        return f"{reverse('resident_list')}?status=held"


class ImportHeld(NoticeKind):
    key = "import_held"
    category = Category.RESIDENT
    title = "Impor dengan banyak laporan ditahan"
    text = (
        "Sebuah impor daftar warga menahan lebih banyak laporan daripada batas seorang pengguna "
        "dalam sehari, karena NIK-nya sudah terdaftar di wilayah lain. Mohon periksa apakah "
        "daftarnya wajar."
    )
    detail = "Jumlah laporan: {count}."
    values = frozenset({"imported", "count"})

    @classmethod
    def url(cls, values: Values) -> str:
        return reverse("import_detail", args=[values["imported"]])


class ResidentReturned(_OfResident):
    key = "resident_returned"
    title = "Laporan warga dikembalikan"
    text = "Sebuah laporan warga dikembalikan untuk diperbaiki. Alasannya ada di WaCAT."


class ResidentReceived(_OfResident):
    key = "resident_received"
    channels = PORTAL_ONLY
    title = "Laporan yang ditahan sudah diterima"
    text = "Laporan warga yang ditahan sudah diterima sebagai pindahan dalam kota."


class ResidentRelocated(_OfResident):
    key = "resident_relocated"
    title = "Seorang warga dinyatakan pindah"
    text = (
        "Seorang warga RT Bapak/Ibu dinyatakan pindah di dalam Kota Balikpapan. "
        "Bila keliru, ajukan keberatan dalam 14 hari."
    )


class RelocationDecided(_OfResident):
    key = "relocation_decided"
    title = "Kepindahan warga sudah diputuskan"
    text = (
        "Operator WaCAT sudah memutuskan kepindahan seorang warga. Lihat hasilnya di WaCAT. Untuk "
        "kelurahan yang menerima: bila kepindahannya dibatalkan, periksa apakah surat domisilinya "
        "sudah terbit, lalu cabut surat itu."
    )


class ResidentMerged(_OfResident):
    key = "resident_merged"
    title = "Catatan warga digabung"
    text = (
        "Catatan seorang warga RT Bapak/Ibu digabung dengan catatan lain tentang orang yang sama. "
        "Lihat riwayatnya di WaCAT."
    )


class RelocationObjected(NoticeKind):
    key = "relocation_objected"
    category = Category.RESIDENT
    title = "Keberatan atas kepindahan warga"
    text = "Ada keberatan atas kepindahan seorang warga yang perlu diputuskan."
    values = frozenset({"relocation"})

    @classmethod
    def url(cls, values: Values) -> str:
        return reverse("case_detail", args=[values["relocation"]])


class _OfServices(NoticeKind):
    category = Category.SERVICE
    detail = "Jumlah data layanan: {count}."
    values = frozenset({"count"})

    @classmethod
    def url(cls, values: Values) -> str:
        return f"{reverse('service_list')}?jawaban=told"


class ServicesTold(_OfServices):
    key = "services_told"
    title = "Ada data layanan baru dari Disdukcapil"
    text = (
        "Disdukcapil memberitahukan layanan yang diterima warga di wilayah Bapak/Ibu. "
        "Mohon jawab benar atau tidak: cukup satu sentuhan untuk setiap data."
    )


class ServicesOpen(_OfServices):
    key = "services_open"
    title = "Ada data layanan yang belum dikonfirmasi"
    text = (
        "Masih ada data layanan di wilayah Bapak/Ibu yang belum dijawab. Mohon jawab benar atau "
        "tidak. Yang belum dijawab tetap tercatat belum dikonfirmasi."
    )


class _OfFeed(NoticeKind):
    """A word about an uploaded file of services, to whoever uploaded it."""

    category = Category.SERVICE
    channels = PORTAL_ONLY
    values = frozenset({"feed"})

    @classmethod
    def url(cls, values: Values) -> str:
        return reverse("feed_detail", args=[values["feed"]])


class FeedRead(_OfFeed):
    key = "feed_read"
    title = "Berkas layanan selesai dibaca"
    text = "Berkas data layanan selesai dibaca. Mohon periksa hasilnya, lalu masukkan."


class FeedRefused(_OfFeed):
    key = "feed_refused"
    title = "Berkas layanan tidak dapat dibaca"
    text = "Berkas data layanan tidak dapat dibaca. Alasannya ada di WaCAT."


class FeedDone(_OfFeed):
    key = "feed_done"
    title = "Berkas layanan selesai dimasukkan"
    text = "Berkas data layanan selesai dimasukkan. Jumlah setiap hasil ada di WaCAT."


class PlacesWaiting(NoticeKind):
    key = "places_waiting"
    category = Category.SERVICE
    title = "Ada alamat layanan yang perlu dicocokkan"
    text = (
        "Ada data layanan di kelurahan Bapak/Ibu yang RT-nya belum diketahui. Mohon pilihkan "
        "RT-nya: satu keputusan berlaku untuk semua data dengan alamat yang sama."
    )
    detail = "Jumlah data layanan: {count}."
    values = frozenset({"count"})

    @classmethod
    def url(cls, values: Values) -> str:
        return reverse("place_groups")


class _OfCorrection(NoticeKind):
    """A word about one correction of the recipient's own, or to who answers it."""

    category = Category.SERVICE
    values = frozenset({"correction"})

    @classmethod
    def url(cls, values: Values) -> str:
        return reverse("correction_detail", args=[values["correction"]])


class CorrectionSent(_OfCorrection):
    """To every operator: the queue has it by its deadline, so it fills nobody's mail box."""

    key = "correction_sent"
    channels = PORTAL_ONLY
    title = "Koreksi baru dari RT"
    text = "Sebuah RT menyatakan data layanan tidak benar. Mohon dijawab sebelum batas waktunya."


class CorrectionAsked(_OfCorrection):
    key = "correction_asked"
    title = "Operator bertanya tentang koreksi"
    text = "Operator WaCAT bertanya tentang sebuah koreksi Bapak/Ibu. Mohon dijawab."


class CorrectionReplied(_OfCorrection):
    key = "correction_replied"
    title = "RT menjawab pertanyaan tentang koreksi"
    text = "RT sudah menjawab pertanyaan tentang sebuah koreksi. Koreksinya menunggu lagi."


class CorrectionDecided(_OfCorrection):
    key = "correction_decided"
    title = "Koreksi sudah dijawab"
    text = "Operator WaCAT sudah memutuskan sebuah koreksi Bapak/Ibu. Lihat jawabannya di WaCAT."


class CorrectionWithdrawn(_OfCorrection):
    key = "correction_withdrawn"
    title = "Koreksi ditarik oleh RT"
    text = "RT menarik sebuah koreksi. Tidak ada lagi yang perlu dijawab."


class CorrectionsOverdue(NoticeKind):
    key = "corrections_overdue"
    category = Category.SERVICE
    title = "Koreksi lewat batas waktu"
    text = "Ada koreksi dari RT yang belum dijawab sampai lewat batas waktunya."
    detail = "Jumlah koreksi: {count}."
    values = frozenset({"count"})

    @classmethod
    def url(cls, values: Values) -> str:
        return f"{reverse('correction_list')}?bagian=lewat"


class CorrectionsLate(CorrectionsOverdue):
    """To pimpinan, who see how many, never whose."""

    key = "corrections_late"

    @classmethod
    def url(cls, values: Values) -> str:
        return reverse("evaluation")


class TruthWaits(NoticeKind):
    key = "truth_waits"
    category = Category.SERVICE
    title = "Laporan kebenaran data menunggu ditandatangani"
    text = (
        "Laporan kebenaran data bulan lalu belum ditandatangani. Mohon periksa jawabannya, lalu "
        "tandatangani di WaCAT."
    )
    detail = "Jumlah RT: {count}."
    values = frozenset({"month", "count"})

    @classmethod
    def url(cls, values: Values) -> str:
        return f"{reverse('truth_list')}?bulan={values['month']}"
