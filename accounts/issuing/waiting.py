"""The proposals that wait to be issued, with what the administrator looks at before."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from accounts.areas.models import Area
from accounts.login.models import AccountStatus, User
from accounts.login.phones import as_phone
from accounts.posts.models import Post
from accounts.proposals.models import Proposal
from accounts.rules import Role
from wacat.words import tanggal


@dataclass
class Line:
    """One proposal, with whom it is about and what should be known before."""

    proposal: Proposal
    office: str
    notes: list[str]
    url_name: str


@dataclass
class Group:
    """A kelurahan's proposals."""

    area: Area
    lines: list[Line] = field(default_factory=list)


def groups_of(rows: Any) -> list[Group]:
    """*rows* by kelurahan, each in the order of its RTs; in statements that do not grow."""
    proposals = list(rows.select_related("area__parent__parent", "user").order_by("area", "pk"))
    holders, shared = _holders(proposals), _shared_phones(proposals)
    groups: dict[str, Group] = {}
    for one in proposals:
        area = one.area.containing if one.role == Role.KETUA_RT else one.area
        group = groups.setdefault(area.code, Group(area))
        group.lines.append(
            Line(one, _office(one), _notes(one, holders, shared), f"proposal_{_path(one)}")
        )
    return [groups[code] for code in sorted(groups)]


def _path(one: Proposal) -> str:
    return "rt" if one.role == Role.KETUA_RT else "lurah"


def _office(one: Proposal) -> str:
    return f"{one.title} {one.area.name}"


def _notes(one: Proposal, holders: dict[Any, Post], shared: set[str]) -> list[str]:
    notes = []
    held = holders.get((one.role, one.area_id, one.kind))
    if held is not None and held.user_id != one.user_id:
        notes.append(f"Menggantikan {held.user.full_name} mulai {tanggal(one.starts)}.")
    if one.user is None and as_phone(one.phone) in shared:
        notes.append("Nomor telepon dipakai bersama: masuk dengan nama pengguna.")
    if one.user is not None and one.user.status != AccountStatus.ACTIVE:
        notes.append("Akunnya nonaktif: aktifkan kembali dahulu.")
    return notes


def _holders(proposals: list[Proposal]) -> dict[Any, Post]:
    posts = Post.objects.not_over().filter(
        role__in={one.role for one in proposals}, area__in={one.area_id for one in proposals}
    )
    ordered = posts.select_related("user").order_by("starts")
    return {(post.role, post.area_id, post.kind): post for post in ordered}


def _shared_phones(proposals: list[Proposal]) -> set[str]:
    """Numbers by which somebody logs in already, or that several of these bring."""
    numbers = Counter(as_phone(one.phone) for one in proposals if one.user_id is None)
    known = User.objects.filter(login_phone__in=numbers).values_list("login_phone", flat=True)
    return (set(known) | {number for number, times in numbers.items() if times > 1}) - {""}
