"""A training day: a list brought in, accounts issued, and everybody's first login at once."""

from __future__ import annotations

import asyncio
import time
from collections import Counter
from uuid import uuid4

from django.contrib.auth.hashers import PBKDF2PasswordHasher
from django.db import transaction

from accounts.areas.models import Area, AreaStatus, Level
from accounts.issuing.one_time import make
from accounts.issuing.sheets import order
from accounts.issuing.slips import draw
from accounts.login.models import User
from accounts.posts.models import Post
from accounts.proposals.models import Proposal, Status
from accounts.proposals.proposing import propose_all
from accounts.proposals.workflow import WORKFLOWS
from accounts.rules import Role
from tests.benchmarks.web import Visitor, running_web
from tests.officials import founder
from wacat.clock import today
from wacat.workflow import Move

PEOPLE = 1150
OWN = "sandi-uji-yang-panjang-{}"
CORES = 2


def run() -> None:
    """Print the lines of a training day."""
    by = founder()
    people = _issue(by)
    with transaction.atomic():
        passwords = {user.username: make(user) for user in people}
    with running_web() as server:
        asyncio.run(_one(server.port, *_warm_up(passwords)))
        before = server.memory
        began = time.perf_counter()
        ends = asyncio.run(_all(server.port, passwords))
        took = time.perf_counter() - began
        after = server.memory
    print(f"{len(passwords)} first logins at once: {took:.1f} s in all, {dict(ends)}")
    print(f"  memory of the web processes {before:.0f} MB before, {after:.0f} MB after")
    each, plain = took * CORES / len(passwords), 2 * _plain_hash()
    print(
        f"  CPU for each, seven pages: {each * 1000:.0f} ms; two hashes as Django makes them by"
        f" default: {plain * 1000:.0f} ms, ratio {plain / each:.1f}"
    )


def _warm_up(passwords: dict[str, str]) -> tuple[str, str]:
    return passwords.popitem()


def _issue(by: Post) -> list[User]:
    """``PEOPLE`` Ketua RT proposed, issued and their slips drawn; prints what each took."""
    held = Post.objects.filter(role=Role.KETUA_RT).values("area")
    living = Area.objects.filter(level=Level.RT, state=AreaStatus.ACTIVE)
    areas = living.exclude(pk__in=held)[:PEOPLE]
    proposals = [_proposal(by, area, number) for number, area in enumerate(areas)]
    began = time.perf_counter()
    propose_all(proposals)
    proposed = time.perf_counter()
    waiting = Proposal.objects.filter(status=Status.PROPOSED).values_list("pk", flat=True)
    move = Move(by.user, key=uuid4())
    rows = WORKFLOWS[Role.KETUA_RT].advance_many(list(waiting), "issue", move)
    issued = time.perf_counter()
    people = list(User.objects.filter(pk__in=[row.user_id for row in rows]))
    for sheet in order(people, by.user, uuid4()):
        draw(sheet)
    drawn = time.perf_counter()
    print(
        f"{len(people)} Ketua RT: proposed in {proposed - began:.1f} s, issued in"
        f" {issued - proposed:.1f} s, slips drawn in {drawn - issued:.1f} s"
    )
    return people


def _proposal(by: Post, area: Area, number: int) -> Proposal:
    return Proposal(
        role=Role.KETUA_RT,
        area=area,
        full_name=f"Ketua Contoh {number}",
        phone=f"0800100{number:05}",
        decree_number="188.4/1/UJI",
        decree_date=today(),
        starts=today(),
        proposed_by=by.user,
        by_post=by,
        mandate=by.mandate,
        form_key=uuid4(),
    )


async def _all(port: int, passwords: dict[str, str]) -> Counter[str]:
    return Counter(await asyncio.gather(*(_one(port, *one) for one in passwords.items())))


async def _one(port: int, username: str, password: str) -> str:
    """A first login as on a phone, from the login page to the start page; how it ended."""
    visitor = Visitor(port)
    await visitor.get("/masuk/")
    answer = await visitor.post("/masuk/", login=username, password=password)
    if answer.status != 302:
        return f"login {answer.status}"
    await visitor.get("/pernyataan/")
    await visitor.post("/pernyataan/", accept="on")
    await visitor.get("/saya/sandi/")
    own = OWN.format(username)
    answer = await visitor.post("/saya/sandi/", new_password1=own, new_password2=own)
    if answer.status != 302:
        return f"password {answer.status}"
    answer = await visitor.get("/")
    return "in" if answer.status == 200 else f"start {answer.status} {answer.location}"


def _plain_hash() -> float:
    """Seconds that Django's default hash takes."""
    hasher, began = PBKDF2PasswordHasher(), time.perf_counter()
    for _ in range(3):
        hasher.encode("sandi-uji-yang-panjang", hasher.salt())
    return (time.perf_counter() - began) / 3
