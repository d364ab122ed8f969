"""The list of proposals, the RTs without an account, and the cards of the start page."""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.areas.loading import rt
from accounts.areas.models import Area, AreaStatus
from accounts.login.models import User
from accounts.posts.models import Post
from accounts.proposals.cards import cards
from accounts.proposals.models import Proposal
from accounts.proposals.offices import proposals_for
from accounts.proposals.proposing import propose_all
from accounts.rules import Role
from tests import factories
from tests.accounts.proposed import (
    LIST,
    LURAH_ADD,
    MISSING,
    ONE,
    a_proposal,
    act,
    administrator,
    camat,
    lurah,
    lurah_data,
    page_of,
    returned,
    the_administrator,
)
from tests.factories import FOREIGN_RT, KELURAHAN, RT, SIBLING_RT, client_of, holder
from tests.officials import FOUNDER, post_of
from tests.residents.pages import shown
from wacat.clock import today

pytestmark = pytest.mark.django_db


def proposed_everywhere() -> dict[str, Proposal]:
    """A Ketua RT here and there, and a Lurah here and there."""
    found = {RT: a_proposal(full_name="Rt Sini"), FOREIGN_RT: a_proposal(FOREIGN_RT)}
    for area in (KELURAHAN, "64.71.01.1001"):
        data = lurah_data(area=area)
        assert camat(area[:8]).post(LURAH_ADD, data).status_code == 302
        found[area] = Proposal.objects.get(form_key=data["form_key"])
    return found


@pytest.mark.parametrize(
    ("hand", "seen"),
    [
        ([(Role.LURAH, KELURAHAN)], [RT]),
        ([(Role.CAMAT, "64.71.05")], [KELURAHAN]),
        ([(Role.ADMINISTRATOR, "64.71")], [RT, FOREIGN_RT, KELURAHAN, "64.71.01.1001"]),
        ([(Role.CAMAT, "64.71.05"), (Role.LURAH, "64.71.01.1001")], [KELURAHAN, FOREIGN_RT]),
        ([(Role.LURAH, KELURAHAN), (Role.KETUA_RT, FOREIGN_RT)], [RT]),
        ([(Role.KETUA_RT, RT)], []),
        ([(Role.OPERATOR, "64.71")], []),
    ],
)
def test_each_sees_the_proposals_of_the_office_below(
    hand: list[tuple[str, str]], seen: list[str]
) -> None:
    made = proposed_everywhere()
    user = factories.user_with(*((*one, "plt") for one in hand))
    found = set(proposals_for(user).filter(status="proposed").values_list("pk", flat=True))
    assert found == {made[area].pk for area in seen}
    answer = client_of(user).get(LIST)
    assert answer.status_code == (200 if seen else 403)
    for area, proposal in made.items():
        assert (f'href="{page_of(proposal)}"' in answer.content.decode()) is (area in seen)


def test_the_list_is_narrowed_by_state() -> None:
    returned(area=SIBLING_RT, full_name="Kembali Contoh")
    a_proposal()
    client = lurah()
    page = shown(client.get(LIST, {"status": "returned"}))
    assert "Kembali Contoh" in page
    assert "Budi Contoh" not in page
    assert "Tidak ada usulan dalam keadaan ini" in shown(client.get(LIST, {"status": "withdrawn"}))
    assert client.get(LIST, {"status": "x"}).status_code == 400


def test_an_empty_list_says_what_to_do() -> None:
    assert "unggah daftarnya sekaligus" in shown(lurah().get(LIST))


def test_rts_without_an_account_are_counted_and_named() -> None:
    for number in (3, 4, 5):
        rt(KELURAHAN, number).save()
    Area.objects.filter(code=f"{KELURAHAN}.005").update(state=AreaStatus.FROZEN)
    holder(Role.KETUA_RT, RT)
    a_proposal(f"{KELURAHAN}.003")
    user = factories.user_with()
    post_of(user, Role.KETUA_RT, f"{KELURAHAN}.004", starts=today() + ONE)
    page = lurah().get(MISSING)
    assert "2 dari 4 RT belum punya akun; 1 sudah diusulkan." in shown(page)
    text = page.content.decode()
    assert f'href="/akun/usulan/rt/tambah/?area={SIBLING_RT}"' in text
    assert f'href="{page_of(Proposal.objects.open().get())}"' in text
    for code in (RT, f"{KELURAHAN}.003", f"{KELURAHAN}.004", f"{KELURAHAN}.005"):
        assert f"?area={code}" not in text


