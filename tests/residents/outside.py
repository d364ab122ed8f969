"""Those whom a story is no business of, and what they can find out about it: nothing.

Tried is everything: each page that they can open against what it said before, each request that
was made in the story, and each address of each thing that came to be in it.
"""

from __future__ import annotations

import re
from contextlib import suppress
from types import SimpleNamespace
from typing import Any

from django.core import mail
from django.urls import resolve, reverse

from accounts.helpdesk.models import Ticket
from accounts.notices.models import Notice
from accounts.rules import RULES, Action
from accounts.scope import KELURAHAN
from residents.corrections.models import Correction, CorrectionPhoto, CorrectionStep
from residents.feeds.models import FeedFile, PlaceDecision
from residents.services.codes import Status
from residents.services.models import Service
from residents.truth.models import TruthReport
from tests.house.doors import OWN, guarded, object_of
from tests.residents.pages import shown
from tests.walking import Step, Walker
from wacat.words import nik_grouped

HIDDEN = (403, 404)
# Where a service, or how many there are, might be told.
ROOMS = re.compile(
    "residents.(services|corrections|feeds|truth|registry|clock)|reports"
    "|accounts.(notices|helpdesk|announcements)"
)
# Files, and forms that are empty until somebody fills them in.
NO_LIST = re.compile("/(unduh|contoh|f115-kosong|tambah|tulis|buat|saring|nik)/")
# Names a month, in which everybody finds their own.
EVERYBODYS = "service_month"


class Outside:
    """Begun before the story, on the day on which it is looked at in the end."""

    def __init__(self, strangers: list[Walker]) -> None:
        self.strangers = strangers
        self.kelurahan = strangers[0].user.posts.get().area_id[:KELURAHAN]
        self._enter()
        self.before = [_pages_of(one) for one in strangers]
        self.notices, self.mails = self._notices(), self._mailed()

    def sees_nothing(self, trail: list[Step], insiders: list[Walker]) -> None:
        """Neither by a page, a notice or a mail, nor by any request of *trail* or to a thing."""
        self._enter()
        actions = set().union(*map(_actions, insiders))
        secrets, things = self._secrets(), self._things(actions)
        assert not (unopened := _unopened(insiders, things)), unopened
        others = [step for step in trail if step.sent or step.path not in things]
        steps = {str(step): step for step in [*map(Step, things), *others]}.values()
        for one, before in zip(self.strangers, self.before, strict=True):
            pages = _pages_of(one)
            changed = {page for page in before if shown(before[page]) != shown(pages[page])}
            assert not changed, (one.user.username, changed)
            assert pages.keys() == before.keys()
            refused = [_refused(one, step) for step in steps if step.address not in pages]
            for answer in [*pages.values(), *refused]:
                said = answer.content.decode(errors="replace")
                assert not any(word in said for word in secrets), answer.request["PATH_INFO"]
        assert (self._notices(), self._mailed()) == (self.notices, self.mails)
        mails = " ".join(f"{one.subject} {one.body}" for one in mail.outbox)
        assert not any(word in mails for word in secrets)

    def _enter(self) -> None:
        """All of them, before anybody looks: who has never been in is counted on a start page."""
        for one in self.strangers:
            one.enter()

    def _elsewhere(self, model: Any) -> list[Any]:
        rows = model.objects.exclude(area__code__startswith=self.kelurahan)
        return list(rows.order_by("pk"))

    def _secrets(self) -> set[str]:
        """What the story says of people, and what was said about them."""
        services = self._elsewhere(Service)
        notes = CorrectionStep.objects.filter(subject__in=self._elsewhere(Correction))
        words = {word for one in services for word in (one.full_name, one.address, one.nik)}
        words |= {nik_grouped(one.nik) for one in services}
        words |= {one.note for one in notes} | {one.name for one in self._elsewhere(FeedFile)}
        return words - {""}

    def _things(self, actions: set[Action]) -> set[str]:
        """Each address of each thing for *actions*, by the table of all (tests.house.doors)."""
        services = self._elsewhere(Service)
        corrections = self._elsewhere(Correction)
        photos = CorrectionPhoto.objects.filter(correction__in=corrections)
        tickets = self._elsewhere(Ticket)
        grouped = set(PlaceDecision.objects.values_list("place_key", flat=True))
        grouped |= {one.place_key for one in services if one.status == Status.WAITING}
        found = [
            *(SimpleNamespace(service=one) for one in services),
            *(SimpleNamespace(unplaced=one) for one in services if one.place_key in grouped),
            *(SimpleNamespace(photo=SimpleNamespace(correction_id=c.pk)) for c in corrections),
            *(SimpleNamespace(photo=one) for one in photos),
            *(SimpleNamespace(area=one.area_id) for one in self._elsewhere(TruthReport)),
            *(SimpleNamespace(feed=one) for one in self._elsewhere(FeedFile)),
            *(SimpleNamespace(ticket=one) for one in tickets),
        ]
        own = {reverse("ticket_detail", args=[one.pk]) for one in tickets}
        return own.union(*(_addresses(one, actions) for one in found))

    def _notices(self) -> int:
        return Notice.objects.filter(recipient__in=[one.user for one in self.strangers]).count()

    def _mailed(self) -> int:
        addresses = {one.user.email for one in self.strangers}
        return sum(bool(addresses & set(one.to)) for one in mail.outbox)


def _pages_of(one: Walker) -> dict[str, Any]:
    """All pages that name nothing and open, by their address."""
    may = _actions(one)
    pages = [
        door.address()
        for door in guarded()
        if not door.keys and door.action in {None, *may} and ROOMS.match(door.view.__module__)
    ]
    answers = {page: one.client.get(page) for page in pages if not NO_LIST.search(page)}
    return {page: answer for page, answer in answers.items() if answer.status_code == 200}


def _actions(one: Walker) -> set[Action]:
    roles = set(one.user.posts.values_list("role", flat=True))
    return {action for action, allowed in RULES.items() if allowed & roles}


def _addresses(things: Any, actions: set[Action]) -> set[str]:
    """Those that are made of nothing but *things*."""
    found = set()
    for door in guarded():
        if door.keys and door.name not in OWN and door.action in actions:
            with suppress(AttributeError):
                found.add(door.address(object_of(door, things)))
    return found


def _unopened(insiders: list[Walker], things: set[str]) -> set[str]:
    """The names of addresses at which nobody finds anything: there is nothing to hide."""
    found, names = set[str](), {one: _name_of(one) for one in sorted(things)}
    for address, name in names.items():
        if name not in found and any(_status(one, address) not in HIDDEN for one in insiders):
            found.add(name)
    return set(names.values()) - found


def _name_of(address: str) -> str:
    return resolve(address).url_name or ""


def _status(one: Walker, address: str) -> int:
    return int(one.client.get(address).status_code)


def _refused(one: Walker, step: Step) -> Any:
    """The answer to a stranger who does the same; of what is not all people's a refusal."""
    answer = step.by(one.client)
    named = resolve(step.path)
    is_open = step.sent is None and (not named.kwargs or named.url_name == EVERYBODYS)
    assert is_open or answer.status_code in HIDDEN, (one.user.username, step, answer.status_code)
    return answer
