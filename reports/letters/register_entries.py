"""*Buku register surat*: the numbered letters of a kelurahan's year, as each was issued."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import islice
from typing import Any

from django.db.models import Count, Max

from reports.letters.facts import Subject
from reports.letters.models import NUMBERED, Letter, LetterStep, NumberCounter, Status
from wacat.clock import today
from wacat.words import nik_masked, tanggal

AT_ONCE = 1000  # letters opened together
ERASED = "Isi dihapus menurut masa simpan"
NO_NIK = "tanpa NIK"


@dataclass(frozen=True)
class Entry:
    """One line of the book. ``people`` are names with their masked NIK, none of an erased letter.

    ``key`` is the letter's. ``revoked_on`` and ``reason`` say when and why it was revoked,
    ``replaced_by`` and ``replaces`` are the numbers of the letter after it and the one before.
    """

    key: int
    serial: int
    number: str
    issued_on: date
    people: tuple[tuple[str, str], ...]
    rt: str
    purpose: str
    introduction: str
    status: str
    status_label: str
    revoked_on: date | None
    reason: str
    is_erased: bool
    replaced_by: str = ""
    replaces: str = ""

    @property
    def state(self) -> str:
        """``Terbit``, or what became of it since."""
        told = self.status_label
        if self.revoked_on:
            told += f" {tanggal(self.revoked_on)}"
        if self.replaced_by:
            told += f" oleh nomor {self.replaced_by}"
        if self.reason:
            told += f": {self.reason}"
        if self.replaces:
            told += f". Menggantikan nomor {self.replaces}"
        return f"{told}. {ERASED}." if self.is_erased else told


@dataclass(frozen=True)
class Serials:
    """How many letters the year has, and its last serial."""

    count: int
    last: int

    @property
    def is_gapless(self) -> bool:
        return self.count == self.last


def registered(kelurahan: str, year: int) -> Any:
    """The year's letters in the order of their serials, whatever became of them."""
    rows = Letter.objects.filter(kelurahan=kelurahan, number_year=year, status__in=NUMBERED)
    return rows.select_related("area", "replaces", "replaced_by").order_by("number_serial")


def serials_of(letters: Any) -> Serials:
    """Of the letters of one year."""
    found = letters.order_by().aggregate(count=Count("pk"), last=Max("number_serial"))
    return Serials(found["count"], found["last"] or 0)


def years_of(kelurahan: str) -> list[int]:
    """Those in which it has given numbers, and this one; the latest first."""
    counters = NumberCounter.objects.filter(area=kelurahan, kind=NumberCounter.Kind.LETTER)
    return sorted({*counters.values_list("year", flat=True), today().year}, reverse=True)


def entries_of(letters: Iterable[Letter]) -> Iterator[Entry]:
    """The letters as lines of the book; one query for each thousand of them."""
    rest = iter(letters)
    while some := list(islice(rest, AT_ONCE)):
        keys = [letter.pk for letter in some if letter.status == Status.REVOKED]
        steps = LetterStep.objects.filter(subject__in=keys, name="revoke")
        said = {step.subject_id: step for step in steps} if keys else {}
        for letter in some:
            yield _entry(letter, said.get(letter.pk))


def _entry(letter: Letter, revoked: LetterStep | None) -> Entry:
    if letter.number_serial is None or letter.issued_on is None:
        raise ValueError("only numbered letters are registered")
    facts, successor = letter.facts, letter.successor
    reason = (revoked.note if successor else revoked.reason) if revoked else ""
    return Entry(
        key=letter.pk,
        serial=letter.number_serial,
        number=letter.number,
        issued_on=letter.issued_on,
        people=tuple(_person(one) for one in facts.subjects) if facts else (),
        rt=facts.rt_label if facts else letter.area.label,
        purpose=facts.purpose if facts else "",
        introduction=letter.introduction_number,
        status="replaced" if successor else letter.status,
        status_label=letter.mark_label if successor else str(letter.get_status_display()),
        revoked_on=letter.revoked_on,
        reason=reason,
        is_erased=letter.erased_on is not None,
        replaced_by=successor.number if successor else "",
        replaces=letter.replaces.number if letter.replaces else "",
    )


def _person(subject: Subject) -> tuple[str, str]:
    return subject.full_name, nik_masked(subject.nik) or NO_NIK
