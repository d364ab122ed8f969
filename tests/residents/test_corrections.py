"""Corrections sent beside the data, with their photographs."""

from __future__ import annotations

import io
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.files.storage import default_storage
from PIL import Image

from accounts.audit.models import Access
from accounts.rules import Role
from residents.corrections.codes import Reason
from residents.corrections.deadlines import DEFAULT_DAYS
from residents.corrections.models import (
    Correction,
    CorrectionPhoto,
)
from residents.services.models import Service
from tests.factories import (
    CITY_CODE,
    FOREIGN_KELURAHAN,
    FOREIGN_RT,
    KELURAHAN,
    RT,
    SIBLING_RT,
    client_of,
    holder,
)
from tests.residents import corrected
from tests.residents.corrected import form, told
from tests.residents.pages import ketua_rt, lurah, operator
from tests.residents.papers import CAMERA, PDF, photo
from tests.residents.papers import sent as file_of
from tests.residents.services_told import a_service, a_version
from wacat.clock import today

pytestmark = pytest.mark.django_db


class TestSending:
    def test_it_stands_beside_the_data_and_is_sent_once(self) -> None:
        holder(Role.OPERATOR, CITY_CODE)
        service, posted = a_service(), form(happened_on=today().isoformat())
        before = Service.objects.filter(pk=service.pk).values().get()
        answers = [ketua_rt().post(f"/layanan/{service.pk}/koreksi/", posted) for _ in range(2)]
        correction = Correction.objects.get()
        assert {one["Location"] for one in answers} == {f"/koreksi/{correction.pk}/"}
        assert (correction.status, correction.reason) == ("sent", Reason.HAS_LEFT)
        assert (correction.happened_on, correction.area_id) == (today(), RT)
        assert correction.due_on == today() + timedelta(days=DEFAULT_DAYS[Reason.HAS_LEFT])
        after = Service.objects.filter(pk=service.pk).values().get()
        changed = {name for name in before if before[name] != after[name]}
        assert changed == {"status", "answered_at", "answered_by_id"}
        assert after["status"] == "corrected"
        assert [step.name for step in correction.steps.all()] == ["send"]
        assert told("correction_sent") == {Role.OPERATOR}
        # A second one: the page leads to the first, and the post is refused.
        assert ketua_rt().get(f"/layanan/{service.pk}/koreksi/").status_code == 302
        assert lurah().post(f"/layanan/{service.pk}/koreksi/", form()).status_code == 409
        assert Correction.objects.count() == 1

    @pytest.mark.parametrize(
        ("posted", "wrong", "right"),
        [
            ({"reason": ""}, "reason", None),
            ({"reason": "9"}, "reason", None),
            ({"reason": "5"}, "right_name", {"right_name": "Siti Contoh"}),
            ({"reason": "2"}, "right_address", {"right_address": "RT 002"}),
            ({"reason": "6", "note": ""}, "note", {"note": "Lain."}),
            ({"happened_on": "2999-01-01"}, "happened_on", {"happened_on": ""}),
        ],
    )
    def test_what_a_reason_asks_for(
        self, posted: dict[str, str], wrong: str, right: dict[str, str] | None
    ) -> None:
        service = a_service()
        asked = form(**{"right_name": "", "note": "Tetap diketik.", **posted})
        answer = ketua_rt().post(f"/layanan/{service.pk}/koreksi/", asked)
        text = answer.content.decode()
        assert answer.status_code == 422
        assert f'id="id_{wrong}_error"' in text
        assert f'href="#id_{wrong}' in text
        assert asked["note"] in text
        assert not Correction.objects.exists()
        if right:
            data = {**asked, **right}
            assert ketua_rt().post(f"/layanan/{service.pk}/koreksi/", data).status_code == 302

    def test_what_was_typed_for_another_reason_is_left_out(self) -> None:
        service = a_service()
        posted = form(reason="1", right_name="Lain", right_address="Lain", happened_on="2026-01-01")
        ketua_rt().post(f"/layanan/{service.pk}/koreksi/", posted)
        correction = Correction.objects.get()
        assert (correction.right_value, correction.happened_on) == ("", None)

    def test_who_may_and_of_what(self) -> None:
        service, elsewhere, waiting = a_service(), a_service(FOREIGN_RT), a_service(KELURAHAN)
        address = "/layanan/{}/koreksi/"
        assert operator().get(address.format(service.pk)).status_code == 403
        assert ketua_rt().get(address.format(elsewhere.pk)).status_code == 404
        assert ketua_rt().post(address.format(elsewhere.pk), form()).status_code == 404
        assert lurah().get(address.format(waiting.pk)).status_code == 409
        assert lurah().post(address.format(waiting.pk), form()).status_code == 409
        a_version(service)
        assert ketua_rt().post(address.format(service.pk), form()).status_code == 404
        assert not Correction.objects.exists()

    def test_from_a_month_one_comes_back_to_it_and_nowhere_else(self) -> None:
        for back, leads in (("/layanan/bulan/2026-11/", True), ("//example.id/", False)):
            address = f"/layanan/{a_service().pk}/koreksi/?lanjut={back}"
            answer = ketua_rt().post(address, form())
            assert (answer["Location"] == back) == leads


class TestPhotographs:
    def send(self, *contents: bytes) -> Any:
        service = a_service()
        posted = form(photos=[file_of(one) for one in contents])
        return ketua_rt().post(f"/layanan/{service.pk}/koreksi/", posted)

    def test_up_to_three_sealed_and_drawn_anew(self) -> None:
        assert self.send(photo(10), photo(20), photo(20)).status_code == 302
        kept = list(CorrectionPhoto.objects.all())
        assert len(kept) == 2  # the same one twice is one
        at_rest = Path(default_storage.path(kept[0].file)).read_bytes()
        with default_storage.open(kept[0].file) as file:
            plain = file.read()
        assert CAMERA not in plain
        assert b"\xff\xd8\xff" not in at_rest
        assert Image.open(io.BytesIO(plain)).size == (60, 40)
        assert self.send(*(photo(shade) for shade in range(4))).status_code == 422

    @pytest.mark.parametrize("content", [PDF, b"<script>", b"\xff\xd8\xff cut", b"GIF89a"])
    def test_what_is_no_photograph(self, content: bytes) -> None:
        answer = self.send(content)
        assert answer.status_code == 422
        assert 'id="id_photos_error"' in answer.content.decode()
        assert not CorrectionPhoto.objects.exists()

    def test_only_through_the_correction_and_recorded(self) -> None:
        kept = corrected.photographed()
        address = f"/koreksi/foto/{kept.pk}/"
        head = client_of(holder(Role.KETUA_RT, SIBLING_RT))
        foreign = client_of(holder(Role.LURAH, FOREIGN_KELURAHAN))
        assert {one.get(address).status_code for one in (head, foreign)} == {404}
        before = Access.objects.count()
        for client in (ketua_rt(), lurah(), operator()):
            answer = client.get(address)
            assert (answer.status_code, answer["Content-Type"]) == (200, "image/jpeg")
        assert Access.objects.count() == before + 3
        page = f"/koreksi/{kept.correction_id}/"
        assert address in operator().get(f"{page}?foto={kept.pk}").content.decode()
        assert "<figure" not in operator().get(f"{page}?foto=99999").content.decode()
