"""Who a row speaks of: name, numbers, birth."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from typing import Any

from residents.importing import cells
from residents.importing.cells import BadCell, text_of
from residents.importing.judged import Judged
from residents.importing.lists import LISTS
from residents.registry.codes import Nationality, NoNikReason
from residents.registry.consistency import OLDEST, age_on
from wacat.spreadsheets.days import NoDay, day_of

INFANT_YEARS = 5  # up to this age a missing NIK needs no reason of its own
NO_NAME = "Isi nama lengkap."
NO_NIK = "Isi NIK, atau tulis sebabnya pada kolom “Alasan tanpa NIK”."
NOBODY = "Baris ini tidak berisi nama maupun NIK."
NOT_INDONESIAN = "Alasan tanpa NIK menyebut orang asing, tetapi kewarganegaraannya WNI."
Remembered = Callable[[str, Any, Callable[[Any], Any]], Any]
_FIRST_DIGIT = re.compile(r"\d")


def identify(judged: Judged, today: date, remembered: Remembered) -> None:
    """Put the person's own fields into the row, or what is wrong with them."""
    given = judged.row.cells
    if "full_name" not in given and "nik" not in given:
        judged.errors.append(NOBODY)
        judged.fields.update(full_name="", nik="")
        return
    judged.fields["full_name"] = _told(judged, lambda: _name(given)) or ""
    born = _birth(judged, today, remembered)
    if "no_kk" in given:
        try:
            judged.fields["no_kk"] = cells.no_kk_of(given["no_kk"])
        except BadCell as error:
            judged.warnings.append(_of_kk(str(error)))
    nik = _told(judged, lambda: _nik(judged, born, today))
    judged.fields["nik"] = nik or ""


def _told(judged: Judged, read: Callable[[], str]) -> str | None:
    try:
        return read()
    except BadCell as error:
        judged.errors.append(str(error))
        return None


def _name(given: dict[str, Any]) -> str:
    if "full_name" not in given:
        raise BadCell(NO_NAME)
    return cells.name_of(given["full_name"])


def _of_kk(text: str) -> str:
    return text if "dikosongkan" in text else f"{text} Nomor KK dikosongkan."


def _nik(judged: Judged, born: date | None, today: date) -> str:
    """The number, or nothing together with the reason for that."""
    value = judged.row.cells.get("nik", "")
    reason = _reason_in_place(value)
    nik = "" if reason else cells.nik_of(value)
    if nik:
        return nik
    reason = reason or _reason(judged, born, today)
    if reason is None:
        raise BadCell(NO_NIK)
    if reason == NoNikReason.FOREIGNER:
        if judged.fields.get("nationality") == Nationality.INDONESIAN:
            raise BadCell(NOT_INDONESIAN)
        judged.fields["nationality"] = int(Nationality.FOREIGN)
    judged.fields["no_nik_reason"] = int(reason)
    return ""


def _reason_in_place(value: Any) -> int | None:
    """In the column of the NIK itself: *bayi*, *WNA*."""
    if not isinstance(value, str) or _FIRST_DIGIT.search(value):
        return None
    return LISTS["no_nik_reason"].find(value)[0]


def _reason(judged: Judged, born: date | None, today: date) -> int | None:
    given, fields = judged.row.cells, judged.fields
    text = text_of(given["no_nik_reason"]) if "no_nik_reason" in given else ""
    if text:
        number, _ = LISTS["no_nik_reason"].find(given["no_nik_reason"])
        if number is None:
            judged.warnings.append(f"Alasan tanpa NIK “{text[:40]}” dicatat sebagai Lainnya.")
        return number or int(NoNikReason.OTHER)
    if fields.get("nationality") == Nationality.FOREIGN or fields.get("passport_number"):
        return int(NoNikReason.FOREIGNER)
    if born and age_on(today, born) <= INFANT_YEARS:
        judged.warnings.append("Tanpa NIK: dicatat sebagai bayi atau anak yang belum ber-NIK.")
        return int(NoNikReason.INFANT)
    return None


def _birth(judged: Judged, today: date, remembered: Remembered) -> date | None:
    """The day of birth from its own cell, or from the one that holds place and day together."""
    given = judged.row.cells
    cell = given.get("birth_date")
    if "birth" in given:
        place, day = _split(given["birth"])
        if place and "birth_place" not in judged.fields:
            judged.fields["birth_place"] = place[:80]
        cell = day if cell is None else cell
    if cell is None:
        return None
    try:
        born: date | None = remembered("birth", cell, lambda value: _day(value, today))
    except BadCell as error:
        judged.errors.append(str(error))
        return None
    if born:
        judged.fields["birth_date"] = born.isoformat()
    return born


def _day(value: Any, today: date) -> date | None:
    if isinstance(value, str) and not text_of(value):
        return None
    try:
        born = day_of(value, latest=today)
    except NoDay as error:
        raise BadCell(f"Tanggal lahir {error}") from error
    if born > today:
        raise BadCell("Tanggal lahir tidak boleh setelah hari ini.")
    if age_on(today, born) > OLDEST:
        raise BadCell(f"Umurnya lebih dari {OLDEST} tahun. Periksa tahun lahir.")
    return born


def _split(value: Any) -> tuple[str, Any]:
    """Place and day of "Samarinda, 17-08-1990"; either may be missing."""
    if not isinstance(value, str):
        return "", value
    text = text_of(value)
    place, comma, day = text.partition(",")
    if comma and not _FIRST_DIGIT.search(place):
        return place.strip(" .-/"), day.strip() or None
    first = _FIRST_DIGIT.search(text)
    if first is None:
        return text, None
    return text[: first.start()].strip(" ,;/.-:"), text[first.start() :]
