"""Whether an uploaded workbook may be read at all, decided before a reader gets to see it.

An archive of 1 MB can hold 274 MB of spreadsheet; its directory tells so within milliseconds.
"""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import dataclass
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

MEGABYTE = 1_000_000
HIGHEST_RATIO = 100
RATIO_MATTERS_FROM = 2 * MEGABYTE
MOST_PARTS = 200

NOT_A_LIST = "Berkas ini bukan Excel .xlsx. Unduh contohnya, isi, lalu simpan sebagai .xlsx."
OLD = "Berkas ini dari Excel lama (.xls). Buka, lalu pilih Simpan sebagai .xlsx."
LOCKED = "Berkas ini dikunci kata sandi. Simpan tanpa kata sandi dahulu."
DAMAGED = "Berkas ini rusak dan tidak dapat dibaca. Simpan ulang dari Excel, lalu unggah lagi."
STRANGE = "Berkas ini berisi lebih dari sebuah daftar. Salin barisnya ke contoh yang diunduh."

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ZIP = b"PK\x03\x04"
_BIG_PARTS = ("xl/worksheets/", "xl/sharedstrings.xml")


class SheetRefused(Exception):
    """The file as a whole cannot be read. The text is for the user."""


@dataclass(frozen=True)
class Limits:
    """How large a workbook may be: packed, unpacked, and in each part but sheets and texts.

    ``tags`` are those of a part: a cell may be four bytes long and costs as much as any.
    ``too_large`` is what is said about more.
    """

    packed: int
    unpacked: int
    part: int
    tags: int
    too_large: str


@dataclass(frozen=True)
class Bounds:
    """What is read at most: the archive, cells of the rectangle that holds a sheet, their text."""

    archive: Limits
    cells: int
    text: int


def checked(content: bytes, limits: Limits, look: Callable[[bytes], None] | None = None) -> ZipFile:
    """The archive, safe to be read. *look* is shown each part as well and may refuse it.

    Raises SheetRefused.
    """
    if len(content) > limits.packed:
        raise SheetRefused(limits.too_large)
    if content.startswith(OLE):
        locked = "EncryptedPackage".encode("utf-16-le") in content
        raise SheetRefused(LOCKED if locked else OLD)
    if not content.startswith(ZIP):
        raise SheetRefused(NOT_A_LIST)
    try:
        archive = ZipFile(io.BytesIO(content))
    except (BadZipFile, ValueError, NotImplementedError, OSError) as error:
        raise SheetRefused(DAMAGED) from error
    _check_directory(archive.infolist(), len(content), limits)
    for part in archive.infolist():
        _check_part(archive, part, limits, look)
    return archive


def _check_directory(parts: list[ZipInfo], packed: int, limits: Limits) -> None:
    """Raise SheetRefused for what would be too much, or no workbook, once unpacked."""
    if len(parts) > MOST_PARTS:
        raise SheetRefused(STRANGE)
    if any(part.flag_bits & 1 for part in parts):
        raise SheetRefused(LOCKED)
    if any(part.compress_type not in (ZIP_STORED, ZIP_DEFLATED) for part in parts):
        raise SheetRefused(DAMAGED)
    unpacked = sum(part.file_size for part in parts)
    too_dense = unpacked > RATIO_MATTERS_FROM and unpacked > HIGHEST_RATIO * packed
    if unpacked > limits.unpacked or too_dense:
        raise SheetRefused(limits.too_large)
    names = [part.filename.lower() for part in parts]
    if len(set(names)) < len(names):
        raise SheetRefused(DAMAGED)
    if "[content_types].xml" not in names or "xl/workbook.xml" not in names:
        raise SheetRefused(NOT_A_LIST)


def _check_part(
    archive: ZipFile, part: ZipInfo, limits: Limits, look: Callable[[bytes], None] | None
) -> None:
    """Raise SheetRefused for a part that would keep the reader busy, or lies about its size.

    Whatever it is called: what a workbook names as its sheet may end in anything.
    """
    name = part.filename.lower()
    is_text = name.endswith((".xml", ".rels"))
    if is_text and part.file_size > limits.part and not name.startswith(_BIG_PARTS):
        raise SheetRefused(STRANGE)
    try:
        text = archive.read(part)  # never more than the directory said
    except Exception as error:  # zlib and zipfile raise whatever broken bytes trip over
        raise SheetRefused(DAMAGED) from error
    if text.count(b"<") > limits.tags:
        raise SheetRefused(limits.too_large)
    # No spreadsheet declares entities, or is written in another code, but to get past these looks.
    if b"!DOCTYPE" in text or b"!ENTITY" in text or text.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise SheetRefused(STRANGE)
    if look:
        look(text)
