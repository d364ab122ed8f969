"""Invented officials and RT heads, as recognisable as the residents."""

from collections.abc import Iterator
from dataclasses import dataclass
from random import Random

from residents.demo.life import pick
from residents.demo.names import full_name
from residents.demo.numbers import EMAIL_DOMAIN, FakeNumbers
from residents.demo.vocabulary import COMMON_RELIGIONS
from residents.registry.codes import Sex

RANKS = ("Penata (III/c)", "Penata Tk. I (III/d)", "Pembina (IV/a)")
# Before a man's name, before a woman's, after the name.
TITLES = {
    ("", "", "S.Sos."): 20,
    ("", "", "S.STP."): 15,
    ("", "", "S.IP., M.Si."): 15,
    ("", "", "S.E., M.M."): 15,
    ("", "", "S.H."): 10,
    ("Drs. ", "Dra. ", "M.Si."): 10,
    ("H. ", "Hj. ", "S.Sos."): 10,
    ("Ir. ", "Ir. ", "M.AP."): 5,
}


@dataclass(frozen=True, slots=True)
class FakeOfficial:
    """An official or RT head. Phone and e-mail are unique; an RT head has no NIP or rank."""

    full_name: str
    sex: int
    phone: str
    email: str
    nip: str
    rank: str


def officials(rng: Random, count: int, numbers: FakeNumbers) -> Iterator[FakeOfficial]:
    """Civil servants with titles, NIP and rank, such as a Lurah or Camat."""
    for _ in range(count):
        sex = rng.choice(tuple(Sex))
        for_men, for_women, after = pick(rng, TITLES)
        name = full_name(rng, pick(rng, COMMON_RELIGIONS), sex)
        titled = f"{for_women if sex == Sex.FEMALE else for_men}{name}, {after}"
        nip = numbers.nip(rng.randint(1968, 1988), sex)
        yield _official(titled, sex, numbers, nip=nip, rank=rng.choice(RANKS))


def neighbourhood_heads(rng: Random, count: int, numbers: FakeNumbers) -> Iterator[FakeOfficial]:
    """RT heads: residents without titles of office, men three times out of four."""
    for _ in range(count):
        sex = pick(rng, {Sex.MALE: 3, Sex.FEMALE: 1})
        yield _official(full_name(rng, pick(rng, COMMON_RELIGIONS), sex), sex, numbers)


def _official(
    name: str, sex: Sex, numbers: FakeNumbers, *, nip: str = "", rank: str = ""
) -> FakeOfficial:
    phone = numbers.official_phone()
    return FakeOfficial(
        full_name=name,
        sex=int(sex),
        phone=phone,
        email=f"pengguna{phone[-4:]}@{EMAIL_DOMAIN}",
        nip=nip,
        rank=rank,
    )
