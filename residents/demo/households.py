"""Who comes together: someone alone, or a family, before they have names and numbers."""

from dataclasses import dataclass, replace
from random import Random

from residents.demo import life
from residents.demo.life import YOUNGEST_MARRIED, pick
from residents.demo.profiles import WORKPLACES, Profile
from residents.registry.codes import (
    Education,
    FamilyRelation,
    MaritalStatus,
    Occupation,
    Purpose,
    Sex,
)

CHILDREN = {0: 25, 1: 35, 2: 28, 3: 12}
OLDEST_CHILD = 17
MOTHER_ALONE_SHARE = 0.125
FOREIGN_WORK = (
    Occupation.CONSULTANT,
    Occupation.TECHNICIAN,
    Occupation.MANAGER,
    Occupation.PRIVATE_EMPLOYEE,
)
FOREIGN_EDUCATION = {Education.DIPLOMA_3: 25, Education.BACHELOR: 60, Education.MASTER: 15}


@dataclass(frozen=True, slots=True)
class Role:
    """One member: age in full years on arrival, and the place in the family's KK."""

    sex: Sex
    age: int
    work: Occupation
    education: Education
    marital_status: MaritalStatus
    relation: FamilyRelation
    purpose: Purpose
    detail: str


def alone(rng: Random, profile: Profile, sex: Sex) -> Role:
    """Someone who came without family."""
    age = rng.randint(*profile.ages)
    occupations = profile.occupations
    work = pick(rng, occupations) if occupations else life.occupation(rng, age, sex)
    status = life.marital_status(rng, age, sex, work)
    return Role(
        sex=sex,
        age=age,
        work=work,
        education=life.education(rng, age, work, profile.education),
        marital_status=status,
        relation=life.relation_alone(age, sex, status),
        purpose=profile.purpose,
        detail=rng.choice(_details(profile, work)),
    )


def foreigner(rng: Random, profile: Profile) -> Role:
    """A foreign expert who came without family; he is in nobody's KK."""
    work = rng.choice(FOREIGN_WORK)
    role = alone(rng, profile, Sex.MALE)
    return replace(
        role,
        work=work,
        education=life.education(rng, role.age, work, FOREIGN_EDUCATION),
        relation=FamilyRelation.OTHER,
        detail=f"Tenaga ahli: {rng.choice(profile.details)}",
    )


def together(rng: Random, profile: Profile) -> list[Role]:
    """A family: the head first, then wife and children, or a mother with her children."""
    mother_alone = rng.random() < MOTHER_ALONE_SHARE
    head = alone(rng, profile, Sex.FEMALE if mother_alone else Sex.MALE)
    head = replace(head, age=max(head.age, YOUNGEST_MARRIED + 3), relation=FamilyRelation.HEAD)
    if mother_alone:
        status = rng.choice((MaritalStatus.WIDOWED, MaritalStatus.DIVORCED_REGISTERED))
        children = _children(rng, head.age, rng.randint(1, 2), "Ikut ibu")
        return [replace(head, marital_status=status), *children]
    head = replace(head, marital_status=MaritalStatus.MARRIED_REGISTERED)
    wife = _wife(rng, head)
    return [head, wife, *_children(rng, wife.age, pick(rng, CHILDREN), "Ikut orang tua")]


def _details(profile: Profile, work: Occupation) -> tuple[str, ...]:
    if profile.purpose == Purpose.WORK:
        return WORKPLACES.get(work, profile.details)
    return profile.details


def _wife(rng: Random, head: Role) -> Role:
    age = max(YOUNGEST_MARRIED, head.age - rng.randint(-2, 7))
    work = life.occupation(rng, age, Sex.FEMALE)
    return Role(
        sex=Sex.FEMALE,
        age=age,
        work=work,
        education=life.education(rng, age, work, {}),
        marital_status=head.marital_status,
        relation=FamilyRelation.WIFE,
        purpose=Purpose.FAMILY,
        detail="Ikut suami",
    )


def _children(rng: Random, mothers_age: int, count: int, detail: str) -> list[Role]:
    """Children born when the mother was 20 or older, the eldest first."""
    eldest = min(mothers_age - YOUNGEST_MARRIED - 1, OLDEST_CHILD)
    ages = sorted(rng.sample(range(eldest + 1), min(count, eldest + 1)), reverse=True)
    return [_child(rng, age, detail) for age in ages]


def _child(rng: Random, age: int, detail: str) -> Role:
    sex = rng.choice(tuple(Sex))
    work = life.occupation(rng, age, sex)
    return Role(
        sex=sex,
        age=age,
        work=work,
        education=life.education(rng, age, work, {}),
        marital_status=MaritalStatus.SINGLE,
        relation=FamilyRelation.CHILD,
        purpose=Purpose.FAMILY,
        detail=detail,
    )
