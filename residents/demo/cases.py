"""Cases at hand in Kelurahan Sepinggan: made today, by the same functions that the pages call."""

from __future__ import annotations

import io
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.core.files.base import ContentFile
from openpyxl import Workbook
from PIL import Image, ImageDraw

from accounts.areas.models import CITY_CODE
from accounts.demo.officials import LINE_RT
from accounts.posts.models import Post
from accounts.rules import Role
from residents.attachments.keeping import add
from residents.demo.moments import Chance
from residents.demo.numbers import FakeNumbers
from residents.demo.people import people
from residents.drafts.keeping import keep
from residents.importing import working
from residents.importing.judging import Defaults
from residents.importing.models import ImportPart, ImportReading
from residents.importing.uploading import take
from residents.importing.workflow import WORKFLOW as IMPORTS
from residents.registry.models import Resident
from residents.registry.states import Status
from residents.registry.stays import settle
from residents.registry.workflow import WORKFLOW as RESIDENTS
from residents.twins.declaring import declare
from residents.twins.merging import merge
from residents.twins.models import Relocation
from residents.twins.reporting import report
from residents.twins.workflow import WORKFLOW as RELOCATIONS
from wacat.clock import today
from wacat.uploads import checked
from wacat.work import perform
from wacat.workflow import Move

KELURAHAN = LINE_RT.rpartition(".")[0]
NEW_HOME, OTHER_RT = f"{KELURAHAN}.003", f"{KELURAHAN}.005"
ENTERED = 12  # people of the finished import; they count among today's
COPIED = "nik full_name sex birth_place birth_date nationality origin_address origin_area".split()
HEADINGS = ("Nama Lengkap", "NIK", "RT", "Alamat Domisili", "Tgl Datang", "Sampai", "Keperluan")
TYPED_KEY = UUID("6b0f6a0e-7a3c-4a0e-9b57-1d3f7c1c2a11")


def seed_registry_cases(numbers: FakeNumbers) -> None:
    """Somebody held, a move that is objected to, records merged and thrown away, two imports.

    Needs the residents and the officials of the line.
    """
    cases = _Cases(numbers)
    cases.moves()
    cases.entered_twice()
    cases.imports()
    cases.begun()


