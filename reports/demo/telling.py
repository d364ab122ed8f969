"""Telling the letters' stories through the real workflow, day by day in their order."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from functools import partial
from itertools import groupby

from django.utils import timezone

from accounts.login.models import User
from accounts.posts.models import Post
from accounts.rules import Role
from reports.demo.stories import Story
from reports.letters.models import Letter
from reports.letters.requesting import ask, introduce
from reports.letters.workflow import WORKFLOW
from residents.demo.clerks import Clerks
from residents.demo.moments import working_day_until
from residents.registry.codes import Purpose
from residents.registry.models import Resident
from wacat.past import living_at
from wacat.workflow import Move

OPENING = time(8, 20)
MINUTES_EACH = 9
FAMILY_PURPOSE = "Pendaftaran sekolah anak"
OTHER_PURPOSE = "Persyaratan administrasi"
PURPOSES = {
    Purpose.WORK: "Persyaratan administrasi di tempat kerja",
    Purpose.EDUCATION: "Administrasi kampus",
    Purpose.HEALTH: "Administrasi berobat di RS Contoh",
    Purpose.HOUSING: "Pemasangan sambungan listrik sementara",
    Purpose.FAMILY: "Pembukaan rekening Bank Contoh",
}


class Chapter:
    """One letter while its story is told: the household, and who acts for its area."""

    letter: Letter

    def __init__(
        self, story: Story, household: list[Resident], clerks: Clerks, today: date
    ) -> None:
        self.story, self.household = story, household
        area = household[0].area
        introduced = today - timedelta(days=story.introduced or story.asked)
        self.clerk = clerks.of(area.code, introduced)
        self.lurah = _lurah(area.kelurahan_code)

    def ask(self) -> None:
        head, *others = self.household
        purpose = FAMILY_PURPOSE if others else PURPOSES.get(Purpose(head.purpose), OTHER_PURPOSE)
        self.letter = ask(self.clerk, head, others, purpose)

    def introduce(self) -> None:
        self.ask()
        if not introduce(self.clerk, self.letter):
            raise ValueError(f"{self.story.who} is not complete enough for a letter")

    def decide(self, name: str) -> None:
        WORKFLOW.advance(self.letter.pk, name, Move(self.lurah, {"reason": self.story.reason}))


@dataclass(frozen=True, slots=True, order=True)
class _Event:
    """On one day introductions come before decisions."""

    day: date
    rank: int
    happen: Callable[[], None] = field(compare=False)


def tell(chapters: Iterable[Chapter], today: date) -> None:
    """Let everything happen, on working days, the earliest first."""
    events = sorted(event for chapter in chapters for event in _events(chapter, today))
    for day, of_the_day in groupby(events, lambda event: event.day):
        opening = timezone.make_aware(datetime.combine(day, OPENING))
        for number, event in enumerate(of_the_day):
            with living_at(opening + timedelta(minutes=MINUTES_EACH * number)):
                event.happen()


def _events(chapter: Chapter, today: date) -> Iterator[_Event]:
    story = chapter.story
    planned: tuple[tuple[int, int, Callable[[], None]], ...] = (
        (story.asked, 0, chapter.ask),
        (story.introduced, 0, chapter.introduce),
        (story.issued, 1, partial(chapter.decide, "issue")),
        (story.returned, 2, partial(chapter.decide, "return")),
        (story.revoked, 2, partial(chapter.decide, "revoke")),
    )
    for days, rank, happen in planned:
        if days:
            yield _Event(working_day_until(today - timedelta(days=days)), rank, happen)


def _lurah(kelurahan: str) -> User:
    return Post.objects.today().get(role=Role.LURAH, area=kelurahan).user
