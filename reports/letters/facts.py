"""The facts of a domicile letter: a frozen copy, complete enough to draw it again.

No ORM here: ``gathering`` makes facts from rows, ``drawing`` makes a PDF from facts.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

WORDING = 1  # of letters issued from now on (reports.letters.wordings)


@dataclass(frozen=True)
class Subject:
    """One person of the letter. Codes are already words; ``nik`` is 16 digits or empty."""

    full_name: str
    nik: str
    no_nik_reason: str
    birth_place: str
    birth_date: date
    sex: str
    religion: str
    marital_status: str
    occupation: str
    nationality: str
    origin_address: str
    family_relation: str = ""


@dataclass(frozen=True)
class Office:
    """The issuing kelurahan as its letterhead shows it.

    ``logo`` names the stored picture; its name is made from its content, so it is never another.
    """

    kelurahan: str
    kecamatan: str
    address: str
    phone: str
    email: str
    logo: str = ""


@dataclass(frozen=True)
class Introduction:
    """On whose word the letter stands: the Ketua RT's, or the kelurahan's own check."""

    by_ketua_rt: bool
    number: str
    on: date


@dataclass(frozen=True)
class Replaced:
    """The letter that this one takes the place of."""

    number: str
    on: date


@dataclass(frozen=True)
class Signatory:
    """Who signs. ``position`` is the printed line: "Lurah Sepinggan", "Plh. Lurah Sepinggan".

    Who signs in the Lurah's name has "a.n. Lurah Sepinggan" there, and below it, as
    ``own_title``, what they are: "Sekretaris Lurah".
    """

    full_name: str
    position: str
    rank: str
    nip: str
    own_title: str = ""


@dataclass(frozen=True)
class LetterFacts:
    """All that the letter says. ``subjects`` holds one person or a family, the head first.

    ``rt_label`` is "RT 012", ``address`` the place within it. ``number``, ``verification_url``
    and ``short_code`` are empty until the letter is issued. ``signing`` is the way it is signed
    (reports.letters.signing), whatever the settings say later; ``wording`` is the text's version.
    """

    number: str
    office: Office
    signatory: Signatory
    subjects: tuple[Subject, ...]
    address: str
    rt_label: str
    lives_here_since: date
    purpose: str
    introduction: Introduction
    issued_on: date
    valid_until: date
    verification_url: str
    short_code: str
    specimen: bool
    paper: str = "A4"
    signing: str = "ink"
    replaces: Replaced | None = None
    wording: int = WORDING

    def as_json(self) -> dict[str, Any]:
        """Plain JSON values; dates as ISO text."""
        return _plain(asdict(self))

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> LetterFacts:
        """The facts that ``as_json`` wrote. Raises KeyError or TypeError on anything else."""
        introduction, subjects = data["introduction"], data["subjects"]
        replaces = data.get("replaces")
        return cls(
            **{
                **_dated(data, "lives_here_since", "issued_on", "valid_until"),
                "office": Office(**data["office"]),
                "signatory": Signatory(**data["signatory"]),
                "introduction": Introduction(**_dated(introduction, "on")),
                "replaces": Replaced(**_dated(replaces, "on")) if replaces else None,
                "subjects": tuple(Subject(**_dated(one, "birth_date")) for one in subjects),
            }
        )


def _dated(data: dict[str, Any], *names: str) -> dict[str, Any]:
    return {**data, **{name: date.fromisoformat(data[name]) for name in names}}


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _plain(one) for key, one in value.items()}
    if isinstance(value, (list, tuple)):
        return [_plain(one) for one in value]
    return value.isoformat() if isinstance(value, date) else value
