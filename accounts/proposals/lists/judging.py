"""The rows of a list held against each other and against what is known already."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from accounts.login.models import User
from accounts.posts.models import Post
from accounts.proposals.lists.parsing import Judged, Parser
from accounts.proposals.lists.places import Places
from accounts.proposals.lists.reading import Row
from accounts.proposals.models import Proposal
from accounts.rules import PROPOSED_BY, RULES

# Two of a family may share a telephone; three rows with one number were filled down by mistake.
MOST_TO_A_PHONE = 2
HELD_BY = "Sekarang dijabat {name}; jabatan itu berakhir saat penggantinya mulai."
SHARED = (
    "Telepon ini sudah dipakai akun lain untuk masuk. Bila dipakai bersama, "
    "orang ini nanti masuk dengan nama pengguna."
)
SHARED_PROPOSAL = "Telepon ini juga ada pada usulan lain yang belum selesai."


def roles_for(post: Post) -> frozenset[str]:
    """The offices that the holder of the post may propose for."""
    return frozenset(role for role, action in PROPOSED_BY.items() if post.role in RULES[action])


def judge(post: Post, rows: Iterable[Row]) -> list[Judged]:
    """What the holder of *post* would propose with these rows, and what is wrong with each.

    The statements do not grow with the rows.
    """
    parser = Parser(Places(post), roles_for(post))
    judged = [parser.parse(row) for row in rows]
    _against_each_other(judged)
    _against_the_open(judged)
    _against_holders(judged)
    _against_accounts(judged)
    return judged


def taken(offices: Iterable[tuple[str, str, str]]) -> dict[tuple[str, str, str], str]:
    """Those of these offices that have an open proposal, with the name on it."""
    wanted = set(offices)
    rows = Proposal.objects.open().filter(area__in={area for _, area, _ in wanted})
    found = rows.values_list("role", "area", "kind", "full_name")
    return {(r, a, k): name for r, a, k, name in found if (r, a, k) in wanted}


def _against_each_other(judged: list[Judged]) -> None:
    first: dict[tuple[str, str, str], Judged] = {}
    by_phone: dict[str, list[Judged]] = defaultdict(list)
    for one in judged:
        if one.office:
            before = first.setdefault(one.office, one)
            if before is not one:
                one.errors.append(f"Jabatan ini sudah ada di baris {before.number}.")
        if phone := one.fields.get("phone"):
            by_phone[phone].append(one)
    for sharing in by_phone.values():
        _tell_sharing(sharing)


def _tell_sharing(sharing: list[Judged]) -> None:
    for one in sharing if len(sharing) > 1 else ():
        others = [str(other.number) for other in sharing if other is not one]
        if len(sharing) > MOST_TO_A_PHONE:
            one.errors.append(
                f"Telepon ini dipakai {len(sharing)} baris (juga baris {', '.join(others[:5])}). "
                "Isi nomor milik masing-masing."
            )
        else:
            one.warnings.append(
                f"Telepon ini sama dengan baris {others[0]}. Bila dipakai bersama, salah satunya "
                "nanti masuk dengan nama pengguna."
            )


def _against_the_open(judged: list[Judged]) -> None:
    blocked = taken(one.office for one in judged if one.office)
    for one in judged:
        if one.office in blocked:
            name = blocked[one.office]
            one.errors.append(f"Untuk jabatan ini sudah ada usulan yang belum selesai ({name}).")


def _against_holders(judged: list[Judged]) -> None:
    offices = {one.office[:2] for one in judged if one.office}
    posts: Any = Post.objects.not_over().filter(
        role__in={role for role, _ in offices}, area__in={area for _, area in offices}
    )
    names = {
        (role, area, kind): name
        for role, area, kind, name in posts.values_list("role", "area", "kind", "user__full_name")
    }
    for one in judged:
        if one.office in names:
            one.warnings.append(HELD_BY.format(name=names[one.office]))


def _against_accounts(judged: list[Judged]) -> None:
    phones = {one.fields["phone"] for one in judged if "phone" in one.fields}
    users = User.objects.filter(login_phone__in=phones)
    used = set(users.values_list("login_phone", flat=True))
    rows = Proposal.objects.open().filter(phone__in=phones)
    proposed = set(rows.values_list("phone", flat=True))
    for one in judged:
        phone = one.fields.get("phone")
        if phone in used:
            one.warnings.append(SHARED)
        if phone in proposed:
            one.warnings.append(SHARED_PROPOSAL)
