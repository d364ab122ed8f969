"""The words the demo's people are made of: names, places, streets.

Areas of origin are real, people and addresses are not: every name ends in "Contoh", every
street begins with "Jl. Contoh".
"""

from dataclasses import dataclass

from residents.registry.codes import Religion, Sex

LAST_NAME = "Contoh"

# Where Balikpapan's newcomers come from: a rough weight each, every province at least once.
ORIGINS: dict[str, int] = {
    "Kota Makassar, Sulawesi Selatan": 60,
    "Kabupaten Bone, Sulawesi Selatan": 45,
    "Kabupaten Wajo, Sulawesi Selatan": 35,
    "Kabupaten Gowa, Sulawesi Selatan": 20,
    "Kabupaten Pinrang, Sulawesi Selatan": 20,
    "Kabupaten Tana Toraja, Sulawesi Selatan": 15,
    "Kota Parepare, Sulawesi Selatan": 15,
    "Kabupaten Polewali Mandar, Sulawesi Barat": 30,
    "Kabupaten Majene, Sulawesi Barat": 12,
    "Kota Palu, Sulawesi Tengah": 18,
    "Kabupaten Donggala, Sulawesi Tengah": 12,
    "Kota Kendari, Sulawesi Tenggara": 8,
    "Kabupaten Bone Bolango, Gorontalo": 4,
    "Kota Manado, Sulawesi Utara": 8,
    "Kota Surabaya, Jawa Timur": 45,
    "Kabupaten Malang, Jawa Timur": 25,
    "Kabupaten Banyuwangi, Jawa Timur": 22,
    "Kabupaten Lamongan, Jawa Timur": 25,
    "Kabupaten Madiun, Jawa Timur": 12,
    "Kabupaten Bangkalan, Jawa Timur": 20,
    "Kota Semarang, Jawa Tengah": 18,
    "Kabupaten Cilacap, Jawa Tengah": 28,
    "Kabupaten Klaten, Jawa Tengah": 14,
    "Kabupaten Pati, Jawa Tengah": 12,
    "Kabupaten Sleman, Daerah Istimewa Yogyakarta": 12,
    "Kota Bandung, Jawa Barat": 18,
    "Kabupaten Indramayu, Jawa Barat": 16,
    "Kota Bekasi, Jawa Barat": 14,
    "Kota Cilegon, Banten": 14,
    "Kota Jakarta Timur, DKI Jakarta": 20,
    "Kota Samarinda, Kalimantan Timur": 55,
    "Kabupaten Penajam Paser Utara, Kalimantan Timur": 50,
    "Kabupaten Kutai Kartanegara, Kalimantan Timur": 45,
    "Kabupaten Paser, Kalimantan Timur": 30,
    "Kota Bontang, Kalimantan Timur": 18,
    "Kabupaten Berau, Kalimantan Timur": 10,
    "Kabupaten Kutai Barat, Kalimantan Timur": 12,
    "Kota Balikpapan, Kalimantan Timur": 20,
    "Kota Banjarmasin, Kalimantan Selatan": 40,
    "Kabupaten Banjar, Kalimantan Selatan": 25,
    "Kabupaten Hulu Sungai Utara, Kalimantan Selatan": 18,
    "Kota Palangka Raya, Kalimantan Tengah": 10,
    "Kota Pontianak, Kalimantan Barat": 8,
    "Kota Tarakan, Kalimantan Utara": 15,
    "Kabupaten Nunukan, Kalimantan Utara": 8,
    "Kota Banda Aceh, Aceh": 3,
    "Kota Medan, Sumatera Utara": 16,
    "Kabupaten Toba, Sumatera Utara": 8,
    "Kota Padang, Sumatera Barat": 7,
    "Kota Dumai, Riau": 10,
    "Kota Batam, Kepulauan Riau": 8,
    "Kota Jambi, Jambi": 3,
    "Kota Palembang, Sumatera Selatan": 10,
    "Kota Bengkulu, Bengkulu": 2,
    "Kota Bandar Lampung, Lampung": 6,
    "Kota Pangkalpinang, Kepulauan Bangka Belitung": 2,
    "Kota Denpasar, Bali": 4,
    "Kabupaten Buleleng, Bali": 4,
    "Kabupaten Lombok Timur, Nusa Tenggara Barat": 20,
    "Kabupaten Bima, Nusa Tenggara Barat": 10,
    "Kabupaten Ende, Nusa Tenggara Timur": 14,
    "Kabupaten Flores Timur, Nusa Tenggara Timur": 18,
    "Kota Ambon, Maluku": 5,
    "Kota Ternate, Maluku Utara": 4,
    "Kota Jayapura, Papua": 3,
    "Kabupaten Manokwari, Papua Barat": 2,
    "Kabupaten Merauke, Papua Selatan": 2,
    "Kabupaten Nabire, Papua Tengah": 1,
    "Kabupaten Jayawijaya, Papua Pegunungan": 1,
    "Kota Sorong, Papua Barat Daya": 4,
}

