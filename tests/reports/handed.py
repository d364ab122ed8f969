"""Letters on their way to people, for tests of handing them over."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import urlsplit
from uuid import uuid4

from django.core.files.base import ContentFile
from django.test import Client

from accounts.rules import Role
from reports.letters.handing_mail import address_of
from reports.letters.handing_models import Handing, LetterLink, LetterScan
from reports.letters.handing_scans import add_scan
from reports.letters.models import Letter
from tests import factories
from tests.factories import KELURAHAN, holder
from tests.residents.pages import petugas, shown
from tests.residents.papers import photo
from wacat.uploads import checked

EMAIL, PHONE = "warga.contoh@contoh.id", "0800 0000 1234"


def page_of(letter: Letter, end: str = "") -> str:
    return f"/surat/{letter.pk}/{end}"


def scan(letter: Letter, shade: int = 90) -> LetterScan:
    """A photograph of the inked sheet, put beside the letter by the kelurahan's staff."""
    file = checked(ContentFile(photo(shade)))
    return add_scan(holder(Role.PETUGAS_KELURAHAN, KELURAHAN), letter.pk, file, uuid4())


def scanned() -> Letter:
    """An issued letter with its scan."""
    letter = factories.letter_issued()
    scan(letter)
    return letter


def send(letter: Letter, way: str = "email", **data: Any) -> Any:
    """What the staff is answered who makes a link; PIN and address are read from it."""
    to = {"email": EMAIL} if way == "email" else {"phone": PHONE}
    posted = {"way": way, "key": str(uuid4()), **to, **data}
    return petugas().post(page_of(letter, "kirim/"), posted)


def pin_in(answer: Any) -> str:
    """The PIN that the answer shows."""
    found = re.search(r'<p class="pin"[^>]*>(\d{6})</p>', answer.content.decode())
    assert found, shown(answer)
    return found[1]


def wrong_for(pin: str) -> str:
    """Another PIN."""
    return f"{(int(pin) + 1) % 10**6:06}"


def fetched(address: str, pin: str, client: Client | None = None) -> Any:
    """What somebody without a login is answered."""
    return (client or Client()).post(address, {"pin": pin})


def fetched_by(letter: Letter, answer: Any) -> Any:
    """What the PIN that *answer* shows gives."""
    return fetched(fetch_url(letter), pin_in(answer))


def fetch_url(letter: Letter) -> str:
    """The path of the letter's latest link."""
    return urlsplit(address_of(LetterLink.objects.filter(letter=letter).latest("pk"))).path


def kinds_of(letter: Letter) -> list[str]:
    """What its log tells, in order."""
    return list(Handing.objects.filter(letter=letter).values_list("kind", flat=True))
