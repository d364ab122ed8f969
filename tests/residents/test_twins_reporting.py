"""Reporting somebody who is registered already: held, who is told, and how often one may try."""

from __future__ import annotations

import re
from typing import Any

import pytest

from accounts.notices.models import Delivery, Notice
from accounts.rules import Role
from residents.registry.models import Resident, ResidentStep
from residents.registry.probing import HELD_BY_USER, TooManyHeld
from residents.registry.workflow import WORKFLOW
from residents.twins.reporting import HELD, report
from tests import factories
from tests.factories import FOREIGN_RT, RT, SIBLING_RT, holder, user_with
from tests.residents.pages import beside, ketua_rt, key_on, lurah, shown
from tests.residents.twins import days_ago, declared_pair, held_pair
from wacat.workflow import Move, WrongState

pytestmark = pytest.mark.django_db


def _said(resident: Resident) -> str:
    """The page after the report, without the name that the page is about."""
    answer = ketua_rt(resident.area_id).post(
        f"/warga/{resident.pk}/", {"action": "report"}, follow=True
    )
    page = answer.content.decode()
    return " ".join(re.findall(r'<div class="notice notice-warning">(.*?)</div>', page, re.S))


def test_its_rt_learns_just_that_wherever_the_person_is_registered() -> None:
    told = set()
    for area in (FOREIGN_RT, SIBLING_RT):
        nik = factories.reported(area).nik
        told.add(_said(factories.draft(RT, nik=nik)))
    [words] = told
    assert HELD in words
    assert words.count("terdaftar") == 2  # as a message, and on the page


def test_the_lurah_is_told_by_notice_and_e_mail_in_the_same_breath() -> None:
    lurah_here = user_with((Role.LURAH, RT[:13]), email="lurah@example.id")
    user_with((Role.LURAH, FOREIGN_RT[:13]), email="sana@example.id")
    pair = held_pair()
    [notice] = Notice.objects.filter(kind="resident_held")
    assert (notice.recipient, notice.values) == (lurah_here, {"resident": pair.new.pk})
    assert Delivery.objects.get(notice=notice).channel == "email"


def test_the_lurah_is_told_once_however_often_it_is_sent_again() -> None:
    holder(Role.LURAH, RT[:13])
    pair = held_pair()
    report(pair.new.pk, Move(holder(Role.KETUA_RT, RT)))
    assert Notice.objects.filter(kind="resident_held").count() == 1


def test_nothing_is_told_when_it_is_not_held() -> None:
    holder(Role.LURAH, RT[:13])
    draft = factories.draft(RT)
    assert report(draft.pk, Move(holder(Role.KETUA_RT, RT))).row.status == "reported"
    assert not Notice.objects.exists()


def test_whoever_is_registered_in_the_very_rt_is_named_with_a_link() -> None:
    known = factories.reported(RT, full_name="Warga Lama")
    draft = factories.draft(RT, nik=known.nik)
    answer = ketua_rt().post(f"/warga/{draft.pk}/", {"action": "report"})
    assert answer.status_code == 422
    assert "NIK ini sudah terdaftar aktif di RT ini." in shown(answer)
    assert f'href="/warga/{known.pk}/"' in answer.content.decode()


def test_a_stay_here_that_reaches_past_the_new_arrival_names_its_end() -> None:
    known = factories.ended(RT, arrived_on=days_ago(50), on=days_ago(10))
    draft = factories.draft(RT, nik=known.nik, arrived_on=days_ago(11))
    answer = ketua_rt().post(f"/warga/{draft.pk}/", {"action": "report"})
    assert answer.status_code == 422
    assert "tercatat tinggal di RT ini sampai" in shown(answer)


