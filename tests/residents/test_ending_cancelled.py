"""A cancelled registration says why (F-1.15 part VI), and no other end does: told at the field."""

from __future__ import annotations

from typing import Any

import pytest

from residents.registry.models import Resident
from tests import factories
from tests.factories import RT
from tests.residents.pages import Answer, beside, ketua_rt
from tests.residents.test_grouping import a_house, page_of
from wacat.clock import today

pytestmark = pytest.mark.django_db
LEFT, CANCELLED, WORK = 1, 5, 1
WRONG = [
    ({"reason": CANCELLED}, "Pilih alasan pembatalan"),
    ({"reason": LEFT, "cancellation_reason": WORK}, "Hanya untuk pendaftaran yang dibatalkan"),
]


def _post(address: str, action: str, **answers: Any) -> Answer:
    form = {"action": action, "date": today().isoformat(), **answers}
    return ketua_rt().post(address, form)


@pytest.mark.parametrize(("answers", "text"), WRONG)
@pytest.mark.parametrize("action", ["end", "correct_end"])
def test_on_a_residents_page(action: str, answers: dict[str, int], text: str) -> None:
    resident = factories.reported(RT) if action == "end" else factories.ended(RT)
    answer = _post(f"/warga/{resident.pk}/", action, **answers)
    assert answer.status_code == 422
    assert text in beside(answer, f"{action}_cancellation_reason")
    right = {"reason": CANCELLED, "cancellation_reason": WORK}
    assert _post(f"/warga/{resident.pk}/", action, **right).status_code == 302
    resident.refresh_from_db()
    assert (resident.status, resident.cancellation_reason) == ("ended", WORK)


@pytest.mark.parametrize(("answers", "text"), WRONG)
def test_of_several_at_once(answers: dict[str, int], text: str) -> None:
    lodging, people = a_house(2)
    ticked = {"resident": [one.pk for one in people]}
    answer = _post(page_of(lodging), "end", **ticked, **answers)
    assert answer.status_code == 422
    assert text in beside(answer, "cancellation_reason")
    assert not Resident.objects.filter(status="ended").exists()
