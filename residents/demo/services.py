"""Delivered services in the demo: two months that are over, this one, and a file to look at.

Made by the functions that the pages call, on the days on which it would have happened.
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from accounts.areas.models import CITY_CODE, Area
from accounts.demo.officials import LINE_RT
from accounts.login.models import User
from accounts.posts.models import Post
from accounts.rules import Role
from residents.corrections import deeds
from residents.corrections.codes import Reason
from residents.corrections.models import Correction
from residents.corrections.sending import Statement, send
from residents.demo.deliveries import Place, Registry
from residents.demo.moments import Chance
from residents.demo.numbers import FakeNumbers
from residents.feeds.models import FeedFile
from residents.registry.models import Resident
from residents.services.answering import answer
from residents.services.models import Service
from residents.services.months import Month, this_month
from residents.truth.signing import sign
from wacat.clock import today
from wacat.past import living_at
from wacat.words import WITA
from wacat.workflow import Move

KELURAHAN = LINE_RT.rpartition(".")[0]
SEPINGGAN = tuple(f"{KELURAHAN}.{number}" for number in ("001", "003", "005", "008"))
ELSEWHERE = ("64.71.01.1001.001", "64.71.02.1001.001", "64.71.06.1001.001")
# No RT has this number, the kelurahan is certain: the Lurah knows where it is.
NO_SUCH_RT = Place("RT 099", "Sepinggan", "Gg. Contoh Belakang Pasar")
# Nobody but somebody who knows the city can tell.
SOMEWHERE = Place("", "", "Perum Contoh Permai Blok C")
UNREADABLE = (
    ("KTP-EL", "31/02/2026", "99000001/KTP", "99710112345", "", "Slamet Contoh", "Jl. Contoh 1"),
    ("KIA", "2 Nov 2026", "99000002/KIA", "9971011205900077", "", "", "Jl. Contoh Melati 3"),
)


def seed_services(numbers: FakeNumbers) -> None:
    """Needs the areas, the officials and the residents."""
    story = _Story(numbers)
    month = this_month()
    story.month(month.before.before, whole=True)
    story.month(month.before, whole=False)
    story.this_month()
    story.to_look_at()


class _Story:
    def __init__(self, numbers: FakeNumbers) -> None:
        self._rng = Chance(33)
        self._operator = _holder(Role.OPERATOR, CITY_CODE)
        self._registry = Registry(numbers, self._operator)

    def month(self, month: Month, *, whole: bool) -> None:
        """A month that is over: *whole*, all is answered and signed, else RTs still owe it."""
        with living_at(_at(month.first + timedelta(days=7))):
            file = self._delivered(month, (14, 11, 9, 8))
        days = (11, 13, 16, 12)
        for rt, day in zip(SEPINGGAN, days, strict=True):
            with living_at(_at(month.first + timedelta(days=day))):
                self._answer(file, rt, but=0 if whole else 7)
        if whole:
            for rt in SEPINGGAN:
                with living_at(_at(month.after.first + timedelta(days=1))):
                    sign(_holder(Role.KETUA_RT, rt), _area(rt), month, self._key())
        else:
            self._corrections(file)

    def this_month(self) -> None:
        """Told this week, and hardly answered: the day's work of each RT, and groups to match."""
        with living_at(_at(today() - timedelta(days=min(4, today().day - 1)))):
            odd = [*self._of_residents(), *self._unmatched(3, 4)]
            self._delivered(this_month(), (9, 6, 5, 4), odd)

    def to_look_at(self) -> None:
        """A file that nobody has confirmed: with a row twice, and rows that cannot be read."""
        rows = [row for rt in SEPINGGAN for row in self._registry.rows(_place(rt), 4, today())]
        rows += [rows[0], *self._unmatched(1, 2), *UNREADABLE]
        self._registry.upload("layanan-minggu-ini.xlsx", rows)

    def _unmatched(self, known: int, unknown: int) -> list[Any]:
        """Whose kelurahan is *known*, and those of whom nothing is."""
        make, day = self._registry, today()
        return [*make.rows(NO_SUCH_RT, known, day), *make.rows(SOMEWHERE, unknown, day)]

    def _delivered(
        self, month: Month, counts: tuple[int, ...], more: list[Any] | None = None
    ) -> FeedFile:
        make, day = self._registry, today()
        rows = [
            row
            for rt, n in zip(SEPINGGAN, counts, strict=True)
            for row in make.rows(_place(rt), n, day)
        ]
        rows += [row for rt in ELSEWHERE for row in make.rows(_place(rt), 4, day)]
        rows += [self._moved_within_the_city(day), *(more or [])]
        return make.deliver(f"layanan-{month}.xlsx", rows)

    def _moved_within_the_city(self, day: date) -> Any:
        """Out of an RT of Manggar into the line's: both are told."""
        return self._registry.row(
            "PINDAH DATANG", _place(LINE_RT), day, origin="Jl. Contoh Pantai 2 RT 001 Kel. Manggar"
        )

    def _of_residents(self) -> list[Any]:
        """Two whose records as nonpermanent residents may end: for good here, and dead."""
        known = (
            Resident.objects.active().filter(area=LINE_RT, nik__isnull=False).order_by("pk")[2:4]
        )
        return [
            self._registry.row(kind, _place(LINE_RT), today(), nik=one.nik, name=one.full_name)
            for kind, one in zip(("PINDAH DATANG", "AKTA KEMATIAN"), known, strict=False)
        ]

    def _answer(self, file: FeedFile, rt: str, but: int) -> None:
        """All that the RT was told is true, save the last ones, of which nothing is said."""
        told = Service.objects.in_force().filter(file=file, area=rt).order_by("row")
        keys = list(told.values_list("pk", flat=True))
        for pk in keys[: len(keys) - but]:
            answer(_holder(Role.KETUA_RT, rt), pk, "confirm", self._key())

    def _corrections(self, file: FeedFile) -> None:
        """One in each state, one of them late, of those that were left."""
        for rt, told in zip(SEPINGGAN, _SAID, strict=True):
            head = _holder(Role.KETUA_RT, rt)
            left = Service.objects.unanswered().filter(file=file, area=rt).order_by("row")
            for service, (days, statement, then) in zip(left, told, strict=False):
                with living_at(_at(today() - timedelta(days=days), 8)):
                    sent = send(head, service.pk, statement, self._key())
                with living_at(_at(today() - timedelta(days=max(days - 3, 0)), 9)):
                    self._then(sent, head, then)

    def _then(self, sent: Correction, head: User, then: str) -> None:
        if then == "withdraw":
            deeds.withdraw(sent.pk, Move(head, {"back": "confirmed"}))
        elif then == "accept":
            done = {"note": "Sudah kami perbaiki di data kependudukan."}
            deeds.accept(sent.pk, Move(self._operator, done))
        elif then:
            deeds.advance(sent.pk, then, Move(self._operator, _ANSWERS[then]))

    def _key(self) -> UUID:
        return UUID(int=self._rng.getrandbits(128))


