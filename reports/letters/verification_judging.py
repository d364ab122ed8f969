"""Whether a file is one of ours: unchanged, changed, or not ours.

Unchanged are bytes whose digest is a stored letter's. Changed is what is not, yet holds the
address of a registered letter's page, in plain or in a packed part: our PDFs carry it three
times, in the link under the QR code, in their description, and in that of the archive's metadata.
The file is searched, never opened; what it unpacks to is bounded.
"""

from __future__ import annotations

import hashlib
import re
import zlib
from collections.abc import Iterator
from enum import Enum
from itertools import chain
from typing import NamedTuple

from reports.letters.models import NUMBERED, Drawing, Letter
from reports.letters.verification_reading import signature_of
from reports.letters.verification_signature import Signature

MOST_PARTS = 500
MOST_OF_A_PART = 200_000  # bytes, packed and unpacked alike; ours are a tenth of that
MOST_UNPACKED = 20_000_000
MOST_LETTERS = 20

_HEAD = re.compile(rb"%PDF-\d")
_LOCK = re.compile(rb"/Encrypt\b")
_PART = re.compile(rb"stream\r?\n")
# As it is, and as some applications write it: every sign by its number in base eight.
_ADDRESS = re.compile(
    rb"(?:/|\\057)verifikasi(?:/|\\057)((?:[A-Za-z0-9_-]|\\055|\\137){22})(?:/|\\057)"
)


class NotAPdf(Exception):
    """Whatever it is called, it is no PDF."""


class Verdict(Enum):
    """``kind``, title and text of the notice."""

    UNCHANGED = (
        "success",
        "Berkas ini tidak diubah",
        "Sama persis dengan berkas yang diterbitkan kelurahan.",
    )
    CHANGED = (
        "warning",
        "Berkas ini tidak sama dengan yang diterbitkan",
        (
            "Isinya sudah diubah, atau berkasnya disimpan ulang dengan aplikasi lain. Jangan "
            "dipakai sebelum dicocokkan dengan surat yang terdaftar."
        ),
    )
    LOCKED = (
        "warning",
        "PDF ini dikunci, jadi bukan berkas yang diterbitkan",
        "Berkas dari kelurahan tidak pernah dikunci dengan kata sandi. Minta berkas aslinya.",
    )
    FOREIGN = (
        "warning",
        "Berkas ini tidak dikenal",
        (
            "Bukan berkas yang diterbitkan lewat WaCAT. Hasil pindai atau cetak ulang juga tidak "
            "dikenal: periksa dengan nomor dan kode pada suratnya."
        ),
    )


class Judgement(NamedTuple):
    """``letters``: the one it is, or those whose address a changed one holds."""

    verdict: Verdict
    letters: tuple[Letter, ...] = ()
    signature: Signature | None = None


def judged(content: bytes) -> Judgement:
    """What the file is. Raises NotAPdf."""
    digest = hashlib.sha256(content).hexdigest()
    numbered = Drawing.objects.filter(letter__status__in=NUMBERED, state=Drawing.State.DONE)
    known = numbered.select_related("letter__area__parent").filter(sha256=digest).first()
    if known:
        signature = signature_of(content, known.done_at)
        return Judgement(Verdict.UNCHANGED, (known.letter,), signature)
    tokens = tokens_in(content)
    letters = Letter.objects.filter(status__in=NUMBERED, token__in=tokens).order_by("pk")
    if claimed := tuple(letters[:MOST_LETTERS]):
        return Judgement(Verdict.CHANGED, claimed, signature_of(content))
    if not _HEAD.search(content[:1024]):
        raise NotAPdf
    return Judgement(Verdict.LOCKED if _LOCK.search(content) else Verdict.FOREIGN)


def tokens_in(content: bytes) -> list[str]:
    """Those of letters' pages whose address stands in the file, plain or packed."""
    found: dict[str, None] = {}
    for part in chain((content,), _unpacked(content)):
        for match in _ADDRESS.finditer(part):
            token = match[1].replace(rb"\055", b"-").replace(rb"\137", b"_")
            found[token.decode()] = None
            if len(found) == MOST_LETTERS:
                return list(found)
    return list(found)


def _unpacked(content: bytes) -> Iterator[bytes]:
    """What the file's packed parts hold, as far as that is readable and within bounds."""
    view, unpacked = memoryview(content), 0
    for number, match in enumerate(_PART.finditer(content)):
        if number == MOST_PARTS or unpacked >= MOST_UNPACKED:
            return
        part = _inflated(view[match.end() : match.end() + MOST_OF_A_PART])
        unpacked += len(part)
        yield part


def _inflated(packed: memoryview) -> bytes:
    """As much as comes out before the first damage."""
    inflating, found = zlib.decompressobj(), bytearray()
    for start in range(0, len(packed), 512):
        room = MOST_OF_A_PART - len(found)
        if inflating.eof or room <= 0:
            break
        try:
            found += inflating.decompress(packed[start : start + 512], room)
        except zlib.error:
            break
    return bytes(found)
