"""What is erased when a record is due: the person goes from everywhere, the figures stay."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pghistory.models
import pytest
from django.apps import apps
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from accounts.areas.models import CITY_CODE, Area
from accounts.audit import grants
from reports.letters.models import Drawing, Letter
from reports.summaries.figures import table_of
from reports.summaries.periods import year_to
from residents.attachments.models import Attachment
from residents.clock.models import StayReminder
from residents.drafts.models import Draft
from residents.exporting.models import Export
from residents.exporting.pieces import Pieces
from residents.f115.models import FormFile
from residents.lodgings.models import Lodging
from residents.registry import codes
from residents.registry.models import Resident, ResidentStep
from residents.registry.workflow import WORKFLOW
from residents.retention.keeping import NAMELESS
from residents.retention.models import DoomedFile, RetentionRun
from tests import factories
from tests.factories import FOREIGN_RT, KELURAHAN, RT, SIBLING_RT
from tests.house.recount import Recount
from tests.residents.retained import (
    LONG_AGO,
    MONTHS,
    a_rule,
    again,
    anonymise,
    days_ago,
    long_gone,
    tables_with,
)
from wacat.clock import today
from wacat.uploads import keep
from wacat.workflow import Move

pytestmark = pytest.mark.usefixtures("committed_db")
NIK, KK, GUARANTOR = "9971051205909911", "9971052001019922", "9971051205909933"
SECRETS: dict[str, Any] = {
    "full_name": "Zulkifli Rahasia",
    "nik": NIK,
    "no_kk": KK,
    "passport_number": "X9988776",
    "country": "Negeriantah",
    "birth_place": "Kampungsunyi",
    "origin_address": "Jl. Rahasia Asal 7",
    "origin_area": "Kabupaten Wajo, Sulawesi Selatan",
    "phone": "080000009911",
    "email": "zulkifli@rahasia.example",
    "address": "Jl. Rahasia Kini 8",
    "purpose_detail": "Magang di bengkel rahasia",
    "landlord_name": "Pakrumah Rahasia",
    "landlord_phone": "080000009922",
    "institution_name": "PT Rahasia Jaya",
    "institution_address": "Jl. Rahasia Kerja 9",
    "guarantor_name": "Penjamin Rahasia",
    "guarantor_nik": GUARANTOR,
    "guarantor_address": "Jl. Rahasia Jamin 10",
    "guarantor_phone": "080000009944",
    "national_reference": "REF-RAHASIA-1",
    "notes": "Catatan rahasia sekali",
}


def an_export() -> str:
    file = Pieces("exports/uji")
    file.write(b"Zulkifli Rahasia")
    file.close()
    return file.name


def a_file(folder: str = "things") -> str:
    return keep(ContentFile(b"Zulkifli Rahasia", "scan.pdf"), folder)


def with_everything() -> Resident:
    """Somebody long gone of whom every room holds something."""
    factories.load_areas()
    lodging = factories.LodgingFactory.create()
    resident = long_gone(lodging=lodging, **SECRETS)
    by = resident.entered_by
    resident.full_name, resident.notes = "Zulkifli Rahasia S.", "Catatan rahasia lama"
    resident.save()
    resident.full_name, resident.notes = SECRETS["full_name"], SECRETS["notes"]
    resident.save()
    ResidentStep.objects.create(
        subject=resident,
        name="return",
        source="reported",
        target="returned",
        actor=by,
        reason="Periksa nama Zulkifli Rahasia",
        note="Zulkifli Rahasia",
    )
    Draft.objects.create(key=resident.form_key, owner=by, typed='{"full_name": "Zulkifli Rahasia"}')
    Draft.objects.create(key=uuid4(), owner=by, resident=resident, typed='{"nik": "' + NIK + '"}')
    Attachment.objects.create(
        area_id=RT,
        resident=resident,
        kind="ktp",
        file=a_file(),
        size=1,
        sha256="0" * 64,
        added_by=by,
        key=uuid4(),
    )
    FormFile.objects.create(area_id=RT, resident=resident, asked_by=by, file=a_file())
    Export.objects.create(
        area_id=KELURAHAN,
        asked='{"q": "Zulkifli Rahasia"}',
        asked_by=by,
        key=uuid4(),
        file=an_export(),
    )
    StayReminder.objects.create(resident=resident, until=resident.stays_until, days=7)
    return again(resident)


def with_letter(resident: Resident, *others: Resident) -> Letter:
    """An issued, drawn letter for people who are gone since; it is no longer valid."""
    letter = factories.letter_drawn(resident, *others)
    Letter.objects.filter(pk=letter.pk).update(valid_until=days_ago(1))
    for one in (resident, *others):
        WORKFLOW.advance(one.pk, "end", Move(None, {"date": days_ago(LONG_AGO), "end_reason": 1}))
    return again(letter)


def here_since_long(**fields: Any) -> Resident:
    """Reported, and by the record here for long: the end may lie years back."""
    stay = {"arrived_on": days_ago(LONG_AGO + 90), "stays_until": days_ago(-30)}
    return factories.reported(RT, **{**stay, **fields})


def test_a_search_of_everything_that_is_stored_finds_nothing_of_the_person() -> None:
    with_everything()
    told = {secret: tables_with(str(secret)) for secret in SECRETS.values()}
    assert all(told.values()), "what is not there before proves nothing"
    assert {"residents_resident", "residents_residentevent"} <= set(told[NIK])
    a_rule()
    anonymise("--do")
    left = {secret: tables_with(str(secret)) for secret in SECRETS.values()}
    assert {secret: names for secret, names in left.items() if names} == {}
    assert tables_with("Zulkifli") == tables_with("Rahasia") == []


def test_the_files_are_gone_from_the_storage() -> None:
    resident = with_everything()
    names = [
        *Attachment.objects.values_list("file", flat=True),
        *FormFile.objects.values_list("file", flat=True),
        *Export.objects.values_list("file", flat=True),
    ]
    assert len(names) == 3
    assert all(default_storage.exists(name) for name in names)
    a_rule()
    anonymise("--do")
    assert [name for name in names if default_storage.exists(name)] == []
    assert not DoomedFile.objects.exists()
    kept = Attachment.objects.get(resident=resident)
    assert (kept.file, kept.sha256, kept.kind) == ("", "", "ktp")
    assert kept.removed_at is not None
    assert RetentionRun.objects.get().files == 4  # an exported file lies in a folder


def test_what_figures_need_is_left() -> None:
    resident = with_everything()
    a_rule()
    anonymise("--do")
    left = again(resident)
    same = (
        "status area_id kelurahan arrived_on stays_until ended_on end_reason sex purpose "
        "occupation education nationality origin_province lodging_id entered_by_id"
    ).split()
    assert {name: getattr(left, name) for name in same} == {
        name: getattr(resident, name) for name in same
    }
    assert left.origin_province
    assert resident.birth_date is not None
    assert left.birth_date == resident.birth_date.replace(month=1, day=1)
    assert left.anonymised_on == today()
    assert (left.full_name, left.nik, left.nik_index, left.name_keys) == (NAMELESS, "", None, [])
    assert (left.religion, left.marital_status, left.family_relation) == (None, None, None)
    assert ResidentStep.objects.filter(subject=left).exclude(reason="", note="").count() == 0


def a_town() -> None:
    """People of all kinds, now and long ago, in three RTs."""
    for area in (RT, SIBLING_RT, FOREIGN_RT):
        for make in (factories.reported, factories.verified, factories.ended, factories.overdue):
            make(area)
        factories.returned(area)
        factories.discarded(area)
        for days in (800, 1000, LONG_AGO):
            long_gone(area, days)
    moved = factories.move(here_since_long(), SIBLING_RT, days_ago(LONG_AGO + 10))
    with_letter(moved)
    with_letter(here_since_long(), here_since_long())


def test_figures_as_at_any_day_are_the_same_before_and_after() -> None:
    a_town()
    days = [days_ago(n) for n in (0, 30, 400, 790, 800, 990, 1001, LONG_AGO, LONG_AGO + 5, 1150)]
    codes_ = (CITY_CODE, KELURAHAN, RT, SIBLING_RT, FOREIGN_RT)

    def figures() -> dict[Any, Any]:
        areas = Area.objects.filter(code__in=codes_)
        rows = [row for area in areas for day in days for row in table_of(area, year_to(day)).rows]
        recount, both = Recount(), (CITY_CODE, RT)
        counted = {(one, day): recount.of(one, year_to(day)) for one in both for day in days}
        return {"shown": [(row.area.code, row.figures) for row in rows], "counted": counted}

    before = figures()
    a_rule()
    anonymise("--do")
    assert Resident.objects.filter(anonymised_on__isnull=False).count() >= 12
    assert figures() == before
    assert before["counted"][CITY_CODE, days_ago(1001)]["active"] > 0


def test_only_those_whose_stay_ended_long_enough_ago_are_due() -> None:
    rule = a_rule()
    assert rule.months == MONTHS
    last = today().replace(year=today().year - 2)
    due = long_gone(days=(today() - last).days)
    not_yet = long_gone(days=(today() - last).days - 1)
    still = [factories.overdue(), factories.reported(), factories.draft(), factories.returned()]
    anonymise("--do")
    assert again(due).anonymised_on == today()
    for one in (not_yet, *still):
        assert again(one).anonymised_on is None, one.status
        assert again(one).full_name != NAMELESS


def test_what_was_thrown_away_goes_by_the_day_it_was() -> None:
    with factories.on_day(days_ago(LONG_AGO)):
        old = factories.discarded()
    fresh = factories.discarded()
    a_rule()
    anonymise("--do")
    assert again(old).full_name == NAMELESS
    assert again(fresh).anonymised_on is None


def merged_into(kept: Resident, **fields: Any) -> Resident:
    other = here_since_long(**fields)
    WORKFLOW.advance(other.pk, "merge", Move(None, {"into": kept.pk, "reason": "Sama."}))
    return other


def test_a_merged_record_goes_with_the_one_it_was_merged_into() -> None:
    due, alive = long_gone(), factories.reported()
    with_it = merged_into(due, full_name="Ikut Rahasia")
    deeper = here_since_long(full_name="Dalam Rahasia")
    WORKFLOW.advance(deeper.pk, "merge", Move(None, {"into": with_it.pk, "reason": "Sama."}))
    stays = merged_into(alive)
    a_rule()
    assert "Due: 2 records" in anonymise()
    anonymise("--do")
    assert {again(one).full_name for one in (due, with_it, deeper)} == {NAMELESS}
    assert again(stays).anonymised_on is None
    assert tables_with("Ikut Rahasia") == tables_with("Dalam Rahasia") == []


def test_a_valid_letter_keeps_the_record_and_all_that_is_linked_to_it() -> None:
    kept, other = here_since_long(), here_since_long()
    for one in (kept, other):
        factories.letter_issued(one)
        WORKFLOW.advance(one.pk, "end", Move(None, {"date": days_ago(LONG_AGO), "end_reason": 1}))
    root = long_gone()
    WORKFLOW.advance(other.pk, "merge", Move(None, {"into": root.pk, "reason": "Sama."}))
    a_rule()
    anonymise("--do")
    assert [again(one).anonymised_on for one in (kept, other, root)] == [None] * 3
    Letter.objects.update(valid_until=days_ago(1))
    anonymise("--do")
    assert [again(one).anonymised_on for one in (kept, other, root)] == [today()] * 3


def test_a_letter_is_erased_with_the_last_of_its_people() -> None:
    head = here_since_long(one_kk=True, full_name="Kepala Rahasia")
    wife = here_since_long(one_kk=True, full_name="Istri Rahasia")
    letter = factories.letter_drawn(head, wife)
    Letter.objects.update(valid_until=days_ago(1))
    file = Drawing.objects.get().file
    WORKFLOW.advance(head.pk, "end", Move(None, {"date": days_ago(LONG_AGO), "end_reason": 1}))
    a_rule()
    anonymise("--do")
    assert again(letter).facts is not None
    assert default_storage.exists(file)
    WORKFLOW.advance(wife.pk, "end", Move(None, {"date": days_ago(LONG_AGO), "end_reason": 1}))
    anonymise("--do")
    after = again(letter)
    assert (after.facts, after.purpose, after.erased_on) == (None, "", today())
    assert (after.number, after.issued_on, after.status) == (
        letter.number,
        letter.issued_on,
        "issued",
    )
    assert not default_storage.exists(file)
    assert tables_with("Kepala Rahasia") == tables_with("Istri Rahasia") == []


def test_the_owner_of_a_closed_lodging_is_forgotten_with_its_last_known_tenant() -> None:
    factories.load_areas()
    owner = {"owner_name": "Pemilik Rahasia", "owner_phone": "080000009955"}
    closed = factories.LodgingFactory.create(closed_on=days_ago(LONG_AGO), **owner)
    long_gone(lodging=closed)
    open_ = factories.LodgingFactory.create(owner_name="Pemilik Tetap")
    busy = factories.LodgingFactory.create(closed_on=days_ago(LONG_AGO), owner_name="Masih Perlu")
    factories.ended(lodging=busy)
    a_rule()
    anonymise("--do")
    assert tables_with("Pemilik Rahasia") == tables_with("080000009955") == []
    assert again(open_).owner_name == "Pemilik Tetap"
    assert again(busy).owner_name == "Masih Perlu"
    assert again(closed).kind == codes.LodgingKind.BOARDING_HOUSE
    assert Lodging.objects.count() == 3


# What points to a record and holds nothing of the person, or goes otherwise.
HARMLESS = {
    "residents.StayPeriod": "days",
    "residents.Placement": "days and areas",
    "reports.LetterSubject": "that a letter names the record",
}


def test_whatever_points_to_a_record_is_thought_of() -> None:
    """A new room must tell retention what it holds of people, or stand here."""
    pointing = {
        model._meta.label
        for model in apps.get_models()
        if not issubclass(model, pghistory.models.Event)
        and any(field.related_model is Resident for field in model._meta.fields)
    }
    forgotten = {label for label in pointing if len(grants.upkeep_of(apps.get_model(label))) < 2}
    assert forgotten == set(HARMLESS)
