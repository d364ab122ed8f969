"""The columns of the list: F-1.15 and what the portal knows besides, codes in words."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from accounts.areas.models import Area
from accounts.scope import KECAMATAN, KELURAHAN
from residents.exporting.cells import Cell
from residents.registry import codes
from residents.registry.states import Status
from wacat.words import WITA, nik_masked


@dataclass(frozen=True)
class Column:
    """A heading, the field of a resident that it is about, and how the value is shown."""

    heading: str
    field: str
    shown: Callable[[Any], Cell] = str


def columns(with_numbers: bool) -> list[Column]:
    """All columns in their order; whole numbers or masked ones."""
    number = str if with_numbers else nik_masked
    places = _Places()
    return [
        Column("NIK", "nik", number),
        Column("Alasan tanpa NIK", "no_nik_reason", _words(codes.NoNikReason)),
        Column("Nama lengkap", "full_name"),
        Column("No. KK", "no_kk", number),
        Column("Jenis kelamin", "sex", _words(codes.Sex)),
        Column("Tempat lahir", "birth_place"),
        Column("Tanggal lahir", "birth_date", _day),
        Column("Agama", "religion", _words(codes.Religion)),
        Column("Status perkawinan", "marital_status", _words(codes.MaritalStatus)),
        Column("Hubungan keluarga", "family_relation", _words(codes.FamilyRelation)),
        Column("Pendidikan", "education", _words(codes.Education)),
        Column("Pekerjaan", "occupation", _words(codes.Occupation)),
        Column("Golongan darah", "blood_type", _words(codes.BloodType)),
        Column("Kewarganegaraan", "nationality", _words(codes.Nationality)),
        Column("Negara asal", "country"),
        Column("Nomor paspor", "passport_number", number),
        Column("Alamat asal", "origin_address"),
        Column("Wilayah asal", "origin_area"),
        Column("Alamat tinggal", "address"),
        Column("RT", "area_id", places.rt),
        Column("Kelurahan", "area_id", places.kelurahan),
        Column("Kecamatan", "area_id", places.kecamatan),
        Column("Kode wilayah", "area_id"),
        Column("Kos atau tempat tinggal", "lodging__name", _text),
        Column("Pemilik kos", "lodging__owner_name", _text),
        Column("Telepon pemilik kos", "lodging__owner_phone", _text),
        Column("Pemilik rumah", "landlord_name"),
        Column("Telepon pemilik rumah", "landlord_phone"),
        Column("Keperluan", "purpose", _words(codes.Purpose)),
        Column("Rincian keperluan", "purpose_detail"),
        Column("Tempat kerja atau sekolah", "institution_name"),
        Column("Alamat tempat kerja atau sekolah", "institution_address"),
        Column("Tanggal datang", "arrived_on", _day),
        Column("Tinggal sampai", "stays_until", _day),
        Column("Telepon", "phone"),
        Column("Surel", "email"),
        Column("Penjamin", "guarantor_name"),
        Column("NIK penjamin", "guarantor_nik", number),
        Column("Alamat penjamin", "guarantor_address"),
        Column("Telepon penjamin", "guarantor_phone"),
        Column("Nomor pendaftaran nasional", "national_reference"),
        Column("Catatan", "notes"),
        Column("Keadaan", "status", _words(Status)),
        Column("Dilaporkan", "reported_at", _day),
        Column("Diverifikasi", "verified_on", _day),
        Column("Berakhir", "ended_on", _day),
        Column("Alasan berakhir", "end_reason", _words(codes.EndReason)),
        Column("Alasan pembatalan", "cancellation_reason", _words(codes.CancellationReason)),
    ]


class _Places:
    """Names of areas by code: a join for each row would cost more than all of them at once."""

    def __init__(self) -> None:
        self._labels = {area.code: area.label for area in Area.objects.all()}
        self._names = dict(Area.objects.values_list("code", "name"))

    def rt(self, code: str) -> str:
        return self._labels.get(code, "")

    def kelurahan(self, code: str) -> str:
        return self._names.get(code[:KELURAHAN], "")

    def kecamatan(self, code: str) -> str:
        return self._names.get(code[:KECAMATAN], "")


def _words(choices: Any) -> Callable[[Any], str]:
    labels = {value: str(label) for value, label in choices.choices}
    labels[None] = ""
    return lambda value: labels.get(value, str(value))


def _text(value: str | None) -> str:
    return value or ""


def _day(value: date | datetime | None) -> date | None:
    return value.astimezone(WITA).date() if isinstance(value, datetime) else value
