"""Marks across a document that must not be taken for a valid one."""

from __future__ import annotations

from typing import NamedTuple


class Mark(NamedTuple):
    """``across`` runs diagonally behind the text of every page, ``label`` stands boxed on top."""

    across: str
    label: str


PREVIEW = Mark("PRATINJAU", "PRATINJAU: SURAT BELUM DITERBITKAN")
SPECIMEN = Mark("CONTOH – TIDAK BERLAKU", "CONTOH – TIDAK BERLAKU")
SAMPLE_DATA = Mark("DATA CONTOH", "DATA CONTOH: BUKAN ANGKA SEBENARNYA")
