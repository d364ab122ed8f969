"""Merging two records of one person: who may, what is refused, what stays to be read."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import uuid4

import pytest
from django.http import Http404

from accounts.areas.models import Area
from accounts.rules import Role
from reports.summaries.figures import table_of
from reports.summaries.periods import year_to
from residents.registry.models import Resident
from residents.registry.probing import HELD_BY_USER, TooManyHeld
from residents.twins.merging import merge, offered
from residents.twins.reporting import report
from tests import factories
from tests.factories import FOREIGN_RT, RT, SIBLING_RT, holder
from tests.residents.pages import in_summary, ketua_rt, key_on, operator, petugas, shown
from tests.residents.twins import days_ago, declared_pair, held_pair, operator_user
from wacat.clock import today
from wacat.workflow import InputMissing, Move, WrongState

pytestmark = pytest.mark.django_db
REASON = {"reason": "Orang yang sama."}


def _staff() -> Move:
    return Move(holder(Role.PETUGAS_KELURAHAN, RT[:13]), REASON, uuid4())


def _operator() -> Move:
    return Move(operator_user(), REASON, uuid4())


def _pair(first: str = RT, second: str = RT, **fields: Any) -> tuple[Resident, Resident]:
    return factories.reported(first), factories.reported(second, **fields)


def test_what_is_merged_counts_no_more() -> None:
    kept, away = _pair()
    city = Area.objects.get(code="64.71")
    assert table_of(city, year_to(today())).total.figures["active"] == 2
    merge(kept.pk, away.pk, (), _staff())
    away.refresh_from_db()
    assert (away.status, away.merged_into) == ("merged", kept)
    assert table_of(city, year_to(today())).total.figures["active"] == 1


def test_empty_fields_that_were_ticked_are_filled_and_no_others() -> None:
    kept = factories.reported(RT, nik="", no_nik_reason=3, phone="", email="", religion=None)
    away = factories.reported(RT, phone="080000005555", email="a@example.id")
    merge(kept.pk, away.pk, ["nik", "phone", "full_name", "address"], _staff())
    kept.refresh_from_db()
    assert (kept.nik, kept.no_nik_reason, kept.phone) == (away.nik, None, "080000005555")
    assert (kept.email, kept.religion) == ("", None)
    assert kept.full_name != away.full_name


def test_a_filled_nik_that_is_registered_elsewhere_is_refused() -> None:
    registered = factories.reported(FOREIGN_RT)
    kept = factories.reported(RT, nik="", no_nik_reason=3)
    away = factories.draft(RT, nik=registered.nik)
    with pytest.raises(InputMissing):
        merge(kept.pk, away.pk, ["nik"], _staff())
    kept.refresh_from_db()
    away.refresh_from_db()
    assert (kept.nik, away.status) == ("", "draft")


class TestProbing:
    """Only a NIK or a day to be written can tell whether somebody is registered elsewhere."""

    def spend(self, move: Move) -> None:
        for _ in range(HELD_BY_USER.most):
            elsewhere = factories.reported(FOREIGN_RT)
            report(factories.draft(RT, nik=elsewhere.nik).pk, Move(move.actor))

    @pytest.mark.parametrize("fill", [(), ("phone", "religion")])
    def test_what_tells_nothing_is_not_limited(self, fill: tuple[str, ...]) -> None:
        move = _staff()
        kept, away = factories.reported(RT, phone="", religion=None), factories.reported(RT)
        self.spend(move)
        merged = merge(kept.pk, away.pk, fill, move)
        assert (merged.pk, merged.phone == away.phone) == (kept.pk, bool(fill))

    @pytest.mark.parametrize("fill", ["nik", "arrived_on"])
    def test_what_may_tell_is(self, fill: str) -> None:
        move = _staff()
        kept = factories.reported(RT, nik="", no_nik_reason=3, arrived_on=days_ago(10))
        away = factories.reported(RT, arrived_on=days_ago(40))
        self.spend(move)
        with pytest.raises(TooManyHeld):
            merge(kept.pk, away.pk, [fill], move)
        away.refresh_from_db()
        assert away.status == "reported"


def test_the_earlier_arrival_keeps_every_day_counted() -> None:
    kept = factories.reported(RT, arrived_on=days_ago(10))
    away = factories.reported(RT, arrived_on=days_ago(40))
    assert "arrived_on" in offered(kept, away)
    city = Area.objects.get(code="64.71")
    merge(kept.pk, away.pk, ["arrived_on"], _staff())
    assert table_of(city, year_to(days_ago(20))).total.figures["active"] == 1
    kept.refresh_from_db()
    assert kept.arrived_on == days_ago(40)


def test_a_verified_one_that_becomes_another_person_is_verified_anew() -> None:
    kept = factories.verified(RT, nik="", no_nik_reason=3)
    merge(kept.pk, factories.reported(RT).pk, ["nik"], _staff())
    kept.refresh_from_db()
    assert kept.status == "reported"
    again = factories.verified(RT, nik="", no_nik_reason=3)
    merge(again.pk, factories.reported(RT).pk, ["nik"], _operator())
    again.refresh_from_db()
    assert again.status == "verified"


class TestRefusals:
    def test_stays_one_after_the_other_are_both_true(self) -> None:
        before = factories.ended(RT, arrived_on=days_ago(80), on=days_ago(50))
        after = factories.reported(RT, arrived_on=days_ago(50))
        for move in (_staff(), _operator()):
            with pytest.raises(WrongState, match="berurutan"):
                merge(after.pk, before.pk, (), move)

    def test_overlapping_stays_in_two_rts_are_the_operators(self) -> None:
        kept, away = _pair(RT, SIBLING_RT)
        with pytest.raises(WrongState, match="Operator"):
            merge(kept.pk, away.pk, (), _staff())
        assert merge(kept.pk, away.pk, (), _operator()) == kept

    def test_a_held_one_and_the_one_that_holds_it_are_the_operators(self) -> None:
        old = factories.reported(SIBLING_RT)
        held = factories.held(RT, elsewhere=FOREIGN_RT)
        with pytest.raises(WrongState, match="Operator"):
            merge(old.pk, held.pk, (), _staff())
        pair = held_pair()
        merge(pair.old.pk, pair.new.pk, (), _operator())
        assert pair.states == ("reported", "merged")

    def test_whoever_counts_is_kept(self) -> None:
        kept, away = factories.draft(RT), factories.reported(RT)
        over = factories.ended(RT, on=today())
        for into in (kept, over):
            with pytest.raises(WrongState, match="Pertahankan"):
                merge(into.pk, away.pk, (), _staff())
        assert merge(away.pk, kept.pk, (), _staff()) == away

    def test_nothing_out_of_reach(self) -> None:
        kept, away = _pair(RT, FOREIGN_RT)
        for one, other in ((kept, away), (away, kept)):
            with pytest.raises(Http404):
                merge(one.pk, other.pk, (), _staff())

    def test_nothing_that_was_merged(self) -> None:
        kept, away = _pair()
        merge(kept.pk, away.pk, (), _staff())
        third = factories.reported(RT)
        for one, other in ((third, away), (away, third), (kept, kept)):
            with pytest.raises(WrongState):
                merge(one.pk, other.pk, (), _staff())

    def test_not_while_a_move_may_be_objected_to(self) -> None:
        pair, _ = declared_pair()
        other = factories.reported(RT)
        with pytest.raises(WrongState, match="belum selesai"):
            merge(pair.new.pk, other.pk, (), _operator())
        with factories.on_day(date.fromordinal(today().toordinal() + 15)):
            merge(pair.new.pk, other.pk, (), _operator())


def test_what_was_merged_before_is_read_from_the_last_one() -> None:
    first, second, third = (factories.reported(RT) for _ in range(3))
    merge(second.pk, first.pk, (), _staff())
    merge(third.pk, second.pk, (), _staff())
    first.refresh_from_db()
    assert first.merged_into == third


class TestThePage:
    def test_from_the_likely_twin_to_one_record(self) -> None:
        kept = factories.reported(RT, full_name="Muhammad Rizki Hidayat", phone="")
        away = factories.draft(RT, full_name="Mohamad Riski Hidayat", phone="080000004444")
        client, page = ketua_rt(), f"/warga/{kept.pk}/gabung/"
        which = client.get(page)
        assert "Mohamad Riski Hidayat" in shown(which)
        page = f"{page}?dengan={away.pk}"
        both = client.get(page)
        assert "Berbeda" in shown(both)
        assert away.nik not in both.content.decode()
        data = {"keep": kept.pk, "fill": ["phone"], "key": key_on(both)}
        bad = client.post(page, data)
        assert (bad.status_code, list(in_summary(bad))) == (422, ["reason"])
        for _ in range(2):  # pressed twice
            answer = client.post(page, {**data, **REASON})
            assert (answer.status_code, answer["Location"]) == (302, f"/warga/{kept.pk}/")
        kept.refresh_from_db()
        assert kept.phone == "080000004444"

    def test_a_search_finds_by_sound_and_by_nik_in_the_scope(self) -> None:
        one = factories.reported(RT)
        near = factories.reported(RT, full_name="Djoko Susilo")
        far = factories.reported(FOREIGN_RT, full_name="Joko Susilo")
        client, page = ketua_rt(), f"/warga/{one.pk}/gabung/"
        for text in ("joko", near.nik):
            found = client.post(page, {"q": text}).content.decode()
            assert f"?dengan={near.pk}" in found
            assert f"?dengan={far.pk}" not in found
        assert f"?dengan={far.pk}" not in client.post(page, {"q": far.nik}).content.decode()

    def test_one_out_of_reach_is_missing(self) -> None:
        one, far = factories.reported(RT), factories.reported(FOREIGN_RT)
        for page in (f"/warga/{one.pk}/gabung/?dengan={far.pk}", f"/warga/{far.pk}/gabung/"):
            assert ketua_rt().get(page).status_code == 404
        assert operator().get(f"/warga/{one.pk}/gabung/?dengan={far.pk}").status_code == 200

    def test_what_cannot_be_merged_says_why(self) -> None:
        kept, away = _pair(RT, SIBLING_RT)
        page = petugas().get(f"/warga/{kept.pk}/gabung/?dengan={away.pk}")
        assert "hanya dapat digabung oleh Operator" in shown(page)
        assert 'name="keep"' not in page.content.decode()

    def test_history_letters_and_all_else_are_read_from_the_kept_one(self) -> None:
        kept, away = _pair()
        letter = factories.letter_issued(away)
        merge(kept.pk, away.pk, (), _staff())
        page = ketua_rt().get(f"/warga/{kept.pk}/")
        assert "Riwayat catatan yang digabung" in shown(page)
        assert f'href="/warga/{away.pk}/"' in page.content.decode()
        old = ketua_rt().get(f"/warga/{away.pk}/")
        assert f'href="/surat/{letter.pk}/"' in old.content.decode()
        assert f'href="/warga/{kept.pk}/"' in old.content.decode()

    def test_an_rt_reads_nothing_of_what_another_rts_was(self) -> None:
        kept, away = _pair(RT, FOREIGN_RT, full_name="Lama Tersembunyi")
        merge(kept.pk, away.pk, (), _operator())
        page = ketua_rt().get(f"/warga/{kept.pk}/").content.decode()
        assert "Lama Tersembunyi" not in page
        assert f"/warga/{away.pk}/" not in page
        theirs = ketua_rt(FOREIGN_RT).get(f"/warga/{away.pk}/").content.decode()
        assert kept.full_name not in theirs
        assert f"/warga/{kept.pk}/" not in theirs
