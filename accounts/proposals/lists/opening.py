"""Whether an uploaded file may be read at all, decided before anything in it is unpacked.

An archive of 1 MB can hold 274 MB of spreadsheet; its directory tells so within milliseconds.
"""

from __future__ import annotations

import io
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

MEGABYTE = 1_000_000
MOST_BYTES = 3 * MEGABYTE
MOST_UNPACKED = 20 * MEGABYTE
MOST_OF_A_PART = 2 * MEGABYTE  # of all but the sheets and their texts
MOST_PARTS = 200
MOST_TAGS = 1_000_000  # a cell may be four bytes long and costs as much as any
HIGHEST_RATIO = 100
RATIO_MATTERS_FROM = 2 * MEGABYTE
MOST_ROWS = 2000

NOT_A_LIST = "Berkas ini bukan Excel .xlsx. Unduh contohnya, isi, lalu simpan sebagai .xlsx."
OLD = "Berkas ini dari Excel lama (.xls). Buka, lalu pilih Simpan sebagai .xlsx."
LOCKED = "Berkas ini dikunci kata sandi. Simpan tanpa kata sandi dahulu."
DAMAGED = "Berkas ini rusak dan tidak dapat dibaca. Simpan ulang dari Excel, lalu unggah lagi."
TOO_LARGE = (
    "Berkas terlalu besar. Paling banyak 2.000 baris dan 3 MB; bagi menjadi beberapa berkas."
)
STRANGE = "Berkas ini berisi lebih dari sebuah daftar. Salin barisnya ke contoh yang diunduh."

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_BIG_PARTS = ("xl/worksheets/", "xl/sharedstrings.xml")


class ListRefused(Exception):
    """The file as a whole cannot be read. The text is for the user."""


def checked(content: bytes) -> ZipFile:
    """The archive, safe to be read by openpyxl. Raises ListRefused."""
    if len(content) > MOST_BYTES:
        raise ListRefused(TOO_LARGE)
    if content.startswith(_OLE):
        locked = "EncryptedPackage".encode("utf-16-le") in content
        raise ListRefused(LOCKED if locked else OLD)
    if not content.startswith(b"PK\x03\x04"):
        raise ListRefused(NOT_A_LIST)
    try:
        archive = ZipFile(io.BytesIO(content))
    except (BadZipFile, ValueError, NotImplementedError, OSError) as error:
        raise ListRefused(DAMAGED) from error
    _check_directory(archive.infolist(), len(content))
    for part in archive.infolist():
        _check_part(archive, part)
    return archive


def _check_directory(parts: list[ZipInfo], packed: int) -> None:
    """Raise ListRefused for what would be too much, or no workbook, once unpacked."""
    if len(parts) > MOST_PARTS:
        raise ListRefused(STRANGE)
    if any(part.flag_bits & 1 for part in parts):
        raise ListRefused(LOCKED)
    if any(part.compress_type not in (ZIP_STORED, ZIP_DEFLATED) for part in parts):
        raise ListRefused(DAMAGED)
    unpacked = sum(part.file_size for part in parts)
    too_dense = unpacked > RATIO_MATTERS_FROM and unpacked > HIGHEST_RATIO * packed
    if unpacked > MOST_UNPACKED or too_dense:
        raise ListRefused(TOO_LARGE)
    names = [part.filename.lower() for part in parts]
    if len(set(names)) < len(names):
        raise ListRefused(DAMAGED)
    if "[content_types].xml" not in names or "xl/workbook.xml" not in names:
        raise ListRefused(NOT_A_LIST)


def _check_part(archive: ZipFile, part: ZipInfo) -> None:
    """Raise ListRefused for a part that would keep the reader busy, or lies about its size."""
    name = part.filename.lower()
    if not name.endswith((".xml", ".rels")):
        return
    if part.file_size > MOST_OF_A_PART and not name.startswith(_BIG_PARTS):
        raise ListRefused(STRANGE)
    try:
        text = archive.read(part)  # never more than the directory said
    except Exception as error:  # zlib and zipfile raise whatever broken bytes trip over
        raise ListRefused(DAMAGED) from error
    if text.count(b"<") > MOST_TAGS:
        raise ListRefused(TOO_LARGE)
    # No spreadsheet declares entities, or is written in another code, but to get past these looks.
    if b"<!DOCTYPE" in text or b"<!ENTITY" in text or text.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise ListRefused(STRANGE)
