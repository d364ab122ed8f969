"""A proposal's own page: what is done to it, and by whom."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest

from accounts.issuing.models import SlipSheet
from accounts.notices.models import Notice
from accounts.posts.models import Post
from accounts.proposals.models import Proposal, ProposalStep
from accounts.rules import Role
from tests import factories
from tests.accounts.proposed import (
    ONE,
    RT_ADD,
    a_proposal,
    act,
    administrator,
    letter,
    lurah,
    page_of,
    returned,
    rt_data,
    the_proposal,
)
from tests.factories import RT, SIBLING_RT, client_of, holder
from tests.officials import post_of
from tests.residents.pages import beside, in_summary, shown, typed
from wacat.clock import today

pytestmark = pytest.mark.django_db


def edit_of(proposal: Proposal) -> str:
    return f"{page_of(proposal)}ubah/"


def fresh(proposal: Proposal) -> Proposal:
    found: Proposal = Proposal.objects.get(pk=proposal.pk)
    return found


def test_returned_mended_and_proposed_again() -> None:
    proposal = returned("Telepon tidak aktif.")
    notice = Notice.objects.get(kind="proposal_returned")
    assert notice.recipient == proposal.proposed_by
    client = lurah()
    page = client.get(page_of(proposal))
    assert "Telepon tidak aktif." in shown(page)
    assert "Perbaiki usulan" in shown(page)
    form = client.get(edit_of(proposal))
    assert typed(form, "full_name") == "Budi Contoh"
    data = rt_data(phone="080000005555", version=typed(form, "version"))
    assert client.post(edit_of(proposal), data).status_code == 302
    assert (fresh(proposal).status, fresh(proposal).phone) == ("proposed", "080000005555")
    steps = ProposalStep.objects.filter(subject=proposal).order_by("pk")
    assert [step.name for step in steps] == ["propose", "return", "propose"]
    assert "Diusulkan lagi" in shown(client.get(page_of(proposal)))


def test_mending_twice_with_one_form_answers_alike() -> None:
    proposal, client = returned(), lurah()
    form = client.get(edit_of(proposal))
    data = rt_data(phone="080000005555", version=typed(form, "version"))
    codes = [client.post(edit_of(proposal), data).status_code for _ in range(2)]
    assert codes == [302, 302]
    assert ProposalStep.objects.filter(subject=proposal, name="propose").count() == 2


def test_a_stale_form_is_shown_again_with_what_was_typed() -> None:
    proposal, client = a_proposal(), lurah()
    version = typed(client.get(edit_of(proposal)), "version")
    assert client.post(edit_of(proposal), rt_data(rank="", phone="080000005555")).status_code == 302
    answer = client.post(edit_of(proposal), rt_data(full_name="Lain Contoh", version=version))
    assert answer.status_code == 422
    assert "diubah orang lain" in shown(answer)
    assert typed(answer, "full_name") == "Lain Contoh"
    assert fresh(proposal).full_name == "Budi Contoh"


def test_mending_checks_what_proposing_checks() -> None:
    proposal = a_proposal()
    answer = lurah().post(edit_of(proposal), rt_data(phone="123", declared=None))
    assert set(in_summary(answer)) == {"phone", "declared"}


def test_the_area_stays() -> None:
    proposal = a_proposal()
    assert lurah().post(edit_of(proposal), rt_data(area=SIBLING_RT)).status_code == 302
    assert fresh(proposal).area_id == RT


@pytest.mark.parametrize("action", ["issue", "withdraw"])
def test_what_is_over_is_not_mended(action: str) -> None:
    proposal = a_proposal()
    client = administrator() if action == "issue" else lurah()
    act(client, proposal, action, reason="Salah orang.")
    before = Proposal.objects.filter(pk=proposal.pk).values().get()
    for answer in (
        lurah().get(edit_of(proposal)),
        lurah().post(edit_of(proposal), rt_data(full_name="Lain Contoh")),
    ):
        assert answer.status_code == 409
    assert Proposal.objects.filter(pk=proposal.pk).values().get() == before


def test_an_administrator_does_not_rewrite_what_a_lurah_proposed() -> None:
    proposal = a_proposal()
    client = administrator()
    assert client.get(edit_of(proposal)).status_code == 409
    answer = client.post(edit_of(proposal), rt_data(full_name="Lain Contoh"))
    assert answer.status_code == 409
    assert "Lurah Sepinggan" in shown(answer)
    assert "Ubah usulan" not in shown(client.get(page_of(proposal)))


def test_an_administrators_own_proposal_is_mended_by_one() -> None:
    client = administrator()
    client.post(RT_ADD, {**rt_data(), **letter()})
    proposal = the_proposal()
    assert client.post(edit_of(proposal), rt_data(full_name="Lain Contoh")).status_code == 302
    assert fresh(proposal).full_name == "Lain Contoh"
    assert lurah().get(edit_of(proposal)).status_code == 409


def test_a_new_lurah_mends_what_the_last_one_proposed() -> None:
    proposal = returned()
    Post.objects.filter(role=Role.LURAH).update(until=today(), ending="ended")
    user = factories.user_with()
    post_of(user, Role.LURAH, factories.KELURAHAN, starts=today())
    successor = client_of(user)
    assert successor.post(edit_of(proposal), rt_data()).status_code == 302
    assert fresh(proposal).status == "proposed"


def test_issuing_makes_the_account_and_asks_for_its_slip() -> None:
    proposal, client, key = a_proposal(), administrator(), str(uuid4())
    answer = act(client, proposal, "issue", key=key)
    sheet = SlipSheet.objects.get()
    assert (answer.status_code, answer["Location"]) == (302, f"/akun/slip/{sheet.pk}/")
    issued = fresh(proposal)
    assert issued.status == "issued"
    assert issued.user is not None
    assert issued.user.username == "08000001234"
    again = act(client, proposal, "issue", key=key)
    assert (again.status_code, again["Location"]) == (302, answer["Location"])
    assert act(client, proposal, "issue").status_code == 409
    assert SlipSheet.objects.count() == Post.objects.filter(area=RT).count() == 1


@pytest.mark.parametrize(("name", "fits"), [("budi.rt1", True), ("1budi", False), ("x", False)])
def test_another_user_name_may_be_wished_for(name: str, fits: bool) -> None:
    proposal = a_proposal()
    answer = act(administrator(), proposal, "issue", username=name)
    assert answer.status_code == (302 if fits else 422)
    user = fresh(proposal).user
    assert (user.username if user else "") == (name if fits else "")


def test_a_user_name_that_is_taken_is_said_beside_its_field() -> None:
    factories.user_with((Role.CAMAT, "64.71.05"), username="budi.rt1")
    proposal = a_proposal()
    answer = act(administrator(), proposal, "issue", username="Budi.RT1")
    assert answer.status_code == 422
    assert "sudah dipakai" in beside(answer, "issue_username")
    assert fresh(proposal).status == "proposed"


def test_somebody_chosen_again_keeps_account_and_password() -> None:
    user = holder(Role.KETUA_RT, RT)
    proposal = a_proposal(account=user.username, starts=(today() + ONE).isoformat())
    page = administrator().get(page_of(proposal))
    assert "Nama pengguna (boleh" not in shown(page)
    assert "Akun itu tetap memakai yang tercatat" in shown(page)
    answer = act(administrator(), proposal, "issue")
    assert answer["Location"] == page_of(proposal)
    user.refresh_from_db()
    assert user.check_password(factories.PASSWORD)
    assert not SlipSheet.objects.exists()
    assert Post.objects.filter(user=user, area=RT).count() == 2


MISSING_PK = 987_654_321
# Each action by role: what it answers at home and abroad.
BY_ROLE: dict[str, dict[str, tuple[int, int]]] = {
    "issue": {"administrator": (302, 302)},
    "return": {"administrator": (302, 302)},
    "withdraw": {"administrator": (302, 302), "lurah": (302, 404)},
}


@pytest.mark.parametrize("action", BY_ROLE)
@pytest.mark.parametrize("role", Role)
def test_actions_by_role_and_area(action: str, role: Role) -> None:
    home, abroad = a_proposal(), a_proposal(factories.FOREIGN_RT)
    client = client_of(factories.user_with((role, factories.area_for(role), "plt")))
    allowed = BY_ROLE[action].get(role)
    for proposal, code in zip((home, abroad), allowed or (403, 403), strict=True):
        assert act(client, proposal, action, reason="Uji.").status_code == code
        assert (fresh(proposal).status == "proposed") is (code != 302)
    missing = client.post(f"/akun/usulan/rt/{MISSING_PK}/", {"action": action})
    assert missing.status_code == (404 if allowed else 403)


@pytest.mark.parametrize("action", ["withdraw", "return"])
@pytest.mark.parametrize("reason", ["", "  "])
def test_a_reason_is_asked_for(action: str, reason: str) -> None:
    proposal = a_proposal()
    answer = act(administrator(), proposal, action, reason=reason)
    assert answer.status_code == 422
    assert set(in_summary(answer)) == {f"{action}_reason"}
    assert fresh(proposal).status == "proposed"


@pytest.mark.parametrize("action", ["", "destroy", "return_"])
def test_an_unknown_action_is_refused(action: str) -> None:
    assert act(lurah(), a_proposal(), action).status_code == 400


def test_a_repeated_key_does_an_action_once() -> None:
    proposal, client = a_proposal(), administrator()
    data: dict[str, Any] = {"reason": "Telepon mati.", "key": str(uuid4())}
    codes = [act(client, proposal, "return", **data).status_code for _ in range(2)]
    assert codes == [302, 302]
    assert ProposalStep.objects.filter(subject=proposal, name="return").count() == 1
    assert Notice.objects.filter(kind="proposal_returned").count() == 1
