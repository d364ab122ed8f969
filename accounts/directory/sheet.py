"""The list of accounts as a spreadsheet."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from accounts.directory.paging import ORDER
from accounts.directory.states import State
from wacat.sheets import Value, workbook

HEADINGS = (
    "Kode wilayah",
    "Jabatan",
    "Tempat",
    "Nama",
    "Nama pengguna",
    "Telepon",
    "Surel",
    "Mulai",
    "Berakhir",
    "Akhir masa bakti",
    "Keadaan akun",
    "Terakhir masuk",
)


def xlsx_of(posts: Any) -> bytes:
    """A row for each of *posts* (annotated as ``posts_in_reach`` does)."""
    rows = posts.select_related("user", "area__parent").order_by(*ORDER)
    return workbook("Akun", HEADINGS, _lines(rows))


def _lines(posts: Any) -> Iterator[list[Value]]:
    for post in posts:
        user = post.user
        contacts = (user.username, user.phone, user.email) if post.contacts_shown else ("", "", "")
        yield [
            post.area_id,
            post.title,
            post.place,
            user.full_name,
            *contacts,
            post.starts,
            post.until,
            post.term_ends,
            str(State(post.state).label),
            user.last_login,
        ]
