"""The numbered code lists of population administration, as printed on the F-1 forms.

The numbers are the ones the civil registry's own system uses: they are stored, exchanged and
never renumbered. Three labels follow today's spelling (Katolik, Buddha, Atlet). The source
of each list is the F-1.01 form unless a class says otherwise.
"""

from django.db.models import IntegerChoices


class Sex(IntegerChoices):
    """Jenis kelamin."""

    MALE = 1, "Laki-laki"
    FEMALE = 2, "Perempuan"


class Religion(IntegerChoices):
    """Agama."""

    ISLAM = 1, "Islam"
    PROTESTANT = 2, "Kristen"
    CATHOLIC = 3, "Katolik"
    HINDU = 4, "Hindu"
    BUDDHIST = 5, "Buddha"
    CONFUCIAN = 6, "Khonghucu"
    BELIEF = 7, "Kepercayaan terhadap Tuhan YME"


class MaritalStatus(IntegerChoices):
    """Status perkawinan: the six of F-1.01 and the KK (a KTP-el shows only four)."""

    SINGLE = 1, "Belum kawin"
    MARRIED_REGISTERED = 2, "Kawin tercatat"
    MARRIED_UNREGISTERED = 3, "Kawin belum tercatat"
    DIVORCED_REGISTERED = 4, "Cerai hidup tercatat"
    DIVORCED_UNREGISTERED = 5, "Cerai hidup belum tercatat"
    WIDOWED = 6, "Cerai mati"


class FamilyRelation(IntegerChoices):
    """Status hubungan dalam keluarga (SHDK), as in the person's own KK."""

    HEAD = 1, "Kepala keluarga"
    HUSBAND = 2, "Suami"
    WIFE = 3, "Istri"
    CHILD = 4, "Anak"
    CHILD_IN_LAW = 5, "Menantu"
    GRANDCHILD = 6, "Cucu"
    PARENT = 7, "Orang tua"
    PARENT_IN_LAW = 8, "Mertua"
    OTHER_RELATIVE = 9, "Famili lain"
    DOMESTIC_WORKER = 10, "Pembantu"
    OTHER = 11, "Lainnya"


class BloodType(IntegerChoices):
    """Golongan darah. Labels carry the true minus sign; imports may bring a hyphen."""

    TYPE_A = 1, "A"
    TYPE_B = 2, "B"
    TYPE_AB = 3, "AB"
    TYPE_O = 4, "O"
    A_POSITIVE = 5, "A+"
    A_NEGATIVE = 6, "A\N{MINUS SIGN}"
    B_POSITIVE = 7, "B+"
    B_NEGATIVE = 8, "B\N{MINUS SIGN}"
    AB_POSITIVE = 9, "AB+"
    AB_NEGATIVE = 10, "AB\N{MINUS SIGN}"
    O_POSITIVE = 11, "O+"
    O_NEGATIVE = 12, "O\N{MINUS SIGN}"
    UNKNOWN = 13, "Tidak tahu"


class Education(IntegerChoices):
    """Pendidikan terakhir."""

    NONE = 1, "Tidak/belum sekolah"
    PRIMARY_UNFINISHED = 2, "Belum tamat SD/sederajat"
    PRIMARY = 3, "Tamat SD/sederajat"
    LOWER_SECONDARY = 4, "SLTP/sederajat"
    UPPER_SECONDARY = 5, "SLTA/sederajat"
    DIPLOMA_1_2 = 6, "Diploma I/II"
    DIPLOMA_3 = 7, "Akademi/Diploma III/S. Muda"
    BACHELOR = 8, "Diploma IV/Strata I"
    MASTER = 9, "Strata II"
    DOCTORATE = 10, "Strata III"


class Nationality(IntegerChoices):
    """Kewarganegaraan."""

    INDONESIAN = 1, "WNI"
    FOREIGN = 2, "WNA"


