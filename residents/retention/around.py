"""What erasing does to what lies around the records: imports, relocations, closed lodgings."""

from __future__ import annotations

from typing import Any

from django.db.models import Exists, OuterRef, Q

from residents.importing.models import Import, ImportBlock
from residents.lodgings.models import Lodging
from residents.registry.models import Resident
from residents.retention.keeping import Batch, Holding, register
from residents.twins.models import Relocation, RelocationStep
from wacat.clock import now

CLOSED_LODGING = "Tempat yang sudah ditutup"
NAMELESS_FILE = "Berkas impor"
_OWNER = {"owner_name": "", "owner_phone": "", "owner_address": ""}


def _erase_imports(batch: Batch) -> None:
    """The files that may have brought them: sent by who entered them, before they were."""
    brought = batch.rows(Resident).filter(
        pk__in=batch.keys,
        entered_by=OuterRef("uploaded_by"),
        entered_at__gte=OuterRef("uploaded_at"),
    )
    _clear(batch, batch.rows(Import).filter(Exists(brought), settled_at__isnull=False))


def _sweep_imports(batch: Batch) -> None:
    """Rows that never became a record are nobody's: they go by the age of their file."""
    old = batch.rows(Import).filter(uploaded_at__date__lte=batch.before)
    _clear(batch, old)
    told = old.exclude(name=NAMELESS_FILE, default_address="")
    batch.blank(Import, told, {"name": NAMELESS_FILE, "default_address": ""})


def _clear(batch: Batch, imports: Any) -> None:
    """Delete the file and all that was read from it."""
    keys = list(imports.filter(cleared_at=None).values_list("pk", flat=True))
    batch.rows(ImportBlock).filter(of__in=keys).delete()
    rows = batch.rows(Import).filter(pk__in=keys)
    batch.doom(rows.values_list("file", flat=True))
    blank = {"file": "", "reading_notes": None}
    batch.blank(Import, rows, blank, cleared_at=now())


def _erase_relocations(batch: Batch) -> None:
    rows = batch.rows(Relocation).filter(Q(arrival__in=batch.keys) | Q(departure__in=batch.keys))
    keys = list(rows.values_list("pk", flat=True))
    batch.blank(Relocation, rows, {"objection": "", "decision": ""})
    steps = batch.rows(RelocationStep).filter(subject__in=keys)
    batch.blank(RelocationStep, steps, {"reason": "", "note": ""})


def _open_relocation() -> Q:
    """Either side of a relocation that may still be objected to, or was and is not decided."""
    rows: Any = Relocation.objects.unsettled()
    arrived, left = rows.filter(arrival=OuterRef("pk")), rows.filter(departure=OuterRef("pk"))
    return Q(Exists(arrived)) | Q(Exists(left))


def _nothing(batch: Batch) -> None:
    """A lodging's owner stays while it takes tenants, or while one of them is known."""


def _sweep_lodgings(batch: Batch) -> None:
    known = Resident.objects.filter(lodging=OuterRef("pk"), anonymised_on=None)
    rows = batch.rows(Lodging).filter(~Exists(known), closed_on__lte=batch.before)
    told = rows.exclude(name=CLOSED_LODGING, **_OWNER)
    batch.blank(Lodging, told, {"name": CLOSED_LODGING, **_OWNER})


def register_around() -> None:
    """Tell retention of what lies around the records."""
    register(
        Holding(
            "Impor",
            "Berkas impor yang memuat datanya dihapus dengan semua barisnya, begitu pula berkas "
            "lain yang diunggah sebelum batas itu.",
            _erase_imports,
            sweep=_sweep_imports,
        ),
        blanks={Import: ("file", "name", "default_address", "reading_notes", "cleared_at")},
        removes=(ImportBlock,),
    )
    register(
        Holding(
            "Kepindahan dalam kota",
            "Isi keberatan dihapus. Selama keberatan masih dapat diajukan atau diperiksa, datanya "
            "belum dihapus.",
            _erase_relocations,
            keeps=_open_relocation,
        ),
        blanks={Relocation: ("objection", "decision"), RelocationStep: ("reason", "note")},
    )
    register(
        Holding(
            "Tempat tinggal dan keluarga",
            "Tempat tetap ada. Nama dan kontak pemilik dihapus bila tempatnya sudah ditutup "
            "selama masa simpan dan tidak ada lagi penghuni yang datanya tersimpan. Hubungan "
            "keluarga dilepas.",
            _nothing,
            sweep=_sweep_lodgings,
        ),
        blanks={Lodging: ("name", *_OWNER)},
    )
