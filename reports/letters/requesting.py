"""Asking for a letter: for one person or for members of the same family."""

from uuid import UUID

from django.db import transaction

from accounts.login.models import User
from reports.letters.models import Letter, LetterSubject
from reports.letters.queries import open_letter_of
from reports.letters.readiness import gaps
from reports.letters.workflow import WORKFLOW
from residents.registry.models import Resident
from residents.registry.states import ACTIVE
from wacat.workflow import Move, WrongState

DEFAULT_PURPOSE = "Keterangan tempat tinggal sementara"


def ask(
    user: User,
    resident: Resident,
    others: list[Resident],
    purpose: str,
    key: UUID | None = None,
) -> Letter:
    """The open letter for *resident*, made when there is none. Raises WrongState.

    A form sent again (the same *key*) gets the letter it made, whatever became of it.
    Asking twice, or two asking at once, makes one letter: the people's rows are the lock,
    taken in one order, so that two members of a family who ask for each other do not block.
    """
    with transaction.atomic():
        people = _locked([resident, *others])
        made = key and Letter.objects.filter(form_key=key, requested_by=user).first()
        if made:
            return made
        locked = people[resident.pk]
        if locked.status not in ACTIVE:
            raise WrongState("Laporkan warga ini dulu, baru surat dapat diajukan.")
        known = open_letter_of(locked)
        if known is not None:
            return known
        for other in others:
            _must_fit(people[other.pk], locked)
        letter = Letter.objects.create(
            area_id=locked.area_id,
            purpose=purpose or DEFAULT_PURPOSE,
            requested_by=user,
            form_key=key,
        )
        for position, person in enumerate([resident, *others]):
            LetterSubject.objects.create(
                letter=letter, resident=people[person.pk], position=position
            )
        return letter


def _must_fit(other: Resident, head: Resident) -> None:
    if other.status not in ACTIVE or other.area_id != head.area_id:
        raise WrongState(f"{other.full_name} sudah tidak tinggal di alamat ini.")
    if open_letter_of(other) is not None:
        raise WrongState(f"{other.full_name} sudah ada pada surat lain yang belum terbit.")


def _locked(people: list[Resident]) -> dict[int, Resident]:
    keys = [person.pk for person in people]
    rows = Resident.objects.select_for_update(of=("self",)).filter(pk__in=keys).order_by("pk")
    return {person.pk: person for person in rows}


def introduce(user: User, letter: Letter, key: UUID | None = None) -> bool:
    """Introduce the letter if nothing is missing; whether that could be done."""
    people = [line.resident for line in letter.lines.select_related("resident")]
    if any(gaps(person) for person in people):
        return False
    WORKFLOW.advance(letter.pk, "introduce", Move(user, key=key))
    return True
