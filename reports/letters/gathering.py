"""From rows to facts: everything a letter will say, in one place, with all the queries."""

from datetime import date
from typing import Any

from django.conf import settings
from django.urls import reverse

from accounts.areas.models import Area
from accounts.posts.models import Post
from reports.letters.facts import Introduction, LetterFacts, Office, Replaced, Subject
from reports.letters.models import Letter
from reports.letters.office_models import DEFAULT_NUMBER, LetterOffice
from reports.letters.signatory import signatory_of
from residents.registry.models import Resident
from wacat.calendar import months_after
from wacat.clock import today


def office_of(letter: Letter) -> LetterOffice:
    """The settings of the letter's kelurahan, or the defaults unsaved."""
    return office_in(letter.area.containing)


def office_in(kelurahan: Area) -> LetterOffice:
    """The kelurahan's settings, or the defaults unsaved."""
    known = LetterOffice.objects.filter(kelurahan=kelurahan).first()
    return known or LetterOffice(kelurahan=kelurahan, number_template=DEFAULT_NUMBER)


def last_valid_day(office: LetterOffice, people: list[Resident], issued_on: date) -> date:
    """The office's months from the issue, never past the earliest end of a stay."""
    return min([months_after(issued_on, office.valid_months), *(p.stays_until for p in people)])


def gather(
    letter: Letter, post: Post | None, number: str = "", on: date | None = None
) -> LetterFacts:
    """The facts as of the day *on* (today), signed by *post*.

    Without a post the signatory stays open, without a number it is a preview.

    Raises ValueError when a subject's record has gaps.
    """
    office, people = office_of(letter), people_of(letter)
    day, first = on or today(), people[0]
    return LetterFacts(
        number=number,
        office=letterhead(letter.area.containing, office),
        signatory=signatory_of(post, letter),
        subjects=tuple(_subject(person, len(people) > 1) for person in people),
        address=first.address,
        rt_label=letter.area.label,
        lives_here_since=min(person.arrived_on for person in people),
        purpose=letter.purpose,
        introduction=Introduction(
            by_ketua_rt=letter.introduced_by_ketua_rt,
            number=letter.introduction_number,
            on=letter.introduced_on or day,
        ),
        issued_on=day,
        valid_until=last_valid_day(office, people, day),
        verification_url=verification_url(letter) if number else "",
        short_code=letter.code if number else "",
        specimen=settings.DEMO,
        paper=office.paper,
        signing=settings.SIGNING_MODE,
        replaces=_replaced(letter.replaces),
    )


def people_of(letter: Letter) -> list[Resident]:
    """The letter's subjects, the head first."""
    lines = letter.lines.select_related("resident")
    return [line.resident for line in lines]


def verification_url(letter: Letter) -> str:
    """The address that the QR code points to."""
    return settings.PUBLIC_URL + reverse("verify", args=[letter.token])


def letterhead(kelurahan: Area, office: LetterOffice) -> Office:
    """The kelurahan as its letters show it by these settings."""
    return Office(
        kelurahan=kelurahan.name,
        kecamatan=kelurahan.containing.name,
        address=office.address,
        phone=office.phone,
        email=office.email,
        logo=office.logo,
    )


def _replaced(letter: Letter | None) -> Replaced | None:
    if letter is None or letter.issued_on is None:
        return None
    return Replaced(letter.number, letter.issued_on)


def _subject(person: Resident, in_family: bool) -> Subject:
    def word(name: str) -> str:
        value: Any = getattr(person, f"get_{name}_display")()
        return str(value or "")

    if person.birth_date is None:
        raise ValueError("gathered before the record was complete")
    return Subject(
        full_name=person.full_name,
        nik=person.nik,
        no_nik_reason=word("no_nik_reason"),
        birth_place=person.birth_place,
        birth_date=person.birth_date,
        sex=word("sex"),
        religion=word("religion"),
        marital_status=word("marital_status"),
        occupation=word("occupation"),
        nationality=word("nationality"),
        origin_address=", ".join(filter(None, (person.origin_address, person.origin_area))),
        family_relation=word("family_relation") if in_family else "",
    )
