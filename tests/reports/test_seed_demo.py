"""The demo's data, made once for all of these tests and rolled back after them."""

import json
from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from time import perf_counter
from typing import Any

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from django.db import transaction
from django.db.models import Count, F, Q
from django.test import Client, override_settings
from pytest_django import DjangoDbBlocker

from accounts.areas.models import CITY_CODE, Area
from accounts.demo.officials import LINE_RT, PASSWORD
from accounts.login.models import User
from accounts.rules import Action, Role
from reports.letters.models import Drawing, Letter, LetterStep, NumberCounter
from reports.letters.models import Status as LetterStatus
from reports.letters.office_models import LetterOffice
from reports.letters.queries import warnings_by_letter, with_people
from reports.letters.readiness import gaps
from reports.summaries.figures import table_of
from reports.summaries.periods import year_to
from residents.lodgings.models import Lodging
from residents.registry.models import Resident, ResidentStep
from residents.registry.queries import present_on
from residents.registry.spans import Placement, StayPeriod
from residents.registry.states import ACTIVE, COUNTED, Status
from residents.registry.workflow import WORKFLOW
from wacat.clock import now, today

PUBLISHED = {
    "Balikpapan Barat": 1378,
    "Balikpapan Utara": 751,
    "Balikpapan Tengah": 736,
    "Balikpapan Selatan": 499,
    "Balikpapan Timur": 307,
    "Balikpapan Kota": 137,
}
SEPINGGAN = "64.71.05.1002"


@pytest.fixture(scope="module")
def var(
    django_db_setup: None,
    django_db_blocker: DjangoDbBlocker,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Path]:
    """The folder of a demo whose data is there while this module's tests run."""
    folder = tmp_path_factory.mktemp("var")
    with pytest.MonkeyPatch.context() as patch, django_db_blocker.unblock(), transaction.atomic():
        patch.setenv("WACAT_VAR", str(folder))
        patch.delenv("SEED_SCALE", raising=False)
        call_command("seed_demo")
        yield folder
        transaction.set_rollback(True)


@pytest.fixture(autouse=True)
def rolled_back(var: Path) -> Iterator[None]:
    """What one test changes, the next does not see."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def official(username: str) -> User:
    return User.objects.get(username=username)


def accounts(var: Path) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = json.loads((var / "demo-accounts.json").read_text())
    return rows


def cards(username: str) -> dict[str, int]:
    """What the official's start page says is to be done."""
    client = Client()
    client.force_login(official(username))
    response = client.get("/")
    assert response.status_code == 200
    return {card.title: card.count for card in response.context["cards"]}


def ready() -> list[Letter]:
    rows = Letter.objects.filter(kelurahan=SEPINGGAN, status=LetterStatus.READY)
    return list(with_people(rows))


def test_the_year_2020_has_the_published_figures() -> None:
    table = table_of(Area.objects.get(code=CITY_CODE), year_to(date(2020, 12, 31)))
    assert {row.area.name: row.figures["active"] for row in table.parts} == PUBLISHED
    assert table.total.figures["active"] == 3808
    assert 0.8 * 3808 < table.total.figures["verified"] < 3808
    assert table.total.figures["overdue"] == 0
    present = Placement.objects.lived().filter(
        present_on(date(2020, 12, 31)), resident__status__in=COUNTED
    )
    lived_in = Counter(present.values_list("kelurahan", flat=True))
    assert len(lived_in) == 34
    assert max(lived_in.values()) < 500


def test_all_of_2020_left_in_2021() -> None:
    past = Resident.objects.filter(entered_by__username="impor.2020")
    assert past.count() == 3808
    assert not past.exclude(status=Status.ENDED, ended_on__year=2021).exists()
    assert not official("impor.2020").has_usable_password()


def test_today_has_3480_active_people_in_every_kecamatan() -> None:
    table = table_of(Area.objects.get(code=CITY_CODE), year_to(today()))
    assert table.total.figures["active"] == 3480
    assert all(row.figures["active"] > 200 for row in table.parts)
    assert 50 < table.total.figures["overdue"] < 200


def test_every_status_occurs() -> None:
    found = Counter(Resident.objects.values_list("status", flat=True))
    assert set(found) == set(Status.values)
    assert 50 < found[Status.REPORTED] < 400
    assert 3 <= found[Status.HELD] <= 10
    letters = set(Letter.objects.values_list("status", flat=True))
    assert letters == set(LetterStatus.values)


