"""Which service words mean, as in "CETAK KTP-EL", "AKTA LAHIR" or "SKPWNI"."""

from __future__ import annotations

import re

from residents.services.codes import Kind

# The word that comes first in the text says it: "AKTA LAHIR + KK + KIA" is a birth.
_WORDS: tuple[tuple[Kind, str], ...] = (
    (Kind.KIA, r"\bk\s?i\s?a\b|kartu\s+identitas\s+anak"),
    (Kind.KTP, r"e[\s-]?ktp|\bktp|kartu\s+tanda\s+penduduk"),
    (Kind.KK, r"\bkk\b|kartu\s+keluarga"),
    (Kind.BIRTH, r"kelahiran|\blahir\b(?!\s+mati)|\bbirth\b"),
    (Kind.DEATH, r"kematian|meninggal|\bmati\b|\bdeath\b"),
    (Kind.DIVORCE, r"perceraian|\bcerai\b|\bdivorce\b"),
    (Kind.MARRIAGE, r"perkawinan|\bkawin\b|\bnikah\b|pernikahan|\bmarriage\b"),
    (
        Kind.MOVED_IN,
        r"(?:pindah\s*[-/]?\s*)?(?:ke)?datang(?:an)?|\bskd\w*|(?:pindah|mutasi)\s+masuk",
    ),
    (
        Kind.MOVED_OUT,
        r"skp(?:wni|wna|ln|d)?\b|(?:pindah|mutasi)\s+keluar|kepindahan|perpindahan|\bpindah\b",
    ),
    (
        Kind.CHANGE,
        (
            r"perubahan|\bubah\b|pemutakhiran|pembetulan|biodata|ganti\s+nama|pengesahan"
            r"|pengakuan|pengangkatan|update|kewarganegaraan|koreksi"
        ),
    ),
)
_FOUND = tuple((kind, re.compile(pattern, re.IGNORECASE)) for kind, pattern in _WORDS)
# An act undone is none of these.
_UNDONE = re.compile(r"pembatalan|\bbatal\b|dibatalkan", re.IGNORECASE)
_MARKS = re.compile(r"[_.,;:()\[\]+&]|(?<=\w)-(?=\w)")


def kind_of(text: str) -> Kind | None:
    """The kind that the first word for one means; None where there is none."""
    words = _words(text)
    if not words or _UNDONE.search(words):
        return None
    if len(words) <= 60 and words.casefold() in _LABELS:
        return _LABELS[words.casefold()]
    found = [
        (match.start(), -len(match[0]), kind)
        for kind, pattern in _FOUND
        if (match := pattern.search(words))
    ]
    return min(found)[2] if found else None


def only_kind_of(text: str) -> Kind | None:
    """The kind that a title means; None where it names several, or none."""
    words = _words(text)
    found = {kind for kind, pattern in _FOUND if pattern.search(words)}
    if Kind.MOVED_IN in found:
        found.discard(Kind.MOVED_OUT)  # "pindah datang" is one of them
    return found.pop() if len(found) == 1 and not _UNDONE.search(words) else None


def _words(text: str) -> str:
    return " ".join(_MARKS.sub(" ", text).split())


_LABELS = {_words(str(label)).casefold(): Kind(number) for number, label in Kind.choices}
