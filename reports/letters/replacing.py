"""Replacing an issued letter by a new one that names it.

Whoever holds the old letter is never left without any: it stays valid until the new one is
issued, and is revoked in that very transaction. A new one that is returned leaves it as it was.

The introduction is carried over, since what it says of the people has not changed. Those who no
longer live in the letter's RT are refused: their new RT introduces them for a letter of its own.
"""

from __future__ import annotations

from django.db.models import Q

from reports.letters.models import Letter, LetterStep, LetterSubject, Status
from reports.letters.queries import still_possible
from reports.letters.readiness import people_must_be_ready
from residents.registry.models import Resident
from wacat.workflow import Move, WrongState

# Of a replacement: it is on its way to the Lurah.
COMING = (Status.REQUESTED, Status.READY)


def pending(letter: Letter) -> Letter | None:
    """The replacement that waits to be issued."""
    return Letter.objects.filter(replaces=letter, status__in=COMING).first()


def make_replacement(letter: Letter, move: Move) -> Letter:
    """A letter of the same people that names *letter*, not introduced yet. Raises WrongState.

    *letter* is locked; letters are locked before people, as in issuing.
    """
    if letter.is_expired:
        raise WrongState("Masa berlaku surat ini sudah habis. Ajukan surat baru untuk warganya.")
    _let_go_of_a_returned_one(letter)
    lines = list(letter.lines.all())
    people = {one.pk: one for one in locked_people(letter)}
    people_must_be_ready([people[line.resident_id] for line in lines], letter.area_id)
    _must_wait_for_no_other(list(people.values()), letter.area_id)
    made = Letter.objects.create(
        area_id=letter.area_id,
        purpose=move.data.get("purpose") or letter.purpose,
        requested_by=move.actor,
        replaces=letter,
    )
    for line in lines:
        LetterSubject.objects.create(
            letter=made, resident_id=line.resident_id, position=line.position
        )
    return made


def carry_introduction(letter: Letter) -> None:
    """What the letter that *letter* replaces was introduced by still holds."""
    old = letter.replaces
    if old is None:
        raise ValueError("only a replacement is introduced by the system")
    letter.introduction_number = old.introduction_number
    letter.introduced_on = old.introduced_on
    letter.introduced_by_ketua_rt = old.introduced_by_ketua_rt


def locked_people(letter: Letter) -> list[Resident]:
    """Nobody's record may change between the check and what is written of it."""
    keys = letter.lines.values_list("resident_id", flat=True)
    return list(Resident.objects.filter(pk__in=keys).select_for_update().order_by("pk"))


def locked_old(letter: Letter) -> Letter | None:
    """The letter that *letter* replaces; the new is locked before the old, everywhere."""
    if letter.replaces_id is None:
        return None
    return Letter.objects.select_for_update(of=("self",)).get(pk=letter.replaces_id)


def why_replaced(letter: Letter) -> str:
    """What was wrong with it, as the Lurah said who asked for the new one."""
    steps = LetterStep.objects.filter(subject=letter, name="replace")
    return str(steps.order_by("-pk").values_list("reason", flat=True).first() or "")


def _let_go_of_a_returned_one(letter: Letter) -> None:
    """One that was returned keeps no other from being asked for. Raises WrongState for others."""
    known = Letter.objects.filter(replaces=letter)
    if not known.exists():
        return
    # Not waited for: who is at it may be waiting for the old one.
    free = known.select_for_update(of=("self",), skip_locked=True)
    returned = free.filter(status=Status.RETURNED).first()
    if returned is None:
        raise WrongState("Surat pengganti untuk surat ini sudah disiapkan.")
    returned.replaces = None
    returned.save(update_fields=["replaces"])


def _must_wait_for_no_other(people: list[Resident], area: str) -> None:
    others = Letter.objects.filter(Q(lines__resident__in=people), area=area, status__in=COMING)
    if still_possible(others).exists():
        raise WrongState(
            "Ada surat lain untuk warga ini yang belum terbit. Terbitkan atau kembalikan dulu."
        )
