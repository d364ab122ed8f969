"""Invented names, streets, telephone numbers and e-mail addresses."""

from random import Random

from residents.demo.life import pick
from residents.demo.numbers import EMAIL_DOMAIN
from residents.demo.vocabulary import LAST_NAME, STREETS, given_names
from residents.registry.codes import Religion, Sex

GIVEN_NAME_COUNT = {1: 15, 2: 70, 3: 15}


def full_name(rng: Random, religion: Religion, sex: Sex) -> str:
    """One to three given names and the last name that nobody bears."""
    names = rng.sample(given_names(religion, sex), pick(rng, GIVEN_NAME_COUNT))
    return " ".join([*names, LAST_NAME])


def street_address(rng: Random, streets: tuple[str, ...] = STREETS) -> str:
    """A street and number that do not exist."""
    return f"Jl. Contoh {rng.choice(streets)} No. {rng.randint(1, 180)}"


def phone(rng: Random) -> str:
    """A number no operator assigns; two people may have the same one."""
    return f"0800000{rng.randrange(100_000):05}"


def email(rng: Random, name: str) -> str:
    """An address under a domain that never exists; two people may have the same one."""
    letters = "".join(letter for letter in name.lower() if "a" <= letter <= "z" or letter == " ")
    return f"{'.'.join(letters.split()[:2])}{rng.randrange(1000)}@{EMAIL_DOMAIN}"
