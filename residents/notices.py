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
