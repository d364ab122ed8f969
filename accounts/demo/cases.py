"""What an administrator, a Lurah and a Camat find waiting in the demo, in every state there is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import uuid4

from accounts.areas.models import Area
from accounts.closing.breaches import report_breach
from accounts.closing.models import Closure
from accounts.closing.workflow import close
from accounts.demo.officials import phone_of
from accounts.login.models import User
from accounts.posts.models import Post
from accounts.proposals.models import Proposal
from accounts.proposals.proposing import propose
from accounts.proposals.workflow import WORKFLOWS
from accounts.rules import Role
from wacat.clock import now, today
from wacat.past import living_at
from wacat.workflow import Move

KELURAHAN = "64.71.05.1002"
FIRST_PHONE = 800
LOST_HER_PHONE = "Kartini Contoh"


@dataclass(frozen=True)
class Case:
    """Somebody proposed some days ago, and what became of it."""

    full_name: str
    role: Role
    area: str
    days: int
    then: str = ""
    reason: str = ""


CASES = (
    Case("H. Sulaiman Contoh", Role.KETUA_RT, f"{KELURAHAN}.004", 2),
    Case("Bernadet Contoh", Role.KETUA_RT, f"{KELURAHAN}.006", 2),
    Case("Slamet Contoh", Role.KETUA_RT, f"{KELURAHAN}.007", 1),
    Case(
        "Rusdi Contoh",
        Role.KETUA_RT,
        f"{KELURAHAN}.009",
        5,
        "return",
        "Nomor telepon tidak dapat dihubungi. Mohon diperiksa.",
    ),
    Case(
        "Marlina Contoh",
        Role.KETUA_RT,
        f"{KELURAHAN}.010",
        9,
        "withdraw",
        "Pemilihan Ketua RT diulang.",
    ),
    # Issued, and never seen since.
    Case("Abdul Contoh", Role.KETUA_RT, f"{KELURAHAN}.011", 40, "issue"),
    Case(LOST_HER_PHONE, Role.KETUA_RT, f"{KELURAHAN}.012", 12, "issue"),
    Case("Hendra Contoh, S.IP.", Role.LURAH, "64.71.05.1010", 3),
)


def seed_cases() -> None:
    """Proposals in every state, an account that nobody used, a safeguarded one, a report."""
    administrator = Post.objects.today().get(role=Role.ADMINISTRATOR).user
    for number, case in enumerate(CASES, start=FIRST_PHONE):
        with living_at(now() - timedelta(days=case.days)):
            _tell(case, number, administrator)
    with living_at(now() - timedelta(days=1)):
        _close_for_the_time_being(administrator)
        _report_a_breach()


def _tell(case: Case, number: int, administrator: User) -> None:
    proposal = _propose(case, number)
    actor = proposal.proposed_by if case.then == "withdraw" else administrator
    if case.then:
        move = Move(actor, {"reason": case.reason})
        WORKFLOWS[case.role].advance(proposal.pk, case.then, move)


def _propose(case: Case, number: int) -> Proposal:
    is_lurah = case.role == Role.LURAH
    above = {
        "role": Role.CAMAT if is_lurah else Role.LURAH,
        "area": case.area.rpartition(".")[0],
    }
    more: dict[str, Any] = {"nip": f"99{number:016}", "rank": "Penata (III/c)"} if is_lurah else {}
    return propose(
        Post.objects.today().get(**above),
        Area.objects.get(pk=case.area),
        role=case.role,
        full_name=case.full_name,
        email=f"pengguna{number}@example.id",
        phone=phone_of(number),
        decree_number=f"188.4/{number}-CONTOH",
        decree_date=today() - timedelta(days=4),
        starts=today(),
        term_ends=today() + timedelta(days=3 * 365),
        **more,
    )


def _close_for_the_time_being(administrator: User) -> None:
    user = User.objects.get(full_name=LOST_HER_PHONE)
    data = {"kind": Closure.Kind.SAFEGUARD, "reason": "Ponsel hilang di pasar."}
    close(user.pk, Move(administrator, data))


def _report_a_breach() -> None:
    report_breach(
        User.objects.get(username="lurah.sepinggan"),
        User.objects.get(username="rt.sepinggan8"),
        today() - timedelta(days=3),
        "Daftar nama pendatang dikirim ke grup percakapan warga.",
        None,
        uuid4(),
    )
