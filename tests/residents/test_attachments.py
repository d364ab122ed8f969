"""Documents beside a record: added, looked at, removed, and by whom."""

from __future__ import annotations

import io
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.core.files.storage import default_storage
from PIL import Image

from accounts.audit.models import Access
from accounts.rules import Role
from residents.attachments import keeping
from residents.attachments.forgetting import erase_removed, erase_strays
from residents.attachments.models import Attachment
from residents.registry.models import Resident
from tests import factories
from tests.factories import FOREIGN_RT, RT, SIBLING_RT, client_of, holder, user_as
from tests.residents.pages import (
    Answer,
    beside,
    in_summary,
    ketua_rt,
    key_on,
    lurah,
    operator,
    petugas,
    shown,
)
from tests.residents.papers import CAMERA, PDF, attached, photo, sent
from wacat.clock import today

pytestmark = pytest.mark.django_db


def adding(resident: Resident) -> str:
    return f"/warga/{resident.pk}/lampiran/"


def page(resident: Resident) -> str:
    return f"/warga/{resident.pk}/"


def looking(attachment: Attachment) -> str:
    return f"/lampiran/{attachment.pk}/"


def add(resident: Resident, content: bytes, client: Any = None, **changes: Any) -> Answer:
    data = {"kind": "ktp", "file": sent(content), "key": str(uuid4()), **changes}
    return (client or ketua_rt()).post(adding(resident), data)


