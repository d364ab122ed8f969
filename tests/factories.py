"""Rows for tests, each made the way the application makes it.

A status is reached through the workflow, so steps, placements, periods and numbers are right.
Who acts is whoever holds the post already (make your own first with ``user_with``), else an
official of the factories' own: ask ``holder`` for them.

All people are invented: every NIK and No. KK begins with 99.
"""

# factory_boy is typed in part only.
# mypy: allow-untyped-calls

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from itertools import count
from typing import Any
from uuid import uuid4

from django.test import override_settings
from django.utils import timezone
from factory.declarations import Iterator as Cycle
from factory.declarations import LazyAttribute, LazyFunction, Sequence, Trait
from factory.django import DjangoModelFactory

from accounts.areas.models import CITY_CODE as CITY_CODE
from accounts.login.models import User
from accounts.rules import Role
from reports.letters import printing
from reports.letters.models import Drawing, Letter
from reports.letters.requesting import ask, introduce
from reports.letters.workflow import WORKFLOW as LETTERS
from residents.lodgings.models import Lodging
from residents.registry import codes
from residents.registry.forms import ResidentForm
from residents.registry.models import Resident
from residents.registry.placing import place_in
from residents.registry.stays import settle
from residents.registry.workflow import WORKFLOW as RESIDENTS
from residents.registry.workflow import report
from tests.officials import FOREIGN_KECAMATAN as FOREIGN_KECAMATAN
from tests.officials import FOREIGN_KELURAHAN as FOREIGN_KELURAHAN
from tests.officials import FOREIGN_RT as FOREIGN_RT
from tests.officials import KECAMATAN as KECAMATAN
from tests.officials import KELURAHAN as KELURAHAN
from tests.officials import PASSWORD as PASSWORD
from tests.officials import RT as RT
from tests.officials import SIBLING_KELURAHAN as SIBLING_KELURAHAN
from tests.officials import SIBLING_RT as SIBLING_RT
from tests.officials import UserFactory as UserFactory
from tests.officials import area_for as area_for
from tests.officials import client_of as client_of
from tests.officials import holder as holder
from tests.officials import load_areas as load_areas
from tests.officials import user_as as user_as
from tests.officials import user_with as user_with
from tests.residents.services_told import a_service as a_service
from wacat.clock import today
from wacat.work import perform
from wacat.workflow import Move

FAMILY_KK = "9971052001010001"

_serials = count(1)


@contextmanager
def on_day(day: date) -> Iterator[None]:
    """Within, ``today()`` is *day*."""
    offset = timedelta(days=(day - timezone.localdate()).days)
    with override_settings(CLOCK_OFFSET=offset):
        yield


def a_nik() -> str:
    """A NIK that nobody has yet, of a man born on 12 May 1990."""
    serial = next(_serials)
    return f"9971{serial // 9000 + 1:02}120590{serial % 9000 + 1:04}"


def a_no_kk() -> str:
    """A No. KK that no family has yet."""
    serial = next(_serials)
    return f"9971{serial // 9000 + 1:02}200101{serial % 9000 + 1:04}"


class LodgingFactory(DjangoModelFactory[Lodging]):
    class Meta:
        model = Lodging

    area_id = RT
    name = Sequence(lambda n: f"Kos Contoh {n}")
    kind = codes.LodgingKind.BOARDING_HOUSE
    address = "Jl. Contoh Melati 1"


class ResidentFactory(DjangoModelFactory[Resident]):
    """A draft with its placement: what a report requires, and with ``complete`` what a letter does.

    ``one_kk`` puts people into one KK, ``FAMILY_KK``. Other statuses: the functions below.
    """

    class Meta:
        model = Resident
        skip_postgeneration_save = True

    class Params:
        complete = Trait(
            sex=codes.Sex.MALE,
            birth_place="Wajo",
            birth_date=date(1990, 5, 12),
            religion=codes.Religion.ISLAM,
            marital_status=codes.MaritalStatus.SINGLE,
            education=codes.Education.UPPER_SECONDARY,
            occupation=codes.Occupation.PRIVATE_EMPLOYEE,
            blood_type=codes.BloodType.UNKNOWN,
            nationality=codes.Nationality.INDONESIAN,
            origin_address="Jl. Contoh Asal 2",
            origin_area="Kabupaten Wajo, Sulawesi Selatan",
            no_kk=LazyFunction(a_no_kk),
            phone="080000001234",
        )
        one_kk = Trait(no_kk=FAMILY_KK, family_relation=Cycle([1, 3, 4, 4]))

    area_id = RT
    nik = LazyFunction(a_nik)
    full_name = Sequence(lambda n: f"Warga Contoh {n}")
    address = "Jl. Contoh Kenanga 5"
    arrived_on = LazyFunction(lambda: today() - timedelta(days=30))
    stays_until = LazyAttribute(lambda one: one.arrived_on + timedelta(days=300))
    purpose = codes.Purpose.WORK
    entered_by = LazyAttribute(
        lambda one: holder(Role.PETUGAS_KELURAHAN, one.area_id[: len(KELURAHAN)])
    )
    form_key = LazyFunction(uuid4)

    @classmethod
    def _create(cls, model_class: type[Resident], *args: Any, **kwargs: Any) -> Resident:
        resident = super()._create(model_class, *args, **kwargs)
        settle(resident)
        return resident