# Religion by province where it differs much from the common mix.
COMMON_RELIGIONS = {Religion.ISLAM: 93, Religion.PROTESTANT: 4, Religion.CATHOLIC: 2}
COMMON_RELIGIONS |= {Religion.HINDU: 1, Religion.BUDDHIST: 1}
MOSTLY_CHRISTIAN = {Religion.PROTESTANT: 70, Religion.CATHOLIC: 15, Religion.ISLAM: 15}
MIXED = {Religion.ISLAM: 60, Religion.PROTESTANT: 30, Religion.CATHOLIC: 8, Religion.BUDDHIST: 2}
RELIGIONS_BY_PLACE: dict[str, dict[Religion, int]] = {
    "Bali": {Religion.HINDU: 90, Religion.ISLAM: 8, Religion.PROTESTANT: 2},
    "Kabupaten Ende": {Religion.CATHOLIC: 75, Religion.ISLAM: 20, Religion.PROTESTANT: 5},
    "Kabupaten Flores Timur": {Religion.CATHOLIC: 80, Religion.ISLAM: 20},
    "Kabupaten Tana Toraja": MOSTLY_CHRISTIAN | {Religion.BELIEF: 3},
    "Kabupaten Toba": MOSTLY_CHRISTIAN | {Religion.BELIEF: 2},
    "Kota Manado": MOSTLY_CHRISTIAN,
    "Kota Medan": MIXED | {Religion.CONFUCIAN: 1},
    "Kota Pontianak": MIXED | {Religion.CONFUCIAN: 2},
    "Kota Pangkalpinang": MIXED | {Religion.CONFUCIAN: 3},
    "Kabupaten Kutai Barat": MIXED | {Religion.BELIEF: 1},
    "Kota Ambon": MIXED,
    "Kabupaten Manokwari": MOSTLY_CHRISTIAN,
    "Kabupaten Merauke": MOSTLY_CHRISTIAN,
    "Kabupaten Nabire": MOSTLY_CHRISTIAN,
    "Kabupaten Jayawijaya": MOSTLY_CHRISTIAN,
    "Kota Jayapura": MOSTLY_CHRISTIAN,
    "Kota Sorong": MOSTLY_CHRISTIAN,
}


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


_MUSLIM_MEN = _words(
    "Rahmat Hidayat Ahmad Muhammad Abdul Rahman Syahrul Ramadhan Andi Baso Firman Ilham Fajar "
    "Rizky Yusuf Ibrahim Ismail Hasan Husain Arifin Zainal Abidin Saiful Anwar Khairul Burhanuddin "
    "Jamaluddin Nasruddin Sulaiman Bambang Joko Slamet Agus Budi Eko Dwi Tri Wahyu Prasetyo "
    "Setiawan Nugroho Suryadi Sutrisno Heru Dedi Asep Ujang Fahmi Fauzan Hendra Iwan Rudi Taufik "
    "Akbar Maulana Fikri Ma'ruf Syafi'i Aminuddin Kurniawan Gunawan Hermawan"
)
_MUSLIM_WOMEN = _words(
    "Siti Nur Aisyah Fatimah Khadijah Halimah Rahmawati Hasnah Nurhayati Nurjannah Nur'aini "
    "Rosmiati Sitti Besse Marlina Yuliana Fitriani Ramlah Salmiah Hamidah Jumriah Dewi Sri Endang "
    "Wahyuni Lestari Puspita Ratna Indah Permata Sari Wulandari Rahayu Handayani Susanti Suryani "
    "Kartika Anggraini Putri Ayu Nisa Zahra Annisa Salsabila Aulia Maulida Khairunnisa Maryam"
)
_CHRISTIAN_MEN = _words(
    "Yohanes Petrus Paulus Markus Lukas Matius Stefanus Andreas Antonius Fransiskus Daniel Samuel "
    "Yosua Gabriel Mikael Benyamin Yakobus Simon Thomas Ferdinand Jefri Roni Alfonsus Blasius"
)
_CHRISTIAN_WOMEN = _words(
    "Maria Marta Ester Debora Rut Elisabet Kristina Natalia Agustina Veronika Theresia Yohana "
    "Magdalena Margareta Fransiska Lidia Sarah Rebeka Rahel Novita Grace Angelina Bernadeta Selvi"
)
_HINDU_MEN = _words(
    "Wayan Made Nyoman Ketut Gede Putu Kadek Komang Agung Dharma Surya Wijaya Sudarma Arta Suardana"
)
_HINDU_WOMEN = _words(
    "Wayan Made Nyoman Ketut Luh Putu Kadek Komang Ayu Dewi Sukma Sri Laksmi Suartini Astuti Ratih"
)
_OTHER_MEN = _words("Budiman Hartono Susanto Wibowo Hendra Kusuma Halim Setiadi Wijaya Chandra")
_OTHER_WOMEN = _words("Melati Lani Lina Susanti Kusuma Meilani Yanti Kumala Mawar Anggrek Teratai")

