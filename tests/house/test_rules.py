"""The table of rules, written a second time from the other side: what each role may do."""

from __future__ import annotations

import pytest

from accounts.rules import RULES, Action, Role

MAY = {
    Role.KETUA_RT: (
        "ticket.open "
        "service.view service.answer "
        "resident.view resident.enter resident.reveal resident.import resident.export "
        "resident.merge relocation.object letter.view letter.introduce figures.view post.resign "
        "truth.view truth.sign"
    ),
    Role.PETUGAS_KELURAHAN: (
        "ticket.open "
        "service.view service.answer service.place "
        "resident.view resident.enter resident.reveal resident.import resident.export "
        "resident.merge relocation.object letter.view letter.introduce letter.register "
        "letter.hand_over figures.view report.view truth.view truth.sign"
    ),
    Role.LURAH: (
        "ticket.open "
        "service.view service.answer service.place "
        "resident.view resident.reveal resident.export numbers.export resident.receive "
        "letter.view letter.decide letter.register letter.hand_over letter_office.set figures.view "
        "report.view report.build proposal.view ketua_rt.propose account.view account.renew "
        "breach.report breach.view post.delegate roster.confirm truth.view"
    ),
    Role.PENANDA_TANGAN: (
        "ticket.open "
        "resident.view letter.view letter.decide letter.register letter.hand_over figures.view "
        "report.view"
    ),
    Role.CAMAT: (
        "ticket.open figures.view report.view report.build proposal.view lurah.propose account.view"
    ),
    Role.OPERATOR: (
        "ticket.open ticket.answer "
        "service.view service.place service.receive "
        "resident.view resident.judge resident.reveal resident.import resident.export "
        "numbers.export resident.merge figures.view "
        "report.view report.build figures.release correction.answer truth.view"
    ),
    Role.ADMINISTRATOR: (
        "ticket.open ticket.answer announcement.write "
        "jobs.view figures.view report.view evaluation.view "
        "proposal.view lurah.propose ketua_rt.propose "
        "account.view account.issue account.close account.renew breach.view post.appoint "
        "area.change contacts.edit trail.view retention.set letter_office.set "
        "correction_deadline.set"
    ),
    Role.PIMPINAN: (
        "ticket.open ticket.watch figures.view report.view report.build figures.release "
        "evaluation.view"
    ),
    Role.TIM_TEKNIS: "ticket.open jobs.view",
}
PERSONS = ("resident.", "letter.", "service.", "correction.", "truth.")


@pytest.mark.parametrize("role", Role)
def test_a_role_may_do_just_this(role: Role) -> None:
    assert {str(action) for action in Action if role in RULES[action]} == set(MAY[role].split())


def test_every_action_has_its_line() -> None:
    assert set(RULES) == set(Action)


@pytest.mark.parametrize("role", [Role.CAMAT, Role.PIMPINAN, Role.TIM_TEKNIS])
def test_figures_and_health_never_open_a_person(role: Role) -> None:
    assert not [a for a in Action if a.startswith(PERSONS) and role in RULES[a]]
