"""The shape of a kelurahan's letter numbers: what may stand in it, and what the next one is."""

from __future__ import annotations

import re
from collections.abc import Iterator

from reports.letters.models import NumberCounter
from reports.letters.numbering import write_number
from wacat.clock import today

# What ``write_number`` fills in.
PLACEHOLDERS = ("{urut}", "{kode}", "{bulan romawi}", "{tahun}")
_BRACED = re.compile(r"\{[^{}]*\}")
_TOUCHED = re.compile(r"[0-9}]\{urut\}|\{urut\}[0-9{]")


def faults_of(template: str) -> Iterator[str]:
    """What is wrong with it, a sentence each.

    A number must be unique in its kelurahan and year, and say its year since each begins anew;
    so the serial stands once and apart from other digits.
    """
    unknown = [one for one in _BRACED.findall(template) if one not in PLACEHOLDERS]
    for one in dict.fromkeys(unknown):
        yield f"Isian {one} tidak dikenal. Yang dapat dipakai: {', '.join(PLACEHOLDERS)}."
    if set("{}") & set(_BRACED.sub("", template)):
        yield "Ada kurung kurawal tanpa pasangannya."
    if "{urut}" not in template:
        yield "Tambahkan {urut}: nomor setiap surat harus berbeda."
    elif template.count("{urut}") > 1:
        yield "Tulis {urut} satu kali saja."
    elif _TOUCHED.search(template):
        yield "Beri pemisah, misalnya garis miring, antara {urut} dan angka di sebelahnya."
    if "{tahun}" not in template:
        yield "Tambahkan {tahun}: nomor urut mulai lagi dari 001 setiap tahun."


def next_number(template: str, kelurahan: str) -> str:
    """The number that a letter of the kelurahan would be given today; it is not taken."""
    day = today()
    counter = NumberCounter.objects.filter(
        area=kelurahan, kind=NumberCounter.Kind.LETTER, year=day.year
    ).first()
    return write_number(template, (counter.last if counter else 0) + 1, kelurahan, day)
