"""Who may be the same person: by name sound, birth date and origin, within the scope alone."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from residents.registry.models import Resident
from residents.twins.similar import similar_to
from tests import factories
from tests.factories import FOREIGN_RT, RT
from tests.residents.pages import ketua_rt, operator, shown
from tests.residents.twins import days_ago

pytestmark = pytest.mark.django_db
WHO = {
    "full_name": "Muhammad Rizki Hidayat",
    "birth_date": date(1990, 5, 12),
    "origin_area": "Kabupaten Wajo, Sulawesi Selatan",
}
NO_NIK: dict[str, Any] = {"nik": "", "no_nik_reason": 3}


def _likely(one: Resident) -> list[Resident]:
    return similar_to(Resident.objects.all(), one)


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"full_name": "Mohamad Riski Hidajat"},
        {"full_name": "Rizky Hidayat", "birth_date": date(1990, 12, 5)},
        {"birth_date": date(1991, 5, 12)},
        {"birth_date": None},
        {"origin_area": "Kota Surabaya, Jawa Timur"},
        {"full_name": "Rizki"},
    ],
    ids=str,
)
def test_the_same_person_written_otherwise(changes: dict[str, Any]) -> None:
    known = factories.reported(RT, **{**WHO, **NO_NIK, **changes})
    assert _likely(factories.draft(RT, **WHO)) == [known]
    assert _likely(known) == [Resident.objects.get(status="draft")]


@pytest.mark.parametrize(
    "changes",
    [
        {"full_name": "Muhammad Fajar Nugroho"},
        {"full_name": "Siti Aminah"},
        {"birth_date": date(1973, 2, 1)},
        {"birth_date": None, "origin_area": "Kota Surabaya, Jawa Timur"},
        {"full_name": "Rizki Wibowo", "sex": 2},
    ],
    ids=str,
)
def test_somebody_else(changes: dict[str, Any]) -> None:
    factories.reported(RT, **{**WHO, **NO_NIK, **changes})
    assert _likely(factories.draft(RT, **WHO)) == []


def test_a_nik_that_is_quite_another_speaks_against_it_unless_all_else_is_the_same() -> None:
    factories.reported(RT, **{**WHO, "nik": "9971011205900001", "birth_date": date(1991, 5, 12)})
    one = factories.draft(RT, **{**WHO, "nik": "9971011205900001"[:-1] + "2"})
    assert len(_likely(one)) == 1  # one digit mistyped
    other = factories.draft(RT, **{**WHO, "nik": "9901234512905678"})
    assert [found.status for found in _likely(other)] == ["draft"]


def test_a_stay_that_had_ended_and_what_is_gone_are_not_told_of() -> None:
    factories.ended(RT, **WHO, arrived_on=days_ago(80), on=days_ago(40))
    factories.discarded(RT, **WHO)
    assert _likely(factories.draft(RT, **WHO, arrived_on=days_ago(30))) == []


def test_at_most_five_the_likeliest_first() -> None:
    for _ in range(5):
        factories.reported(RT, **{**WHO, **NO_NIK, "birth_date": date(1991, 5, 12)})
    best = factories.reported(RT, **{**WHO, **NO_NIK})
    found = _likely(factories.draft(RT, **WHO))
    assert (len(found), found[0]) == (5, best)


class TestOnThePage:
    def test_before_the_report_and_only_within_the_scope(self) -> None:
        near = factories.reported(RT, **{**WHO, **NO_NIK})
        far = factories.reported(FOREIGN_RT, **{**WHO, **NO_NIK, "address": "Jl. Jauh 3"})
        draft = factories.draft(RT, **WHO)
        page = ketua_rt().get(f"/warga/{draft.pk}/")
        assert "Mungkin orang yang sama" in shown(page)
        assert f"?dengan={near.pk}" in page.content.decode()
        assert f"/warga/{far.pk}/" not in page.content.decode()
        assert "Jl. Jauh" not in shown(page)

    def test_it_does_not_stand_in_the_way_of_the_report(self) -> None:
        factories.reported(RT, **{**WHO, **NO_NIK})
        draft, client = factories.draft(RT, **WHO), ketua_rt()
        assert client.post(f"/warga/{draft.pk}/", {"action": "report"}).status_code == 302
        assert "Mungkin orang yang sama" not in shown(client.get(f"/warga/{draft.pk}/"))

    def test_the_operator_compares_before_verifying(self) -> None:
        far = factories.reported(FOREIGN_RT, **{**WHO, **NO_NIK})
        one = factories.reported(RT, **WHO)
        page = operator().get(f"/warga/{one.pk}/")
        assert f"?dengan={far.pk}" in page.content.decode()
        done = factories.verified(RT, **WHO)
        assert "Mungkin orang yang sama" not in shown(operator().get(f"/warga/{done.pk}/"))
