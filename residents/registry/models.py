"""Nonpermanent residents: people who stay at most a year outside their registered address.

The record is F-1.15 of Permendagri 74/2022 with the fields that a domicile letter needs.
"""

from __future__ import annotations

from datetime import date
from typing import ClassVar

import pghistory
from django.conf import settings
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Upper

from accounts.areas.guards import LIES_IN_A_LIVING_AREA
from accounts.scope import ScopedModel
from residents.registry import codes
from residents.registry.derived import CautionsField, NameKeysField, ProvinceField
from residents.registry.queries import NAME_IN_CAPITALS, ResidentQuerySet
from residents.registry.states import ACTIVE, GONE, Status
from wacat.clock import now, today
from wacat.sealing.fields import BlindIndexField, SealedTextField
from wacat.workflow import Step

_DERIVED = ["kelurahan", "kecamatan", "cautions", "name_keys"]


@pghistory.track(exclude=_DERIVED)
class Resident(ScopedModel):
    """One person's registration. ``area`` is the RT of the latest placement."""

    # resident_area_latest begins with it.
    area = models.ForeignKey("accounts.Area", models.PROTECT, related_name="+", db_index=False)
    status = models.CharField(max_length=10, choices=Status, default=Status.DRAFT)
    nik = SealedTextField("NIK", place="resident.nik", blank=True)
    nik_index = BlindIndexField(source="nik", purpose="nik")
    no_nik_reason = models.PositiveSmallIntegerField(
        "alasan tanpa NIK", choices=codes.NoNikReason, null=True, blank=True
    )
    no_kk = SealedTextField("nomor KK", place="resident.no_kk", blank=True)
    no_kk_index = BlindIndexField(source="no_kk", purpose="no_kk")
    passport_number = SealedTextField("nomor paspor", place="resident.passport", blank=True)
    country = models.CharField("negara asal", max_length=60, blank=True)
    full_name = models.CharField("nama lengkap", max_length=120)
    name_keys = NameKeysField(source="full_name")
    sex = models.PositiveSmallIntegerField("jenis kelamin", choices=codes.Sex, null=True)
    birth_place = models.CharField("tempat lahir", max_length=80, blank=True)
    birth_date = models.DateField("tanggal lahir", null=True)
    religion = models.PositiveSmallIntegerField("agama", choices=codes.Religion, null=True)
    marital_status = models.PositiveSmallIntegerField(
        "status perkawinan", choices=codes.MaritalStatus, null=True
    )
    education = models.PositiveSmallIntegerField("pendidikan", choices=codes.Education, null=True)
    occupation = models.PositiveSmallIntegerField("pekerjaan", choices=codes.Occupation, null=True)
    blood_type = models.PositiveSmallIntegerField(
        "golongan darah", choices=codes.BloodType, null=True
    )
    nationality = models.PositiveSmallIntegerField(
        "kewarganegaraan", choices=codes.Nationality, null=True
    )
    origin_address = models.CharField("alamat asal", max_length=200, blank=True)
    origin_area = models.CharField("wilayah asal", max_length=120, blank=True)
    origin_province = ProvinceField(source="origin_area")
    phone = models.CharField("telepon", max_length=20, blank=True)
    email = models.EmailField("surel", blank=True)
    address = models.CharField("alamat tinggal", max_length=200)
    arrived_on = models.DateField("tanggal datang")
    purpose = models.PositiveSmallIntegerField("keperluan", choices=codes.Purpose)
    purpose_detail = models.CharField("rincian keperluan", max_length=200, blank=True)
    stays_until = models.DateField("tinggal sampai")
    lodging = models.ForeignKey(
        "residents.Lodging",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="residents",
        db_index=False,  # resident_lodging_latest begins with it
    )
    family = models.ForeignKey(
        "residents.Family",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="members",
        db_index=False,  # resident_family knows those who have one
    )
    family_relation = models.PositiveSmallIntegerField(
        "hubungan keluarga", choices=codes.FamilyRelation, null=True
    )
    landlord_name = models.CharField("nama pemilik rumah", max_length=120, blank=True)
    landlord_phone = models.CharField("telepon pemilik rumah", max_length=20, blank=True)
    institution_name = models.CharField("tempat kerja atau sekolah", max_length=120, blank=True)
    institution_address = models.CharField("alamatnya", max_length=200, blank=True)
    guarantor_name = models.CharField("nama penjamin", max_length=120, blank=True)
    guarantor_nik = SealedTextField("NIK penjamin", place="resident.guarantor", blank=True)
    guarantor_address = models.CharField("alamat penjamin", max_length=200, blank=True)
    guarantor_phone = models.CharField("telepon penjamin", max_length=20, blank=True)
    national_reference = models.CharField("nomor pendaftaran nasional", max_length=60, blank=True)
    notes = models.TextField("catatan", max_length=500, blank=True)
    reported_at = models.DateTimeField(null=True)
    verified_on = models.DateField(null=True)
    ended_on = models.DateField(null=True)
    end_reason = models.PositiveSmallIntegerField(
        "alasan berakhir", choices=codes.EndReason, null=True
    )
    cancellation_reason = models.PositiveSmallIntegerField(
        "alasan pembatalan", choices=codes.CancellationReason, null=True
    )
    merged_into = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        related_name="merged",
        db_index=False,  # resident_merged knows the few
    )
    cautions = CautionsField()
    anonymised_on = models.DateField(null=True)
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="+",
        db_index=False,  # nobody asks for all that somebody entered, and accounts are not deleted
    )
    entered_at = models.DateTimeField(default=now)
    form_key = models.UUIDField(unique=True)

    objects: ClassVar = ResidentQuerySet.as_manager()

    class Meta:
        triggers = (LIES_IN_A_LIVING_AREA,)
        indexes = (
            # The orders in which lists are walked (residents.registry.narrowing), for an RT, for a
            # kelurahan and for the city.
            models.Index(fields=("area", "-id"), name="resident_area_latest"),
            models.Index(fields=("kelurahan", "-id"), name="resident_kelurahan_latest"),
            models.Index(fields=("kelurahan", "status", "-id"), name="resident_kelurahan_status"),
            models.Index(fields=("status", "-id"), name="resident_status"),
            models.Index(
                fields=("kelurahan", "stays_until", "id"),
                condition=Q(status__in=ACTIVE),
                name="resident_kelurahan_stay",
            ),
            # With what else the city's long list of stays is asked for, to be read from it alone.
            models.Index(
                fields=("stays_until", "id"),
                include=("area", "arrived_on"),
                condition=Q(status__in=ACTIVE),
                name="resident_stay",
            ),
            models.Index(fields=("kelurahan", "arrived_on", "id"), name="resident_kelurahan_came"),
            models.Index(fields=("arrived_on", "id"), name="resident_came"),
            models.Index(
                fields=("kelurahan", "origin_province", "-id"), name="resident_kelurahan_origin"
            ),
            models.Index(fields=("nik_index",), name="resident_nik"),
            models.Index(fields=("no_kk_index",), name="resident_no_kk"),
            models.Index(fields=("birth_date",), name="resident_birth"),
            # What waits for the operator, the oldest first: keys and places from the index alone.
            models.Index(
                fields=("reported_at", "id"),
                include=("area", "kelurahan", "kecamatan"),
                condition=Q(status="reported", cautions=[]),
                name="resident_to_verify",
            ),
            models.Index(
                fields=("reported_at", "id"),
                include=("area", "kelurahan", "kecamatan"),
                condition=Q(status="reported") & ~Q(cautions=[]),
                name="resident_to_look_at",
            ),
            models.Index(
                fields=("id",),
                include=("area", "kelurahan", "kecamatan"),
                condition=Q(status="held"),
                name="resident_held",
            ),
            models.Index(fields=("lodging", "-id"), name="resident_lodging_latest"),
            models.Index(
                fields=("family",), condition=Q(family__isnull=False), name="resident_family"
            ),
            models.Index(
                fields=("merged_into",),
                condition=Q(merged_into__isnull=False),
                name="resident_merged",
            ),
            GinIndex(OpClass(NAME_IN_CAPITALS, "gin_trgm_ops"), name="resident_name_trigram"),
            GinIndex(fields=("name_keys",), name="resident_name_sound"),
            GinIndex(OpClass(Upper("origin_area"), "gin_trgm_ops"), name="resident_origin_trigram"),
        )
        constraints = (
            models.UniqueConstraint(
                fields=("nik_index",),
                condition=Q(status__in=ACTIVE),
                name="resident_active_once",
            ),
            models.CheckConstraint(
                condition=Q(nik__isnull=False)
                | Q(no_nik_reason__isnull=False)
                | Q(anonymised_on__isnull=False),
                name="resident_nik_or_reason",
            ),
            models.CheckConstraint(
                condition=Q(stays_until__gte=F("arrived_on")), name="resident_stay_in_order"
            ),
            models.CheckConstraint(
                condition=Q(status__in=(Status.DRAFT, *GONE)) | Q(reported_at__isnull=False),
                name="resident_reported_has_time",
            ),
            models.CheckConstraint(
                condition=~Q(status=Status.VERIFIED) | Q(verified_on__isnull=False),
                name="resident_verified_has_date",
            ),
            models.CheckConstraint(
                condition=Q(
                    status=Status.ENDED,
                    ended_on__isnull=False,
                    end_reason__isnull=False,
                    ended_on__gte=F("arrived_on"),
                )
                | Q(~Q(status=Status.ENDED), ended_on__isnull=True, end_reason__isnull=True),
                name="resident_ended_has_date_and_reason",
            ),
            models.CheckConstraint(
                condition=Q(end_reason=codes.EndReason.CANCELLED, cancellation_reason__isnull=False)
                | Q(
                    Q(end_reason__isnull=True) | ~Q(end_reason=codes.EndReason.CANCELLED),
                    cancellation_reason__isnull=True,
                ),
                name="resident_cancelled_has_reason",
            ),
            models.CheckConstraint(
                condition=Q(status=Status.MERGED, merged_into__isnull=False)
                | Q(~Q(status=Status.MERGED), merged_into__isnull=True),
                name="resident_merged_into_another",
            ),
            models.CheckConstraint(
                condition=~Q(merged_into=F("id")), name="resident_not_merged_into_itself"
            ),
            models.UniqueConstraint(
                fields=("family",),
                condition=Q(family_relation=codes.FamilyRelation.HEAD, status__in=ACTIVE),
                name="resident_family_one_head",
            ),
        )

    def __str__(self) -> str:
        return f"residents.resident:{self.pk}"

    @property
    def is_overdue(self) -> bool:
        """Still here by the record, though the stay is over (*Lewat masa tinggal*)."""
        return self.status in ACTIVE and self.stays_until < today()

    def days_left(self, on: date | None = None) -> int:
        """Days until the stay ends; negative when it is over."""
        return (self.stays_until - (on or today())).days


class ResidentStep(Step):
    """One transition of a resident's registration."""

    subject = models.ForeignKey(
        Resident,
        models.CASCADE,
        related_name="steps",
        db_index=False,  # residentstep_once_per_key begins with it
    )
