"""What a form F-1.15 says. No ORM: ``gathering`` makes facts of rows, ``drawing`` a PDF of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Place:
    """Part III: where the person lives here. ``rt`` is the RT's number ("012")."""

    address: str
    rt: str
    kelurahan: str
    kecamatan: str
    city: str = "Kota Balikpapan"
    province: str = "Kalimantan Timur"


@dataclass(frozen=True)
class Chosen:
    """One of *a. pekerjaan*, *b. pendidikan*, *c. lainnya*: its letter, and words beside it."""

    letter: str
    words: str = ""


@dataclass(frozen=True)
class FormFacts:
    """One person's form; every empty value is a blank to be filled in by hand.

    ``nik`` is 16 digits or empty; then ``no_nik_reason`` says why. ``until`` is the last day of
    the registration period that ``since`` begins. ``cancelled`` is part VI and makes the form a
    cancellation. ``unfinished`` says, for a report not accepted yet, how it stands. ``extras``
    are label and value.
    """

    nik: str = ""
    no_nik_reason: str = ""
    full_name: str = ""
    place: Place | None = None
    purpose: Chosen | None = None
    since: date | None = None
    until: date | None = None
    cancelled: Chosen | None = None
    made_on: date | None = None
    unfinished: str = ""
    extras: tuple[tuple[str, str], ...] = ()
    specimen: bool = False
    blank: bool = False


BLANK = FormFacts(blank=True)
