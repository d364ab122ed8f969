"""Who comes to Balikpapan and why: the shares behind the demo's people.

Shares follow the city's target groups of 2025 (out-of-town workers of refinery and offshore
projects, job-seekers, students, santri, patients); the exact numbers are an assumption.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from residents.registry.codes import Education, LodgingKind, Occupation, Purpose

KOS, RENTED, DORMITORY = LodgingKind.BOARDING_HOUSE, LodgingKind.RENTED_HOUSE, LodgingKind.DORMITORY
MESS, APARTMENT, RELATIVES = (
    LodgingKind.STAFF_HOUSE,
    LodgingKind.APARTMENT,
    LodgingKind.FAMILY_HOME,
)
WORKING_CLASS_EDUCATION = {
    Education.PRIMARY: 15,
    Education.LOWER_SECONDARY: 25,
    Education.UPPER_SECONDARY: 55,
    Education.DIPLOMA_3: 5,
}
SKILLED_EDUCATION = {
    Education.UPPER_SECONDARY: 55,
    Education.DIPLOMA_3: 25,
    Education.BACHELOR: 19,
    Education.MASTER: 1,
}


@dataclass(frozen=True, slots=True)
class Profile:
    """One kind of newcomer. Shares are 0 to 1; `weight` counts households, not people."""

    weight: float
    purpose: Purpose
    details: tuple[str, ...]
    ages: tuple[int, int]
    women: float
    lodgings: Mapping[LodgingKind, float]
    months: tuple[int, int]
    occupations: Mapping[Occupation, float] = field(default_factory=dict)
    education: Mapping[Education, float] = field(default_factory=dict)
    with_family: float = 0.0
    foreign: float = 0.0


PROFILES = (
    Profile(  # refinery extension and other building sites
        weight=29,
        purpose=Purpose.WORK,
        details=("Proyek RDMP, PT Contoh Rekayasa", "Proyek kilang, PT Contoh Konstruksi"),
        ages=(20, 45),
        women=0.03,
        occupations={
            Occupation.CONSTRUCTION: 25,
            Occupation.PRIVATE_EMPLOYEE: 22,
            Occupation.WELDER: 14,
            Occupation.DAY_LABOURER: 14,
            Occupation.TECHNICIAN: 8,
            Occupation.MECHANIC: 5,
            Occupation.ELECTRICIAN: 4,
            Occupation.MASON: 3,
            Occupation.CARPENTER: 3,
            Occupation.OPERATOR: 2,
        },
        education=WORKING_CLASS_EDUCATION,
        lodgings={MESS: 45, KOS: 35, RENTED: 20},
        months=(3, 12),
        with_family=0.03,
        foreign=0.02,
    ),
    Profile(  # offshore platforms and ships
        weight=10,
        purpose=Purpose.WORK,
        details=("Kerja lepas pantai, PT Contoh Energi", "Anjungan lepas pantai Contoh"),
        ages=(21, 45),
        women=0.04,
        occupations={
            Occupation.PRIVATE_EMPLOYEE: 40,
            Occupation.SAILOR: 25,
            Occupation.TECHNICIAN: 20,
            Occupation.OPERATOR: 15,
        },
        education=SKILLED_EDUCATION,
        lodgings={KOS: 45, MESS: 30, RENTED: 20, APARTMENT: 5},
        months=(6, 12),
        with_family=0.06,
        foreign=0.03,
    ),
    Profile(  # shops, kitchens, transport, households
        weight=18,
        purpose=Purpose.WORK,
        details=("Toko Contoh Makmur", "Hotel Contoh", "CV Contoh Jaya"),
        ages=(18, 50),
        women=0.45,
        occupations={
            Occupation.PRIVATE_EMPLOYEE: 45,
            Occupation.SELF_EMPLOYED: 15,
            Occupation.TRADER: 12,
            Occupation.COOK: 8,
            Occupation.DRIVER: 6,
            Occupation.TAILOR: 4,
            Occupation.HAIRDRESSER: 3,
            Occupation.DOMESTIC_WORKER: 7,
        },
        education=WORKING_CLASS_EDUCATION,
        lodgings={KOS: 60, RENTED: 25, RELATIVES: 15},
        months=(6, 12),
        with_family=0.08,
    ),
    Profile(  # posted professionals
        weight=8,
        purpose=Purpose.WORK,
        details=("PT Contoh Utama", "Kantor Contoh Cabang Balikpapan"),
        ages=(26, 55),
        women=0.4,
        occupations={
            Occupation.PRIVATE_EMPLOYEE: 30,
            Occupation.STATE_COMPANY_EMPLOYEE: 20,
            Occupation.CIVIL_SERVANT: 12,
            Occupation.TEACHER: 10,
            Occupation.NURSE: 10,
            Occupation.DOCTOR: 6,
            Occupation.CONSULTANT: 5,
            Occupation.LECTURER: 4,
            Occupation.ACCOUNTANT: 3,
        },
        education={Education.DIPLOMA_3: 20, Education.BACHELOR: 65, Education.MASTER: 15},
        lodgings={RENTED: 50, KOS: 25, APARTMENT: 20, MESS: 5},
        months=(9, 12),
        with_family=0.25,
        foreign=0.03,
    ),
    Profile(
        weight=5,
        purpose=Purpose.WORK,
        details=("Mencari pekerjaan",),
        ages=(18, 35),
        women=0.35,
        occupations={Occupation.UNEMPLOYED: 1},
        education=WORKING_CLASS_EDUCATION,
        lodgings={RELATIVES: 55, KOS: 45},
        months=(3, 6),
    ),
    Profile(
        weight=16,
        purpose=Purpose.EDUCATION,
        details=("Universitas Contoh Balikpapan", "Politeknik Contoh", "Akademi Contoh Nusantara"),
        ages=(18, 24),
        women=0.52,
        occupations={Occupation.STUDENT: 1},
        education={Education.UPPER_SECONDARY: 1},
        lodgings={KOS: 70, DORMITORY: 15, RELATIVES: 15},
        months=(10, 12),
    ),
    Profile(
        weight=7,
        purpose=Purpose.EDUCATION,
        details=("Santri, Pondok Pesantren Contoh Ilmu", "Santri, Pesantren Contoh Hidayah"),
        ages=(12, 18),
        women=0.42,
        occupations={Occupation.STUDENT: 1},
        lodgings={DORMITORY: 1},
        months=(10, 12),
    ),
    Profile(
        weight=3,
        purpose=Purpose.HEALTH,
        details=("Berobat jalan di RS Contoh Sejahtera", "Terapi rutin di RS Contoh Medika"),
        ages=(25, 75),
        women=0.5,
        lodgings={RELATIVES: 55, KOS: 25, RENTED: 20},
        months=(3, 6),
        with_family=0.25,
    ),
    Profile(
        weight=1.6,
        purpose=Purpose.HOUSING,
        details=("Menunggu rumah selesai dibangun", "Rumah di daerah asal sedang diperbaiki"),
        ages=(25, 60),
        women=0.2,
        lodgings={RENTED: 80, APARTMENT: 20},
        months=(6, 12),
        with_family=0.6,
    ),
    Profile(
        weight=1.6,
        purpose=Purpose.FAMILY,
        details=("Merawat orang tua", "Tinggal bersama anak", "Membantu keluarga"),
        ages=(18, 78),
        women=0.65,
        lodgings={RELATIVES: 90, RENTED: 10},
        months=(3, 12),
    ),
    Profile(
        weight=0.3,
        purpose=Purpose.SAFETY,
        details=("Mengungsi sementara karena banjir", "Mengungsi sementara karena kebakaran"),
        ages=(22, 60),
        women=0.3,
        lodgings={RELATIVES: 70, RENTED: 30},
        months=(3, 6),
        with_family=0.5,
    ),
    Profile(
        weight=0.5,
        purpose=Purpose.OTHER,
        details=("Penelitian lapangan", "Kegiatan keagamaan", "Pelatihan kerja"),
        ages=(20, 60),
        women=0.4,
        lodgings={KOS: 60, DORMITORY: 40},
        months=(3, 6),
    ),
)
# Where somebody works whose occupation says more than the profile does.
WORKPLACES: Mapping[Occupation, tuple[str, ...]] = {
    Occupation.TEACHER: ("Sekolah Contoh Bangsa", "SMA Contoh Harapan"),
    Occupation.LECTURER: ("Universitas Contoh Balikpapan",),
    Occupation.NURSE: ("RS Contoh Sejahtera", "RS Contoh Medika"),
    Occupation.DOCTOR: ("RS Contoh Sejahtera", "RS Contoh Medika"),
    Occupation.CIVIL_SERVANT: ("Penugasan di Kantor Contoh",),
    Occupation.SAILOR: ("Awak kapal, PT Contoh Bahari",),
    Occupation.COOK: ("Rumah Makan Contoh Rasa",),
    Occupation.TRADER: ("Berdagang di Pasar Contoh",),
    Occupation.SELF_EMPLOYED: ("Usaha sendiri, Warung Contoh",),
    Occupation.DRIVER: ("CV Contoh Angkutan",),
    Occupation.TAILOR: ("Penjahit Contoh Rapi",),
    Occupation.HAIRDRESSER: ("Salon Contoh Ayu",),
    Occupation.DOMESTIC_WORKER: ("Bekerja di rumah keluarga",),
}
PROFILE_WEIGHTS = {number: profile.weight for number, profile in enumerate(PROFILES)}