class _Cases:
    def __init__(self, numbers: FakeNumbers) -> None:
        self._rng, self._numbers = Chance(99), numbers
        self._clerk = _post(Role.PETUGAS_KELURAHAN, KELURAHAN)
        self._lurah = _post(Role.LURAH, KELURAHAN).user
        self._operator = _post(Role.OPERATOR, CITY_CODE).user

    def moves(self) -> None:
        """Three who were reported in Sepinggan and are registered elsewhere."""
        held, objected, _ = (self._again(one) for one in _elsewhere(3))
        for one in (held, objected):
            declare(one.pk, Move(self._lurah, {"date": today() - timedelta(days=5)}))
        relocation = Relocation.objects.get(arrival=objected)
        reason = "Ditemui di rumahnya kemarin; ia masih tinggal di sini bersama keluarganya."
        RELOCATIONS.advance(relocation.pk, "object", Move(None, {"reason": reason}))

    def entered_twice(self) -> None:
        """The same person without and with a NIK, merged; a draft that was a mistake."""
        known = Resident.objects.active().filter(area=OTHER_RT, nik__isnull=False).first()
        if known is None:
            return
        move = Move(self._clerk.user)
        double = self._again(known, without_nik=True)
        reason = {"reason": "Orang yang sama, sebelumnya dicatat tanpa NIK."}
        merge(known.pk, double.pk, (), Move(self._clerk.user, reason))
        mistake = self._copy(known, without_nik=True)
        RESIDENTS.advance(mistake.pk, "discard", move)

    def imports(self) -> None:
        """One that has been entered, and one to be looked at with rows that were refused."""
        done = self._upload("kos-contoh-melati.xlsx", ENTERED, [])
        IMPORTS.advance(done, "confirm", Move(self._clerk.user))
        for pk in ImportPart.objects.filter(of=done).values_list("pk", flat=True):
            perform(ImportPart, pk, working.enter)
        self._upload("mess-contoh-kenanga.xlsx", 8, BROKEN)

    def begun(self) -> None:
        """A photograph beside a record, and a form that was not finished."""
        head = _post(Role.KETUA_RT, LINE_RT).user
        person = Resident.objects.active().filter(area=LINE_RT).order_by("pk").first()
        if person is not None:
            add(head, person.pk, "ktp", checked(_card()), TYPED_KEY)
        keep(head, TYPED_KEY, {"full_name": "Rahmawati Con", "nik": "9971 01", "area": LINE_RT})

    def _again(self, known: Resident, *, without_nik: bool = False) -> Resident:
        """Reported once more, here."""
        one = self._copy(known, without_nik=without_nik)
        report(one.pk, Move(self._clerk.user))
        return Resident.objects.get(pk=one.pk)

    def _copy(self, known: Resident, *, without_nik: bool) -> Resident:
        day = today()
        facts: dict[str, Any] = {name: getattr(known, name) for name in COPIED}
        if without_nik:
            facts |= {"nik": "", "no_nik_reason": 3}
        one: Resident = Resident.objects.create(
            **facts,
            area_id=known.area_id if without_nik else NEW_HOME,
            address="Jl. Contoh Mawar 14",
            arrived_on=day - timedelta(days=6),
            stays_until=day + timedelta(days=240),
            purpose=1,
            entered_by=self._clerk.user,
            form_key=UUID(int=self._rng.getrandbits(128)),
        )
        settle(one)
        return one

    def _upload(self, name: str, count: int, more: list[tuple[Any, ...]]) -> int:
        """A spreadsheet of *count* people and the rows *more*, uploaded and read."""
        book = Workbook()
        sheet: Any = book.active
        sheet.append(HEADINGS)
        for row in [*self._rows(count), *more]:
            sheet.append(row)
        written = io.BytesIO()
        book.save(written)
        key = UUID(int=self._rng.getrandbits(128))
        clerk = self._clerk
        made = take(clerk, clerk.user, key, name, written.getvalue(), Defaults())
        perform(ImportReading, made.reading.pk, working.read)
        return made.pk

    def _rows(self, count: int) -> list[tuple[Any, ...]]:
        day = today()
        found: list[tuple[Any, ...]] = []
        for family in people(self._rng, count * 3, day - timedelta(days=20), self._numbers):
            for one in family.members:
                if one.nik and len(found) < count:
                    came, until = day - timedelta(days=9), day + timedelta(days=300)
                    where = (f"RT {self._rng.choice((3, 5, 8)):03}", "Jl. Contoh Melati 3")
                    found.append((one.full_name, one.nik, *where, came, until, "Pekerjaan"))
        return found


BROKEN: list[tuple[Any, ...]] = [
    ("Slamet Contoh", 9.97105e15, "RT 003", "Jl. Contoh Melati 3", "2 Nov 2026", "", "Pekerjaan"),
    ("Dewi Contoh", "99710112345", "RT 005", "Jl. Contoh Melati 3", "31/02/2026", "", "Pekerjaan"),
    ("", "9971011205900077", "RT 999", "Jl. Contoh Melati 3", "", "", "Pekerjaan"),
]


def _post(role: str, area: str) -> Post:
    found: Post = Post.objects.today().select_related("user").filter(role=role, area=area)[0]
    return found


def _elsewhere(count: int) -> list[Resident]:
    """Verified people of another kecamatan, here for some time."""
    rows = Resident.objects.filter(status=Status.VERIFIED, nik__isnull=False)
    rows = rows.filter(arrived_on__lt=today() - timedelta(days=60), birth_date__year__lt=2000)
    return list(rows.exclude(kecamatan=KELURAHAN[:8]).order_by("pk")[:count])


def _card() -> ContentFile[bytes]:
    """A picture that nobody takes for a KTP-el."""
    picture = Image.new("RGB", (640, 400), "#dfe7ee")
    ImageDraw.Draw(picture).text((40, 180), "CONTOH - bukan KTP-el", fill="#22313f")
    written = io.BytesIO()
    picture.save(written, "JPEG")
    return ContentFile(written.getvalue(), "contoh.jpg")
