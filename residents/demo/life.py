"""What fits an age: work, schooling, marriage and dates that contradict neither age nor sex."""

from collections.abc import Mapping
from datetime import date, timedelta
from random import Random
from typing import TypeVar

from residents.registry.codes import (
    BloodType,
    Education,
    FamilyRelation,
    MaritalStatus,
    Occupation,
    Sex,
)

Choice = TypeVar("Choice")

SCHOOL_AGE = 7
ADULT_AGE = 18
YOUNGEST_MARRIED = 19
RETIREMENT_AGE = 60
DAYS_A_YEAR = 365.2425

_LEAST_EDUCATION = {
    Occupation.DOCTOR: Education.BACHELOR,
    Occupation.TEACHER: Education.BACHELOR,
    Occupation.ACCOUNTANT: Education.BACHELOR,
    Occupation.CONSULTANT: Education.BACHELOR,
    Occupation.LECTURER: Education.MASTER,
    Occupation.NURSE: Education.DIPLOMA_3,
    Occupation.SAILOR: Education.UPPER_SECONDARY,
    Occupation.TECHNICIAN: Education.UPPER_SECONDARY,
}
# The first age at which each level can be finished.
_YOUNGEST_WITH = {
    Education.NONE: 0,
    Education.PRIMARY_UNFINISHED: 7,
    Education.PRIMARY: 12,
    Education.LOWER_SECONDARY: 15,
    Education.UPPER_SECONDARY: 18,
    Education.DIPLOMA_3: 21,
    Education.BACHELOR: 22,
    Education.MASTER: 24,
}
_ADULT_EDUCATION = {
    Education.PRIMARY_UNFINISHED: 4,
    Education.PRIMARY: 18,
    Education.LOWER_SECONDARY: 20,
    Education.UPPER_SECONDARY: 43,
    Education.DIPLOMA_3: 5,
    Education.BACHELOR: 10,
}
_WORK_OF_MEN = {
    Occupation.PRIVATE_EMPLOYEE: 30,
    Occupation.SELF_EMPLOYED: 25,
    Occupation.FARMER: 15,
    Occupation.TRADER: 10,
    Occupation.DRIVER: 8,
    Occupation.FISHER: 6,
    Occupation.DAY_LABOURER: 6,
}
_WORK_OF_WOMEN = {
    Occupation.HOMEMAKER: 65,
    Occupation.PRIVATE_EMPLOYEE: 13,
    Occupation.TRADER: 10,
    Occupation.SELF_EMPLOYED: 9,
    Occupation.TAILOR: 3,
}
_WORK_OF_OLD_MEN = {Occupation.RETIRED: 45, Occupation.FARMER: 25, Occupation.UNEMPLOYED: 30}
_WORK_OF_OLD_WOMEN = {Occupation.HOMEMAKER: 75, Occupation.RETIRED: 15, Occupation.UNEMPLOYED: 10}
_BLOOD_TYPES = {
    BloodType.UNKNOWN: 40,
    BloodType.TYPE_O: 20,
    BloodType.TYPE_B: 15,
    BloodType.TYPE_A: 14,
    BloodType.TYPE_AB: 5,
    BloodType.O_POSITIVE: 3,
    BloodType.A_POSITIVE: 2,
    BloodType.B_POSITIVE: 1,
}
_EVER_MARRIED_UP_TO = ((22, 0.1), (26, 0.35), (30, 0.65), (40, 0.88), (200, 0.95))


def pick(rng: Random, weights: Mapping[Choice, float]) -> Choice:
    """One key, as often as its weight says."""
    return rng.choices(list(weights), list(weights.values()))[0]


def years_before(day: date, years: int) -> date:
    """The same day of an earlier year; 28 February where the 29th does not exist."""
    try:
        return day.replace(year=day.year - years)
    except ValueError:
        return day.replace(year=day.year - years, day=28)


def birth_date(rng: Random, age: int, on: date) -> date:
    """A birth date of someone who is `age` full years old on a day."""
    return years_before(on, age) - timedelta(days=rng.randrange(364))


def occupation(rng: Random, age: int, sex: Sex) -> Occupation:
    """An everyday occupation, for whoever did not come for a certain work."""
    if age < SCHOOL_AGE:
        return Occupation.UNEMPLOYED
    if age < ADULT_AGE:
        return Occupation.STUDENT
    women = sex == Sex.FEMALE
    if age >= RETIREMENT_AGE:
        return pick(rng, _WORK_OF_OLD_WOMEN if women else _WORK_OF_OLD_MEN)
    return pick(rng, _WORK_OF_WOMEN if women else _WORK_OF_MEN)


def education(
    rng: Random, age: int, work: Occupation, wanted: Mapping[Education, float]
) -> Education:
    """The last school finished: not below what the work asks for, not beyond the age."""
    finished = max(level for level, youngest in _YOUNGEST_WITH.items() if youngest <= age)
    if age < ADULT_AGE:
        return finished
    level = pick(rng, wanted or _ADULT_EDUCATION)
    return min(max(level, _LEAST_EDUCATION.get(work, level)), finished)


def marital_status(rng: Random, age: int, sex: Sex, work: Occupation) -> MaritalStatus:
    """A marital status that fits; pupils and students are single."""
    if age < YOUNGEST_MARRIED or work == Occupation.STUDENT:
        return MaritalStatus.SINGLE
    share = next(share for limit, share in _EVER_MARRIED_UP_TO if age <= limit)
    if rng.random() > share:
        return MaritalStatus.SINGLE
    widowed = 0.0 if age < 35 else (age - 30) / (100 if sex == Sex.FEMALE else 200)
    return pick(
        rng,
        {
            MaritalStatus.WIDOWED: widowed,
            MaritalStatus.DIVORCED_REGISTERED: 0.06,
            MaritalStatus.DIVORCED_UNREGISTERED: 0.01,
            MaritalStatus.MARRIED_UNREGISTERED: 0.05,
            MaritalStatus.MARRIED_REGISTERED: 0.88 - widowed,
        },
    )


def relation_alone(age: int, sex: Sex, status: MaritalStatus) -> FamilyRelation:
    """The place in the KK left behind at home, of someone who came alone."""
    if status == MaritalStatus.SINGLE and age < 30:
        return FamilyRelation.CHILD
    married = status in (MaritalStatus.MARRIED_REGISTERED, MaritalStatus.MARRIED_UNREGISTERED)
    if married and sex == Sex.FEMALE:
        return FamilyRelation.WIFE
    return FamilyRelation.HEAD


def blood_type(rng: Random) -> BloodType:
    """A blood type; many do not know theirs."""
    return pick(rng, _BLOOD_TYPES)
