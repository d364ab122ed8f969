"""Who sees what of a resident: the NIK masked, drafts by those who enter them."""

from typing import Any

import pytest
from django.test import Client

from accounts.audit.models import Access
from residents.registry.models import Resident
from tests import factories
from tests.factories import RT, SIBLING_RT, client_of, user_with
from tests.residents.pages import Answer, beside, ketua_rt, lurah, operator, petugas, shown
from wacat.words import nik_grouped, nik_masked


def _page(resident: Resident) -> str:
    return f"/warga/{resident.pk}/"


def _do(client: Client, resident: Resident, action: str) -> Answer:
    return client.post(_page(resident), {"action": action})


@pytest.mark.django_db
class TestNikOnScreen:
    def test_it_is_masked_until_revealed_and_that_is_recorded(self) -> None:
        resident, client = factories.reported(), lurah()
        page = client.get(_page(resident))
        assert nik_masked(resident.nik) in shown(page)
        for text in (page.content.decode(), client.get("/warga/").content.decode()):
            assert resident.nik not in text
            assert nik_grouped(resident.nik) not in text
            assert resident.nik[6:12] not in text
        assert not Access.objects.exists()
        revealed = client.post(_page(resident), {"action": "reveal"}, REMOTE_ADDR="10.1.2.3")
        assert nik_grouped(resident.nik) in shown(revealed)
        assert nik_grouped(resident.no_kk) in shown(revealed)
        seen = Access.objects.get()
        assert (seen.kind, seen.subject, seen.area_id, seen.address) == (
            "reveal",
            f"residents.resident:{resident.pk}",
            RT,
            "10.1.2.3",
        )
        assert seen.actor.posts.get().role == "lurah"
        assert nik_masked(resident.nik) in shown(client.get(_page(resident)))

    def test_one_who_may_not_see_the_person_reveals_nothing(self) -> None:
        resident = factories.reported()
        stranger = client_of(user_with(("ketua_rt", SIBLING_RT)))
        assert _do(stranger, resident, "reveal").status_code == 404
        assert not Access.objects.exists()

    def test_a_message_does_not_repeat_it(self) -> None:
        resident = factories.draft()
        answer = ketua_rt().post(f"{_page(resident)}ubah/", {"nik": "9971 0512 0590 00"})
        assert "9971" not in beside(answer, "nik")


@pytest.mark.django_db
class TestDrafts:
    @pytest.mark.parametrize("visitor", [lurah, operator])
    def test_they_are_seen_by_those_who_enter_them(self, visitor: Any) -> None:
        draft, client = factories.draft(full_name="Belum Dilaporkan"), visitor()
        for url in (_page(draft), f"{_page(draft)}surat/"):
            assert client.get(url).status_code in (403, 404)
        assert _do(client, draft, "reveal").status_code == 404
        assert _do(client, draft, "verify").status_code in (403, 404)
        for url in ("/warga/", "/warga/?status=draft"):
            assert "Belum Dilaporkan" not in client.get(url).content.decode()
        found = client.post("/warga/", {"q": draft.nik})
        assert "Belum Dilaporkan" not in found.content.decode()
        assert "Belum Dilaporkan" in petugas().get("/warga/").content.decode()
