"""The table of rules, written a second time from the other side: what each role may do."""

from __future__ import annotations

import pytest

from accounts.rules import RULES, Action, Role

MAY = {
    Role.KETUA_RT: (
        "resident.view resident.enter resident.reveal resident.import resident.export "
        "resident.merge relocation.object letter.view letter.introduce figures.view post.resign"
    ),
    Role.PETUGAS_KELURAHAN: (
        "resident.view resident.enter resident.reveal resident.import resident.export "
        "resident.merge relocation.object letter.view letter.introduce letter.register "
        "letter.hand_over figures.view report.view"
    ),
    Role.LURAH: (
        "resident.view resident.reveal resident.export numbers.export resident.receive "
        "letter.view letter.decide letter.register letter.hand_over letter_office.set figures.view "
        "report.view report.build proposal.view ketua_rt.propose account.view account.renew "
        "breach.report breach.view post.delegate roster.confirm"
    ),
    Role.PENANDA_TANGAN: (
        "resident.view letter.view letter.decide letter.register letter.hand_over figures.view "
        "report.view"
    ),
    Role.CAMAT: "figures.view report.view report.build proposal.view lurah.propose account.view",
    Role.OPERATOR: (
        "resident.view resident.judge resident.reveal resident.import resident.export "
        "numbers.export resident.merge figures.view "
        "report.view report.build figures.release"
    ),
    Role.ADMINISTRATOR: (
        "jobs.view figures.view report.view proposal.view lurah.propose ketua_rt.propose "
        "account.view account.issue account.close account.renew breach.view post.appoint "
        "area.change contacts.edit trail.view retention.set letter_office.set"
    ),
    Role.PIMPINAN: "figures.view report.view report.build figures.release",
    Role.TIM_TEKNIS: "jobs.view",
}
PERSONS = ("resident.", "letter.")


@pytest.mark.parametrize("role", Role)
def test_a_role_may_do_just_this(role: Role) -> None:
    assert {str(action) for action in Action if role in RULES[action]} == set(MAY[role].split())


def test_every_action_has_its_line() -> None:
    assert set(RULES) == set(Action)


@pytest.mark.parametrize("role", [Role.CAMAT, Role.PIMPINAN, Role.TIM_TEKNIS])
def test_figures_and_health_never_open_a_person(role: Role) -> None:
    assert not [a for a in Action if a.startswith(PERSONS) and role in RULES[a]]