class TestProbing:
    def test_a_users_held_reports_of_a_day_are_limited(self) -> None:
        head = holder(Role.KETUA_RT, RT)
        niks = [factories.reported(FOREIGN_RT).nik for _ in range(HELD_BY_USER.most)]
        for nik in niks:
            report(factories.draft(RT, nik=nik).pk, Move(head))
        for nik in (niks[0], factories.a_nik()):  # nothing is learned by what is refused
            with pytest.raises(TooManyHeld):
                report(factories.draft(RT, nik=nik).pk, Move(head))
        other = holder(Role.PETUGAS_KELURAHAN, RT[:13])
        assert report(factories.draft(RT).pk, Move(other)).row.status == "reported"
        assert ResidentStep.objects.filter(actor=head, name="hold").count() == len(niks)

    def test_good_reports_are_not_limited(self) -> None:
        head = holder(Role.KETUA_RT, RT)
        for _ in range(HELD_BY_USER.most + 2):
            assert report(factories.draft(RT).pk, Move(head)).row.status == "reported"

    def test_the_page_says_when_to_try_again(self) -> None:
        pair, client = held_pair(), ketua_rt()
        codes = [
            client.post(f"/warga/{pair.new.pk}/", {"action": "report"}).status_code
            for _ in range(3)
        ]
        assert codes == [302, 302, 409]  # the first try was the report itself

    def test_a_correction_cannot_be_used_to_ask_either(self) -> None:
        registered = factories.reported(FOREIGN_RT)
        own, client = factories.reported(RT), ketua_rt()
        page = f"/warga/{own.pk}/ubah/"
        first = client.get(page)
        data = factories.form_data(area=RT, nik=registered.nik, version=key_on_version(first))
        codes = []
        for _ in range(4):
            answer = client.post(page, data)
            codes.append(answer.status_code)
        assert codes == [422, 422, 422, 409]
        own.refresh_from_db()
        assert own.nik != registered.nik


def key_on_version(answer: Any) -> str:
    return key_on(answer, "version")


class TestCorrecting:
    def test_a_received_stay_cannot_begin_before_the_move(self) -> None:
        pair, _ = declared_pair(days_ago(5))
        client, page = ketua_rt(), f"/warga/{pair.new.pk}/ubah/"
        data = factories.form_data(
            area=RT,
            nik=pair.new.nik,
            arrived_on=days_ago(9).isoformat(),
            version=key_on_version(client.get(page)),
        )
        answer = client.post(page, data)
        assert answer.status_code == 422
        assert "tidak cocok" in beside(answer, "arrived_on")
        pair.refresh()
        assert pair.new.arrived_on == days_ago(5)

    def test_an_end_cannot_be_put_off_into_the_next_stay(self) -> None:
        old = factories.ended(FOREIGN_RT, arrived_on=days_ago(60), on=days_ago(20))
        new = factories.draft(RT, nik=old.nik, arrived_on=days_ago(10))
        report(new.pk, Move(holder(Role.KETUA_RT, RT)))
        head = holder(Role.KETUA_RT, FOREIGN_RT)
        answer = ketua_rt(FOREIGN_RT).post(
            f"/warga/{old.pk}/",
            {"action": "correct_end", "date": days_ago(5).isoformat(), "reason": "1"},
        )
        assert answer.status_code == 422
        WORKFLOW.advance(old.pk, "correct_end", Move(head, {"date": days_ago(10), "end_reason": 1}))

    def test_a_stay_is_not_opened_again_when_the_person_is_registered_elsewhere(self) -> None:
        old = factories.ended(FOREIGN_RT, arrived_on=days_ago(60), on=days_ago(20))
        new = factories.draft(RT, nik=old.nik, arrived_on=days_ago(10))
        report(new.pk, Move(holder(Role.KETUA_RT, RT)))
        answer = ketua_rt(FOREIGN_RT).post(f"/warga/{old.pk}/", {"action": "reopen"})
        assert answer.status_code == 409
        assert "sudah terdaftar di wilayah lain" in shown(answer)
        with pytest.raises(WrongState):
            WORKFLOW.advance(old.pk, "reopen", Move(holder(Role.KETUA_RT, FOREIGN_RT)))


def test_the_held_page_says_no_more_to_the_lurah() -> None:
    pair = held_pair()
    page = shown(lurah().get(f"/warga/{pair.new.pk}/"))
    assert "NIK ini sudah terdaftar di wilayah lain; Lurah sudah diberi tahu." in page
    assert "Manggar" not in page
