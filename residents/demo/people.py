"""Invented nonpermanent residents for the demo, the tests and the benchmarks.

Recognisable at a glance: NIK and No. KK begin with 99, names end in "Contoh", streets begin
with "Jl. Contoh". The same seed gives the same people. Field names are those of the form;
coded fields hold the numbers of `residents.registry.codes`.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from random import Random

from residents.demo import life, names
from residents.demo.households import Role, alone, foreigner, together
from residents.demo.life import pick
from residents.demo.numbers import FakeNumbers
from residents.demo.profiles import PROFILE_WEIGHTS, PROFILES, Profile
from residents.demo.vocabulary import (
    COMMON_RELIGIONS,
    FOREIGN_ORIGINS,
    LAST_NAME,
    LODGING_NAMES,
    ORIGINS,
    RELIGIONS_BY_PLACE,
    STREETS_ELSEWHERE,
)
from residents.registry.codes import (
    LodgingKind,
    Nationality,
    NoNikReason,
    Religion,
    Sex,
)

LONGEST_STAY = 365  # days: the year of Permendagri 74/2022 Pasal 1(7)
OVERDUE_SHARE = 0.05
BORN_ELSEWHERE_SHARE = 0.15
INFANT_WITHOUT_NIK_SHARE = 0.6
MISSING_DOCUMENT_SHARE = 0.004
EMAIL_SHARE = 0.4
YOUNGEST_WITH_PHONE = 15
NOTES = {"": 95, "Pulang setiap akhir pekan": 2, "Kerja sif malam": 2, "KTP-el sedang diganti": 1}
LODGING_TITLES = {
    LodgingKind.BOARDING_HOUSE: "Kos Contoh",
    LodgingKind.RENTED_HOUSE: "Kontrakan Contoh",
    LodgingKind.DORMITORY: "Asrama Contoh",
    LodgingKind.STAFF_HOUSE: "Mess PT Contoh",
    LodgingKind.APARTMENT: "Apartemen Contoh",
    LodgingKind.FAMILY_HOME: "Rumah Keluarga Contoh",
    LodgingKind.OTHER: "Penginapan Contoh",
}


@dataclass(frozen=True, slots=True)
class FakePerson:
    """One person as the form takes them. Without a NIK, `nik` is "" and a reason is given."""

    nik: str
    no_nik_reason: int | None
    no_kk: str
    full_name: str
    sex: int
    birth_place: str
    birth_date: date
    religion: int
    marital_status: int
    education: int
    occupation: int
    blood_type: int
    nationality: int
    origin_address: str
    origin_area: str
    phone: str
    email: str
    purpose: int
    purpose_detail: str
    family_relation: int
    notes: str


@dataclass(frozen=True, slots=True)
class FakeFamily:
    """One person, or a family, who came on one day to live at one address."""

    members: tuple[FakePerson, ...]
    address: str
    arrived_on: date
    stays_until: date
    lodging_kind: int


@dataclass(frozen=True, slots=True)
class FakeLodging:
    """A place where nonpermanent residents lodge, and who owns it."""

    name: str
    kind: int
    address: str
    owner_name: str
    owner_phone: str


def people(
    rng: Random, count: int, on: date, numbers: FakeNumbers | None = None
) -> Iterator[FakeFamily]:
    """Families and single people, `count` persons in all, as they live here on a day.

    All arrived by `on`; about one in twenty has stayed past the end of the stay. Pass one
    `numbers` to several calls to keep NIK and No. KK unique over all of them.
    """
    maker = _Maker(rng, on, numbers or FakeNumbers())
    while count > 0:
        family = maker.family(count)
        count -= len(family.members)
        yield family


def lodging(rng: Random, kind: int) -> FakeLodging:
    """A lodging of a kind (`LodgingKind`)."""
    owner_sex = rng.choice(tuple(Sex))
    return FakeLodging(
        name=f"{LODGING_TITLES[LodgingKind(kind)]} {rng.choice(LODGING_NAMES)}",
        kind=int(kind),
        address=names.street_address(rng),
        owner_name=names.full_name(rng, Religion.ISLAM, owner_sex),
        owner_phone=names.phone(rng),
    )


@dataclass(frozen=True, slots=True)
class _Roots:
    """What the members of a family share."""

    origin: str
    district: int
    address: str
    religion: Religion
    no_kk: str


@dataclass(frozen=True, slots=True)
class _Identity:
    """What the origin of one person decides."""

    nik: str
    no_nik_reason: int | None
    no_kk: str
    full_name: str
    religion: Religion
    birth_place: str
    birth_date: date
    nationality: Nationality
    origin_address: str
    origin_area: str


class _Maker:
    def __init__(self, rng: Random, on: date, numbers: FakeNumbers) -> None:
        self.rng, self.on, self.numbers = rng, on, numbers

    def family(self, most: int) -> FakeFamily:
        """A family of at most this many persons; most often a single person."""
        profile = PROFILES[pick(self.rng, PROFILE_WEIGHTS)]
        arrived_on, stays_until = self._stay(profile)
        return FakeFamily(
            members=self._members(profile, arrived_on)[:most],
            address=names.street_address(self.rng),
            arrived_on=arrived_on,
            stays_until=stays_until,
            lodging_kind=int(pick(self.rng, profile.lodgings)),
        )

    def _stay(self, profile: Profile) -> tuple[date, date]:
        least, most = profile.months
        days = min(self.rng.randint(least * 30, most * 31), LONGEST_STAY)
        overdue = self.rng.random() < OVERDUE_SHARE
        elapsed = days + self.rng.randint(1, 45) if overdue else self.rng.randrange(days)
        arrived_on = self.on - timedelta(days=elapsed)
        return arrived_on, arrived_on + timedelta(days=days)

    def _members(self, profile: Profile, arrived_on: date) -> tuple[FakePerson, ...]:
        chance = self.rng.random()
        if chance < profile.foreign:
            return (self._foreigner(foreigner(self.rng, profile), arrived_on),)
        roots = self._roots(arrived_on)
        if chance > 1 - profile.with_family:
            family = together(self.rng, profile)
            return tuple(self._indonesian(role, roots, arrived_on) for role in family)
        sex = Sex.FEMALE if self.rng.random() < profile.women else Sex.MALE
        person = self._indonesian(alone(self.rng, profile, sex), roots, arrived_on)
        if self.rng.random() < MISSING_DOCUMENT_SHARE:
            missing = int(NoNikReason.DOCUMENT_MISSING)
            person = replace(person, nik="", no_kk="", no_nik_reason=missing)
        return (person,)

    def _roots(self, arrived_on: date) -> _Roots:
        origin = pick(self.rng, ORIGINS)
        district = self.rng.randint(1, 15)
        place, _, province = origin.partition(", ")
        religions = RELIGIONS_BY_PLACE.get(place) or RELIGIONS_BY_PLACE.get(province)
        street = names.street_address(self.rng, STREETS_ELSEWHERE)
        recorded_on = arrived_on - timedelta(days=self.rng.randint(60, 4000))
        return _Roots(
            origin=origin,
            district=district,
            address=f"{street}, RT {self.rng.randint(1, 12):02}",
            religion=pick(self.rng, religions or COMMON_RELIGIONS),
            no_kk=self.numbers.no_kk(origin, district, recorded_on),
        )

    def _indonesian(self, role: Role, roots: _Roots, arrived_on: date) -> FakePerson:
        rng = self.rng
        born_elsewhere = role.age >= life.ADULT_AGE and rng.random() < BORN_ELSEWHERE_SHARE
        birthplace = pick(rng, ORIGINS) if born_elsewhere else roots.origin
        born = life.birth_date(rng, role.age, arrived_on)
        unregistered = role.age == 0 and rng.random() < INFANT_WITHOUT_NIK_SHARE
        nik = "" if unregistered else self.numbers.nik(birthplace, roots.district, born, role.sex)
        identity = _Identity(
            nik=nik,
            no_nik_reason=int(NoNikReason.INFANT) if unregistered else None,
            no_kk=roots.no_kk,
            full_name=names.full_name(rng, roots.religion, role.sex),
            religion=roots.religion,
            birth_place=_town(birthplace),
            birth_date=born,
            nationality=Nationality.INDONESIAN,
            origin_address=roots.address,
            origin_area=roots.origin,
        )
        return _person(rng, role, identity)

    def _foreigner(self, role: Role, arrived_on: date) -> FakePerson:
        rng = self.rng
        origin = rng.choice(FOREIGN_ORIGINS)
        identity = _Identity(
            nik="",
            no_nik_reason=int(NoNikReason.FOREIGNER),
            no_kk="",
            full_name=f"{rng.choice(origin.names)} {LAST_NAME}",
            religion=origin.religion,
            birth_place=origin.city,
            birth_date=life.birth_date(rng, role.age, arrived_on),
            nationality=Nationality.FOREIGN,
            origin_address=f"{rng.randint(1, 180)} Contoh Street, {origin.city}",
            origin_area=origin.country,
        )
        return _person(rng, role, identity)


def _person(rng: Random, role: Role, identity: _Identity) -> FakePerson:
    reachable = role.age >= YOUNGEST_WITH_PHONE
    mails = reachable and rng.random() < EMAIL_SHARE
    return FakePerson(
        nik=identity.nik,
        no_nik_reason=identity.no_nik_reason,
        no_kk=identity.no_kk,
        full_name=identity.full_name,
        sex=int(role.sex),
        birth_place=identity.birth_place,
        birth_date=identity.birth_date,
        religion=int(identity.religion),
        marital_status=int(role.marital_status),
        education=int(role.education),
        occupation=int(role.work),
        blood_type=int(life.blood_type(rng)),
        nationality=int(identity.nationality),
        origin_address=identity.origin_address,
        origin_area=identity.origin_area,
        phone=names.phone(rng) if reachable else "",
        email=names.email(rng, identity.full_name) if mails else "",
        purpose=int(role.purpose),
        purpose_detail=role.detail,
        family_relation=int(role.relation),
        notes=pick(rng, NOTES),
    )


def _town(origin: str) -> str:
    """ "Kabupaten Wajo, Sulawesi Selatan" → "Wajo", as a birth place is written."""
    return origin.partition(",")[0].removeprefix("Kabupaten ").removeprefix("Kota ")