class Purpose(IntegerChoices):
    """Keperluan, by the numbers of the *alasan pindah* list (F-1.15 part IV names only three)."""

    WORK = 1, "Pekerjaan"
    EDUCATION = 2, "Pendidikan"
    SAFETY = 3, "Keamanan"
    HEALTH = 4, "Kesehatan"
    HOUSING = 5, "Perumahan"
    FAMILY = 6, "Keluarga"
    OTHER = 7, "Lainnya"


class NoNikReason(IntegerChoices):
    """Why a person is reported without a NIK. The portal's own list."""

    INFANT = 1, "Bayi/anak belum ber-NIK"
    FOREIGNER = 2, "Orang asing"
    DOCUMENT_MISSING = 3, "Dokumen hilang/belum diketahui"
    OTHER = 4, "Lainnya"


class EndReason(IntegerChoices):
    """Why a stay ended. The portal's own list; CANCELLED asks for a `CancellationReason`."""

    LEFT = 1, "Meninggalkan Balikpapan"
    MOVED_WITHIN_CITY = 2, "Pindah di dalam Kota Balikpapan"
    BECAME_PERMANENT = 3, "Menjadi penduduk tetap Balikpapan"
    DIED = 4, "Meninggal dunia"
    CANCELLED = 5, "Pendaftaran dibatalkan"


class CancellationReason(IntegerChoices):
    """Alasan pembatalan, F-1.15 part VI."""

    WORK = 1, "Pekerjaan"
    EDUCATION = 2, "Pendidikan"
    OTHER = 3, "Lainnya"


class LodgingKind(IntegerChoices):
    """What a person lodges in. The portal's own list."""

    BOARDING_HOUSE = 1, "Kos"
    RENTED_HOUSE = 2, "Kontrakan"
    DORMITORY = 3, "Asrama"
    STAFF_HOUSE = 4, "Mess"
    APARTMENT = 5, "Apartemen"
    FAMILY_HOME = 6, "Rumah keluarga/menumpang"
    OTHER = 7, "Lainnya"


