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

from django.conf import settings
from django.test import Client, override_settings
from django.utils import timezone
from factory.declarations import Iterator as Cycle
from factory.declarations import LazyAttribute, LazyFunction, Sequence, Trait
from factory.django import DjangoModelFactory

from accounts.areas.loading import SINCE, rt
from accounts.areas.models import CITY_CODE as CITY_CODE
from accounts.areas.models import Area, AreaPeriod, Level
from accounts.login.models import UNDERTAKING_VERSION, Undertaking, User
from accounts.posts.models import Post
from accounts.rules import Role
from reports.letters import printing
from reports.letters.models import Drawing, Letter
from reports.letters.requesting import ask, introduce
from reports.letters.workflow import WORKFLOW as LETTERS
from residents.registry import codes
from residents.registry.forms import ResidentForm
from residents.registry.models import Lodging, Placement, Resident
from residents.registry.stays import settle
from residents.registry.workflow import WORKFLOW as RESIDENTS
from residents.registry.workflow import report
from wacat.clock import today
from wacat.work import perform
from wacat.workflow import Move

PASSWORD = "sandi-uji-yang-panjang"
FAMILY_KK = "9971052001010001"
KECAMATAN, KELURAHAN, RT = "64.71.05", "64.71.05.1002", "64.71.05.1002.001"
SIBLING_RT, SIBLING_KELURAHAN = "64.71.05.1002.002", "64.71.05.1006"
FOREIGN_KECAMATAN, FOREIGN_KELURAHAN = "64.71.01", "64.71.01.1001"
FOREIGN_RT = "64.71.01.1001.001"
AREA_OF_ROLE = {
    Role.KETUA_RT: RT,
    Role.PETUGAS_KELURAHAN: KELURAHAN,
    Role.LURAH: KELURAHAN,
    Role.CAMAT: KECAMATAN,
}

_AREAS = (
    (CITY_CODE, Level.KOTA, "Kota Balikpapan"),
    ("64.71.01", Level.KECAMATAN, "Balikpapan Timur"),
    ("64.71.05", Level.KECAMATAN, "Balikpapan Selatan"),
    ("64.71.01.1001", Level.KELURAHAN, "Manggar"),
    ("64.71.01.1002", Level.KELURAHAN, "Lamaru"),
    ("64.71.05.1002", Level.KELURAHAN, "Sepinggan"),
    ("64.71.05.1006", Level.KELURAHAN, "Gunung Bahagia"),
)
_serials = count(1)


def load_areas() -> None:
    """The city with two kecamatan of two kelurahan of two RTs each, unless it is there."""
    if Area.objects.filter(code=CITY_CODE).exists():
        return
    upper = [
        Area(code=code, level=level, name=name, parent_id=code.rpartition(".")[0])
        for code, level, name in _AREAS
    ]
    upper[0].parent_id = None
    rts = [rt(one.code, n) for one in upper if one.level == Level.KELURAHAN for n in (1, 2)]
    areas = Area.objects.bulk_create([*upper, *rts])
    AreaPeriod.objects.bulk_create(
        AreaPeriod(area=area, starts=SINCE, name=area.name) for area in areas
    )


def area_for(role: str) -> str:
    """Where the factories put somebody of this role: all on the line of ``RT``."""
    return AREA_OF_ROLE.get(Role(role), CITY_CODE)


class UserFactory(DjangoModelFactory[User]):
    """A user without posts who has accepted the undertaking; the password is ``PASSWORD``."""

    class Meta:
        model = User

    username = Sequence(lambda n: f"pengguna{n}")
    full_name = Sequence(lambda n: f"Pejabat Contoh {n}")
    nip = Sequence(lambda n: f"99{n:016}")
    password = PASSWORD

    @classmethod
    def _create(
        cls, model_class: type[User], *args: Any, undertaken: bool = True, **kwargs: Any
    ) -> User:
        user = model_class.objects.create_user(*args, **kwargs)
        if undertaken:
            Undertaking.objects.create(user=user, version=UNDERTAKING_VERSION)
        return user


def user_with(*posts: tuple[str, ...], **fields: Any) -> User:
    """A user holding *posts*, each ``(role, area code)`` or ``(role, area code, kind)``."""
    load_areas()
    user = UserFactory.create(**fields)
    for role, area, *kind in posts:
        Post.objects.create(
            user=user, role=role, area_id=area, kind=(*kind, "definitif")[0], starts=SINCE
        )
    return user


def user_as(role: str) -> User:
    """A user with one post of this role in the area that fits it on the line of ``RT``."""
    return user_with((role, area_for(role)))


def holder(role: str, area: str) -> User:
    """Whoever holds the post today, or a new user who does."""
    load_areas()
    post = Post.objects.today().filter(role=role, area=area).select_related("user").first()
    return post.user if post else user_with((role, area))


def client_of(user: User) -> Client:
    """A test client in which *user* is logged in."""
    client = Client()
    client.force_login(user, backend=settings.AUTHENTICATION_BACKENDS[0])
    return client


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

    ``family`` puts people into one KK, ``FAMILY_KK``. Other statuses: the functions below.
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
        family = Trait(no_kk=FAMILY_KK, family_relation=Cycle([1, 3, 4, 4]))

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
    load_areas()
    return ResidentFactory.create(**{"complete": True, "area_id": area, **fields})


def reported(area: str = RT, /, **fields: Any) -> Resident:
    """Reported by the kelurahan's staff."""
    resident = draft(area, **fields)
    report(resident.pk, Move(_staff(area)))
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


def overdue(area: str = RT, /, **fields: Any) -> Resident:
    """Reported, and still here ten days after the end of the stay."""
    day = today()
    stay = {"arrived_on": day - timedelta(days=100), "stays_until": day - timedelta(days=10)}
    return reported(area, **{**stay, **fields})


def move(resident: Resident, area: str, on: date) -> Resident:
    """The resident placed in another RT from a day on."""
    Placement.objects.filter(resident=resident, until=None).update(until=on)
    Placement.objects.create(resident=resident, area_id=area, starts=on)
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
