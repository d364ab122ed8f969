"""From the words of an address to an RT: certain, or not told to anybody."""

from __future__ import annotations

import pytest

from accounts.areas.loading import load_decree, load_rts
from accounts.areas.models import CITY_CODE, Area, AreaStatus
from residents.feeds.column_table import TITLES, named
from residents.feeds.gazetteer import Gazetteer
from residents.feeds.headings import find
from residents.feeds.kinds import kind_of, only_kind_of
from residents.feeds.matching import Matcher, Place
from residents.services.codes import Kind

SEPINGGAN, RAYA, BARU = "64.71.05.1002", "64.71.05.1009", "64.71.05.1008"
DAMAI, DAMAI_BARU = "64.71.06.1005", "64.71.05.1011"
MANGGAR, SAMARINDA_BARU = "64.71.01.1001", "64.71.03.1005"
NOWHERE = ("", CITY_CODE)


def place(  # a row's five texts, by the order of what counts least
    address: str = "", rt: str = "", kelurahan: str = "", code: str = "", city: str = ""
) -> Place:
    return Place(address, rt, kelurahan, code, city)


# RT, and what is certain beside.
MATCHES: list[tuple[Place, tuple[str, str]]] = [
    # A full code, in each way of writing it; a code of the kelurahan with the column of the RT.
    (place(code="64.71.05.1002.012"), (f"{SEPINGGAN}.012", SEPINGGAN)),
    (place(code="6471051002012"), (f"{SEPINGGAN}.012", SEPINGGAN)),
    (place(code="6471051002", rt="12"), (f"{SEPINGGAN}.012", SEPINGGAN)),
    (place(code="6471051002", rt="RT 012/RW -"), (f"{SEPINGGAN}.012", SEPINGGAN)),
    (place(code="6471051002", rt="12", kelurahan="SEPINGAN"), (f"{SEPINGGAN}.012", SEPINGGAN)),
    (place(code="64.71.05.9999", rt="1"), NOWHERE),
    (place(code="6472051002", rt="12", kelurahan="Sepinggan"), NOWHERE),
    # The columns: names, aliases, spelling; exactly this kelurahan and no longer or shorter one.
    (place(rt="012", kelurahan="SEPINGGAN"), (f"{SEPINGGAN}.012", SEPINGGAN)),
    (place(rt="12/000", kelurahan="Kel. Sepinggan Raya"), (f"{RAYA}.012", RAYA)),
    (place(rt="1", kelurahan="DAMAI"), (f"{DAMAI}.001", DAMAI)),
    (place(rt="1", kelurahan="DAMAI BARU"), (f"{DAMAI_BARU}.001", DAMAI_BARU)),
    (place(rt="1", kelurahan="1011 - DAMAI BARU"), (f"{DAMAI_BARU}.001", DAMAI_BARU)),
    (place(rt="3", kelurahan="GN. SAMARINDA BARU"), (f"{SAMARINDA_BARU}.003", SAMARINDA_BARU)),
    (place(rt="3", kelurahan="margomulyo"), ("64.71.02.1005.003", "64.71.02.1005")),
    (place(rt="3", kelurahan="Sei Nangka"), ("64.71.05.1010.003", "64.71.05.1010")),
    (place(rt="3", kelurahan="GN SAMARINDA BR"), (f"{SAMARINDA_BARU}.003", SAMARINDA_BARU)),
    (place(rt="3", kelurahan="Sepinggan Permai"), NOWHERE),
    (place(rt="900", kelurahan="Sepinggan"), ("", SEPINGGAN)),
    (place(rt="", kelurahan="Sepinggan"), ("", SEPINGGAN)),
    (place("Jl. X No. 1 RT 7", kelurahan="Sepinggan"), (f"{SEPINGGAN}.007", SEPINGGAN)),
    (place(rt="7", kelurahan="Manggar", city="Kab. Belitung Timur"), NOWHERE),
    (place(rt="7", kelurahan="Manggar", city="KOTA BALIKPAPAN"), (f"{MANGGAR}.007", MANGGAR)),
    # The text: behind "Kel." it is certain, right behind the RT it is good enough to be told.
    (place("Jl. Mawar RT 12 Kel. Sepinggan"), (f"{SEPINGGAN}.012", SEPINGGAN)),
    (place("RT.012/RW.000, KEL. SEPINGGAN RAYA, BALIKPAPAN"), (f"{RAYA}.012", RAYA)),
    (place("Perum X Blok A Kelurahan Damai Baru RT.03"), (f"{DAMAI_BARU}.003", DAMAI_BARU)),
    (place("Rt 12 Sepinggan Raya"), (f"{RAYA}.012", CITY_CODE)),
    (place("Jl. Mulawarman, RT.05 Manggar Baru"), ("64.71.01.1004.005", CITY_CODE)),
    (place("RT 12 Sepinggan, Kota Balikpapan"), (f"{SEPINGGAN}.012", CITY_CODE)),
    (place(kelurahan="Sepinggan", rt="Rt 12"), (f"{SEPINGGAN}.012", SEPINGGAN)),
    # Not certain: streets and estates of that name, no RT, two of one, other cities.
    (place("Jl. Sepinggan Raya RT 12"), NOWHERE),
    (place("RT 12 Perum Sepinggan Pratama"), NOWHERE),
    (place("RT 12 Sepinggan Asri"), NOWHERE),
    (place("Jl. Contoh Kel. Sepinggan"), ("", SEPINGGAN)),
    (place("RT.012/RW.-"), NOWHERE),
    (place("RT 12 atau RT 13 Kel. Sepinggan"), ("", SEPINGGAN)),
    (place("Jl. Contoh RT 12A Kel. Sepinggan"), ("", SEPINGGAN)),
    (place("RT12RW00 Kel. Sepinggan"), (f"{SEPINGGAN}.012", SEPINGGAN)),
    (place("RT 12 Kel. Damai, Kab. Kutai Barat"), NOWHERE),
    (place("RT 12 Kel. Damai, Kota Samarinda"), NOWHERE),
    # Contradictions.
    (place("RT 12 Kel. Manggar", rt="12", kelurahan="Sepinggan"), NOWHERE),
    (place("RT 12 Manggar Baru", rt="12", kelurahan="Manggar"), NOWHERE),
    (place("Jl. X RT 13", rt="12", kelurahan="Sepinggan"), ("", SEPINGGAN)),
    (place(code="6471051002", rt="1", kelurahan="Manggar"), NOWHERE),
    (Place(rt="1", kelurahan="DAMAI", kecamatan="KEC. BALIKPAPAN SELATAN"), NOWHERE),
    (Place(rt="1", kelurahan="DAMAI", kecamatan="Kota"), (f"{DAMAI}.001", DAMAI)),
    (place("RT 5 Kel. Damai Kec. Balikpapan Selatan"), NOWHERE),
]  # fmt: skip


