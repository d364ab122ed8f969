"""What can be asked of letters, with all that a list shows."""

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from django.db.models import Exists, OuterRef, Prefetch, Q

from reports.letters.models import Letter, LetterSubject, Status
from reports.letters.parted import LIVES_ELSEWHERE, told_of_parting
from reports.letters.superseding import superseded, told_of_newer
from residents.registry.models import Resident
from residents.registry.states import ACTIVE, GONE
from residents.registry.states import Status as Registered
from residents.registry.warnings import warnings_of
from wacat.clock import today

OPEN = (Status.REQUESTED, Status.READY, Status.RETURNED)
SOON_DAYS = 30


def with_people(letters: Any) -> Any:
    """*letters* with their areas and subjects, in a constant number of queries."""
    rows = letters.select_related("area__parent__parent", "replaces", "replaced_by")
    return rows.prefetch_related(Prefetch("lines", queryset=LetterSubject.objects.named()))


def open_letter_of(resident: Resident) -> Letter | None:
    """The letter of their RT that this person is already waiting for."""
    theirs = Letter.objects.filter(lines__resident=resident, area=resident.area_id)
    found: Letter | None = still_possible(theirs.filter(status__in=OPEN)).first()
    return found


def still_possible(letters: Any) -> Any:
    """Those of *letters* that nobody on them has left behind: moved away, gone, on a newer one.

    The others cannot be issued, so they keep nobody waiting.
    """
    lines = LetterSubject.objects.filter(letter=OuterRef("pk"))
    left = lines.filter(LIVES_ELSEWHERE | Q(resident__status__in=(Registered.ENDED, *GONE)))
    return letters.filter(~Exists(left), ~Exists(superseded(lines)))


def letters_of(resident: Resident) -> Any:
    """All letters that name this person, the latest first."""
    rows = Letter.objects.filter(lines__resident=resident).order_by("-pk")
    return rows.select_related("replaces", "replaced_by")


def warnings_by_letter(letters: list[Letter]) -> dict[int, list[str]]:
    """What the Lurah should look at before issuing, by the letter's key."""
    people = {line.resident_id for letter in letters for line in letter.lines.all()}
    held: dict[int, set[int]] = defaultdict(set)
    valid = LetterSubject.objects.filter(
        resident__in=people, letter__status=Status.ISSUED, letter__valid_until__gte=today()
    )
    for person, letter in valid.values_list("resident_id", "letter_id"):
        held[person].add(letter)
    late = set(superseded(LetterSubject.objects.filter(letter__in=letters)))
    return {letter.pk: _warnings(letter, held, late) for letter in letters}


def _warnings(letter: Letter, held: dict[int, set[int]], late: set[LetterSubject]) -> list[str]:
    texts = []
    if not letter.introduced_by_ketua_rt:
        texts.append("Diantar oleh petugas kelurahan, bukan oleh Ketua RT.")
    for line in letter.lines.all():
        if line.has_parted:  # all else about them is their new RT's to know
            texts.append(told_of_parting(line.name))
            continue
        if line in late:
            texts.append(told_of_newer(line.name))
        texts += _warnings_of(line.resident)
        if held[line.resident_id] - {letter.replaces_id}:
            texts.append(f"{line.name} masih memegang surat yang berlaku.")
    return texts


def _warnings_of(person: Resident) -> Iterator[str]:
    if person.status not in ACTIVE:
        yield f"{person.full_name} sudah tidak tercatat tinggal di sini."
    yield from warnings_of(person)
    if not person.nik:
        yield f"{person.full_name} tidak mempunyai NIK."
    if 0 <= person.days_left() < SOON_DAYS:
        yield f"Masa tinggal {person.full_name} berakhir dalam {SOON_DAYS} hari."
