from collections import Counter
from datetime import date
from itertools import chain
from random import Random
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from residents.demo.life import birth_date, years_before
from residents.demo.numbers import DEMO_PROVINCE, FakeNumbers
from residents.demo.officials import neighbourhood_heads, officials
from residents.demo.people import FakeFamily, FakePerson, lodging, people
from residents.demo.vocabulary import ORIGINS
from residents.registry import codes
from residents.registry.codes import (
    FamilyRelation,
    LodgingKind,
    MaritalStatus,
    Nationality,
    NoNikReason,
    Occupation,
    Purpose,
    Sex,
)
from residents.registry.nik import (
    nik_warnings,
    no_kk_warnings,
    normalise,
    normalise_no_kk,
)
from residents.registry.provinces import PROVINCES

ON = date(2025, 11, 22)
COUNT = 8000


@pytest.fixture(scope="module")
def families() -> list[FakeFamily]:
    return list(people(Random(2020), COUNT, ON))


@pytest.fixture(scope="module")
def persons(families: list[FakeFamily]) -> list[FakePerson]:
    return list(chain.from_iterable(family.members for family in families))


def age(person: FakePerson, on: date) -> int:
    born = person.birth_date
    return on.year - born.year - ((on.month, on.day) < (born.month, born.day))


def test_the_count_is_exact_and_single_people_are_the_most(
    families: list[FakeFamily], persons: list[FakePerson]
) -> None:
    sizes = Counter(len(family.members) for family in families)
    assert len(persons) == COUNT
    assert sizes[1] > 0.85 * len(families)
    assert set(sizes) == {1, 2, 3, 4, 5}


@pytest.mark.parametrize("count", [0, 1, 2, 7, 60])
def test_any_count_is_met(count: int) -> None:
    assert sum(len(family.members) for family in people(Random(5), count, ON)) == count


def test_the_same_seed_gives_the_same_people() -> None:
    first, again, other = (list(people(Random(seed), 300, ON)) for seed in (7, 7, 8))
    assert first == again
    assert first != other


def test_eight_thousand_people_take_less_than_two_seconds() -> None:
    began = process_time()
    assert sum(1 for _ in people(Random(1), COUNT, ON)) > 0
    assert process_time() - began < 2


def test_everyone_is_recognisably_invented(
    families: list[FakeFamily], persons: list[FakePerson]
) -> None:
    for person in persons:
        assert person.full_name.endswith(" Contoh")
        assert not person.nik or person.nik.startswith(DEMO_PROVINCE)
        assert not person.no_kk or person.no_kk.startswith(DEMO_PROVINCE)
        assert "Contoh" in person.origin_address
        assert not person.phone or person.phone.startswith("0800000")
        assert not person.email or person.email.endswith(".invalid")
    assert all(family.address.startswith("Jl. Contoh ") for family in families)


def test_numbers_are_unique_and_well_formed(
    families: list[FakeFamily], persons: list[FakePerson]
) -> None:
    niks = [person.nik for person in persons if person.nik]
    kks = [kk for family in families for kk in {p.no_kk for p in family.members} if kk]
    assert len(niks) == len(set(niks))
    assert len(kks) == len(set(kks))
    assert not set(niks) & set(kks)
    assert all(normalise(nik) == nik for nik in niks)
    assert all(normalise_no_kk(kk) == kk for kk in kks)
    assert all(no_kk_warnings(kk, today=ON, known_provinces={DEMO_PROVINCE}) == [] for kk in kks)


def test_numbers_stay_unique_over_several_calls() -> None:
    numbers = FakeNumbers()
    seeds = [1, 1, 2]
    batches = chain.from_iterable(people(Random(s), 500, ON, numbers) for s in seeds)
    niks = [p.nik for family in batches for p in family.members if p.nik]
    assert len(niks) == len(set(niks))


def test_no_nik_contradicts_its_person(persons: list[FakePerson]) -> None:
    known = {*PROVINCES, DEMO_PROVINCE}
    for person in persons:
        assert bool(person.nik) == (person.no_nik_reason is None)
        if person.nik:
            assert not nik_warnings(
                person.nik,
                birth_date=person.birth_date,
                sex=person.sex,
                no_kk=person.no_kk,
                known_provinces=known,
            )


def test_every_coded_value_is_a_plain_number_of_its_list(persons: list[FakePerson]) -> None:
    lists = {
        "sex": codes.Sex,
        "religion": codes.Religion,
        "marital_status": codes.MaritalStatus,
        "education": codes.Education,
        "occupation": codes.Occupation,
        "blood_type": codes.BloodType,
        "nationality": codes.Nationality,
        "purpose": codes.Purpose,
        "family_relation": codes.FamilyRelation,
    }
    for person in persons:
        for name, numbers in lists.items():
            value = getattr(person, name)
            assert type(value) is int
            assert value in numbers.values


