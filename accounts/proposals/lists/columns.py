"""The columns of a list, and the ways in which their headings are written."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from wacat.spreadsheets.wording import plain

HEADING_ROWS = 10
LIKELY = 3  # so many known headings in a row make it the row of headings


@dataclass(frozen=True)
class Column:
    """``key`` names it in the code, ``title`` in the template; ``also`` are other spellings."""

    key: str
    title: str
    also: tuple[str, ...] = ()
    width: int = 18
    format: str = "General"


TEXT, DAY = "@", "dd/mm/yyyy"
COLUMNS = (
    Column("kelurahan", "Kelurahan", ("kel", "namakelurahan"), 22),
    Column("rt", "RT", ("nort", "nomorrt"), 8, TEXT),
    Column("full_name", "Nama lengkap", ("nama", "namaketuart", "namalurah"), 32),
    Column("email", "Surel", ("email", "surelaktif", "alamatemail", "emailaktif"), 30),
    Column(
        "phone",
        "Telepon",
        tuple("telp hp nohp nomorhp wa nowa telepon notelepon nomortelepon teleponaktif".split()),
        20,
        TEXT,
    ),
    Column("decree_number", "Nomor SK", ("nosk", "sk"), 24, TEXT),
    Column("decree_date", "Tanggal SK", ("tglsk",), 16, DAY),
    Column("starts", "Mulai menjabat", ("mulai", "tanggalmulai", "tmt", "mulaitanggal"), 16, DAY),
    Column("term_ends", "Akhir masa bakti", ("sampai", "berakhir", "masabaktisampai"), 18, DAY),
    Column("kind", "Definitif/Plt.", ("jenis", "sebagai", "definitifatauplt"), 14),
    Column("nip", "NIP", ("nomornip",), 24, TEXT),
    Column("rank", "Pangkat/golongan", ("pangkat", "golongan", "pangkatgol"), 24),
)
BY_KEY = {column.key: column for column in COLUMNS}
# Filled in beforehand by the template: a row with nothing else is not a proposal yet.
PREFILLED = ("kelurahan", "rt", "kind")
ALWAYS = ("full_name", "email", "phone", "decree_number", "decree_date", "starts")


_KNOWN = {
    spelling: column.key
    for column in COLUMNS
    for spelling in (plain(column.title), plain(column.key), *column.also)
}


def headings_in(values: Sequence[Any]) -> list[tuple[int, str]]:
    """Position and key of each known heading among a row's values."""
    found = [(n, _KNOWN.get(plain(value))) for n, value in enumerate(values) if value is not None]
    return [(n, key) for n, key in found if key]


def titles(keys: Sequence[str]) -> str:
    """As in "Telepon, Nomor SK"."""
    return ", ".join(BY_KEY[key].title for key in keys)