_ANSWERS = {
    "ask": {"note": "Sejak kapan ia tidak tinggal di sana? Apakah keluarganya masih di rumah itu?"},
    "reject": {"reason": "Sudah kami periksa dengan keluarganya: alamatnya memang di RT ini."},
}
# For each RT: how many days ago, what it said, and what became of it.
_SAID = (
    (
        (
            20,
            Statement(Reason.NEVER_LIVED, "Tidak ada warga dengan nama ini di RT kami."),
            "accept",
        ),
        (12, Statement(Reason.OTHER, "Rumah itu kosong sejak lama."), "reject"),
        (6, Statement(Reason.HAS_LEFT, "Pindah ke luar kota bersama keluarganya."), "ask"),
        (2, Statement(Reason.WRONG_NAME, right_value="Nama Yang Benar Contoh"), ""),
    ),
    (
        (19, Statement(Reason.WRONG_ADDRESS, "Rumahnya di seberang jalan.", "RT 005"), ""),
        (4, Statement(Reason.HAS_DIED, "Meninggal bulan lalu, kata keluarganya."), ""),
    ),
    ((9, Statement(Reason.NEVER_LIVED, "Salah RT."), "withdraw"),),
    ((1, Statement(Reason.HAS_LEFT, "Kontrakannya sudah dihuni orang lain."), ""),),
)


def _place(rt: str) -> Place:
    area = _area(rt)
    return Place(f"RT {area.name}", area.containing.name)


def _area(code: str) -> Area:
    found: Area = Area.objects.select_related("parent").get(code=code)
    return found


def _holder(role: str, area: str) -> User:
    post = Post.objects.today().select_related("user").filter(role=role, area=area).first()
    if post is None:
        raise LookupError(f"nobody is {role} in {area}")
    return post.user


def _at(day: date, hour: int = 9) -> datetime:
    return datetime.combine(day, time(hour), tzinfo=WITA)
