"""Taking lists home: what is in the files, who gets them, once, and what the trail keeps."""

from __future__ import annotations

import csv
import io
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.apps import apps
from django.core.files.storage import default_storage
from django.db import transaction
from django.test import Client
from django.urls import resolve
from django.utils import timezone
from openpyxl import load_workbook

from accounts.audit.models import Access
from accounts.posts.models import Post
from accounts.rules import Role
from residents.exporting import writing
from residents.exporting.models import Export
from tests import factories
from tests.factories import CITY_CODE, FOREIGN_RT, KELURAHAN, RT, SIBLING_RT
from tests.residents.pages import beside, in_summary, ketua_rt, lurah, operator, petugas, shown
from wacat.clock import now
from wacat.words import nik_masked
from wacat.work import perform

pytestmark = pytest.mark.django_db
ASK = "/warga/ekspor/"


def _ask(client: Client, **asked: Any) -> Export:
    answer = client.post(ASK, {"format": "csv", "key": str(uuid4()), **asked})
    assert answer.status_code == 302, shown(answer)
    return Export.objects.get(pk=resolve(answer["Location"]).kwargs["pk"])


def _written(client: Client, **asked: Any) -> Export:
    export = _ask(client, **asked)
    assert perform(Export, export.pk, writing.write)
    return Export.objects.get(pk=export.pk)


def _fetched(client: Client, export: Export) -> bytes:
    answer: Any = client.post(f"{ASK}{export.pk}/unduh/")
    assert answer.status_code == 200
    return b"".join(answer.streaming_content)


def _csv(client: Client, **asked: Any) -> list[dict[str, str]]:
    content = _fetched(client, _written(client, **asked))
    assert content.startswith(b"\xef\xbb\xbf")
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig")), delimiter=";"))


def _sheet(client: Client, **asked: Any) -> list[dict[str, Any]]:
    content = _fetched(client, _written(client, format="xlsx", **asked))
    [sheet] = load_workbook(io.BytesIO(content)).worksheets
    headings, *rows = sheet.iter_rows(values_only=True)
    return [dict(zip(headings, row, strict=True)) for row in rows]