@pytest.mark.django_db
def test_an_address_is_told_to_its_rt_or_to_nobody() -> None:
    load_decree()
    load_rts()
    merged = Area.objects.get(pk=f"{SEPINGGAN}.020")
    Area.objects.filter(pk=merged.pk).update(state=AreaStatus.MERGED)
    Area.objects.filter(pk=f"{SEPINGGAN}.021").update(name="321")
    matcher = Matcher(Gazetteer())
    after_changes = [
        (place(rt="20", kelurahan="Sepinggan"), ("", SEPINGGAN)),
        (place(rt="21", kelurahan="Sepinggan"), ("", SEPINGGAN)),
        (place(rt="321", kelurahan="Sepinggan"), (f"{SEPINGGAN}.021", SEPINGGAN)),
    ]
    wrong = []
    for one, expected in [*MATCHES, *after_changes]:
        found = matcher.match(one)
        if (found.rt, found.within) != expected:
            wrong.append((one, (found.rt, found.within), expected))
    assert wrong == [], "\n".join(map(str, wrong))


KINDS = {
    Kind.KK: ("CETAK KK", "Kartu Keluarga (perubahan)", "KK BARU"),
    Kind.KTP: ("CETAK KTP-EL", "KTP_EL", "e-KTP hilang", "Kartu Tanda Penduduk"),
    Kind.KIA: ("KIA", "Kartu Identitas Anak (KIA)", "PENERBITAN KIA", "K.I.A."),
    Kind.BIRTH: ("AKTA LAHIR", "Kutipan Akta Kelahiran", "AKTE LAHIR + KK + KIA"),
    Kind.DEATH: ("AKTA KEMATIAN", "akte mati"),
    Kind.MARRIAGE: ("AKTA PERKAWINAN", "Akta Nikah"),
    Kind.DIVORCE: ("AKTA PERCERAIAN", "Akta Cerai"),
    Kind.MOVED_IN: ("PINDAH DATANG", "KEDATANGAN", "SKDWNI", "Surat Keterangan Pindah Datang"),
    Kind.MOVED_OUT: ("SKPWNI", "PINDAH KELUAR", "Surat Keterangan Pindah WNI", "PERPINDAHAN"),
    Kind.CHANGE: ("PERUBAHAN BIODATA", "Pemutakhiran data", "UPDATE BIODATA"),
}