def test_purposes_and_sexes_are_shared_out_as_meant(persons: list[FakePerson]) -> None:
    purposes = Counter(person.purpose for person in persons)
    assert 0.56 < purposes[Purpose.WORK] / COUNT < 0.66
    assert 0.16 < purposes[Purpose.EDUCATION] / COUNT < 0.24
    assert set(purposes) == set(Purpose.values)
    builders = [p for p in persons if "RDMP" in p.purpose_detail]
    assert sum(p.sex == Sex.MALE for p in builders) > 0.9 * len(builders)


def test_age_fits_work_school_and_marriage(families: list[FakeFamily]) -> None:
    for family in families:
        for person in family.members:
            years = age(person, family.arrived_on)
            assert 0 <= years <= 80
            if person.purpose == Purpose.EDUCATION:
                assert 12 <= years <= 24
                assert person.occupation == Occupation.STUDENT
            if years < 18:
                assert person.marital_status == MaritalStatus.SINGLE
                assert person.occupation in (Occupation.STUDENT, Occupation.UNEMPLOYED)
                assert person.education < codes.Education.UPPER_SECONDARY
            if person.occupation == Occupation.DOCTOR:
                assert person.education >= codes.Education.BACHELOR
            if person.occupation == Occupation.HOMEMAKER:
                assert person.sex == Sex.FEMALE
            if "RDMP" in person.purpose_detail:
                assert 20 <= years <= 45


def test_families_share_a_kk_and_have_one_head(families: list[FakeFamily]) -> None:
    for family in families:
        if len(family.members) == 1:
            continue
        head, *others = family.members
        assert head.family_relation == FamilyRelation.HEAD
        assert {person.no_kk for person in others} == {head.no_kk}
        assert head.no_kk
        mother = next((p for p in family.members if p.sex == Sex.FEMALE), head)
        for person in others:
            if person.family_relation == FamilyRelation.WIFE:
                assert person.marital_status == head.marital_status
            else:
                assert person.family_relation == FamilyRelation.CHILD
                assert age(mother, person.birth_date) >= 19


def test_who_has_no_nik_is_an_infant_a_foreigner_or_lost_the_document(
    families: list[FakeFamily], persons: list[FakePerson]
) -> None:
    reasons = Counter(person.no_nik_reason for person in persons)
    assert set(reasons) == {None, NoNikReason.INFANT, NoNikReason.FOREIGNER, 3}
    assert reasons[None] > 0.95 * COUNT
    for family in families:
        for person in family.members:
            infant = person.no_nik_reason == NoNikReason.INFANT
            assert not infant or age(person, family.arrived_on) == 0
            foreign = person.nationality == Nationality.FOREIGN
            assert foreign == (person.no_nik_reason == NoNikReason.FOREIGNER)
            assert foreign == (person.origin_area not in ORIGINS)


def test_stays_last_at_most_a_year_and_few_are_overdue(families: list[FakeFamily]) -> None:
    for family in families:
        assert family.arrived_on <= ON
        assert 0 < (family.stays_until - family.arrived_on).days <= 365
        assert all(person.birth_date <= family.arrived_on for person in family.members)
    overdue = sum(family.stays_until < ON for family in families)
    assert 0.03 < overdue / len(families) < 0.08


def test_origins_lie_in_all_provinces(persons: list[FakePerson]) -> None:
    provinces = {origin.split(", ")[1] for origin in ORIGINS}
    assert len(provinces) == len(PROVINCES)
    assert len({person.origin_area for person in persons}) > 60


@pytest.mark.parametrize("kind", LodgingKind)
def test_a_lodging_of_every_kind_has_an_owner(kind: LodgingKind) -> None:
    place = lodging(Random(3), kind)
    assert place.kind == kind
    assert "Contoh" in place.name
    assert place.owner_name.endswith(" Contoh")
    assert place.owner_phone.startswith("0800000")


def test_officials_have_phones_mails_and_nips_of_their_own() -> None:
    numbers = FakeNumbers()
    rng = Random(4)
    staff = list(officials(rng, 200, numbers))
    heads = list(neighbourhood_heads(rng, 1150, numbers))
    everyone = [*staff, *heads]
    assert len({person.phone for person in everyone}) == len(everyone)
    assert len({person.email for person in everyone}) == len(everyone)
    assert len({person.nip for person in staff}) == len(staff)
    assert all(len(person.nip) == 18 and person.rank for person in staff)
    assert all(" Contoh," in person.full_name for person in staff)
    assert all(person.full_name.endswith(" Contoh") and not person.nip for person in heads)


def test_an_exhausted_serial_is_an_error_not_a_repeat() -> None:
    numbers = FakeNumbers()
    issued = [numbers.official_phone() for _ in range(9_999)]
    assert len(set(issued)) == 9_999
    with pytest.raises(ValueError, match="sudah terpakai"):
        numbers.official_phone()


@given(st.integers(0, 110), st.dates(date(2012, 1, 1), date(2100, 12, 31)), st.integers())
def test_a_birth_date_gives_exactly_the_age(years: int, on: date, seed: int) -> None:
    born = birth_date(Random(seed), years, on)
    assert born <= years_before(on, years)
    assert on.year - born.year - ((on.month, on.day) < (born.month, born.day)) == years