def test_every_number_begins_with_99_and_every_name_is_invented() -> None:
    for person in Resident.objects.only("nik", "no_kk", "full_name", "address"):
        assert not person.nik or person.nik.startswith("99")
        assert not person.no_kk or person.no_kk.startswith("99")
        assert person.full_name.endswith("Contoh")
        assert person.address.startswith("Jl. Contoh")


def test_there_are_families_lodgings_foreigners_and_infants() -> None:
    active = Resident.objects.active()
    families = active.filter(no_kk__isnull=False).values("no_kk_index").annotate(size=Count("pk"))
    assert families.filter(size__gt=2).count() > 20
    assert Lodging.objects.annotate(tenants=Count("residents")).filter(tenants__gt=3).count() > 50
    assert active.filter(nationality=2, no_nik_reason=2).exists()
    assert active.filter(no_nik_reason=1).exists()


def test_who_lodges_lives_in_the_lodgings_rt() -> None:
    lodged = Resident.objects.filter(lodging__isnull=False)
    assert lodged.count() > 500
    assert not lodged.exclude(area=F("lodging__area")).exists()


def test_a_held_report_has_a_nik_that_is_active_in_another_kecamatan() -> None:
    for held in Resident.objects.filter(status=Status.HELD):
        twin = Resident.objects.active().with_nik(held.nik).get()
        assert twin.kecamatan != held.kecamatan


def test_histories_are_such_as_the_workflow_writes() -> None:
    state: dict[int, str] = {}
    entered = dict(Resident.objects.values_list("pk", "entered_at"))
    steps = ResidentStep.objects.order_by("subject_id", "at", "pk")
    for subject, name, source, target, at in steps.values_list(
        "subject_id", "name", "source", "target", "at"
    ):
        transition = WORKFLOW.transitions[name]
        assert source == state.get(subject, Status.DRAFT)
        assert source in transition.sources
        assert target == (transition.target or source)
        assert at >= entered[subject]
        state[subject] = target
    told = dict(Resident.objects.exclude(status=Status.DRAFT).values_list("pk", "status"))
    assert state == told


def test_placements_and_periods_agree_with_the_residents() -> None:
    people = Resident.objects.order_by("pk")
    places = Placement.objects.order_by("resident_id")
    assert list(places.values_list("resident_id", "area_id", "starts", "until")) == list(
        people.values_list("pk", "area_id", "arrived_on", "ended_on")
    )
    covered: dict[int, tuple[date, date]] = {}
    periods = StayPeriod.objects.order_by("resident_id", "starts")
    for person, starts, until in periods.values_list("resident_id", "starts", "until"):
        first, last = covered.get(person, (starts, starts - timedelta(days=1)))
        assert starts == last + timedelta(days=1)
        covered[person] = (first, until)
    reported = people.exclude(status__in=(Status.DRAFT, Status.HELD, Status.DISCARDED))
    assert covered == {
        pk: (starts, until)
        for pk, starts, until in reported.values_list("pk", "arrived_on", "stays_until")
    }


def test_the_latest_entries_are_todays_and_from_everywhere() -> None:
    latest = list(Resident.objects.order_by("-pk")[:50])
    assert all((today() - person.entered_at.date()).days < 15 for person in latest)
    assert len({person.kecamatan for person in latest}) >= 4


def test_nothing_lies_in_the_future() -> None:
    day = today()
    late = Q(arrived_on__gt=day) | Q(reported_at__gt=now()) | Q(ended_on__gt=day)
    assert not Resident.objects.filter(late).exists()
    assert not ResidentStep.objects.filter(at__gt=now()).exists()
    assert not LetterStep.objects.filter(at__date__gte=day).exists()


def test_the_first_rt_has_two_stays_about_to_end_and_one_returned_report() -> None:
    todo = cards("rt.sepinggan")
    assert todo["Masa tinggal akan berakhir"] == 2
    assert todo["Laporan dikembalikan"] == 1
    assert todo["Draf belum dilaporkan"] == 1
    assert todo["Surat dikembalikan"] == todo["Surat menunggu diantar"] == 1
    assert "Lewat masa tinggal" not in todo
    step = ResidentStep.objects.get(subject__area=LINE_RT, name="return")
    assert "Tanggal lahir" in step.reason


