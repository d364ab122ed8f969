"""Which column a heading names, by itself or as a part below the heading of a group."""

from __future__ import annotations

import re

from residents.importing.column_table import COLUMNS
from wacat.spreadsheets.wording import plain

BY_KEY = {column.key: column for column in COLUMNS}
# Filled in beforehand or by rote: a row with nothing else says nothing of anybody.
PREFILLED = frozenset({"number", "rt", "kelurahan", "kecamatan"})
NEEDED = ("full_name", "nik")

_KNOWN = {
    spelling: column.key
    for column in COLUMNS
    for spelling in (plain(column.title), plain(column.key), *column.also.split())
}
# Words that name a column only below such a group, where they say which part of it.
_PARTS = tuple(
    (re.compile(group), {word: key for key, words in parts.items() for word in words.split()})
    for group, parts in (
        (
            "lahir|ttl",
            {
                "birth_place": "tempat tmpt tmp tpt kota kab kabkota kabupatenkota ditempat di",
                "birth_date": "tanggal tgl tglblnthn tanggalbulantahun ddmmyyyy waktu pada",
            },
        ),
        ("kelamin|^jk$|^lp$|gender", {"is_male": "l lk laki", "is_female": "p pr perempuan"}),
        (
            "asal|ktp",
            {
                "origin_address": "jalan jl namajalan alamat",
                "origin_area": "kab kota kabupaten kabkota kabupatenkota kotakabupaten",
                "origin_province": "prov prop provinsi propinsi",
            },
        ),
        ("alamat|domisili", {"address": "jl namajalan jalangang jalannomor alamat"}),
        (
            "tinggal|datang|menetap|waktu|periode|lama(?!t)|masa|tanggal|tgl",
            {
                "arrived_on": "awal mulai dari sejak datang masuk tiba tanggal tgl",
                "stays_until": "akhir sampai selesai hingga sd keluar pulang berakhir",
            },
        ),
    )
)


def named(text: str) -> str:
    """The key of the column with this heading; nothing for one that is not known."""
    return _KNOWN.get(plain(text), "")


def part_of(group: str, text: str) -> str:
    """The key of the column headed *text* below *group*, as in "Lahir" and "Tempat"."""
    for whole in (group + text, text + group):
        if key := named(whole):
            return key
    word = plain(text)
    above = plain(group)
    found = (parts.get(word, "") for pattern, parts in _PARTS if pattern.search(above))
    return next(filter(None, found), "")
