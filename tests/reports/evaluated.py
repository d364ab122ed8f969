"""A town with something to evaluate, and each measure counted again, plainly, from the rows."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from random import Random
from typing import Any
from uuid import uuid4

from accounts.closing.models import AccountStep
from accounts.helpdesk.codes import Category
from accounts.helpdesk.models import Ticket
from accounts.login.models import SignIn, User
from accounts.posts.models import Post
from accounts.proposals.models import ProposalStep
from accounts.rules import Role
from reports.letters.models import Letter
from reports.summaries.periods import Period, month_of
from residents.corrections.codes import Reason
from residents.corrections.codes import Status as CorrectionStatus
from residents.corrections.models import Correction
from residents.registry.models import Resident
from residents.services.codes import ANSWERED, PLACED, Status
from residents.services.models import Service
from residents.truth.models import TruthReport
from tests import factories
from tests.factories import FOREIGN_RT, KELURAHAN, RT, SIBLING_RT
from tests.residents.services_told import a_service, a_version
from wacat.clock import today
from wacat.words import WITA

RTS = (RT, SIBLING_RT, FOREIGN_RT)
SPAN = 400  # days back in which everything happens
OFFICES = (Role.KETUA_RT, Role.LURAH)


def at(day: date, hour: int = 12) -> datetime:
    return datetime.combine(day, time(hour), tzinfo=WITA)


def of_wita(moment: datetime) -> date:
    return moment.astimezone(WITA).date()


class EventfulTown:
    """Services told and answered, corrections, logins, tickets, on random days."""

    def __init__(self, seed: int, size: int = 40) -> None:
        self.rng = Random(seed)
        self.heads = {rt: factories.holder(Role.KETUA_RT, rt) for rt in RTS}
        factories.holder(Role.LURAH, KELURAHAN)
        Post.objects.filter(role__in=OFFICES).update(starts=today() - timedelta(days=SPAN // 2))
        for number in range(size):
            self._service(number)
        for user in (*self.heads.values(), factories.holder(Role.LURAH, KELURAHAN)):
            self._logins(user)
        for _ in range(size // 4):
            self._ticket()

    def day(self) -> date:
        return today() - timedelta(days=self.rng.randrange(SPAN))

    def _service(self, number: int) -> None:
        rt, told_on = self.rng.choice(RTS), self.day()
        service = a_service(rt, told_on=told_on)
        kind = number % 4
        if kind == 0:
            return
        if kind == 3:
            service = a_version(service, full_name="Nama Yang Diperbarui", told_on=self.day())
            return
        status = (Status.CONFIRMED, Status.CORRECTED)[kind - 1]
        answered_at = at(told_on) + timedelta(hours=self.rng.randrange(500))
        answer = {"status": status, "answered_at": answered_at, "answered_by": self.heads[rt]}
        Service.objects.filter(pk=service.pk).update(**answer)
        if status == Status.CORRECTED:
            self._correction(service, answered_at)

    def _correction(self, service: Service, sent_at: datetime) -> None:
        settled = sent_at + timedelta(hours=self.rng.randrange(900))
        over = self.rng.random() < 0.6
        Correction.objects.create(
            service=service,
            area_id=service.area_id,
            status=CorrectionStatus.ACCEPTED if over else CorrectionStatus.SENT,
            reason=Reason.OTHER,
            due_on=of_wita(sent_at),
            sent_by=self.heads[service.area_id],
            sent_at=sent_at,
            sent_on=of_wita(sent_at),
            settled_at=settled if over else None,
            settled_on=of_wita(settled) if over else None,
            key=uuid4(),
        )

    def _logins(self, user: User) -> None:
        for _ in range(self.rng.randrange(6)):
            SignIn.objects.create(
                user=user,
                way=SignIn.Way.PASSWORD,
                succeeded=self.rng.random() < 0.8,
                at=at(self.day()),
            )

    def _ticket(self) -> None:
        rt, opened_on = self.rng.choice(RTS), self.day()
        answered = at(opened_on) + timedelta(hours=self.rng.randrange(300))
        over = self.rng.random() < 0.5
        Ticket.objects.create(
            area_id=rt,
            status="closed" if over else "open",
            category=Category.values[0],
            year=2000,
            serial=Ticket.objects.count() + 1,
            subject="Contoh",
            opened_by=self.heads[rt],
            opened_at=at(opened_on),
            opened_on=opened_on,
            due_on=opened_on,
            first_answered_at=answered if over or self.rng.random() < 0.3 else None,
            settled_at=answered if over else None,
            settled_on=of_wita(answered) if over else None,
            form_key=uuid4(),
        )


def recount(code: str, period: Period) -> dict[str, int]:
    """All counts of an area, from all rows, one by one."""
    return {
        **_usage(code, period),
        **_services(code, period),
        **_corrections(code, period),
        **_statements(code, period),
        **_tickets(code, period),
        "reports": sum(
            1
            for one in Resident.objects.exclude(reported_at=None)
            if _in(code, one) and _within(of_wita(one.reported_at), period)
        ),
        "letters": sum(
            1
            for one in Letter.objects.exclude(issued_on=None)
            if _in(code, one) and _within(one.issued_on, period)
        ),
    }


def _in(code: str, row: Any) -> bool:
    return f"{row.area_id}.".startswith(f"{code}.")


def _within(day: date | None, period: Period) -> bool:
    return day is not None and period.first <= day <= period.last


def _usage(code: str, period: Period) -> dict[str, int]:
    posts = [one for one in Post.objects.filter(role__in=OFFICES) if _in(code, one)]
    logins = {
        post.pk: [
            one
            for one in SignIn.objects.filter(user=post.user_id, succeeded=True)
            if _within(of_wita(one.at), period) and _held(post, of_wita(one.at))
        ]
        for post in posts
    }
    holding = [post for post in posts if _held(post, period.last)]
    issued = ProposalStep.objects.filter(name="issue").select_related("subject")
    return {
        "holders": len(holding),
        "users": sum(1 for post in holding if logins[post.pk]),
        "logins": sum(map(len, logins.values())),
        "issued": sum(
            1
            for one in issued
            if one.subject.role in OFFICES
            and _in(code, one.subject)
            and _within(of_wita(one.at), period)
        ),
        "closed": sum(
            1
            for one in AccountStep.objects.filter(name="close")
            if _within(of_wita(one.at), period)
            and any(
                post.user_id == one.subject_id
                and post.starts <= of_wita(one.at)
                and (post.until is None or post.until >= of_wita(one.at))
                for post in posts
            )
        ),
    }


def _held(post: Post, day: date) -> bool:
    return post.starts <= day and (post.until is None or day < post.until)


def _told(code: str) -> list[Service]:
    rows = Service.objects.filter(superseded_at=None, status__in=PLACED)
    return [one for one in rows if _in(code, one)]


def _services(code: str, period: Period) -> dict[str, int]:
    told = [one for one in _told(code) if _within(one.told_on, period)]
    return {
        "told": len(told),
        "confirmed": sum(one.status == Status.CONFIRMED for one in told),
        "corrected": sum(one.status == Status.CORRECTED for one in told),
        "answer_hours": sum(
            _hours(one.told_at, one.answered_at) for one in told if one.status in ANSWERED
        ),
    }


def _corrections(code: str, period: Period) -> dict[str, int]:
    rows = [one for one in Correction.objects.all() if _in(code, one)]
    settled = [one for one in rows if _within(one.settled_on, period)]
    return {
        "corrections": sum(_within(one.sent_on, period) for one in rows),
        "settled": len(settled),
        "settle_hours": sum(_hours(one.sent_at, one.settled_at) for one in settled),
        "open": sum(
            one.sent_on <= period.last and (one.settled_on is None or one.settled_on > period.last)
            for one in rows
        ),
    }


def _statements(code: str, period: Period) -> dict[str, int]:
    months = {(one.area_id, month_of(one.told_on)) for one in _told(code) if one.told_on}
    due = [
        (area, month)
        for area, month in months
        if period.first <= month.first and month.last <= period.last
    ]
    signed = set(TruthReport.objects.values_list("area_id", "month"))
    return {"due": len(due), "signed": sum((area, one.first) in signed for area, one in due)}


def _tickets(code: str, period: Period) -> dict[str, int]:
    rows = [one for one in Ticket.objects.all() if _in(code, one)]
    came = [one for one in rows if _within(one.opened_on, period)]
    replied = [one for one in came if one.first_answered_at]
    return {
        "tickets": len(came),
        "replied": len(replied),
        "reply_hours": sum(_hours(one.opened_at, one.first_answered_at) for one in replied),
        "tickets_open": sum(
            one.opened_on <= period.last
            and (one.settled_on is None or one.settled_on > period.last)
            for one in rows
        ),
    }


def _hours(since: datetime | None, until: datetime | None) -> int:
    assert since
    assert until
    return int((until - since).total_seconds() // 3600)


def some_days(rng: Random, count: int) -> Iterable[Period]:
    """Random periods, and the whole span."""
    for _ in range(count):
        days = sorted(today() - timedelta(days=rng.randrange(SPAN)) for _ in range(2))
        yield Period(days[0], days[1])
    yield Period(today() - timedelta(days=SPAN), today())