def test_the_lurah_can_issue_twelve_letters_and_nine_without_a_warning() -> None:
    assert cards("lurah.sepinggan")["Surat siap diterbitkan"] == 12
    letters = ready()
    warnings = [texts for texts in warnings_by_letter(letters).values() if texts]
    assert len(letters) - len(warnings) == 9
    assert sorted(len(texts) for texts in warnings) == [1, 1, 1]
    assert len({texts[0][:20] for texts in warnings}) == 3
    assert len({letter.area_id for letter in letters}) >= 4
    assert any(letter.lines.count() > 2 for letter in letters)


def test_letters_that_are_ready_are_complete_and_really_introduced() -> None:
    for letter in ready():
        assert letter.introduction_number
        assert letter.introduced_on
        assert letter.introduced_on < today()
        for person in letter.subjects.all():
            assert not gaps(person)
            assert person.reported_at
            assert letter.introduced_on > person.reported_at.date()


def test_the_lurah_can_issue_them_all() -> None:
    client = Client()
    client.force_login(official("lurah.sepinggan"))
    client.post("/surat/siap/", {"letter": [letter.pk for letter in ready()]})
    assert not ready()


def test_issued_letters_are_numbered_without_gaps_and_wait_to_be_drawn() -> None:
    issued = Letter.objects.filter(number_serial__isnull=False).order_by("issued_on", "pk")
    for counter in NumberCounter.objects.filter(kind=NumberCounter.Kind.LETTER):
        of_office = issued.filter(kelurahan=counter.area_id, number_year=counter.year)
        serials = [letter.number_serial for letter in of_office]
        assert serials == list(range(1, counter.last + 1))
    assert all(letter.facts is not None for letter in issued)
    assert Drawing.objects.filter(state=Drawing.State.WAITING).count() == issued.count()
    assert LetterOffice.objects.filter(kelurahan=SEPINGGAN, address__startswith="Jl. Contoh")


def test_a_letter_waits_in_the_first_rt_until_its_data_is_complete() -> None:
    letter = Letter.objects.get(area=LINE_RT, status=LetterStatus.REQUESTED)
    assert gaps(letter.subjects.get())


def test_the_operator_has_reports_to_verify_and_some_that_are_held() -> None:
    todo = cards("operator")
    assert 50 < todo["Laporan tanpa peringatan"] + todo["Laporan yang perlu dilihat"] < 400
    assert 3 <= todo["Laporan ditahan"] <= 10


def test_those_who_look_after_an_rt_see_only_its_people() -> None:
    for username in ("rt.manggar", "rt.baruilir", "rt.prapatan"):
        seen = Resident.objects.visible_to(official(username), Action.RESIDENT_VIEW)
        assert seen.filter(status__in=ACTIVE).count() >= 3
        assert len(set(seen.values_list("area_id", flat=True))) == 1


def test_the_accounts_are_written_for_their_owner_only(var: Path) -> None:
    assert (var / "demo-accounts.json").stat().st_mode & 0o777 == 0o600
    rows = accounts(var)
    for row in rows:
        assert {"username", "password", "role", "area"} <= set(row)
        assert set(row) <= {"username", "password", "role", "area", "first_login", "totp"}
        assert row["password"] == PASSWORD
        assert official(row["username"]).check_password(PASSWORD)
    assert {row["role"] for row in rows} == {str(role) for role in Role}
    assert [row["username"] for row in rows if row.get("first_login")] == ["rt.baru"]


def test_the_first_rt_staff_lurah_and_camat_are_of_one_line(var: Path) -> None:
    first: dict[str, str] = {}
    for row in accounts(var):
        first.setdefault(row["role"], row["area"])
    assert first["ketua_rt"] == LINE_RT
    assert first["petugas_kelurahan"] == first["lurah"] == LINE_RT[:13]
    assert first["camat"] == LINE_RT[:8]


def test_a_second_run_adds_nothing_and_is_quick(var: Path) -> None:
    before, file = _counts(), var / "demo-accounts.json"
    written = file.read_text()
    file.unlink()
    began = perf_counter()
    call_command("seed_demo")
    assert perf_counter() - began < 1
    assert _counts() == before
    assert file.read_text() == written


def test_only_the_demo_and_the_tests_may_be_seeded(var: Path) -> None:
    with override_settings(DEMO=False, MODE="production"), pytest.raises(CommandError):
        call_command("seed_demo")
    with pytest.raises(CommandError):
        call_command("seed_demo", scale=0)


def _counts() -> dict[str, int]:
    return {
        model._meta.label: model._default_manager.count()
        for model in apps.get_models()
        if model._meta.managed
    }