class TestAdding:
    def test_a_photo_is_kept_sealed_without_what_the_camera_noted(self) -> None:
        resident, content = factories.reported(), photo()
        assert CAMERA in content
        answer = add(resident, content)
        assert answer.status_code == 302
        assert answer["Location"] == f"{page(resident)}#lampiran"
        kept = Attachment.objects.get()
        assert (kept.kind, kept.resident, kept.added_by) == (
            "ktp",
            resident,
            holder(Role.KETUA_RT, RT),
        )
        at_rest = Path(default_storage.path(kept.file)).read_bytes()
        with default_storage.open(kept.file) as file:
            plain = file.read()
        assert CAMERA not in plain
        assert b"\xff\xd8\xff" not in at_rest
        assert Image.open(io.BytesIO(plain)).size == (60, 40)
        assert len(plain) == kept.size

    def test_from_the_camera_or_from_memory_not_both(self) -> None:
        resident = factories.reported()
        add(resident, b"", photo=sent(photo()), file="")
        assert Attachment.objects.count() == 1
        both = add(resident, photo(10), photo=sent(photo(20)))
        assert both.status_code == 422
        assert "Pilih satu saja" in beside(both, "file")
        neither = add(resident, b"", file="")
        assert in_summary(neither) == {
            "file": "Pilih berkas yang sudah ada: Pilih berkas, atau potret dokumennya."
        }
        assert Attachment.objects.count() == 1

    @pytest.mark.parametrize("content", [b"MZ\x90 no picture", b"<svg onload=x>", PDF[:-20]])
    def test_what_it_is_decides_not_its_name(self, content: bytes) -> None:
        resident = factories.reported()
        answer = add(resident, content, kind="kk")
        assert answer.status_code == 422
        assert beside(answer, "file")
        assert 'value="kk"' in answer.content.decode().split("checked")[0].rsplit("<input", 1)[1]
        assert not Attachment.objects.exists()

    def test_a_kind_must_be_one(self) -> None:
        assert add(factories.reported(), photo(), kind="paspor").status_code == 422

    def test_the_same_file_twice_is_one(self) -> None:
        resident = factories.reported()
        add(resident, photo())
        answer = add(resident, photo(), kind="kk")
        assert Attachment.objects.get().kind == "ktp"
        told = shown(ketua_rt().get(answer["Location"]))
        assert "Foto KTP-el" in told
        other = factories.reported()
        add(other, photo())
        assert Attachment.objects.count() == 2

    def test_a_repeated_press_adds_nothing_also_after_a_removal(self) -> None:
        resident, key = factories.reported(), str(uuid4())
        first = add(resident, photo(), key=key)
        ketua_rt().post(
            page(resident),
            {"action": "attachment_remove", "attachment": Attachment.objects.get().pk},
        )
        again = add(resident, photo(), key=key)
        assert (again.status_code, again["Location"]) == (302, first["Location"])
        assert Attachment.objects.count() == 1
        add(resident, photo())
        assert Attachment.objects.present().count() == 1

    def test_somebody_elses_key_is_no_hindrance(self) -> None:
        key = str(uuid4())
        add(factories.reported(), photo(), key=key)
        other = factories.reported()
        assert add(other, photo(), key=key).status_code == 302
        assert Attachment.objects.filter(resident=other).exists()

    def test_not_too_many(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(keeping, "MOST", 2)
        resident = factories.reported()
        for shade in (10, 90, 170):
            answer = add(resident, photo(shade))
        assert answer.status_code == 422
        assert keeping.TOO_MANY in shown(answer)
        assert Attachment.objects.count() == 2
        gone = Attachment.objects.first()
        assert gone
        keeping.remove(gone)
        assert add(resident, photo(170)).status_code == 302

    @pytest.mark.parametrize("make", ["merged", "discarded"])
    def test_a_record_out_of_use_takes_none(self, make: str) -> None:
        resident = getattr(factories, make)()
        assert petugas().get(adding(resident)).status_code == 409
        assert add(resident, photo()).status_code == 409

    def test_only_those_who_enter_there(self) -> None:
        resident = factories.reported()
        for client, status in (
            (lurah(), 403),
            (operator(), 403),
            (ketua_rt(SIBLING_RT), 404),
            (ketua_rt(FOREIGN_RT), 404),
        ):
            assert add(resident, photo(), client).status_code == status
        assert not Attachment.objects.exists()


class TestLooking:
    def test_our_own_picture_is_shown_and_that_is_recorded(self) -> None:
        resident = factories.reported()
        attachment = attached(resident)
        answer = lurah().get(looking(attachment))
        assert answer.status_code == 200
        assert answer["Content-Type"] == "image/jpeg"
        assert answer["Content-Disposition"].startswith("inline; filename=")
        assert answer["X-Content-Type-Options"] == "nosniff"
        assert answer["Cache-Control"] == "no-store"
        assert resident.full_name not in answer["Content-Disposition"]
        seen = Access.objects.get()
        assert (seen.kind, seen.subject, seen.area_id) == (
            "download",
            f"residents.resident:{resident.pk}",
            RT,
        )

    def test_a_pdf_leaves_only_as_a_download(self) -> None:
        answer = petugas().get(looking(attached(factories.reported(), PDF)))
        assert answer.content == PDF
        assert answer["Content-Disposition"].startswith("attachment; ")
        assert answer["X-Content-Type-Options"] == "nosniff"

    def test_elsewhere_it_does_not_exist(self) -> None:
        attachment = attached(factories.reported())
        for client in (ketua_rt(SIBLING_RT), ketua_rt(FOREIGN_RT), lurah("64.71.01.1001")):
            answer = client.get(looking(attachment))
            assert answer.status_code == 404
            assert answer.content == client.get("/lampiran/987654/").content
        for role in (Role.CAMAT, Role.PIMPINAN, Role.TIM_TEKNIS, Role.ADMINISTRATOR):
            assert client_of(user_as(role)).get(looking(attachment)).status_code == 403
        assert not Access.objects.exists()

    def test_it_goes_where_the_person_goes(self) -> None:
        resident = factories.reported()
        attachment = attached(resident)
        factories.move(resident, SIBLING_RT, today())
        assert ketua_rt(SIBLING_RT).get(looking(attachment)).status_code == 200
        assert ketua_rt(RT).get(looking(attachment)).status_code == 404
        assert Access.objects.get().area_id == SIBLING_RT

    def test_a_draft_s_is_seen_by_those_who_enter_it(self) -> None:
        attachment = attached(factories.draft())
        assert ketua_rt().get(looking(attachment)).status_code == 200
        assert lurah().get(looking(attachment)).status_code == 404
        assert operator().get(looking(attachment)).status_code == 404


class TestPanel:
    def test_it_lists_kind_day_and_who(self) -> None:
        resident = factories.reported()
        attachment = attached(resident, kind="owner")
        text = shown(lurah().get(page(resident)))
        assert "Pernyataan pemilik tempat" in text
        assert str(attachment.added_by) in text
        assert "Tambah foto" not in text
        assert "Ya, hapus" not in text
        assert "Tambah foto" in shown(ketua_rt().get(page(resident)))
        assert not Access.objects.exists()

    def test_one_is_looked_at_beside_the_record(self) -> None:
        resident = factories.reported()
        one, other = attached(resident), attached(factories.reported())
        body = operator().get(page(resident), {"lampiran": one.pk}).content.decode()
        assert f'<img src="{looking(one)}"' in body
        for strange in (other.pk, "x", "9" * 30):
            body = operator().get(page(resident), {"lampiran": strange}).content.decode()
            assert '<img src="/lampiran/' not in body

    def test_without_documents_it_says_so_to_those_who_may_add(self) -> None:
        resident = factories.reported()
        assert "Belum ada foto" in shown(ketua_rt().get(page(resident)))
        assert "Foto dan dokumen" not in shown(operator().get(page(resident)))


class TestRemoving:
    def remove(self, attachment: Attachment, client: Any = None) -> Answer:
        data = {"action": "attachment_remove", "attachment": attachment.pk}
        return (client or ketua_rt()).post(page(attachment.resident), data)

    def test_the_row_stays_and_the_file_goes(self, django_capture_on_commit_callbacks: Any) -> None:
        attachment = attached(factories.reported())
        name = attachment.file
        with django_capture_on_commit_callbacks(execute=True):
            assert self.remove(attachment).status_code == 302
        attachment.refresh_from_db()
        assert attachment.removed_at
        assert attachment.file == ""
        assert not default_storage.exists(name)
        assert ketua_rt().get(looking(attachment)).status_code == 404
        assert self.remove(attachment).status_code == 302

    def test_a_deletion_that_failed_is_found_again(
        self, django_capture_on_commit_callbacks: Any, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        attachment = attached(factories.reported())
        name = attachment.file

        def away(name: str) -> None:
            raise OSError("the storage is away")

        with monkeypatch.context() as while_away:
            while_away.setattr(default_storage, "delete", away)
            with django_capture_on_commit_callbacks(execute=True):
                assert self.remove(attachment).status_code == 302
            erase_removed()
        assert default_storage.exists(name)
        assert ketua_rt().get(looking(attachment)).status_code == 404
        erase_removed()
        assert not default_storage.exists(name)
        assert Attachment.objects.get().file == ""

    def test_only_those_who_enter_there_and_only_of_that_record(self) -> None:
        attachment, other = attached(factories.reported()), factories.reported()
        assert self.remove(attachment, lurah()).status_code == 403
        assert self.remove(attachment, ketua_rt(SIBLING_RT)).status_code == 404
        data = {"action": "attachment_remove", "attachment": attachment.pk}
        assert ketua_rt().post(page(other), data).status_code == 404
        for strange in ("", "x", "987654"):
            data["attachment"] = strange
            assert ketua_rt().post(page(other), data).status_code == 404
        assert Attachment.objects.present().count() == 1

    def test_a_file_that_no_row_knows_is_found(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """A crash between storing the file and committing its row."""
        attachment = attached(factories.reported())
        stray = f"{attachment.file.rpartition('/')[0]}/stray.jpg"
        with default_storage.open(attachment.file) as file:
            default_storage.save(stray, file)
        with factories.on_day(today() + timedelta(days=1)):
            erase_strays()
            assert default_storage.exists(stray)  # it may belong to somebody still at it
            monkeypatch.setattr("wacat.strays.STRAY", -timedelta(1))
            erase_strays()
        assert not default_storage.exists(stray)
        assert default_storage.exists(attachment.file)


def test_the_form_shows_its_key_and_the_script_s_address() -> None:
    resident = factories.reported()
    answer = ketua_rt().get(adding(resident))
    assert key_on(answer)
    body = answer.content.decode()
    assert 'data-upload="/unggahan/00000000-0000-0000-0000-000000000000/"' in body
    assert 'capture="environment"' in body
    assert 'enctype="multipart/form-data"' in body
