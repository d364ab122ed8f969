"""What cannot be true together in an otherwise well-filled form of a resident."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from residents.registry.codes import FamilyRelation, MaritalStatus, Nationality, NoNikReason
from residents.registry.models import Resident
from residents.registry.spans import StayPeriod
from residents.registry.stays import a_year_after, latest_end, periods_of
from wacat.clock import today
from wacat.words import tanggal

Data = dict[str, Any]  # cleaned values; those with errors of their own are missing
Problem = tuple[str, str]  # the field that it is told at, and the words
ADULT = 17  # years: from then on, or once married, one may head a family
OLDEST = 120  # years


def problems_of(data: Data, resident: Resident) -> Iterator[Problem]:
    """What is wrong between the values of *data*, each at the field to be mended.

    *resident* is the record before them, unsaved for a new one.
    """
    yield from _of_nik(data)
    yield from _of_place(data)
    yield from _of_birth(data)
    yield from _of_family(data, resident)
    periods = periods_of(resident)
    if len(periods) > 1:
        yield from _of_extended_stay(data, periods[0], periods[-1])
    else:
        yield from _of_stay(data)


def _of_nik(data: Data) -> Iterator[Problem]:
    if "nik" in data and not data["nik"] and not data.get("no_nik_reason"):
        yield "nik", "Isi NIK, atau pilih sebabnya bila tidak ada NIK."
    foreign = data.get("no_nik_reason") == NoNikReason.FOREIGNER
    if foreign and data.get("nationality") == Nationality.INDONESIAN:
        text = "Alasan tanpa NIK menyebut orang asing. Pilih WNA, atau ubah alasannya."
        yield "nationality", text


def _of_place(data: Data) -> Iterator[Problem]:
    area, lodging, family = data.get("area"), data.get("lodging"), data.get("family")
    if area and lodging and lodging.area_id != area.code:
        yield "lodging", "Tempat ini berada di RT lain. Pilih tempat di RT yang sama."
    if area and family and family.area_id != area.code:
        yield "area", "Keluarga ini tinggal di RT lain. Pilih RT yang sama."


def _of_birth(data: Data) -> Iterator[Problem]:
    birth, arrived = data.get("birth_date"), data.get("arrived_on")
    if not birth:
        return
    if birth > today():
        yield "birth_date", "Tanggal lahir tidak boleh setelah hari ini."
    elif age_on(today(), birth) > OLDEST:
        yield "birth_date", f"Umurnya lebih dari {OLDEST} tahun. Periksa tahun lahir."
    elif arrived and arrived < birth:
        yield "arrived_on", "Tanggal datang tidak boleh sebelum tanggal lahir."


def _of_family(data: Data, resident: Resident) -> Iterator[Problem]:
    family, relation = data.get("family"), data.get("family_relation")
    was_told = not resident.pk or resident.family_relation
    if family and not relation and was_told and "family_relation" in data:
        yield "family_relation", "Pilih hubungannya dengan kepala keluarga."
    if relation != FamilyRelation.HEAD:
        return
    heads = Resident.objects.active().filter(family=family, family_relation=FamilyRelation.HEAD)
    if family and heads.exclude(pk=resident.pk).exists():
        yield "family_relation", "Keluarga ini sudah ada kepala keluarganya."
    birth, marital = data.get("birth_date"), data.get("marital_status")
    unmarried = marital in (None, MaritalStatus.SINGLE)
    if birth and birth <= today() and unmarried and age_on(today(), birth) < ADULT:
        text = f"Kepala keluarga berumur {ADULT} tahun ke atas atau sudah kawin."
        yield "family_relation", f"{text} Periksa tanggal lahir atau hubungannya."


def _of_stay(data: Data) -> Iterator[Problem]:
    arrived, until = data.get("arrived_on"), data.get("stays_until")
    if not arrived:
        return
    yield from _of_arrival(arrived)
    if not until or arrived > today():
        return
    if until < arrived:
        yield "stays_until", "Tanggal ini harus setelah tanggal datang."
    elif until > (latest := latest_end(arrived)):
        yield "stays_until", f"Paling lama 1 tahun: sampai {tanggal(latest)}."


def _of_extended_stay(data: Data, first: StayPeriod, last: StayPeriod) -> Iterator[Problem]:
    """The first period may begin otherwise, the last one end otherwise; those between stand."""
    arrived, until = data.get("arrived_on"), data.get("stays_until")
    if arrived:
        yield from _of_arrival(arrived)
        if arrived > first.until:
            yield "arrived_on", "Harus sebelum masa tinggal yang pertama berakhir."
    earliest, latest = last.starts, a_year_after(last.starts)
    if until and until != last.until and not earliest <= until <= latest:
        text = f"Perpanjangan terakhir mulai {tanggal(earliest)}."
        yield "stays_until", f"{text} Pilih tanggal dari hari itu sampai {tanggal(latest)}."


def _of_arrival(arrived: date) -> Iterator[Problem]:
    if arrived > today():
        yield "arrived_on", "Tanggal datang tidak boleh setelah hari ini."
    elif age_on(today(), arrived) > OLDEST:
        yield "arrived_on", "Periksa tahunnya."


def age_on(day: date, birth: date) -> int:
    """Whole years from *birth* to *day*."""
    return day.year - birth.year - ((day.month, day.day) < (birth.month, birth.day))
