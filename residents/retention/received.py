"""What erasing does to how services came: files, and what was decided of address texts.

A decision outlives the text that it was made of: its key knows the address when it comes again.
"""

from __future__ import annotations

from django.db.models import Exists, OuterRef

from residents.feeds.models import FeedBlock, FeedFile, PlaceDecision
from residents.retention.keeping import NAMELESS, Batch, Holding, register
from residents.retention.rules import end_of
from residents.services.models import WHOLE, Service
from wacat.clock import now

NAMELESS_FILE = "Berkas layanan"
_TEXTS = {"address": NAMELESS, "rt_text": "", "kelurahan_text": ""}


def _nothing(batch: Batch) -> None:
    """They hang on no resident's record."""


def _sweep(batch: Batch) -> None:
    _sweep_files(batch)
    _sweep_decisions(batch)


def _sweep_files(batch: Batch) -> None:
    """The file and its rows are gone a month after it was settled, where nothing went wrong."""
    old = batch.rows(FeedFile).filter(
        uploaded_at__lt=end_of(batch.before), settled_at__isnull=False
    )
    left = old.filter(cleared_at=None)
    batch.rows(FeedBlock).filter(of__in=list(left.values_list("pk", flat=True))).delete()
    batch.doom(left.values_list("file", flat=True))
    batch.blank(FeedFile, left, {"file": "", "notes": ""}, cleared_at=now())
    batch.blank(FeedFile, old.exclude(name=NAMELESS_FILE), {"name": NAMELESS_FILE})


def _sweep_decisions(batch: Batch) -> None:
    """The text goes with the last service that was delivered with it."""
    known = batch.rows(Service).filter(WHOLE, place_key=OuterRef("place_key"))
    old = batch.rows(PlaceDecision).filter(decided_at__lt=end_of(batch.before))
    rows = old.exclude(address=NAMELESS).filter(~Exists(known))
    batch.blank(PlaceDecision, rows.filter(rt=None), {**_TEXTS, "reason": NAMELESS})
    batch.blank(PlaceDecision, rows, _TEXTS)


def register_received() -> None:
    """Tell retention of files of services and of addresses."""
    register(
        Holding(
            "Berkas layanan dan keputusan alamat",
            "Nama berkasnya dihapus; isinya sudah dihapus sebulan setelah selesai. Teks alamat "
            "dan alasan pada keputusan dihapus bila tidak ada lagi data layanan beralamat itu "
            "yang tersimpan; keputusannya tetap dipakai untuk data berikutnya.",
            _nothing,
            sweep=_sweep,
        ),
        blanks={
            FeedFile: ("file", "notes", "name", "cleared_at"),
            PlaceDecision: (*_TEXTS, "reason"),
        },
        removes=(FeedBlock,),
    )
