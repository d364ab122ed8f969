"""An account as its page shows it: who, which posts on what ground, how it is used."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from django.urls import reverse

from accounts.closing import credentials
from accounts.closing.models import AccountStep, Closure
from accounts.directory.states import MARKS, State
from accounts.directory.steps import post_steps
from accounts.login.models import SignIn, User
from accounts.posts.models import Mandate, Post
from accounts.rules import PROPOSED_BY, Action, Role
from accounts.scope import reach
from wacat.clock import now
from wacat.history import latest_first, line_of
from wacat.words import angka, tanggal, waktu

SIGN_IN_WEEKS = 8
MOST_SIGN_INS = 20
STEP_LABELS = {
    "close": "Dinonaktifkan",
    "settle": "Alasan penonaktifan ditetapkan",
    "reopen": "Diaktifkan kembali",
    "reset_factor": "Pengaman kedua dilepas",
    credentials.ONE_TIME: "Kata sandi sekali pakai dibuatkan",
    credentials.OWN: "Kata sandi sendiri dibuat",
    credentials.BY_LINK: "Kata sandi dibuat lewat tautan surel",
    credentials.FACTOR_SET: "Pengaman kedua dipasang",
    credentials.FACTOR_REMOVED: "Pengaman kedua dilepas sendiri",
    credentials.RECOVERY_CODES: "Kode cadangan dibuat ulang",
}
_PROPOSAL_PAGES = {Role.LURAH: "proposal_lurah", Role.KETUA_RT: "proposal_rt"}
Rows = list[tuple[Any, ...]]


def state_of(posts: list[Any]) -> dict[str, str]:
    """The account's state by the post that says most: its mark and its words."""
    order = list(State)
    state = max((State(post.state) for post in posts), key=order.index)
    return {"mark": MARKS[state], "label": str(state.label)}


def person_rows(person: User, posts: list[Any]) -> Rows:
    """Who it is; contacts only where one of *posts* shows them."""
    rows: Rows = [("Nama", person.full_name)]
    if any(post.contacts_shown for post in posts):
        confirmed = tanggal(person.contacts_confirmed_at)
        rows += [
            ("Nama pengguna", person.username),
            ("Telepon", person.phone),
            ("Surel", person.email),
            ("Kontak dikonfirmasi", confirmed or "Belum oleh pemegangnya"),
        ]
        rows += [(label, text) for label, text in _rank(person) if text]
    return rows


def use_rows(person: User) -> Rows:
    """How the account is used."""
    return [
        ("Terakhir masuk", waktu(person.last_login) or "Belum pernah"),
        ("Kata sandi sendiri", "Sudah dibuat" if person.has_own_password else "Belum dibuat"),
        ("Pengaman kedua", "Terpasang" if person.has_second_factor else "Belum dipasang"),
        ("Perangkat yang dikenal", angka(person.devices.count())),
    ]


def post_parts(viewer: User, posts: list[Any]) -> list[dict[str, Any]]:
    """Each post with its facts, its state and what *viewer* may do about it."""
    return [
        {
            "label": post.label,
            "mark": MARKS[State(post.state)],
            "state": str(State(post.state).label),
            "rows": list(_post_rows(viewer, post)),
            "steps": post_steps(viewer, post),
        }
        for post in posts
    ]


def history_of(person: User, whole: bool) -> list[dict[str, Any]]:
    """What happened to the account, the latest first; reasons only for who sees the *whole*."""
    steps = latest_first(AccountStep.objects.filter(subject=person))
    lines = [line_of(step, STEP_LABELS[step.name]) for step in steps]
    return lines if whole else [{**line, "reason": ""} for line in lines]


def closures_of(person: User) -> list[dict[str, Any]]:
    """Why it was closed, the latest first, with what proves it."""
    closures = Closure.objects.filter(user=person).select_related("closed_by").order_by("-pk")
    return [
        {
            "kind": closure.get_kind_display(),
            "at": closure.at,
            "by": closure.closed_by.full_name,
            "description": closure.description,
            "url": reverse("closure_evidence", args=[closure.pk]) if closure.evidence else "",
        }
        for closure in closures
    ]


def sign_ins_of(person: User) -> list[SignIn]:
    """The logins of the last weeks, the latest first."""
    since = now() - timedelta(weeks=SIGN_IN_WEEKS)
    return list(person.sign_ins.filter(at__gte=since).order_by("-pk")[:MOST_SIGN_INS])


def _rank(person: User) -> tuple[tuple[str, str], ...]:
    return ("Pangkat", person.rank), ("NIP", person.nip)


def _post_rows(viewer: User, post: Any) -> Iterator[tuple[Any, ...]]:
    yield "Wilayah", post.place
    yield "Mulai", tanggal(post.starts)
    if post.until:
        yield "Berakhir", f"{tanggal(post.until)} ({post.get_ending_display().lower()})"
    yield "Akhir masa bakti", tanggal(post.term_ends) or "Tidak dicatat"
    yield "Dasar", _ground(post)
    address = _ground_url(viewer, post)
    if address:
        yield "Dokumen", address[0], address[1]


def _ground(post: Any) -> str:
    """What the post rests on, in words."""
    if post.proposal:
        return f"SK {post.proposal.decree_number} tanggal {tanggal(post.proposal.decree_date)}"
    if post.delegated_by:
        return f"Ditunjuk oleh {post.delegated_by.label}, {post.delegated_by.user.full_name}"
    letter: Mandate = post.mandate
    return f"{letter}, {tanggal(letter.date)}, {letter.issuer}"


def _ground_url(viewer: User, post: Post) -> tuple[str, str] | None:
    """Where that can be read, for those who may: the words and the address."""
    if post.proposal_id:
        if not post.lies_within(reach(viewer, PROPOSED_BY[post.role])):
            return None
        return "Buka usulan", reverse(_PROPOSAL_PAGES[Role(post.role)], args=[post.proposal_id])
    if post.mandate is None or not post.mandate.scan:
        return None
    if not post.lies_within(reach(viewer, Action.POST_APPOINT)):
        return None
    return "Unduh pindaian surat", reverse("mandate_scan", args=[post.mandate_id])
