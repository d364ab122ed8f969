"""Proposing a Lurah or a Ketua RT, one by one, over HTTP."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from accounts.areas.models import Area, AreaStatus
from accounts.notices.models import Notice
from accounts.posts.models import Mandate
from accounts.proposals import entry_views
from accounts.proposals.entering import made_before
from accounts.proposals.models import Proposal, ProposalStep
from accounts.rules import Role
from tests import factories
from tests.accounts.proposed import (
    LURAH_ADD,
    ONE,
    RT_ADD,
    a_proposal,
    administrator,
    camat,
    letter,
    lurah,
    lurah_data,
    page_of,
    rt_data,
    the_administrator,
    the_proposal,
)
from tests.factories import FOREIGN_RT, KELURAHAN, RT, SIBLING_RT
from tests.residents.pages import beside, in_summary, shown, typed
from wacat.clock import today

pytestmark = pytest.mark.django_db


def test_a_lurah_proposes_a_ketua_rt() -> None:
    client = lurah()
    the_administrator()
    answer = client.post(RT_ADD, rt_data())
    proposal = the_proposal()
    assert (answer.status_code, answer["Location"]) == (302, page_of(proposal))
    assert (proposal.role, proposal.area_id, proposal.status) == ("ketua_rt", RT, "proposed")
    assert (proposal.phone, proposal.email) == ("08000001234", "budi@example.id")
    assert proposal.by_post.role == Role.LURAH
    assert proposal.mandate is None
    assert [step.name for step in ProposalStep.objects.filter(subject=proposal)] == ["propose"]
    assert Notice.objects.filter(kind="proposal_received").exists()
    page = shown(client.get(page_of(proposal)))
    assert "Budi Contoh" in page
    assert "Ketua RT, RT 001, Kel. Sepinggan" in page


def test_a_camat_proposes_an_acting_lurah() -> None:
    client = camat()
    assert client.post(LURAH_ADD, lurah_data(kind="plt")).status_code == 302
    proposal = the_proposal()
    assert (proposal.role, proposal.kind, proposal.nip) == ("lurah", "plt", "990000000000000001")
    assert "Plt. Lurah, Kelurahan Sepinggan" in shown(client.get(page_of(proposal)))


@pytest.mark.parametrize(("url", "data"), [(RT_ADD, rt_data), (LURAH_ADD, lurah_data)])
def test_an_administrator_needs_the_letter(url: str, data: Any) -> None:
    client = administrator()
    answer = client.post(url, data())
    assert answer.status_code == 422
    missing = {"letter_number", "letter_date", "letter_issuer", "letter_scan"}
    assert set(in_summary(answer)) == missing
    before = Mandate.objects.count()
    answer = client.post(url, {**data(), **letter()})
    assert answer.status_code == 302
    mandate = the_proposal().mandate
    assert mandate is not None
    assert (mandate.kind, mandate.number, Mandate.objects.count()) == (
        "proposal",
        "100/45/UJI",
        before + 1,
    )
    page = client.get(page_of(the_proposal()))
    assert f"/akun/surat/{mandate.pk}/pindaian/" in page.content.decode()


HANDS: dict[str, tuple[tuple[str, ...], ...]] = {
    **{str(role): ((role, factories.area_for(role)),) for role in Role},
    "Camat here, Lurah there": ((Role.CAMAT, "64.71.05"), (Role.LURAH, "64.71.01.1001")),
}


@pytest.mark.parametrize("hand", HANDS)
def test_only_the_office_above_proposes_and_only_there(hand: str) -> None:
    client = factories.client_of(factories.user_with(*((*one, "plt") for one in HANDS[hand])))
    may_rt = {
        "lurah": [RT, SIBLING_RT],
        "administrator": [RT, SIBLING_RT, FOREIGN_RT],
        "Camat here, Lurah there": [FOREIGN_RT],
    }.get(hand, [])
    may_lurah = {
        "camat": [KELURAHAN],
        "administrator": [KELURAHAN, "64.71.01.1001"],
        "Camat here, Lurah there": [KELURAHAN],
    }.get(hand, [])
    for url, data, areas, allowed in (
        (RT_ADD, rt_data, (RT, SIBLING_RT, FOREIGN_RT), may_rt),
        (LURAH_ADD, lurah_data, (KELURAHAN, "64.71.01.1001"), may_lurah),
    ):
        for area in areas:
            code = client.post(url, {**data(area=area), **letter()}).status_code
            assert code == (302 if area in allowed else 422 if allowed else 403), (url, area)
    assert Proposal.objects.open().count() == len(may_rt) + len(may_lurah)


def test_the_same_form_twice_makes_one_proposal() -> None:
    client, data = lurah(), rt_data()
    first, again = client.post(RT_ADD, data), client.post(RT_ADD, data)
    assert (first.status_code, again.status_code) == (302, 302)
    assert first["Location"] == again["Location"]
    assert Proposal.objects.open().count() == 1


def test_the_same_form_that_was_slower_answers_alike(monkeypatch: pytest.MonkeyPatch) -> None:
    """The first one is stored after this one has looked for it, and before it is checked."""
    client, data = lurah(), rt_data()
    first = client.post(RT_ADD, data)
    seen: list[Any] = []

    def overlooked_once(*args: Any) -> Any:
        seen.append(args)
        return made_before(*args) if len(seen) > 1 else None

    monkeypatch.setattr(entry_views, "made_before", overlooked_once)
    again = client.post(RT_ADD, data)
    assert (again.status_code, again["Location"]) == (302, first["Location"])
    assert len(seen) == 2


def test_the_same_form_by_an_administrator_records_one_letter() -> None:
    client, data = administrator(), rt_data()
    answers = [client.post(RT_ADD, {**data, **letter()})["Location"] for _ in range(2)]
    assert len(set(answers)) == 1
    assert Mandate.objects.filter(kind="proposal").count() == 1


def test_an_open_proposal_is_named_and_linked() -> None:
    proposal = a_proposal()
    answer = lurah().post(RT_ADD, rt_data(full_name="Lain Contoh", phone="08000009999"))
    assert answer.status_code == 422
    assert "Budi Contoh" in beside(answer, "area")
    assert f'href="{page_of(proposal)}"' in answer.content.decode()
    assert typed(answer, "full_name") == "Lain Contoh"


def test_a_definitive_and_an_acting_lurah_may_be_proposed_side_by_side() -> None:
    client = camat()
    assert client.post(LURAH_ADD, lurah_data()).status_code == 302
    assert client.post(LURAH_ADD, lurah_data(kind="plt")).status_code == 302
    assert client.post(LURAH_ADD, lurah_data()).status_code == 422


WRONG: dict[str, list[str | None]] = {
    "full_name": ["", "12345", "=cmd()", "<b>x</b>"],
    "phone": ["", "12345", "0812/0813", "bukan nomor", "081234567890 / 081298765432"],
    "email": ["bukan-surel", ""],
    "declared": [None],
    "decree_number": [""],
    "decree_date": ["", "kemarin", "0026-01-01", (today() + 60 * ONE).isoformat()],
    "starts": ["", (today() + 400 * ONE).isoformat(), "1026-01-01"],
    "term_ends": [today().isoformat(), (today() + 6000 * ONE).isoformat()],
    "area": ["", "64.71.99.1001.001", FOREIGN_RT, KELURAHAN, "'; --", "\0"],
}


@pytest.mark.parametrize(
    ("field", "value"), [(field, value) for field, values in WRONG.items() for value in values]
)
def test_what_is_wrong_is_said_beside_its_field(field: str, value: str | None) -> None:
    answer = lurah().post(RT_ADD, rt_data(**{field: value}))
    assert answer.status_code == 422
    assert beside(answer, field)
    assert set(in_summary(answer)) == {field}
    assert not Proposal.objects.open().exists()


def test_a_ketua_rt_without_email_needs_the_tick() -> None:
    answer = lurah().post(RT_ADD, rt_data(email="", no_email="on"))
    assert answer.status_code == 302
    proposal = the_proposal()
    assert proposal.email == ""
    assert "Tanpa surel" in shown(lurah().get(page_of(proposal)))


def test_a_lurah_needs_an_email_and_a_sound_nip() -> None:
    client = camat()
    answer = client.post(LURAH_ADD, lurah_data(email="", no_email="on", nip="123"))
    assert set(in_summary(answer)) == {"email", "nip"}


def test_a_merged_rt_is_no_choice_and_a_frozen_one_is_cautioned() -> None:
    client = lurah()
    Area.objects.filter(code=SIBLING_RT).update(state=AreaStatus.MERGED)
    Area.objects.filter(code=RT).update(state=AreaStatus.FROZEN)
    assert client.post(RT_ADD, rt_data(area=SIBLING_RT)).status_code == 422
    assert "RT 001, Kel. Sepinggan (dibekukan)" in shown(client.get(RT_ADD))
    assert client.post(RT_ADD, rt_data()).status_code == 302
    assert "RT ini sedang dibekukan" in shown(client.get(page_of(the_proposal())))


def test_the_form_names_who_holds_the_office() -> None:
    now = factories.holder(Role.KETUA_RT, RT)
    client = lurah()
    page = client.get(RT_ADD, {"area": RT})
    assert typed(page, "area") == RT
    assert f"sekarang dipegang {now.full_name}" in shown(page)
    starts = today() + timedelta(days=9)
    client.post(RT_ADD, rt_data(starts=starts.isoformat()))
    page = client.get(page_of(the_proposal()))
    assert f"{now.full_name} (Ketua RT) menjabat sekarang. Jabatannya berakhir" in shown(page)


@pytest.mark.parametrize("area", ["", FOREIGN_RT, "64.71.99.1001.001", "x", "\0", "64.71"])
def test_an_area_out_of_reach_is_not_preselected(area: str) -> None:
    page = lurah().get(RT_ADD, {"area": area})
    assert page.status_code == 200
    assert typed(page, "area") == ""
    assert "Manggar" not in shown(page)


def test_an_administrator_chooses_a_kelurahan_first() -> None:
    client = administrator()
    assert client.get(RT_ADD)["Location"] == "/akun/usulan/rt/belum/"
    page = client.get(RT_ADD, {"area": KELURAHAN})
    assert "RT 002, Kel. Sepinggan" in shown(page)
    assert "Manggar" not in shown(page)


def account(phone: str = "080000007777", area: str = RT, **more: Any) -> Any:
    return factories.user_with(
        (Role.KETUA_RT, area), phone=phone, login_phone=phone, username=phone, **more
    )


@pytest.mark.parametrize("text", ["080000007777", "+62 800 0000 7777"])
def test_an_account_that_is_there_keeps_serving(text: str) -> None:
    user = account(full_name="Budi Contoh")
    client = lurah()
    assert client.post(RT_ADD, rt_data(account=text, phone="080000007777")).status_code == 302
    assert the_proposal().user == user
    assert "dipakai akun lain" not in shown(client.get(page_of(the_proposal())))


def test_another_persons_account_is_cautioned() -> None:
    account(full_name="Orang Lain")
    lurah().post(RT_ADD, rt_data(account="080000007777"))
    page = shown(lurah().get(page_of(the_proposal())))
    assert "Akun yang dipilih atas nama Orang Lain" in page


def test_accounts_out_of_reach_are_as_unknown_ones() -> None:
    account(area=FOREIGN_RT)
    texts = ("080000007777", "080000001111", "tidakada")
    answers = [lurah().post(RT_ADD, rt_data(account=text)) for text in texts]
    assert [answer.status_code for answer in answers] == [422] * 3
    assert len({beside(answer, "account") for answer in answers}) == 1


def test_a_shared_telephone_is_cautioned_and_not_refused() -> None:
    account(area=FOREIGN_RT)
    a_proposal(SIBLING_RT, phone="080000002222")
    for phone, words in (
        ("080000007777", "sudah dipakai akun lain"),
        ("080000002222", "ada pada usulan lain"),
    ):
        proposal = a_proposal(phone=phone)
        assert words in shown(lurah().get(page_of(proposal)))
        client = lurah()
        client.post(page_of(proposal), {"action": "withdraw", "reason": "Uji", "key": uuid4()})


def test_the_address_of_another_office_is_missing(client: Client) -> None:
    proposal = a_proposal()
    assert lurah("64.71.01.1001").get(page_of(proposal)).status_code == 404
    assert camat().get(page_of(proposal)).status_code == 403
    assert camat().get(f"/akun/usulan/lurah/{proposal.pk}/").status_code == 404
    assert administrator().get(page_of(proposal)).status_code == 200
