"""The areas of the decree and the planned RTs, loaded once and again."""

from __future__ import annotations

import csv
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction

from accounts.areas.loading import RT_PLAN, load_decree, load_rts
from accounts.areas.models import CODE_LENGTH, Area, AreaPeriod, AreaStatus, Level
from tests import factories

pytestmark = pytest.mark.django_db
CITY, KECAMATAN, KELURAHAN, RTS = 1, 6, 34, 1150


def test_the_whole_city_is_loaded_once() -> None:
    assert load_decree() == CITY + KECAMATAN + KELURAHAN
    assert load_rts() == RTS
    assert (load_decree(), load_rts()) == (0, 0)
    levels = {level: Area.objects.filter(level=level).count() for level in Level}
    assert list(levels.values()) == [CITY, KECAMATAN, KELURAHAN, RTS]
    assert AreaPeriod.objects.count() == Area.objects.count()


def test_the_plan_has_every_kelurahan_and_as_many_rts_as_the_city() -> None:
    with RT_PLAN.open(encoding="utf-8") as lines:
        plan = {row["code"]: int(row["rt_count"]) for row in csv.DictReader(lines)}
    load_decree()
    kelurahan = Area.objects.filter(level=Level.KELURAHAN)
    assert set(plan) == set(kelurahan.values_list("code", flat=True))
    assert sum(plan.values()) == RTS


def test_codes_and_parents_fit_their_level() -> None:
    load_decree()
    load_rts()
    for area in Area.objects.select_related("parent"):
        assert len(area.code) == CODE_LENGTH[Level(area.level)]
        above = area.code.rpartition(".")[0]
        assert area.parent_id == (None if area.level == Level.KOTA else above)


def test_frozen_rts_are_the_last_of_their_kelurahan() -> None:
    load_decree()
    load_rts()
    with RT_PLAN.open(encoding="utf-8") as lines:
        frozen = {row["code"]: int(row["frozen"] or 0) for row in csv.DictReader(lines)}
    found = Area.objects.filter(state=AreaStatus.FROZEN)
    assert found.count() == sum(frozen.values())
    for area in found:
        later = Area.objects.filter(parent=area.parent_id, code__gt=area.code)
        assert set(later.values_list("state", flat=True)) <= {AreaStatus.FROZEN}


def test_what_was_changed_by_hand_stays_when_loaded_again() -> None:
    load_decree()
    Area.objects.filter(code="64.71.05.1002").update(name="Nama Baru")
    assert load_decree() == 0
    assert Area.objects.get(code="64.71.05.1002").name == "Nama Baru"


def test_the_command_says_how_many_it_added() -> None:
    said = [StringIO(), StringIO(), StringIO()]
    call_command("load_areas", stdout=said[0])
    call_command("load_areas", "--rts", stdout=said[1])
    call_command("load_areas", "--rts", stdout=said[2])
    counts = [int(one.getvalue().split()[0]) for one in said]
    assert counts == [CITY + KECAMATAN + KELURAHAN, RTS, 0]


def test_an_rt_without_its_kelurahan_is_refused() -> None:
    with pytest.raises(IntegrityError):
        rts_alone()


@transaction.atomic
def rts_alone() -> None:
    """Foreign keys are checked when a transaction ends, and here."""
    load_rts()
    connection.check_constraints()


def test_areas_are_named_as_people_say_them() -> None:
    factories.load_areas()
    labels = {code: Area.objects.get(code=code).label for code in ("64.71", "64.71.05")}
    assert labels == {"64.71": "Kota Balikpapan", "64.71.05": "Kecamatan Balikpapan Selatan"}
    assert Area.objects.get(code=factories.RT).label == "RT 001"
    assert Area.objects.get(code=factories.RT).kelurahan_code == factories.KELURAHAN