class Occupation(IntegerChoices):
    """Jenis pekerjaan: the 99 items in force (older lists stop at 88 or 89)."""

    UNEMPLOYED = 1, "Belum/Tidak Bekerja"
    HOMEMAKER = 2, "Mengurus Rumah Tangga"
    STUDENT = 3, "Pelajar/Mahasiswa"
    RETIRED = 4, "Pensiunan"
    CIVIL_SERVANT = 5, "PNS"
    ARMED_FORCES = 6, "TNI"
    POLICE = 7, "POLRI"
    TRADE = 8, "Perdagangan"
    FARMER = 9, "Petani/Pekebun"
    STOCK_BREEDER = 10, "Peternak"
    FISHER = 11, "Nelayan/Perikanan"
    INDUSTRY = 12, "Industri"
    CONSTRUCTION = 13, "Konstruksi"
    TRANSPORT = 14, "Transportasi"
    PRIVATE_EMPLOYEE = 15, "Karyawan Swasta"
    STATE_COMPANY_EMPLOYEE = 16, "Karyawan BUMN"
    REGIONAL_COMPANY_EMPLOYEE = 17, "Karyawan BUMD"
    CONTRACT_EMPLOYEE = 18, "Karyawan Honorer"
    DAY_LABOURER = 19, "Buruh Harian Lepas"
    FARM_LABOURER = 20, "Buruh Tani/Perkebunan"
    FISHERY_LABOURER = 21, "Buruh Nelayan/Perikanan"
    LIVESTOCK_LABOURER = 22, "Buruh Peternakan"
    DOMESTIC_WORKER = 23, "Pembantu Rumah Tangga"
    BARBER = 24, "Tukang Cukur"
    ELECTRICIAN = 25, "Tukang Listrik"
    MASON = 26, "Tukang Batu"
    CARPENTER = 27, "Tukang Kayu"
    COBBLER = 28, "Tukang Sol Sepatu"
    WELDER = 29, "Tukang Las/Pandai Besi"
    TAILOR = 30, "Tukang Jahit"
    DENTURE_MAKER = 31, "Tukang Gigi"
    MAKE_UP_ARTIST = 32, "Penata Rias"
    WARDROBE_STYLIST = 33, "Penata Busana"
    HAIRDRESSER = 34, "Penata Rambut"
    MECHANIC = 35, "Mekanik"
    FINE_ARTIST = 36, "Seniman"
    TRADITIONAL_HEALER = 37, "Tabib"
    TRADITIONAL_MIDWIFE = 38, "Paraji"
    FASHION_DESIGNER = 39, "Perancang Busana"
    TRANSLATOR = 40, "Penterjemah"
    IMAM = 41, "Imam Masjid"
    PROTESTANT_MINISTER = 42, "Pendeta"
    CATHOLIC_PRIEST = 43, "Pastor"
    JOURNALIST = 44, "Wartawan"
    ISLAMIC_TEACHER = 45, "Ustadz/Mubaligh"
    COOK = 46, "Juru Masak"
    EVENT_PROMOTER = 47, "Promotor Acara"
    MEMBER_OF_DPR = 48, "Anggota DPR-RI"
    MEMBER_OF_DPD = 49, "Anggota DPD"
    MEMBER_OF_BPK = 50, "Anggota BPK"
    PRESIDENT = 51, "Presiden"
    VICE_PRESIDENT = 52, "Wakil Presiden"
    CONSTITUTIONAL_JUDGE = 53, "Anggota Mahkamah Konstitusi"
    CABINET_MEMBER = 54, "Anggota Kabinet/Kementerian"
    AMBASSADOR = 55, "Duta Besar"
    GOVERNOR = 56, "Gubernur"
    VICE_GOVERNOR = 57, "Wakil Gubernur"
    REGENT = 58, "Bupati"
    VICE_REGENT = 59, "Wakil Bupati"
    MAYOR = 60, "Walikota"
    VICE_MAYOR = 61, "Wakil Walikota"
    MEMBER_OF_PROVINCIAL_DPRD = 62, "Anggota DPRD Provinsi"
    MEMBER_OF_LOCAL_DPRD = 63, "Anggota DPRD Kab/Kota"
    LECTURER = 64, "Dosen"
    TEACHER = 65, "Guru"
    PILOT = 66, "Pilot"
    LAWYER = 67, "Pengacara"
    NOTARY = 68, "Notaris"
    ARCHITECT = 69, "Arsitek"
    ACCOUNTANT = 70, "Akuntan"
    CONSULTANT = 71, "Konsultan"
    DOCTOR = 72, "Dokter"
    MIDWIFE = 73, "Bidan"
    NURSE = 74, "Perawat"
    PHARMACIST = 75, "Apoteker"
    PSYCHOLOGIST = 76, "Psikiater/Psikolog"
    TELEVISION_PRESENTER = 77, "Penyiar Televisi"
    RADIO_PRESENTER = 78, "Penyiar Radio"
    SAILOR = 79, "Pelaut"
    RESEARCHER = 80, "Peneliti"
    DRIVER = 81, "Sopir"
    BROKER = 82, "Pialang"
    PSYCHIC = 83, "Paranormal"
    TRADER = 84, "Pedagang"
    VILLAGE_OFFICIAL = 85, "Perangkat Desa"
    VILLAGE_HEAD = 86, "Kepala Desa"
    NUN = 87, "Biarawati"
    SELF_EMPLOYED = 88, "Wiraswasta"
    MEMBER_OF_HIGH_INSTITUTION = 89, "Anggota Lembaga Tinggi"
    ENTERTAINER = 90, "Artis"
    ATHLETE = 91, "Atlet"
    CHEF = 92, "Chef"
    MANAGER = 93, "Manajer"
    CLERK = 94, "Tenaga Tata Usaha"
    OPERATOR = 95, "Operator"
    CRAFT_WORKER = 96, "Pekerja Pengolahan, Kerajinan"
    TECHNICIAN = 97, "Teknisi"
    ASSISTANT_EXPERT = 98, "Asisten Ahli"
    OTHER = 99, "Lainnya"