def test_a_post_that_is_over_leaves_its_rt_without() -> None:
    user = factories.user_with()
    post_of(user, Role.KETUA_RT, RT, starts=today() - 9 * ONE, until=today())
    assert "2 dari 2 RT belum punya akun" in shown(lurah().get(MISSING))


def test_an_administrator_chooses_a_kelurahan() -> None:
    client = administrator()
    page = shown(client.get(MISSING))
    assert "8 dari 8 RT belum punya akun" in page
    assert "Sepinggan 2 dari 2 RT" in page
    page = shown(client.get(MISSING, {"wilayah": KELURAHAN}))
    assert "Kelurahan Sepinggan" in page
    assert client.get(MISSING, {"wilayah": "64.71.99.1001"}).status_code == 404


def test_another_kelurahan_is_missing_for_a_lurah() -> None:
    client = lurah()
    answers = [client.get(MISSING, {"wilayah": code}) for code in ("64.71.01.1001", "64.71.99")]
    assert [answer.status_code for answer in answers] == [404, 404]
    assert answers[0].content == answers[1].content
    assert camat().get(MISSING).status_code == 403


def many(count: int) -> None:
    """So many more RTs of Sepinggan, each with a proposal."""
    number = Area.objects.filter(parent=KELURAHAN).count()
    areas = [rt(KELURAHAN, number + n) for n in range(1, count + 1)]
    Area.objects.bulk_create(areas)
    by = Post.objects.today().exclude(user__username=FOUNDER).get(role=Role.LURAH, area=KELURAHAN)
    propose_all(
        [
            Proposal(
                area=area,
                role=Role.KETUA_RT,
                full_name="Banyak Contoh",
                phone=f"08000300{n:04}",
                decree_number="1",
                decree_date=today(),
                starts=today(),
                proposed_by_id=by.user_id,
                by_post=by,
                form_key=uuid4(),
            )
            for n, area in enumerate(areas)
        ]
    )


def queries(client: Client, url: str) -> int:
    with CaptureQueriesContext(connection) as asked:
        assert client.get(url).status_code == 200
    return len([one for one in asked if "SAVEPOINT" not in one["sql"]])


def test_pages_ask_as_often_for_many_as_for_few() -> None:
    clients = [lurah(), administrator()]
    proposal = a_proposal()
    urls = [LIST, MISSING, f"{MISSING}?wilayah={KELURAHAN}", page_of(proposal)]
    urls += ["/akun/usulan/daftar/", "/akun/usulan/daftar/contoh/"]
    many(3)
    few = [queries(client, url) for client in clients for url in urls]
    many(60)
    assert [queries(client, url) for client in clients for url in urls] == few
    assert max(few) <= 12, few


def test_the_list_has_pages() -> None:
    client = lurah()
    many(30)
    first = client.get(LIST)
    assert first.content.decode().count("Banyak Contoh") == 25
    assert "sebelum=" in first.content.decode()


def counts(user: User) -> dict[str, int]:
    return {card.title: card.count for card in cards(User.objects.get(pk=user.pk))}


def test_cards_say_what_waits() -> None:
    proposal = a_proposal()
    the_lurah, the_camat = holder(Role.LURAH, KELURAHAN), holder(Role.CAMAT, "64.71.05")
    assert counts(the_lurah) == {"RT tanpa akun": 1, "Usulan dikembalikan": 0}
    assert counts(the_camat) == {"Kelurahan tanpa akun Lurah": 1, "Usulan dikembalikan": 0}
    assert counts(the_administrator()) == {"Usulan menunggu diterbitkan": 1}
    act(administrator(), proposal, "return", reason="Telepon mati.")
    assert counts(the_lurah) == {"RT tanpa akun": 1, "Usulan dikembalikan": 1}
    assert counts(the_administrator()) == {"Usulan menunggu diterbitkan": 0}
    assert counts(holder(Role.KETUA_RT, SIBLING_RT)) == {}
    assert counts(the_lurah)["RT tanpa akun"] == 0
