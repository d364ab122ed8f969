"""What is done among the demo's rows, where Django is set up for them."""

from __future__ import annotations

import hashlib
import json
import shutil
import subprocess
import tempfile
from collections import defaultdict
from collections.abc import Iterator
from itertools import count
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.files.storage import default_storage

from accounts.areas.models import Area, Level
from accounts.login.models import User
from accounts.rules import Role
from reports.letters.models import Drawing, Letter
from reports.letters.printing import stored_pdf
from reports.letters.requesting import ask, introduce
from residents.registry.workflow import WORKFLOW
from tests import factories
from wacat.workflow import Move

KELURAHAN = 10
FIRST_SERIAL = 400_000  # of NIK that nobody of the demo has


def prepare(letters: int) -> None:
    """Print the ready letters of ten kelurahan by their Lurah's user name.

    All these Lurah get the tests' password.
    """
    factories._serials = count(FIRST_SERIAL)
    ready: dict[str, list[int]] = defaultdict(list)
    offices = [
        _office(kelurahan)
        for kelurahan in Area.objects.filter(level=Level.KELURAHAN).order_by("code")[:KELURAHAN]
    ]
    for number in range(letters):
        lurah, clerk, rt = offices[number % KELURAHAN]
        ready[lurah.username].append(_ready(clerk, rt))
    print(json.dumps(ready))


def _office(kelurahan: Area) -> tuple[User, User, str]:
    """Lurah, clerk and an RT."""
    lurah = factories.holder(Role.LURAH, kelurahan.code)
    lurah.set_password(factories.PASSWORD)
    lurah.save(update_fields=["password"])
    clerk = factories.holder(Role.PETUGAS_KELURAHAN, kelurahan.code)
    rt = Area.objects.filter(parent=kelurahan, state="active").order_by("code")[0]
    return lurah, clerk, rt.code


def _ready(clerk: User, rt: str) -> int:
    resident = factories.ResidentFactory.create(complete=True, area_id=rt, entered_by=clerk)
    WORKFLOW.advance(resident.pk, "report", Move(clerk))
    letter = ask(clerk, resident, [], "")
    if not introduce(clerk, letter):
        raise RuntimeError("the record has gaps")
    return int(letter.pk)


def waiting() -> None:
    print(Drawing.objects.exclude(state="done").count())


def check() -> None:
    """Print what was looked at, and each thing that is WRONG."""
    issued = list(Letter.objects.filter(status="issued").order_by("kelurahan", "number_serial"))
    wrong = [*_of_numbers(), *_of_drawings(issued)]
    unissued = Letter.objects.filter(status="ready", pk__in=_prepared()).count()
    if unissued:
        wrong.append(f"{unissued} letters were not issued")
    for one in wrong:
        print("WRONG:", one)
    decoded = "QR codes read, " if shutil.which("zbarimg") else ""
    print(f"{len(issued)} letters looked at: numbers, hashes, texts, {decoded}{len(wrong)} wrong")


def _prepared() -> list[int]:
    rows = Letter.objects.filter(lines__resident__full_name__startswith="Warga Contoh")
    return list(rows.values_list("pk", flat=True))


def _of_numbers() -> Iterator[str]:
    """Gapless and each once, in each kelurahan and year."""
    serials: dict[Any, list[Any]] = defaultdict(list)
    rows = Letter.objects.exclude(number="")
    for kelurahan, year, serial in rows.values_list("kelurahan", "number_year", "number_serial"):
        serials[kelurahan, year].append(serial)
    for place, found in serials.items():
        if sorted(found) != list(range(1, len(found) + 1)):
            yield f"the numbers of {place} have gaps or stand twice"


def _of_drawings(issued: list[Letter]) -> Iterator[str]:
    files = set(default_storage.listdir("letters")[1])
    if len(files) < len(issued):
        yield f"{len(files)} files for {len(issued)} letters"
    for letter in issued:
        work = Drawing.objects.get(letter=letter)
        pdf = stored_pdf(work)
        if work.file != f"letters/{letter.token}.pdf":
            yield f"{letter}: its file has another name"
        if hashlib.sha256(pdf).hexdigest() != work.sha256:
            yield f"{letter}: another hash"
        yield from _of_paper(letter, pdf)


def _of_paper(letter: Letter, pdf: bytes) -> Iterator[str]:
    """By others' tools: pdftotext, and zbarimg where there is one."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "letter.pdf"
        path.write_bytes(pdf)
        text = subprocess.run(["pdftotext", path, "-"], capture_output=True, check=True).stdout
        if letter.number not in text.decode().replace("\n", ""):
            yield f"{letter}: its number is not on the paper"
        if shutil.which("zbarimg"):
            picture = Path(folder) / "letter"
            subprocess.run(["pdftoppm", "-r", "120", "-png", path, picture], check=True)
            pages = sorted(Path(folder).glob("*.png"))
            read = subprocess.run(["zbarimg", "-q", "--raw", *pages], capture_output=True)
            if read.stdout.decode().strip() != f"{settings.PUBLIC_URL}/verifikasi/{letter.token}/":
                yield f"{letter}: its QR code says {read.stdout.decode().strip()!r}"


def main(command: list[str]) -> None:
    """``prepare N``, ``waiting`` or ``check``."""
    match command:
        case ["prepare", letters]:
            prepare(int(letters))
        case ["waiting"]:
            waiting()
        case ["check"]:
            check()
        case _:
            raise ValueError(command)
