"""Whether a letter can be introduced and issued for somebody, and what is missing."""

from collections.abc import Iterable, Iterator
from typing import Any

from reports.letters.facts import LetterFacts
from reports.letters.models import Letter
from reports.letters.parted import name_there, told_of_parting
from reports.letters.superseding import must_not_be_superseded
from residents.registry.models import Resident
from residents.registry.states import ACTIVE
from wacat.drawing.characters import undrawable
from wacat.workflow import WrongState

# What the letter prints of a person, beyond what a report requires.
REQUIRED = (
    "sex",
    "birth_place",
    "birth_date",
    "religion",
    "marital_status",
    "occupation",
    "nationality",
    "origin_address",
)
PRINTED = ("full_name", "birth_place", "origin_address", "origin_area", "address")


def gaps(resident: Resident) -> list[str]:
    """Names of the fields that a letter needs and the record lacks."""
    return [_label(name) for name in REQUIRED if getattr(resident, name) in (None, "")]


def must_be_ready(letter: Letter, people: Iterable[Resident]) -> None:
    """Raise WrongState, saying what to mend, unless *letter* can be issued for its *people*."""
    people_must_be_ready(people, letter.area_id)
    must_not_be_superseded(letter)
    if undrawable(letter.purpose):
        raise WrongState("Keperluan surat memuat huruf yang tidak dapat dicetak. Ajukan lagi.")


def people_must_be_ready(people: Iterable[Resident], area: str) -> None:
    """Raise WrongState, saying what to mend, unless all live in the RT *area* and lack nothing."""
    for person in people:
        if person.area_id != area:
            raise WrongState(told_of_parting(name_there(person, area)))
        if person.status not in ACTIVE:
            raise WrongState(
                f"{person.full_name} belum dilaporkan atau sudah tidak tinggal di sini."
            )
        if missing := gaps(person):
            raise WrongState(f"Data {person.full_name} belum lengkap: {', '.join(missing)}.")
        for name in PRINTED:
            if undrawable(getattr(person, name)):
                raise WrongState(
                    f"Isian {_label(name)} memuat huruf yang tidak dapat dicetak. "
                    "Ketik ulang sesuai KTP-el."
                )


def is_ready(letter: Letter, people: Iterable[Resident]) -> bool:
    """Whether *letter* can be issued for its *people* as they are."""
    try:
        must_be_ready(letter, people)
    except WrongState:
        return False
    return True


def must_be_drawable(facts: LetterFacts) -> None:
    """Raise WrongState when any text of the letter holds characters that cannot be printed."""
    if undrawable("".join(_texts(facts.as_json()))):
        raise WrongState(
            "Surat memuat huruf yang tidak dapat dicetak, mungkin pada nama pejabat atau kop. "
            "Perbaiki dulu, lalu coba lagi."
        )


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for one in value.values() if isinstance(value, dict) else value:
            yield from _texts(one)


def _label(name: str) -> str:
    return {field.name: str(field.verbose_name) for field in Resident._meta.fields}[name]
