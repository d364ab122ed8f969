"""What the page of an import tells, before and after: nothing of other areas, nothing untrue."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from typing import Any

import pytest
from django.test import Client
from openpyxl import load_workbook

from accounts.notices.models import Notice
from accounts.rules import Role
from residents.importing import staging, working
from residents.importing.models import Import, ImportBlock, ImportPart
from residents.registry import probing
from residents.registry.models import Resident
from residents.registry.probing import HELD_BY_USER, TooManyHeld
from residents.registry.states import Status
from residents.twins.reporting import report
from tests import factories
from tests.factories import FOREIGN_RT, RT, SIBLING_RT, holder
from tests.residents.imported import (
    PAGE,
    book_of,
    confirm,
    entered,
    fresh,
    nik,
    person,
    read,
    rows,
    saved,
    xlsx,
)
from tests.residents.pages import ketua_rt, operator, petugas, shown
from wacat.work import perform
from wacat.workflow import Move

pytestmark = pytest.mark.django_db


def words_of(client: Client, imported: Import) -> str:
    return shown(client.get(f"{PAGE}{imported.pk}/"))


def enter_parts(imported: Import) -> Import:
    for part in ImportPart.objects.filter(of=imported).order_by("number"):
        assert perform(ImportPart, part.pk, working.enter), "not entered: see the log"
    return fresh(imported)


def handed_back(client: Client, imported: Import) -> list[list[Any]]:
    answer = client.get(f"{PAGE}{imported.pk}/ditolak/")
    assert answer.status_code == 200
    sheet: Any = load_workbook(io.BytesIO(answer.content)).active
    return [[cell.value for cell in row] for row in sheet.iter_rows()]


@pytest.fixture
def few_held(monkeypatch: pytest.MonkeyPatch) -> int:
    """How many rows of lists may be held: fewer than in earnest."""
    monkeypatch.setattr(probing, "HELD_BY_LISTS", replace(probing.HELD_BY_LISTS, most=5))
    return 5


class TestOtherAreas:
    """A preview is asked without a trace, so it tells only what its area may see anyway."""

    def preview(self, client: Client, **rt: Any) -> str:
        imported = read(client, xlsx(person(1, **rt)))
        words = words_of(client, imported)
        words = re.sub(r"Diunggah .*? oleh", "", words)
        client.post(f"{PAGE}{imported.pk}/", {"action": "discard"}, follow=True)
        return words

    @pytest.mark.parametrize("area", [FOREIGN_RT, SIBLING_RT])
    def test_a_preview_is_the_same_whether_or_not_a_nik_is_registered_there(
        self, area: str
    ) -> None:
        client = ketua_rt()
        before = self.preview(client)
        factories.reported(area, nik=nik(1))
        assert self.preview(client) == before
        assert Import.objects.latest("pk").held == 0

    def test_within_the_own_kelurahan_and_to_the_operator_it_is_told_beforehand(self) -> None:
        factories.reported(SIBLING_RT, nik=nik(1))
        factories.reported(FOREIGN_RT, nik=nik(2))
        people = [person(1), person(2), person(3)]
        own = read(petugas(), xlsx(*people))
        assert own.held == 1
        whole_city = [{**one, "Kelurahan": "Sepinggan"} for one in people]
        assert read(operator(), xlsx(*whole_city)).held == 2

    def test_before_confirming_it_is_said_that_rows_will_be_held(self) -> None:
        words = words_of(ketua_rt(), read(ketua_rt(), xlsx(person(1))))
        assert "masih terdaftar di wilayah lain akan ditahan sampai diputuskan Lurah" in words

    def test_afterwards_each_held_row_is_a_held_record_and_the_next_list_waits(
        self, few_held: int
    ) -> None:
        client = ketua_rt()
        _registered_elsewhere(few_held + 2)
        people = [person(number) for number in range(few_held + 3)]
        imported = read(client, xlsx(*people))
        waiting = read(client, xlsx(person(500), person(0, name="Sekali lagi")))
        confirm(client, imported)
        done = enter_parts(imported)
        assert (done.entered, done.held, done.rejected) == (len(people), len(people) - 1, 0)
        assert Resident.objects.filter(status=Status.HELD).count() == done.held
        assert f"{done.held} di antaranya ditahan" in words_of(client, done)
        answer = confirm(client, waiting)
        assert answer.status_code == 409
        assert f"{few_held} baris dari daftar" in shown(answer)
        assert fresh(waiting).status == "ready", "it waits for tomorrow, no row is lost"

    def test_a_list_with_many_held_rows_takes_nothing_else_from_its_user(self) -> None:
        """Who enters an honest list of a large lodging goes on with the day's work."""
        client, head = ketua_rt(), holder(Role.KETUA_RT, RT)
        _registered_elsewhere(HELD_BY_USER.most + 2)
        people = [person(number) for number in range(HELD_BY_USER.most + 2)]
        assert entered(client, xlsx(*people)).held == len(people)
        assert report(factories.draft(RT).pk, Move(head)).row.status == "reported"
        held = report(factories.draft(RT, nik=factories.reported(FOREIGN_RT).nik).pk, Move(head))
        assert held.row.status == "held"
        assert entered(client, xlsx(person(500))).entered == 1

    def test_who_may_report_nobody_may_still_begin_a_list(self) -> None:
        head = holder(Role.KETUA_RT, RT)
        for _ in range(HELD_BY_USER.most):
            elsewhere = factories.reported(FOREIGN_RT)
            report(factories.draft(RT, nik=elsewhere.nik).pk, Move(head))
        with pytest.raises(TooManyHeld):
            report(factories.draft(RT).pk, Move(head))
        assert entered(ketua_rt(), xlsx(person(1))).entered == 1

    def test_the_operators_are_told_of_an_import_past_the_limit(self, few_held: int) -> None:
        staff = holder(Role.OPERATOR, RT[:5])
        _registered_elsewhere(few_held + 1)
        client = ketua_rt()
        entered(client, xlsx(*(person(number) for number in range(3))))
        assert not Notice.objects.filter(kind="import_held").exists()
        imported = entered(client, xlsx(*(person(number) for number in range(3, few_held + 1))))
        [notice] = Notice.objects.filter(kind="import_held")
        assert (notice.recipient, notice.values) == (
            staff,
            {"imported": imported.pk, "count": few_held - 2},
        )

    def test_what_was_told_of_the_own_area_is_not_charged(self, few_held: int) -> None:
        client = petugas()
        _registered_elsewhere(few_held + 2, SIBLING_RT)
        people = [person(number) for number in range(few_held + 2)]
        assert entered(client, xlsx(*people)).held == len(people)
        assert entered(client, xlsx(person(500))).entered == 1


