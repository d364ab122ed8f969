"""The demo's letters: who asked for one, and what became of it, in days before today."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from accounts.demo.officials import LINE_RT
from accounts.posts.models import Post
from accounts.rules import Role
from reports.letters.readiness import gaps
from residents.demo.life import ADULT_AGE, years_before
from residents.registry.models import Resident
from residents.registry.states import Status


@dataclass(frozen=True, slots=True)
class Story:
    """One letter of the household *who*. 0 stands for what did not happen."""

    who: str
    introduced: int = 0
    issued: int = 0
    returned: int = 0
    revoked: int = 0
    asked: int = 0
    reason: str = ""


# Twelve that the Lurah can issue, nine of them without a warning.
_READY = (
    Story("ready-6", introduced=5),
    Story("ready-3", introduced=4),
    Story("ready-8", introduced=4),
    Story("ready-1", introduced=3),
    Story("ending", introduced=3),
    Story("by-clerk", introduced=3),
    Story("family", introduced=2),
    Story("ready-4", introduced=2),
    Story("differing", introduced=2),
    Story("ready-2", introduced=1),
    Story("ready-5", introduced=1),
    Story("ready-7", introduced=1),
)
_ISSUED = (
    Story("holder-1", introduced=58, issued=57),
    Story("holder-2", introduced=51, issued=50),
    Story("holder-3", introduced=47, issued=45),
    Story("holder-4", introduced=40, issued=39),
    Story("holder-5", introduced=33, issued=32),
    Story("holder-6", introduced=26, issued=25),
    Story("holder-7", introduced=22, issued=20),
    Story("holder-8", introduced=15, issued=14),
    Story("holder-9", introduced=11, issued=9),
)
_TROUBLED = (
    Story(
        "reissued",
        introduced=37,
        issued=36,
        revoked=30,
        reason="Keperluan pada surat salah tulis. Diganti dengan surat baru.",
    ),
    Story("reissued", introduced=29, issued=28),
    Story(
        "sent-back",
        introduced=6,
        returned=4,
        reason="Alamat tinggal belum memuat nomor kamar. Mohon pastikan, lalu antar lagi.",
    ),
    Story("incomplete", asked=3),
)
SEPINGGAN = (*_READY, *_ISSUED, *_TROUBLED)
# What is told in the other kelurahan that have a Ketua RT and a Lurah.
ELSEWHERE = (
    Story("first", introduced=19, issued=18),
    Story("second", introduced=8, issued=7),
    Story("third", introduced=2),
)
_SETTLED_DAYS, _LEFT_DAYS = 45, 60


def stories_elsewhere(today: date) -> Iterator[tuple[Story, Resident]]:
    """Letters in other kelurahan, each with somebody whose record is complete enough."""
    lurahs = Post.objects.today().filter(role=Role.LURAH).values("area")
    heads = Post.objects.today().filter(role=Role.KETUA_RT, area__parent__in=lurahs)
    kelurahan = LINE_RT.rpartition(".")[0]
    for head in heads.exclude(area__parent=kelurahan).order_by("area"):
        yield from zip(ELSEWHERE, _complete(head.area_id, today), strict=False)


def _complete(area: str, today: date) -> Iterator[Resident]:
    known = Resident.objects.filter(
        area=area,
        status=Status.VERIFIED,
        nik__isnull=False,
        birth_date__lt=years_before(today, ADULT_AGE),
        arrived_on__lt=today - timedelta(days=_SETTLED_DAYS),
        stays_until__gt=today + timedelta(days=_LEFT_DAYS),
    )
    return (person for person in known.order_by("pk") if not gaps(person))
