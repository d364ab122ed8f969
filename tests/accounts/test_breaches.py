"""A Lurah reports a suspected breach; an administrator upholds or dismisses it."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.audit.models import Access
from accounts.closing.breaches import report_breach
from accounts.closing.cards import cards
from accounts.closing.models import BreachReport, BreachStep, Closure
from accounts.closing.workflow import close
from accounts.login.models import User
from accounts.notices.models import Notice
from accounts.rules import Role
from tests.accounts.closing_cases import (
    administrator,
    as_administrator,
    breach,
    closed,
    colleague,
    page,
    photograph,
    reported,
    rt_head,
)
from tests.officials import (
    FOREIGN_KELURAHAN,
    FOREIGN_RT,
    KELURAHAN,
    RT,
    SIBLING_KELURAHAN,
    client_of,
    holder,
    user_as,
    user_with,
)
from tests.residents.at_once import at_once
from wacat.clock import today
from wacat.workflow import Move, WrongState

WORDS = "Data warga difoto dan dibagikan."


def form(**changes: Any) -> dict[str, Any]:
    day = today().isoformat()
    return {"date": day, "description": WORDS, "key": str(uuid4()), **changes}


def lurah() -> User:
    return holder(Role.LURAH, KELURAHAN)


def at(report: BreachReport, name: str = "breach_detail") -> str:
    return reverse(name, args=[report.pk])


def told(user: User, kind: str) -> list[dict[str, Any]]:
    return list(Notice.objects.filter(recipient=user, kind=kind).values_list("values", flat=True))


@pytest.mark.django_db
def test_a_lurah_reports_and_the_administrators_are_told() -> None:
    boss, client = administrator(), client_of(lurah())
    shown = client.get(page("breach_report", rt_head()))
    assert shown.status_code == 200
    response = client.post(page("breach_report", rt_head()), form(evidence=photograph()))
    report = BreachReport.objects.get()
    assert response["Location"] == at(report)
    assert (report.area_id, report.user, report.reported_by) == (RT, rt_head(), lurah())
    assert report.evidence.startswith("evidence/")
    assert told(boss, "breach_reported") == [{"report": report.pk}]
    assert not Notice.objects.filter(recipient=rt_head()).exists()
    assert BreachStep.objects.get(subject=report).name == "report"


@pytest.mark.django_db
def test_evidence_is_welcome_but_not_demanded() -> None:
    client = client_of(lurah())
    assert client.post(page("breach_report", rt_head()), form()).status_code == 302
    wrong = form(evidence=photograph(), date="2999-01-01")
    response = client.post(page("breach_report", rt_head()), wrong)
    assert response.status_code == 422
    assert WORDS in response.content.decode()
    assert BreachReport.objects.count() == 1


@pytest.mark.django_db
def test_one_form_makes_one_report() -> None:
    client, data = client_of(lurah()), form()
    answers = [client.post(page("breach_report", rt_head()), data) for _ in range(2)]
    assert answers[0]["Location"] == answers[1]["Location"]
    assert BreachReport.objects.count() == BreachStep.objects.count() == 1
    client.post(page("breach_report", rt_head()), form())
    assert BreachReport.objects.count() == 2


def test_one_form_sent_twice_at_once_makes_one_report(committed_db: None) -> None:
    by, user, key = lurah(), rt_head(), uuid4()
    reports = at_once(*[lambda: report_breach(by, user, today(), WORDS, None, key)] * 4)
    assert len({one.pk for one in reports}) == 1
    assert BreachStep.objects.count() == 1


@pytest.mark.django_db
def test_nobody_reports_himself_or_sees_what_is_said_of_him() -> None:
    boss = lurah()
    client = client_of(boss)
    assert client.get(page("breach_report", boss)).status_code == 409
    assert client.post(page("breach_report", boss), form()).status_code == 409
    stand_in = user_with((Role.LURAH, KELURAHAN, "plh"))
    report = report_breach(stand_in, boss, today(), WORDS, None, uuid4())
    assert client.get(at(report)).status_code == 404
    assert WORDS not in client.get(reverse("breach_list")).content.decode()
    assert client.get(reverse("breach_list")).context["page"].rows == []
    assert client_of(stand_in).get(at(report)).status_code == 200


@pytest.mark.django_db
def test_an_administrator_does_not_decide_on_himself() -> None:
    both = user_with((Role.ADMINISTRATOR, "64.71"), (Role.KETUA_RT, RT))
    boss = colleague()
    report = reported(both)
    client = client_of(both)
    assert told(both, "breach_reported") == []
    assert told(boss, "breach_reported") == [{"report": report.pk}]
    assert [card.count for card in cards(both)] == [0, 0]
    for method, name in ((client.get, "breach_detail"), (client.get, "breach_evidence")):
        assert method(at(report, name)).status_code == 404
    dismissed = client.post(at(report), {"action": "dismiss", "reason": "x"})
    assert dismissed.status_code == 404
    report.refresh_from_db()
    assert report.status == "reported"


@pytest.mark.django_db
def test_a_report_stays_in_its_kelurahan() -> None:
    report = reported()
    for area, code in ((KELURAHAN, 200), (SIBLING_KELURAHAN, 404), (FOREIGN_KELURAHAN, 404)):
        client = client_of(user_with((Role.LURAH, area, "plt")))
        assert client.get(at(report)).status_code == code
        assert len(client.get(reverse("breach_list")).context["page"].rows) == (code == 200)
    assert as_administrator().get(at(report)).status_code == 200


@pytest.mark.django_db
def test_nobody_elsewhere_is_reported() -> None:
    client = client_of(lurah())
    assert client.get(page("breach_report", rt_head(FOREIGN_RT))).status_code == 404
    assert client.post(page("breach_report", rt_head(FOREIGN_RT)), form()).status_code == 404


@pytest.mark.django_db
@pytest.mark.parametrize("role", set(Role) - {Role.LURAH, Role.ADMINISTRATOR})
def test_others_neither_report_nor_read(role: str) -> None:
    report = reported(user_as(Role.PETUGAS_KELURAHAN))
    client = client_of(user_as(role))
    for address in (page("breach_report", report.user), at(report), reverse("breach_list")):
        assert client.get(address).status_code == 403
        assert client.post(address, form()).status_code == 403


@pytest.mark.django_db
def test_a_lurah_reads_but_neither_decides_nor_takes_the_evidence() -> None:
    report, client = reported(), client_of(lurah())
    shown = client.get(at(report)).content.decode()
    assert "dismiss" not in shown
    assert "/nonaktifkan/" not in shown
    assert client.post(at(report), {"action": "dismiss", "reason": "x"}).status_code == 403
    assert client.get(at(report, "breach_evidence")).status_code == 403


@pytest.mark.django_db
def test_the_administrator_takes_the_evidence_into_the_trail() -> None:
    report = reported()
    response = as_administrator().get(at(report, "breach_evidence"))
    assert response["Content-Disposition"].startswith("attachment;")
    access = Access.objects.get()
    assert (access.kind, access.area_id) == ("download", RT)
    assert access.subject == f"accounts.breachreport:{report.pk}"
    without = reported(evidence=False)
    assert as_administrator().get(at(without, "breach_evidence")).status_code == 404


@pytest.mark.django_db
def test_a_dismissed_report_says_why_to_who_made_it() -> None:
    report, client = reported(), as_administrator()
    assert client.post(at(report), {"action": "dismiss", "reason": " "}).status_code == 422
    data = {"action": "dismiss", "reason": "Bukan datanya.", "key": uuid4()}
    for _ in range(2):
        assert client.post(at(report), data)["Location"] == at(report)
    report.refresh_from_db()
    assert report.status == "dismissed"
    assert told(lurah(), "breach_decided") == [{"report": report.pk}]
    assert "Bukan datanya." in client_of(lurah()).get(at(report)).content.decode()
    report.user.refresh_from_db()
    assert report.user.is_active


def uphold(client: Client, report: BreachReport, **changes: Any) -> Any:
    data = breach(report=report.pk, evidence="", **changes)
    return client.post(page("account_close", report.user), data)


@pytest.mark.django_db
def test_an_upheld_report_closes_the_account_on_its_evidence() -> None:
    report, client = reported(), as_administrator()
    link = f"{page('account_close', report.user)}?kind=breach&amp;report={report.pk}"
    assert link in client.get(at(report)).content.decode()
    filled = client.get(link.replace("&amp;", "&")).context["form"]
    assert filled["description"].value() == report.description
    assert filled["date"].value() == report.happened_on
    data = {"key": str(uuid4())}
    assert [uphold(client, report, **data).status_code for _ in range(2)] == [302, 302]
    report.refresh_from_db()
    closure = Closure.objects.get()
    assert (report.status, closure.report, closure.evidence) == ("upheld", report, report.evidence)
    assert not User.objects.get(pk=report.user_id).is_active
    assert told(lurah(), "breach_decided") == [{"report": report.pk}]
    assert told(report.user, "account_closed") == [{"kind": "breach"}]


@pytest.mark.django_db
def test_without_evidence_in_the_report_some_is_demanded() -> None:
    report, client = reported(evidence=False), as_administrator()
    response = uphold(client, report)
    assert list(response.context["form"].errors) == ["evidence"]
    report.refresh_from_db()
    assert report.status == "reported"
    assert uphold(client, report) is not None
    data = breach(report=report.pk)
    assert client.post(page("account_close", report.user), data).status_code == 302


@pytest.mark.django_db
def test_a_report_is_upheld_on_an_account_that_is_closed_already() -> None:
    report, second, client = reported(), reported(), as_administrator()
    closed(report.user)
    assert uphold(client, report).status_code == 302
    assert uphold(client, second).status_code == 302
    kinds = Closure.objects.filter(user=report.user).order_by("pk").values_list("kind", flat=True)
    assert list(kinds) == ["safeguard", "breach", "breach"]


@pytest.mark.django_db
def test_what_was_decided_is_not_decided_again() -> None:
    report, client = reported(), as_administrator()
    client.post(at(report), {"action": "dismiss", "reason": "x"})
    assert uphold(client, report).status_code == 409
    assert client.post(at(report), {"action": "dismiss", "reason": "y"}).status_code == 409
    assert not Closure.objects.exists()
    assert User.objects.get(pk=report.user_id).is_active


@pytest.mark.django_db
def test_a_report_closes_nobody_else() -> None:
    report, client = reported(), as_administrator()
    other = user_as(Role.CAMAT)
    for key in (report.pk, 987_654_321, "x", "9" * 30):
        data = breach(report=key, evidence="")
        assert client.post(page("account_close", other), data).status_code == 404
    assert client.get(page("account_close", other), {"report": report.pk}).status_code == 404


@pytest.mark.django_db
def test_a_report_about_somebody_else_is_refused_below_the_page_too() -> None:
    report, other = reported(), user_as(Role.CAMAT)
    data = {"kind": "breach", "reason": "Uji.", "report": report}
    data |= {"date": today(), "description": WORDS}
    with pytest.raises(WrongState, match="pengguna lain"):
        close(other.pk, Move(administrator(), data))


@pytest.mark.django_db
def test_the_list_is_narrowed_and_counted() -> None:
    report, client = reported(), as_administrator()
    assert [card.count for card in cards(administrator())] == [1, 0]
    listed = reverse("breach_list")
    assert client.get(listed, {"status": "reported"}).context["page"].rows == [report]
    assert client.get(listed, {"status": "upheld"}).context["page"].rows == []
    assert client.get(listed, {"status": "x"}).status_code == 400
    assert client.post(at(report), {"action": "vanish"}).status_code == 400


@pytest.mark.django_db
def test_a_long_list_costs_no_more_questions() -> None:
    client = client_of(colleague())

    def questions() -> int:
        with CaptureQueriesContext(connection) as asked:
            assert client.get(reverse("breach_list")).status_code == 200
        return len([one for one in asked if "SAVEPOINT" not in one["sql"]])

    reported(evidence=False)
    few = questions()
    for _ in range(29):
        reported(evidence=False)
    assert questions() == few <= 12
    assert len(client.get(reverse("breach_list")).context["page"].rows) == 25