def _registered_elsewhere(count: int, area: str = FOREIGN_RT) -> None:
    for number in range(count):
        factories.reported(area, nik=nik(number))


class TestNumbersAgree:
    """Rows in = accepted + rejected, on the page, in the counts and in the file."""

    def test_rows_rejected_at_entering_are_told_with_their_reasons(self) -> None:
        client = petugas()
        people = [person(n, religion="Kejawen" if n < 3 else "Islam") for n in range(5)]
        imported = read(client, xlsx(*people, person(9, nik="1")))
        assert (imported.rejected, imported.warned) == (1, 3)
        for number in (0, 1, 4):
            factories.reported(nik=nik(number))
        confirm(client, imported)
        done = enter_parts(imported)
        assert (done.rows, done.entered, done.rejected, done.warned) == (6, 2, 4, 1)
        words = words_of(client, done)
        assert "Dimasukkan 2" in words
        assert "Dengan catatan 1 dari yang diterima" in words
        assert "Ditolak 4" in words
        assert "NIK ini sudah terdaftar aktif di RT ini. (3 baris: 2, 3, 6)" in words
        assert len(handed_back(client, done)) == 1 + 4

    def test_while_rows_are_entered_nothing_is_told_that_changes_under_the_eye(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(staging, "BLOCK", 2)
        client = petugas()
        imported = read(client, xlsx(*(person(number) for number in range(4))))
        factories.reported(nik=nik(0))
        confirm(client, imported)
        part = ImportPart.objects.filter(of=imported).earliest("number")
        assert perform(ImportPart, part.pk, working.enter)
        assert client.get(f"{PAGE}{imported.pk}/ditolak/").status_code == 409
        assert "/ditolak/" not in client.get(f"{PAGE}{imported.pk}/").content.decode()

    def test_a_row_that_the_database_refuses_keeps_no_other_row_out(self) -> None:
        client = petugas()
        imported = read(client, xlsx(*(person(n) for n in range(9))))
        [block] = ImportBlock.objects.filter(of=imported)
        odd = staging.rows_of(block)
        odd[3].fields["stays_until"] = "2001-01-01"  # before the arrival
        odd[7].fields["purpose"] = 10**6
        staging.keep_again(block, odd)
        confirm(client, imported)
        done = enter_parts(imported)
        assert (done.status, done.rows, done.entered, done.rejected) == ("done", 9, 7, 2)
        assert "(2 baris: 5, 9)" in words_of(client, done)
        assert len(handed_back(client, done)) == 1 + 2


def test_reasons_are_grouped_and_still_say_what_to_do() -> None:
    client = petugas()
    people = [
        *(person(n, born="31-02-1990") for n in range(1, 4)),
        person(4, born="kemarin"),
        person(5, nik=None),
        person(6, religion="Kejawen"),
        person(7, religion="Kejawen"),
        person(8, religion="Sunda"),
    ]
    words = words_of(client, read(client, xlsx(*people)))
    assert "…" not in words
    assert "tulis sebabnya pada kolom “Alasan tanpa NIK”. (1 baris: 6)" in words
    assert "Tanggal lahir “31-02-1990” tidak ada dalam kalender. (3 baris: 2, 3, 4)" in words
    assert "Tanggal lahir “kemarin” bukan tanggal." in words
    assert "Agama “Kejawen” tidak dikenal; dikosongkan. (3 baris: 7, 8, 9; juga “Sunda”)" in words


def test_a_nik_in_the_wrong_column_is_masked_on_the_page() -> None:
    client = petugas()
    imported = read(
        client, xlsx(person(1, born=nik(1), name=nik(2), phone=nik(3), religion=nik(4)))
    )
    page = client.get(f"{PAGE}{imported.pk}/").content.decode()
    assert not any(nik(number) in page for number in range(1, 5))


def test_rejected_rows_come_back_as_they_came_with_all_columns() -> None:
    client = petugas()
    grid: list[list[Any]] = [
        ["DAFTAR WARGA"],
        ["No.", "Hobi", "Nama", "NIK", None, "Alamat", "RT", "Tgl Datang", "Tujuan", "Hobi"],
        [1, "Catur", "Satu", nik(1), None, "Jl. 1", "001", "01-10-2026", "Kerja", "Tari"],
        [2, "Renang", "Dua", "123", "tanpa judul", "Jl. 2", "001", "01-10-2026", "Kerja", 7],
        [3, None, "Tiga", nik(3), None, "Jl. 3", "001", None, "Kerja", None],
    ]
    imported = entered(client, saved(book_of(grid)))
    heads, second, third = handed_back(client, imported)
    assert heads == [
        "Alasan ditolak", "No.", "Hobi", "Nama", "NIK", "Kolom E", "Alamat", "RT", "Tgl Datang",
        "Tujuan", "Hobi", "Baris semula", "Lembar semula",
    ]  # fmt: skip
    assert second[1:] == [
        "2", "Renang", "Dua", "123", "tanpa judul", "Jl. 2", "001", "01-10-2026", "Kerja", "7",
        "4", None,
    ]  # fmt: skip
    assert third[1:6] == ["3", None, "Tiga", nik(3), None]
    answer = client.get(f"{PAGE}{imported.pk}/ditolak/")
    again = read(client, answer.content)
    assert (again.rows, again.rejected) == (2, 2)
    assert handed_back(client, again)[0] == heads, "own columns do not pile up"
    assert [row.errors for row in rows(again)] == [row.errors for row in rows(imported)[1:]]
