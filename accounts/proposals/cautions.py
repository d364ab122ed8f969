"""What should be looked at before an account is issued. Nothing here refuses."""

from __future__ import annotations

from collections.abc import Iterator

from accounts.areas.models import AreaStatus
from accounts.issuing.usernames import shared_with
from accounts.posts.models import Post
from accounts.proposals.models import Proposal
from accounts.rules import Role
from wacat.clock import today
from wacat.words import tanggal

SHARED = (
    "Telepon ini sudah dipakai akun lain untuk masuk. Bila orangnya sama, tulis akun itu pada "
    "isian “sudah punya akun”. Bila dipakai bersama keluarga, ia nanti masuk dengan nama pengguna."
)
SHARED_PROPOSAL = (
    "Telepon ini juga ada pada usulan lain yang belum selesai. Orang yang kedua diterbitkan "
    "nanti masuk dengan nama pengguna."
)
NO_EMAIL = "Tanpa surel: sandi yang terlupa hanya dapat diganti lewat Lurah atau administrator."
NO_NIP = "NIP atau pangkat belum diisi. Keduanya tercetak pada surat keterangan."
# Else whoever proposes somebody for a second office could take the account over.
OTHER_CONTACTS = (
    "Telepon atau surel ini lain dari yang tercatat pada akunnya. Akun itu tetap memakai yang "
    "tercatat; pemegangnya dapat menggantinya sendiri di “Akun saya”."
)
FROZEN = "RT ini sedang dibekukan."


def cautions_for(proposal: Proposal) -> list[str]:
    """What is odd about an open proposal, in words."""
    return [*_of_contacts(proposal), *_of_account(proposal), *_of_office(proposal)]


def _of_contacts(proposal: Proposal) -> Iterator[str]:
    if shared_with(proposal.phone, proposal.user):
        yield SHARED
    others = Proposal.objects.open().exclude(pk=proposal.pk).filter(phone=proposal.phone)
    if others.exists():
        yield SHARED_PROPOSAL
    if not proposal.email:
        yield NO_EMAIL
    if proposal.role == Role.LURAH and not (proposal.nip and proposal.rank):
        yield NO_NIP


def _of_account(proposal: Proposal) -> Iterator[str]:
    user = proposal.user
    if user and user.full_name.casefold() != proposal.full_name.casefold():
        yield f"Akun yang dipilih atas nama {user.full_name}. Pastikan orangnya sama."
    if user and (user.phone, user.email) != (proposal.phone, proposal.email):
        yield OTHER_CONTACTS


def _of_office(proposal: Proposal) -> Iterator[str]:
    if proposal.area.state == AreaStatus.FROZEN:
        yield FROZEN
    if proposal.term_ends and proposal.term_ends <= today():
        yield f"Masa bakti menurut SK sudah berakhir pada {tanggal(proposal.term_ends)}."


def holders_of(role: str, area: str) -> list[Post]:
    """Whoever holds the office, or is to hold it, the earliest first."""
    posts = Post.objects.not_over().filter(role=role, area=area).order_by("starts", "pk")
    return list(posts.select_related("user", "area__parent"))


def handover_of(proposal: Proposal) -> list[str]:
    """What becomes of those who hold the office now, once the proposed one is issued."""
    starts = max(proposal.starts, today())
    holders = holders_of(proposal.role, proposal.area_id)
    return [_fate(post, proposal.kind, tanggal(starts)) for post in holders]


def _fate(post: Post, kind: str, starts: str) -> str:
    who = f"{post.user.full_name} ({post.title})"
    if post.starts > today():
        return f"{who} sudah diterbitkan dan mulai menjabat {tanggal(post.starts)}."
    if kind not in (post.kind, Post.Kind.DEFINITIF):
        return f"{who} menjabat sekarang dan tetap menjabat di samping yang diusulkan."
    return f"{who} menjabat sekarang. Jabatannya berakhir pada {starts}, saat penggantinya mulai."