def form_data(**changes: Any) -> dict[str, Any]:
    """What a browser posts to ``/warga/tambah/`` for a complete person in ``RT``."""
    load_areas()
    person = ResidentFactory.build(complete=True, entered_by=None)
    values = {name: getattr(person, name) for name in ResidentForm.Meta.fields}
    posted = {
        name: value.isoformat() if isinstance(value, date) else value
        for name, value in values.items()
        if value not in (None, "")
    }
    return {**posted, "area": RT, "form_key": str(uuid4()), **changes}


def draft(area: str = RT, /, **fields: Any) -> Resident:
    """A complete draft in the RT *area*."""
    return ResidentFactory.create(**{"complete": True, "area_id": area, **fields})


def reported(area: str = RT, /, **fields: Any) -> Resident:
    """Reported by the kelurahan's staff."""
    staff = _staff(area)
    resident = draft(area, **{"entered_by": staff, **fields})
    report(resident.pk, Move(staff))
    return _fresh(resident)


def verified(area: str = RT, /, **fields: Any) -> Resident:
    """Reported, and verified by the operator."""
    return _advanced(reported(area, **fields), "verify", _operator())


def returned(area: str = RT, /, **fields: Any) -> Resident:
    """Reported, and returned by the operator for a ``reason``."""
    reason = fields.pop("reason", "Periksa lagi.")
    return _advanced(reported(area, **fields), "return", _operator(), reason=reason)


def held(area: str = RT, /, **fields: Any) -> Resident:
    """Held, because the same NIK is active ``elsewhere`` (an RT in another kecamatan)."""
    twin = reported(fields.pop("elsewhere", RT if area == FOREIGN_RT else FOREIGN_RT))
    return reported(area, **{"nik": twin.nik, **fields})


def ended(area: str = RT, /, on: date | None = None, **fields: Any) -> Resident:
    """Reported, and ended *on* a day (today without one); ``end_reason`` says why."""
    why = fields.pop("end_reason", codes.EndReason.LEFT)
    data = {"date": on or today(), "end_reason": why}
    return _advanced(reported(area, **fields), "end", _staff(area), **data)


def merged(area: str = RT, /, **fields: Any) -> Resident:
    """Merged by the kelurahan's staff into another report of the same person there."""
    kept = reported(area)
    data = {"into": kept.pk, "reason": "Orang yang sama."}
    return _advanced(reported(area, **fields), "merge", _staff(area), **data)


def discarded(area: str = RT, /, **fields: Any) -> Resident:
    """A draft that was thrown away."""
    return _advanced(draft(area, **fields), "discard", _staff(area))


def overdue(area: str = RT, /, **fields: Any) -> Resident:
    """Reported, and still here ten days after the end of the stay."""
    day = today()
    stay = {"arrived_on": day - timedelta(days=100), "stays_until": day - timedelta(days=10)}
    return reported(area, **{**stay, **fields})


def move(resident: Resident, area: str, on: date) -> Resident:
    """The resident placed in another RT from a day on."""
    place_in([resident], area, on)
    resident.area_id = area
    resident.save()
    return _fresh(resident)


def letter_requested(resident: Resident | None = None, *others: Resident) -> Letter:
    """Asked for by the kelurahan's staff, not introduced yet; *others* are on it as well."""
    resident = resident or reported()
    return ask(_staff(resident.area_id), resident, list(others), "")


def letter_ready(resident: Resident | None = None, *others: Resident) -> Letter:
    """Introduced by the Ketua RT: it waits for the Lurah."""
    letter = letter_requested(resident, *others)
    assert introduce(holder(Role.KETUA_RT, letter.area_id), letter), "the record has gaps"
    return _fresh(letter)


def letter_returned(resident: Resident | None = None, reason: str = "Belum jelas.") -> Letter:
    """Returned by the Lurah."""
    return _decided(letter_ready(resident), "return", reason=reason)


def letter_issued(resident: Resident | None = None, *others: Resident) -> Letter:
    """Issued by the Lurah; its PDF is not drawn yet."""
    return _decided(letter_ready(resident, *others), "issue")


def letter_drawn(resident: Resident | None = None, *others: Resident) -> Letter:
    """Issued, and its PDF drawn and stored (about a third of a second)."""
    letter = letter_issued(resident, *others)
    assert perform(Drawing, letter.pk, printing.draw), "not drawn: see the log"
    return letter


def letter_revoked(resident: Resident | None = None, reason: str = "Salah data.") -> Letter:
    """Issued, and revoked by the Lurah."""
    return _decided(letter_issued(resident), "revoke", reason=reason)


def _staff(area: str) -> User:
    return holder(Role.PETUGAS_KELURAHAN, area[: len(KELURAHAN)])


def _operator() -> User:
    return holder(Role.OPERATOR, CITY_CODE)


def _advanced(resident: Resident, name: str, actor: User, **data: Any) -> Resident:
    RESIDENTS.advance(resident.pk, name, Move(actor, data))
    return _fresh(resident)


def _decided(letter: Letter, name: str, **data: Any) -> Letter:
    lurah = holder(Role.LURAH, letter.area.kelurahan_code)
    LETTERS.advance(letter.pk, name, Move(lurah, data))
    return _fresh(letter)


def _fresh(row: Any) -> Any:
    return type(row).objects.get(pk=row.pk)
