"""The columns of a file of services, and the many ways in which their headings are written.

A heading is compared without spaces and marks (wacat.spreadsheets.wording). Words for the place
that somebody left or went to stand apart: they make another column of the same part of a place.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from wacat.spreadsheets.wording import plain

ELSEWHERE = "elsewhere"  # the key of a column of the place at the other end of a move
FROM, TO = "from_", "to_"  # begin the keys of the place that somebody left, or went to
PLACE_PARTS = ("address", "rt", "kelurahan", "code", "city", "kecamatan")
SKIPPED = "-"  # the key of a column that is known, and not read


@dataclass(frozen=True)
class Column:
    """``also`` are spellings; ``like`` a pattern of more of them, tried in the table's order.

    Of several columns with one key the one counts whose spelling comes first in ``before``; last
    are those like one of ``after``, the more the later.
    """

    key: str
    title: str
    also: str = ""
    like: str = ""
    before: str = ""
    after: tuple[str, ...] = ()


_NOT_THE_PERSON = "pelapor|ayah|ibu|saksi|petugas|operator|kepala|penolong|dusun|pejabat|istri"
_DAY = r"(?:tgl|tanggal|waktu|tglwaktu)"
_NO = r"(?:no|nomor|nomer|nmr)"

COLUMNS = (
    Column(
        SKIPPED,
        "",
        "no nomor nomer nourut nomorurut urut norw rw nomorrw jeniskelamin jk lp sex kelamin agama "
        "status statuskawin pekerjaan pendidikan goldarah golongandarah telepon notelp nohp hp "
        "umur usia namaprop provinsi propinsi namaprov "
        "kodepos operator petugas user username loket shdk hubungankeluarga tempatlahir tmptlhr "
        "tmplhr alasanditolak barissemula lembarsemula jumlah kewarganegaraan",
        rf"^{_DAY}?(?:tempat)?(?:lahir|lhr|tgllahir)|^(?:nik|nama|{_NO}nik).*(?:{_NOT_THE_PERSON})"
        rf"|^{_DAY}.*(?:lahir|lhr|peristiwa|nikah|meninggal|kematian$|wafat|pemberkatan)",
    ),
    Column(
        "nik",
        "NIK",
        "nik nonik nomornik noktp nomorktp nomorindukkependudukan noidentitas nikpenduduk",
        rf"^{_NO}?nik(?:pemohon|anak|bayi|jenazah|almarhum|suami|ybs|pemilik|\d\w*)?$|^nik"
        rf"|^{_NO}?induk(?:kependudukan|penduduk)",
        "nik nonik nomornik nomorindukkependudukan",
    ),
    Column(
        "no_kk",
        "No. KK",
        "nokk nomorkk kk nokartukeluarga nomorkartukeluarga nkk nomorkartukk",
        rf"^{_NO}kk",
        "nokk nomorkk",
    ),
    Column(
        "partner",
        "Nama pasangan",
        "namaistri namapasangan",
    ),
    Column(
        "full_name",
        "Nama lengkap",
        "nama namalgkp namalengkap nmlgkp nmlengkap namapenduduk namawarga namapemilik namaybs "
        "namasubjek fullname name namajelas",
        r"^(?:nama|nm)(?!.*(?:kel$|kelurahan|kec|prop|prov|kab|kota|jalan|rt|layanan|dokumen))"
        rf"(?!.*(?:{_NOT_THE_PERSON})).*",
        "namalgkp namalengkap nama namapenduduk namabayi namaanak namajenazah namaalmarhum",
    ),
    Column(
        "served_on",
        "Tanggal layanan",
        "tgl tanggal date tgllayanan tanggallayanan tglpelayanan tanggalpelayanan",
        rf"^{_DAY}.*(?:layanan|terbit|penerbitan|cetak|akta|akte|datang|pindah|dokumen|dok|proses"
        r"|entri|entry|input|aju|selesai|serah|ambil|kutipan|reg|surat|skp|skd|perubahan|update"
        r"|rekam|buat|mutasi|pencatatan|perceraian|perkawinan|kia|ktp|kk)",
        "tgllayanan tanggallayanan tglpelayanan tanggalpelayanan tglterbit tanggalterbit "
        "tanggalpenerbitan tglpenerbitan tglcetak tanggalcetak tglakta tanggalakta tgldokumen "
        "tanggaldokumen tgldatang tglpindah",
        ("entri|entry|input|rekam", "aju|reg|daftar|mohon"),
    ),
    Column(
        "number",
        "Nomor dokumen",
        "nodok nodokumen nomordokumen noakta nomorakta noakte nomorakte noregister nomorregister "
        "noreg noregistrasi noskpwni noskdwni nosurat nomorsurat nokia nomorkia",
        rf"^{_NO}(?:akta|akte|dok|surat|skp|skd|sk|reg|kutipan|pelayanan|layanan|kia|blan|seri|aju"
        r"|permohonan|pendaftaran|tiket|berkas|datang|pindah)",
        "noakta nomorakta nodokumen nomordokumen noskpwni noskdwni nosurat nomorsurat nokia",
        ("reg|daftar|mohon|aju|tiket|berkas|layanan",),
    ),
    Column(
        "kind",
        "Jenis layanan",
        "jenislayanan jenispelayanan layanan pelayanan jenis jenisdokumen dokumen produk "
        "jenisproduk jenispermohonan permohonan namalayanan namapelayanan jenisakta uraianlayanan "
        "kegiatan jenispengajuan namadokumen jenisperistiwa peristiwa jnslayanan jnspelayanan",
        r"^(?:jenis|jns|nama|kategori|macam)(?:.*)(?:layanan|dokumen|akta|produk|permohonan)",
    ),
    Column(
        "code",
        "Kode wilayah",
        "kodewilayah kodewil kdwilayah kdwil idwilayah kodekemendagri kodert kdrt kodearea "
        "kodekelurahan wilayah",
    ),
    Column("code_prov", "Kode provinsi", "noprop kdprop kodeprop noprov kodeprov kodeprovinsi"),
    Column(
        "code_kab",
        "Kode kabupaten/kota",
        "nokab kdkab kodekab nokota kodekota kodekabupatenkota",
    ),
    Column("code_kec", "Kode kecamatan", "nokec kdkec kodekec kodekecamatan"),
    Column("code_kel", "No. kelurahan", "nokel kdkel kodekel kodedesa nodesa nokelurahan"),
    Column(
        "rt",
        "RT",
        "rt nort nomorrt rtrw nortrw rtnorw nortnorw rtno",
    ),
    Column(
        "kelurahan",
        "Kelurahan",
        "kelurahan kel namakel nmkel namakelurahan desakelurahan keldesa desakel kelurahandesa "
        "desa namadesa namakeldesa nmkelurahan kelurahandomisili",
    ),
    Column("kecamatan", "Kecamatan", "kecamatan kec namakec nmkec namakecamatan"),
    Column(
        "city",
        "Kabupaten/kota",
        "namakab kabkota kabupatenkota kota kabupaten kab namakota nmkab namakabkota kotakabupaten "
        "kotakab namakabupaten",
    ),
    Column(
        "address",
        "Alamat",
        "alamat almt alamatlengkap alamatktp jalan namajalan alamatrumah alamatdomisili "
        "alamatpenduduk alamatsekarang alamattinggal jl alamatjalan alamatpemohon daerah",
        r"^alamat(?!email|surel)",
        "alamat alamatlengkap alamatdomisili",
    ),
    Column(
        ELSEWHERE,
        "Asal atau tujuan",
        "",
        "asal.*tujuan|tujuan.*asal",
    ),
    Column(
        "detail",
        "Keterangan",
        "keterangan ket catatan alasan alasanpindah uraian elemen elemendata elemenperubahan "
        "perubahan jenisperubahan keteranganperubahan",
        r"^(?:keterangan|ket|alasan|elemen)",
        "keterangan ket catatan",
    ),
)
_MEANT = {
    FROM: re.compile(r"asal|sebelumnya|lama$|dari$|semula"),
    TO: re.compile(r"tujuan|kepindahan$|(?<=alamat)baru$|ke$"),
}
TITLES = {one.key: one.title for one in COLUMNS if one.key != SKIPPED}
_ENDS = {FROM: "asal", TO: "tujuan"}
TITLES |= {
    f"{side}{part}": f"{TITLES[part]} {word}"
    for side, word in _ENDS.items()
    for part in PLACE_PARTS
}
_EXACT = {word: one.key for one in reversed(COLUMNS) for word in one.also.split()}
_LIKE = tuple((one.key, re.compile(one.like)) for one in COLUMNS if one.like)
_BEFORE = {one.key: one.before.split() for one in COLUMNS}
_AFTER = {one.key: one.after for one in COLUMNS}
_LIKE_BOTH = dict(_LIKE)[ELSEWHERE]


def named(text: str) -> str:
    """The key of the column with this heading; nothing for one that is not known."""
    word = plain(text)
    if not word:
        return ""
    if _LIKE_BOTH.search(word):
        return ELSEWHERE
    for side, meant in _MEANT.items():
        bare = meant.sub("", word)
        key = _EXACT.get(bare, "") if bare else "address"
        if bare != word and key:
            return f"{side}{key}" if key in PLACE_PARTS else SKIPPED if key[:4] == "code" else key
    if word in _EXACT:
        return _EXACT[word]
    return next((key for key, like in _LIKE if like.search(word)), "")


def rank(key: str, text: str) -> int:
    """Of several headings with one key the least counts."""
    first = _BEFORE.get(key, [])
    word = plain(text)
    if word in first:
        return first.index(word)
    later = [n for n, like in enumerate(_AFTER.get(key, ()), 1) if re.search(like, word)]
    return len(first) + max(later, default=0)