def test_words_mean_kinds() -> None:
    for kind, words in KINDS.items():
        assert {kind_of(word) for word in words} == {kind}, kind
        assert kind_of(str(kind.label)) == kind
    unknown = ("", "Legalisir", "Pembatalan perkawinan", "Konsultasi")
    assert {kind_of(word) for word in unknown} == {None}
    assert only_kind_of("LAPORAN PINDAH DATANG OKTOBER 2026") == Kind.MOVED_IN
    assert only_kind_of("REKAP KTP-EL DAN KK") is None


HEADINGS = {
    "nik": "NIK|No. NIK|NIK_PEMOHON|Nomor Induk Kependudukan",
    "no_kk": "NO_KK|NOMOR KK|No Kartu Keluarga",
    "full_name": "NAMA_LGKP|Nama Lengkap|NAMA BAYI|Nama Jenazah|NAMA PEMOHON",
    "served_on": "TGL_LAYANAN|Tanggal Terbit|TGL_CETAK|TGL AKTA|Tgl Datang|TGL PINDAH|TANGGAL",
    "number": "NO_AKTA|NO DOKUMEN|NO SKPWNI|NO_REGISTER|Nomor Akte|NO_SKDWNI|NO DATANG",
    "kind": "KATEGORI LAYANAN|JENIS LAYANAN|Pelayanan|JENIS_DOKUMEN|JENIS PELAYANAN",
    "address": "ALAMAT|ALAMAT_LENGKAP|Alamat KTP",
    "rt": "NO_RT|RT|RT/RW",
    "kelurahan": "NAMA_KEL|KELURAHAN|Desa/Kelurahan",
    "code": "KODE WILAYAH|KODE_KELURAHAN",
    "from_address": "ALAMAT ASAL|Alamat Lama|Asal",
    "from_rt": "RT ASAL|NO_RT_ASAL",
    "to_kelurahan": "KEL TUJUAN|NAMA_KEL_TUJUAN",
    "to_city": "KAB/KOTA TUJUAN|NAMA_KAB_TUJUAN",
    "elsewhere": "ALAMAT ASAL/TUJUAN|Daerah Tujuan / Asal",
    "detail": "KETERANGAN|Alasan Pindah",
    "kecamatan": "NAMA_KEC|KECAMATAN",
    "-": "NO|NO_RW|TGL LAHIR|NIK_AYAH|Nama Ibu|NAMA PETUGAS|Tanggal Meninggal|L/P",
    "": "Warna kesukaan|Berat badan",
}


def test_headings_are_understood() -> None:
    wrong = [
        (text, named(text), key)
        for key, texts in HEADINGS.items()
        for text in texts.split("|")
        if named(text) != key
    ]
    assert wrong == []
    # A file of rejected rows has these, where its own would not be understood by themselves.
    assert {key: named(title) for key, title in TITLES.items()} == {key: key for key in TITLES}
    groups = [
        ["LAPORAN PINDAH", "", "", "", "", "", "", ""],
        ["NO", "NAMA", "DOKUMEN", "", "ALAMAT ASAL", "", "ALAMAT TUJUAN", ""],
        ["", "", "NOMOR", "TANGGAL", "JALAN", "RT", "JALAN", "RT"],
        ["1", "2", "3", "4", "5", "6", "7", "8"],
    ]
    heads = find(groups, {})
    assert heads is not None
    expected = "full_name number served_on from_address from_rt to_address to_rt".split()
    assert [heads.keys[n] for n in range(1, 8)] == expected
    assert (heads.first, heads.repeated(groups[3])) == (3, True)
    # Of several days and numbers that of the service counts, not that it was asked for.
    likely = find([["NO REGISTRASI", "NO_DOK", "TGL PENGAJUAN", "TGL_ENTRI", "NAMA", "RT"]], {})
    assert likely is not None
    assert (likely.keys[1], likely.keys[3]) == ("number", "served_on")
