"""The table of a list's columns, with the many ways in which their headings are written."""

from __future__ import annotations

from dataclasses import dataclass

TEXT, DAY, GENERAL = "@", "dd/mm/yyyy", "General"


@dataclass(frozen=True)
class Column:
    """``key`` names it in the code, ``title`` in the template; ``also`` are other spellings.

    ``choices`` names the list that the template offers for it.
    """

    key: str
    title: str
    also: str = ""
    width: int = 18
    format: str = GENERAL
    choices: str = ""
    in_template: bool = True


# Spellings are compared without spaces and marks: see wacat.spreadsheets.wording.
COLUMNS = (
    Column(
        "number",
        "No",
        "nomor nomorurut nourut nourt urut nomer",
        6,
        in_template=False,
    ),
    Column(
        "full_name",
        "Nama Lengkap",
        "nama namawarga namapenduduk namalengkapsesuaiktp namasesuaiktp namasesuaiktpel "
        "namapenghuni namapenyewa namaanggotakeluarga namaart namajelas namapendatang "
        "namalengkapwarga namalengkapsesuaiktpel fullname name nm nmlengkap namakaryawan",
        30,
        TEXT,
    ),
    Column(
        "nik",
        "NIK",
        "noktp nomorktp nik16digit nonik nomornik niknoktp noktpnik nomorindukkependudukan "
        "noktpel nomorktpel noktpelektronik ktp noektp nomorinduk nik16angka nikktp noidentitas "
        "nomoridentitas nikpendatang noinduk nikel niknomorktp nikpenduduk",
        22,
        TEXT,
    ),
    Column(
        "no_nik_reason",
        "Alasan tanpa NIK",
        "alasantidakadanik sebabtanpanik keterangannik alasantidakpunyanik alasan tanpanikkarena",
        22,
        choices="no_nik_reason",
    ),
    Column(
        "no_kk",
        "No KK",
        "nokk nomorkk kk nomorkartukeluarga nokartukeluarga kartukeluarga nkk",
        22,
        TEXT,
    ),
    Column(
        "family_relation",
        "Hubungan Keluarga (SHDK)",
        "shdk hubungankeluarga hubungandalamkeluarga statushubungandalamkeluarga hubungan "
        "statushubungankeluarga statusdalamkeluarga hubkeluarga hubungankk hubdalamkeluarga "
        "statuskeluarga kedudukandalamkeluarga statushubkeluarga hubdgkk",
        20,
        choices="family_relation",
    ),
    Column(
        "sex",
        "Jenis Kelamin",
        "lp jk kelamin jeniskelaminlp lkpr gender sex jnskelamin",
        14,
        choices="sex",
    ),
    # Forms on paper have a column for each, to be ticked.
    Column("is_male", "Laki-laki", "jeniskelaminl jkl kelaminl lakilakil", 8, in_template=False),
    Column("is_female", "Perempuan", "jeniskelaminp jkp kelaminp wanita", 8, in_template=False),
    Column(
        "birth_place",
        "Tempat Lahir",
        "tmplahir tptlahir tmptlahir kotalahir tempatkelahiran "
        "tempatlhr lahirtempat kelahirantempat tlahirtempat",
        18,
    ),
    Column(
        "birth_date",
        "Tanggal Lahir",
        "tgllahir tgllhr tanggallhr lahirtanggal kelahirantanggal "
        "tanggalkelahiran tglkelahiran lahir birthdate dob tanggallahirddmmyyyy "
        "tanggallahirtglblnthn lahirtgl",
        16,
        DAY,
    ),
    Column(
        "birth",
        "Tempat/Tgl Lahir",
        "ttl tempattanggallahir tempatdantanggallahir "
        "tmptgllahir tempattgllhr tempatdantgllahir kelahiran tmpttgllahir "
        "tempattanggalkelahiran tempatlahirtanggallahir tempatlahirtgllahir tpttgllahir "
        "tempattgllahir tmpttgllhr",
        26,
        in_template=False,
    ),
    Column("religion", "Agama", "religion agamakepercayaan", 14, choices="religion"),
    Column(
        "marital_status",
        "Status Perkawinan",
        "statuskawin perkawinan kawin statuspernikahan "
        "statusnikah stskawin stsperkawinan statusperkawinankawin kawinbelumkawin "
        "statuskawinbelumkawin",
        22,
        choices="marital_status",
    ),
    Column(
        "education",
        "Pendidikan",
        "pendidikanterakhir pddk pendidikanakhir pend tingkatpendidikan pddkakhir pendterakhir",
        22,
        choices="education",
    ),
    Column(
        "occupation",
        "Pekerjaan",
        "jenispekerjaan profesi pkrjaan pek matapencaharian",
        22,
        choices="occupation",
    ),
    Column("blood_type", "Golongan Darah", "goldarah goldar gd goldrh", 10, choices="blood_type"),
    Column(
        "nationality",
        "Kewarganegaraan",
        "warganegara wniwna wn kebangsaan wniwnakewarganegaraan",
        14,
        choices="nationality",
    ),
    Column("country", "Negara Asal", "negara asalnegara", 16),
    Column(
        "passport_number",
        "No Paspor",
        "nopassport paspor nomorpaspor passport nomorpassport",
        16,
        TEXT,
    ),
    Column(
        "origin_address",
        "Alamat Asal",
        "alamatktp alamatsesuaiktp alamatmenurutktp "
        "alamatsesuaiktpel alamatasalktp alamatasalsesuaiktp asalalamat alamatkk daerahasal "
        "alamatmenurutktpel asal alamatdaerahasal alamatasallengkap alamatpadaktp alamatdiktp "
        "ktpalamat",
        30,
    ),
    Column(
        "origin_area",
        "Kab/Kota Asal",
        "kabkotaasal kabupatenkotaasal kotaasal kabupatenasal "
        "asalkabkota asalkabupatenkota asaldaerah wilayahasal kabkota kabupatenkota asalkota "
        "kabupatenkotadanprovinsiasal kotakabupatenasal kotakabasal asaldari",
        24,
    ),
    Column(
        "origin_province",
        "Provinsi Asal",
        "propinsiasal provinsi propinsi asalprovinsi asalpropinsi",
        20,
    ),
    Column(
        "address",
        "Alamat Domisili",
        "alamat alamatsekarang alamattinggal alamattinggalsekarang "
        "alamatdibalikpapan alamatdomisilisekarang domisili alamattempattinggal alamatkos "
        "alamatkontrakan domisilialamat alamatlengkap alamatsementara tempattinggal "
        "alamatsekarangdomisili alamatrumah alamatjalan jalan alamatdomisilibalikpapan "
        "alamattujuan tempattinggalsekarang",
        30,
    ),
    Column(
        "rt",
        "RT",
        "nort nomorrt rtdomisili rtrw domisilirt rttinggal rtno rtsekarang "
        "alamatrt alamatdomisilirt rttujuan rtrwdomisili",
        8,
        TEXT,
        choices="rt",
    ),
    Column(
        "kelurahan",
        "Kelurahan",
        "kel namakelurahan keldomisili kelurahandomisili desakelurahan "
        "kelurahandesa keldesa domisilikelurahan alamatkelurahan alamatdomisilikelurahan "
        "kelurahantujuan",
        20,
        choices="kelurahan",
    ),
    Column("kecamatan", "Kecamatan", "kec namakecamatan kecamatandomisili", 18, in_template=False),
    Column(
        "lodging",
        "Kos/Kontrakan",
        "namakos kos kost namakost kontrakan namakontrakan "
        "namakoskontrakan kostkontrakan tempatkos namatempatkos namarumahkos rumahkos "
        "namakostkontrakan asrama mess namamess namaasrama apartemen tinggaldi namatempat "
        "koskontrakanmess kontrakankos rumahkost namarumahkost koskosan",
        22,
    ),
    Column(
        "landlord_name",
        "Pemilik",
        "namapemilik pemilikkos pemilikkost pemilikrumah "
        "pemilikkontrakan namapemilikkos namapemilikrumah namapemilikkost ibukos bapakkos "
        "namapemilikkoskontrakan pemilikkoskontrakan induksemang penanggungjawabkos",
        22,
    ),
    Column(
        "landlord_phone",
        "HP Pemilik",
        "nohppemilik telppemilik nohppemilikkos teleponpemilik "
        "notelppemilik hppemilikkos nohppemilikkost nowapemilik pemiliknohp pemilikhp",
        18,
        TEXT,
    ),
    Column(
        "arrived_on",
        "Tanggal Datang",
        "tgldatang datang mulaitinggal tanggalmulaitinggal "
        "tglmulaitinggal tglmasuk tanggalmasuk sejak tinggalsejak datangtanggal masuk "
        "tanggaltiba tgltiba tglkedatangan tanggalkedatangan mulai tinggalsejaktanggal "
        "kedatangan tanggalmulai tglmulai tmt sejaktanggal waktukedatangan datangtgl "
        "masatinggalmulai masatinggaldari masatinggalsejak dari daritanggal lamatinggaldari "
        "jangkawaktudari jangkawaktumulai",
        16,
        DAY,
    ),
    Column(
        "stays_until",
        "Sampai",
        "tinggalsampai sampaitanggal sampaidengan sd rencanapulang "
        "tanggalsampai tglsampai tglselesai tanggalselesai rencanasampai tglkeluar sdtanggal "
        "berakhir tanggalkeluar tglpulang tanggalpulang tanggalberakhir tglberakhir "
        "rencanatinggalsampai jangkawaktusampai masatinggalsampai tglpindah hingga "
        "masatinggalhingga lamatinggalsampai akhirtinggal masatinggalsd jangkawaktusd "
        "tinggalsampaitanggal masaberlaku",
        16,
        DAY,
    ),
    Column(
        "purpose",
        "Keperluan",
        "tujuan maksud maksudkedatangan tujuankedatangan alasandatang "
        "alasanpindah keperluantinggal maksudtujuan tujuandatang alasankedatangan "
        "maksuddantujuan alasantinggal tujuantinggal keperluankedatangan",
        18,
        choices="purpose",
    ),
    Column("purpose_detail", "Rincian Keperluan", "rinciankeperluan keterangankeperluan", 24),
    Column(
        "institution_name",
        "Tempat Kerja/Sekolah",
        "tempatkerja namaperusahaan perusahaan "
        "instansi sekolah kampus namasekolah tempatbekerja namainstansi sekolahkampus "
        "tempatkerjakuliah universitas tempatbekerjasekolah namatempatkerja",
        24,
    ),
    Column(
        "institution_address",
        "Alamat Kerja/Sekolah",
        "alamatkerja alamatperusahaan alamatinstansi alamatsekolah alamatkantor alamattempatkerja",
        24,
    ),
    Column("guarantor_name", "Penjamin", "namapenjamin penanggungjawab namapenanggungjawab", 22),
    Column(
        "guarantor_phone",
        "HP Penjamin",
        "nohppenjamin teleponpenjamin telppenjamin nohppenanggungjawab",
        18,
        TEXT,
    ),
    Column(
        "phone",
        "No HP",
        "nohp hp telepon notelepon notelp telp nowa wa nohpwa nomorhp "
        "nomortelepon handphone nohandphone nomorhandphone notelphp kontak nokontak telphp "
        "nohptelp nowhatsapp whatsapp nomorwa nomorwhatsapp notlp tlp teleponhp nohpaktif "
        "notlpn notelepehp nohpwhatsapp notelponhp notelpon nomortelp notelephp",
        18,
        TEXT,
    ),
    Column("email", "Surel", "email alamatemail alamatsurel emailaktif", 24),
    Column("notes", "Catatan", "keterangan ket catatanlain keteranganlain", 24),
)
