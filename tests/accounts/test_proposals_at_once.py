"""Proposals and lists that meet at the same moment, each in a transaction of its own."""

from __future__ import annotations

from uuid import uuid4

import pytest

from accounts.posts.models import Post
from accounts.proposals.models import Proposal
from tests.accounts.lists_made import confirm, row, staged, xlsx
from tests.accounts.proposed import (
    RT_ADD,
    a_proposal,
    act,
    administrator,
    lurah,
    page_of,
    rt_data,
)
from tests.factories import RT
from tests.residents.at_once import at_once
from tests.residents.pages import beside

pytestmark = pytest.mark.usefixtures("committed_db")


@pytest.mark.parametrize("same", [True, False])
def test_two_forms(same: bool) -> None:
    client, other = lurah(), lurah()
    first = rt_data()
    second = first if same else rt_data(full_name="Lain Contoh")
    answers = at_once(lambda: client.post(RT_ADD, first), lambda: other.post(RT_ADD, second))
    codes = sorted(answer.status_code for answer in answers)
    assert codes == ([302, 302] if same else [302, 422])
    assert Proposal.objects.open().count() == 1
    if same:
        assert answers[0]["Location"] == answers[1]["Location"]
    else:
        [refused] = [answer for answer in answers if answer.status_code == 422]
        assert "sudah ada usulan yang belum selesai" in beside(refused, "area")


def test_issuing_and_withdrawing() -> None:
    """One of the two happens, whichever came first; the other is told so."""
    proposal = a_proposal()
    client, other = administrator(), lurah()
    answers = at_once(
        lambda: act(client, proposal, "issue"),
        lambda: act(other, proposal, "withdraw", reason="Salah orang."),
    )
    assert sorted(answer.status_code for answer in answers) == [302, 409]
    proposal.refresh_from_db()
    issued = answers[0].status_code == 302
    assert proposal.status == ("issued" if issued else "withdrawn")
    assert Post.objects.filter(role="ketua_rt", area=RT).exists() is issued


def test_issuing_and_mending() -> None:
    """What is issued is what was mended before, or the mending is refused."""
    proposal = a_proposal()
    client, other = administrator(), lurah()
    change = {**rt_data(full_name="Sesudah Contoh"), "form_key": str(uuid4())}
    answers = at_once(
        lambda: act(client, proposal, "issue"),
        lambda: other.post(f"{page_of(proposal)}ubah/", change),
    )
    assert answers[0].status_code == 302
    proposal.refresh_from_db()
    assert proposal.user is not None
    assert proposal.user.full_name == proposal.full_name
    mended = answers[1].status_code == 302
    assert proposal.full_name == ("Sesudah Contoh" if mended else "Budi Contoh")


@pytest.mark.parametrize("same", [True, False])
def test_two_confirmations(same: bool) -> None:
    """Of one list, or of one file that was uploaded twice: proposed once."""
    client, other, content = lurah(), lurah(), xlsx(row(1), row(2))
    first = staged(client, content)
    second = first if same else staged(client, content)
    answers = at_once(lambda: confirm(client, first), lambda: confirm(other, second))
    assert sorted(answer.status_code for answer in answers) == [302, 302 if same else 409]
    assert Proposal.objects.open().count() == 2


def test_a_list_and_a_form() -> None:
    """Either the whole list is proposed or nothing of it."""
    client, other = lurah(), lurah()
    one = staged(client, xlsx(row(1), row(2)))
    answers = at_once(lambda: confirm(client, one), lambda: other.post(RT_ADD, rt_data()))
    codes = [answer.status_code for answer in answers]
    assert codes in ([302, 422], [409, 302])
    assert Proposal.objects.open().count() == (2 if codes[0] == 302 else 1)