class TestContent:
    def test_codes_are_words_and_days_are_days(self) -> None:
        resident = factories.reported(full_name="Siti Contoh", arrived_on=date(2026, 5, 4))
        [in_csv] = _csv(lurah())
        [in_sheet] = _sheet(lurah())
        for row in (in_csv, in_sheet):
            assert row["Nama lengkap"] == "Siti Contoh"
            assert row["Jenis kelamin"] == "Laki-laki"
            assert row["Pekerjaan"] == "Karyawan Swasta"
            assert row["RT"] == "RT 001"
            assert row["Kelurahan"] == "Sepinggan"
            assert row["Keadaan"] == "Dilaporkan"
            assert row["NIK"] == nik_masked(resident.nik)
        assert in_csv["Tanggal datang"] == "2026-05-04"
        assert in_sheet["Tanggal datang"].date() == date(2026, 5, 4)
        assert in_sheet["Berakhir"] is None

    def test_numbers_are_whole_text_for_whom_they_may_be(self) -> None:
        resident = factories.reported(phone="0800000012")
        asked = {"with_numbers": "on", "purpose": "Pencocokan dengan SIAK"}
        [in_sheet] = _sheet(lurah(), **asked)
        assert (in_sheet["NIK"], in_sheet["No. KK"]) == (resident.nik, resident.no_kk)
        [in_csv] = _csv(operator(), **asked)
        assert in_csv["NIK"] == f"'{resident.nik}"
        assert in_csv["Telepon"] == "'0800000012"

    @pytest.mark.parametrize(
        "start", ["=", "+", "-", "@", "\t", "\t=", "\r", " =", "＝", "＋", "－", "＠", "−"]
    )
    def test_nothing_becomes_a_formula(self, start: str) -> None:
        name = f"{start}HYPERLINK(1)"
        factories.reported(full_name=name, notes=name, address=name)
        [in_csv] = _csv(lurah())
        [in_sheet] = _sheet(lurah())
        name = name.replace("\r", "\n")  # as the lines of a cell break
        assert {in_csv["Catatan"], in_csv["Alamat tinggal"]} == {f"'{name}"}
        assert {in_sheet["Catatan"], in_sheet["Alamat tinggal"]} == {name}

    @pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
    def test_in_a_sheet_it_is_a_cell_of_text(self, start: str) -> None:
        factories.reported(notes=f"{start}HYPERLINK(1)")
        content = _fetched(lurah(), _written(lurah(), format="xlsx"))
        [sheet] = load_workbook(io.BytesIO(content)).worksheets
        [cell] = [one for row in sheet for one in row if "HYPERLINK" in str(one.value)]
        assert (cell.data_type, cell.number_format) == ("s", "@")

    def test_signs_of_xml_and_of_csv_are_only_signs(self) -> None:
        name = "<b>&\"; 'x' ]]> \u0001 Siti;\nContoh"
        factories.reported(notes=name)
        assert _csv(lurah())[0]["Catatan"] == name.replace("\u0001", "")
        assert _sheet(lurah())[0]["Catatan"] == name.replace("\u0001", "")

    def test_it_is_narrowed_as_the_list_is(self) -> None:
        factories.reported(full_name="Muhammad Satu")
        factories.reported(SIBLING_RT, full_name="Muhammad Dua")
        factories.overdue(full_name="Budi")
        factories.reported(FOREIGN_RT, full_name="Muhammad Tiga")
        factories.draft(full_name="Muhammad Draf")
        found = {
            (): {"Muhammad Satu", "Muhammad Dua", "Budi"},
            (("q", "mohamad"),): {"Muhammad Satu", "Muhammad Dua"},
            (("q", "mohamad"), ("wilayah", RT)): {"Muhammad Satu"},
            (("status", "overdue"),): {"Budi"},
        }
        for asked, expected in found.items():
            assert {row["Nama lengkap"] for row in _csv(lurah(), **dict(asked))} == expected

    def test_a_large_list_is_written_in_pieces(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("residents.exporting.pieces.PIECE", 2_000)
        monkeypatch.setattr("residents.exporting.formats.BUFFER", 500)
        for number in range(20):
            factories.draft(full_name=f"Warga {number}")
        client = petugas()
        export = _written(client)
        assert export.rows == 20
        assert export.pieces > 1
        assert len(default_storage.listdir(export.file)[1]) == export.pieces
        content = _fetched(client, export).decode("utf-8-sig")
        assert content.count("\r\n") == 21
        assert not default_storage.exists(export.file)


class TestAsking:
    def test_the_button_on_the_list_brings_its_narrowing_along(self) -> None:
        factories.reported(full_name="Siti Contoh")
        answer = lurah().post(ASK, {"q": "siti", "status": "reported"})
        assert answer.status_code == 200
        page = answer.content.decode()
        assert 'name="q" value="siti"' in page
        assert "Dilaporkan" in shown(answer)
        assert not Export.objects.exists()

    def test_pressed_twice_it_is_one(self) -> None:
        client, key = lurah(), str(uuid4())
        assert _ask(client, key=key).pk == _ask(client, key=key).pk
        assert Export.objects.count() == 1

    def test_whole_numbers_need_a_purpose(self) -> None:
        answer = lurah().post(ASK, {"format": "csv", "with_numbers": "on", "key": str(uuid4())})
        assert answer.status_code == 422
        assert beside(answer, "purpose")
        assert not Export.objects.exists()

    def test_whole_numbers_are_not_for_an_rt(self) -> None:
        factories.reported()
        asked = {"with_numbers": "on", "purpose": "Ingin tahu"}
        for client in (ketua_rt(), petugas()):
            export = _ask(client, **asked)
            assert not export.with_numbers
            assert "Sertakan NIK lengkap" not in shown(client.get(ASK))
        assert "Sertakan NIK lengkap" in shown(lurah().get(ASK))

    def test_a_nik_is_no_list(self) -> None:
        nik = factories.reported().nik
        answer = lurah().post(ASK, {"format": "csv", "q": nik, "key": str(uuid4())})
        assert answer.status_code == 422
        assert "NIK" in in_summary(answer).get("", "")

    def test_more_than_a_sheet_holds_is_refused_with_a_word(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("residents.exporting.views.MOST_ROWS", 1)
        factories.reported()
        factories.reported()
        answer = lurah().post(ASK, {"format": "xlsx", "key": str(uuid4())})
        assert answer.status_code == 422
        assert "Pilih CSV" in shown(answer)
        assert _ask(lurah(), format="csv")

    def test_an_area_out_of_reach_is_none(self) -> None:
        for code in (FOREIGN_RT, CITY_CODE):
            asked = {"format": "csv", "wilayah": code, "key": str(uuid4())}
            assert lurah().post(ASK, asked).status_code == 404

    def test_who_sees_no_residents_takes_none(self) -> None:
        camat = factories.client_of(factories.user_as(Role.CAMAT))
        assert camat.get(ASK).status_code == 403
        assert camat.post(ASK, {"format": "csv"}).status_code == 403


class TestFetching:
    def test_once_and_then_it_is_gone(self) -> None:
        factories.reported()
        client = lurah()
        export = _written(client)
        assert "Unduh CSV" in shown(client.get(f"{ASK}{export.pk}/"))
        assert _fetched(client, export)
        again = client.post(f"{ASK}{export.pk}/unduh/")
        assert again.status_code == 410
        assert "sudah diunduh" in shown(again)
        assert not default_storage.exists(export.file)

    def test_it_is_in_the_trail_with_area_rows_and_purpose(self) -> None:
        factories.reported()
        client = lurah()
        export = _written(client, with_numbers="on", purpose="Pencocokan")
        assert not Access.objects.exists()
        _fetched(client, export)
        [access] = Access.objects.all()
        assert (access.kind, access.subject) == ("export", f"residents.export:{export.pk}")
        assert access.area_id == KELURAHAN
        events = apps.get_model("residents.ExportEvent")._default_manager
        told = events.filter(pgh_obj_id=export.pk).order_by("pgh_id").last()
        assert (told.rows, told.with_numbers, told.purpose) == (1, True, "Pencocokan")
        assert told.delivered_at

    def test_it_is_nobody_elses(self) -> None:
        export = _written(lurah())
        for client in (petugas(), operator(), ketua_rt()):
            assert client.get(f"{ASK}{export.pk}/").status_code == 404
            assert client.post(f"{ASK}{export.pk}/unduh/").status_code == 404
            assert "Belum ada unduhan" in shown(client.get("/warga/unduhan/"))

    def test_a_post_that_ended_in_between_ends_it_as_well(self) -> None:
        client = lurah()
        waiting, ready = _ask(client), _written(client)
        _end_posts(ready.asked_by)
        assert not perform(Export, waiting.pk, writing.write)
        waiting.refresh_from_db()
        assert (waiting.state, waiting.failure) == ("failed", writing.NO_LONGER)
        assert client.post(f"{ASK}{ready.pk}/unduh/").status_code in (302, 403)
        other = factories.holder(Role.KETUA_RT, RT)
        Export.objects.filter(pk=ready.pk).update(asked_by=other)
        assert ketua_rt().post(f"{ASK}{ready.pk}/unduh/").status_code == 404

    def test_whole_numbers_need_the_right_when_they_are_fetched(self) -> None:
        export = _written(lurah(), with_numbers="on", purpose="Pencocokan")
        staff = factories.holder(Role.PETUGAS_KELURAHAN, KELURAHAN)
        Export.objects.filter(pk=export.pk).update(asked_by=staff)
        assert petugas().post(f"{ASK}{export.pk}/unduh/").status_code == 404

    def test_after_a_day_it_is_deleted(self) -> None:
        old, fresh = _written(lurah()), _written(lurah())
        day_ago = timezone.now() - timedelta(days=1, minutes=1)
        Export.objects.filter(pk=old.pk).update(wanted_at=day_ago)
        writing.forget_old()
        assert list(Export.objects.values_list("pk", flat=True)) == [fresh.pk]
        assert not default_storage.exists(old.file)
        assert default_storage.exists(fresh.file)

    def test_the_page_tells_how_far_it_is(self) -> None:
        client = lurah()
        export = _ask(client)
        assert "sedang disiapkan" in shown(client.get(f"{ASK}{export.pk}/"))
        part = client.get(f"{ASK}{export.pk}/", headers={"HX-Request": "true"})
        assert part.content.lstrip().startswith(b'<div id="export"')
        assert client.post(f"{ASK}{export.pk}/unduh/").status_code == 302


@transaction.atomic
def _end_posts(user: Any) -> None:
    today = now().date()
    Post.objects.filter(user=user).update(until=today, ending=Post.Ending.ENDED)