_GIVEN_NAMES = {
    Religion.ISLAM: (_MUSLIM_MEN, _MUSLIM_WOMEN),
    Religion.PROTESTANT: (_CHRISTIAN_MEN, _CHRISTIAN_WOMEN),
    Religion.CATHOLIC: (_CHRISTIAN_MEN, _CHRISTIAN_WOMEN),
    Religion.HINDU: (_HINDU_MEN, _HINDU_WOMEN),
}


def given_names(religion: Religion, sex: Sex) -> tuple[str, ...]:
    """Given names that fit the religion and the sex."""
    men, women = _GIVEN_NAMES.get(religion, (_OTHER_MEN, _OTHER_WOMEN))
    return women if sex == Sex.FEMALE else men


@dataclass(frozen=True, slots=True)
class ForeignOrigin:
    """A country, a city of birth and names of men that fit."""

    country: str
    city: str
    religion: Religion
    names: tuple[str, ...]


FOREIGN_ORIGINS = (
    ForeignOrigin("Filipina", "Manila", Religion.CATHOLIC, _words("Jose Ramon Miguel")),
    ForeignOrigin("Korea Selatan", "Ulsan", Religion.PROTESTANT, _words("Min-jun Ji-hoon")),
    ForeignOrigin("Tiongkok", "Wuhan", Religion.BUDDHIST, _words("Wei Jun Hao")),
    ForeignOrigin("India", "Chennai", Religion.HINDU, _words("Arun Vijay Suresh")),
    ForeignOrigin("Malaysia", "Kota Kinabalu", Religion.ISLAM, _words("Azlan Faizal Hafiz")),
    ForeignOrigin("Jepang", "Osaka", Religion.BUDDHIST, _words("Kenji Hiroshi Takumi")),
    ForeignOrigin("Britania Raya", "Aberdeen", Religion.PROTESTANT, _words("Ian Callum")),
)

STREETS = (
    "Mulawarman", "Marsma Iswahyudi", "Ruhui Rahayu", "Soekarno Hatta", "Ahmad Yani", "Sepinggan",
    "Mayjen Sutoyo", "Letjen Suprapto", "Jenderal Sudirman", "Kariangau", "Projakal", "Indrakila",
    "Pattimura", "Beller", "Sumber Rejo", "Gunung Empat", "Manunggal", "Telindung", "Wonorejo",
)  # fmt: skip
STREETS_ELSEWHERE = (
    "Merdeka", "Diponegoro", "Pahlawan", "Kartini", "Melati", "Kenanga", "Mawar", "Poros Desa",
    "Veteran", "Gajah Mada", "Hasanuddin", "Imam Bonjol", "Pelabuhan", "Pasar Lama", "Sawah Baru",
)  # fmt: skip
LODGING_NAMES = (
    "Melati", "Mawar", "Kenanga", "Anggrek", "Cempaka", "Dahlia", "Flamboyan", "Bougenville",
    "Seroja", "Teratai", "Berkah", "Barokah", "Bahagia", "Sejahtera", "Damai", "Amanah", "Mekar",
)  # fmt: skip
