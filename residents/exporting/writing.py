"""Writing an asked-for list, and what may be fetched of it by whom."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from django.core.cache import cache
from django.utils import timezone

from accounts.login.models import User
from accounts.rules import Action
from accounts.scope import may, reach
from residents.exporting import pieces
from residents.exporting.cells import Cell
from residents.exporting.columns import Column, columns
from residents.exporting.formats import MOST_ROWS, write_csv, write_xlsx
from residents.exporting.models import Export
from residents.registry.models import Resident
from residents.registry.narrowing import Narrowing, TooManyLodgings
from residents.registry.ranking import Search
from residents.registry.states import Status
from wacat.clock import now
from wacat.work import GiveUp

KEPT = timedelta(days=1)
AT_ONCE = 1000  # rows fetched together
TOLD_EVERY = 5000
NO_LONGER = "Jabatan peminta sudah berakhir"
MANY_LODGINGS = "Nama tempat tinggal cocok dengan terlalu banyak tempat"
TOO_MANY = "Baris lebih banyak daripada isi satu lembar Excel"


def rows_of(user: User, narrowing: Narrowing, area: str) -> Any:
    """Those that *user* may take home today, by the key: what the list shows, all pages of it."""
    rows: Any = Resident.objects.visible_to(user, Action.RESIDENT_VIEW)
    rows = rows.visible_to(user, Action.RESIDENT_EXPORT).under((area,))
    rows = narrowing.narrow(rows, user)
    if narrowing.names:
        rows = Search(narrowing.names, rows, rows).all()
    return rows.order_by("-pk")


def is_allowed(user: User, export: Export) -> bool:
    """Whether *user* may have it now, by the posts of this day."""
    needed = {Action.RESIDENT_VIEW, Action.RESIDENT_EXPORT}
    if export.with_numbers:
        needed.add(Action.NUMBERS_EXPORT)
    if Narrowing.from_json(export.asked).status == Status.DRAFT:
        needed.add(Action.RESIDENT_ENTER)
    return all(export.lies_within(reach(user, action)) for action in needed)


def may_see_numbers(user: User) -> bool:
    """Whether whole numbers can be asked for at all."""
    return may(user, Action.NUMBERS_EXPORT)


def write(export: Export) -> None:
    """Write the file, by the scope that its reader has at this moment."""
    user = User.objects.get(pk=export.asked_by_id)
    if not user.is_active or not is_allowed(user, export):
        raise GiveUp(NO_LONGER)
    try:
        rows = rows_of(user, Narrowing.from_json(export.asked), export.area_id)
    except TooManyLodgings as error:
        raise GiveUp(MANY_LODGINGS) from error
    if export.format == Export.Format.XLSX and rows[: MOST_ROWS + 1].count() > MOST_ROWS:
        raise GiveUp(TOO_MANY)
    shown = columns(export.with_numbers)
    counted = _Counted(export, _lines(rows, shown))
    headings = [column.heading for column in shown]
    name = _name_of(export)
    pieces.delete(name)  # of an attempt that was cut off
    into = write_xlsx if export.format == Export.Format.XLSX else write_csv
    with pieces.Pieces(name) as file:
        into(file, headings, counted)
    export.file, export.pieces, export.rows = name, file.count, counted.count


def written_so_far(export: Export) -> int:
    """Rows that the worker has told of."""
    return int(cache.get(_progress_key(export), 0))


def take(export: Export) -> Iterator[bytes]:
    """The file, once: each piece is gone when all has been sent, or the reader has left."""
    try:
        yield from pieces.read(export.file, export.pieces)
    finally:
        pieces.delete(_name_of(export))


def mark_delivered(export: Export) -> bool:
    """Whether it is this call that may hand the file out."""
    waiting = Export.objects.filter(pk=export.pk, state=Export.State.DONE, delivered_at=None)
    return bool(waiting.update(delivered_at=now()))


def forget_old() -> None:
    """Delete what was asked for more than a day ago, fetched or not."""
    for export in Export.objects.filter(wanted_at__lt=timezone.now() - KEPT)[:200]:
        pieces.delete(_name_of(export))
        export.delete()


def _lines(rows: Any, shown: list[Column]) -> Iterator[list[Cell]]:
    names = sorted({column.field for column in shown})
    places = [names.index(column.field) for column in shown]
    hows = [column.shown for column in shown]
    for values in rows.values_list(*names).iterator(chunk_size=AT_ONCE):
        yield [how(values[place]) for how, place in zip(hows, places, strict=True)]


class _Counted:
    """The lines, counted, with a word on the way about how many there are."""

    def __init__(self, export: Export, lines: Iterator[list[Cell]]) -> None:
        self.count = 0
        self._export, self._lines = export, lines

    def __iter__(self) -> Iterator[list[Cell]]:
        for line in self._lines:
            yield line
            self.count += 1
            if self.count % TOLD_EVERY == 0:
                cache.set(_progress_key(self._export), self.count, 600)


def _name_of(export: Export) -> str:
    return f"exports/{export.key.hex}"


def _progress_key(export: Export) -> str:
    return f"export:{export.pk}"
