"""What is said after a deed waits in the session: it may count people, and names nobody."""

from __future__ import annotations

import ast
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.test import Client

from residents.registry.models import Resident
from tests import factories
from tests.factories import RT, SIBLING_RT
from tests.residents.pages import ketua_rt, petugas
from tests.residents.test_lodgings import ADD, a_lodging, page_of, posted
from wacat.clock import today

PERSONAL = {"full_name", "address", "nik", "no_kk", "phone", "owner_name"}


def _waiting(client: Client) -> str:
    """The words that wait in the session for the next page."""
    return str(client.session.get("_messages", ""))


def _deeds(resident: Resident) -> list[tuple[str, dict[str, Any]]]:
    later = date.fromordinal(resident.stays_until.toordinal() + 9).isoformat()
    day, home = today().isoformat(), f"/warga/{resident.pk}/"
    house = page_of(resident.lodging) if resident.lodging else ""
    ticked = {"resident": resident.pk, "date": day}
    moved = {"area": SIBLING_RT, "address": "Jl. Rahasia Baru 7"}
    return [
        (home, {"action": "move", "date": day, **moved}),
        (home, {"action": "extend", "date": later}),
        (home, {"action": "end", "date": day, "reason": 1}),
        (house, {"action": "extend", **ticked, "date": later}),
        (house, {"action": "move", **ticked, **moved}),
        (house, {"action": "end", **ticked, "reason": 1}),
        ("/warga/tugas/", {"action": "stays", "resident": resident.pk}),
        ("/warga/tugas/", {"action": "gone", "resident": resident.pk}),
    ]


@pytest.mark.django_db
@pytest.mark.parametrize("number", range(8))
def test_what_waits_names_nobody(number: int) -> None:
    resident = factories.reported(
        full_name="Rahasia Orang", address="Jl. Rahasia 1", lodging=a_lodging(name="Kos Rahasia")
    )
    client = petugas()
    url, data = _deeds(resident)[number]
    assert client.post(url, data).status_code == 302
    assert len(_waiting(client)) > 20
    assert "Rahasia" not in _waiting(client)


@pytest.mark.django_db
def test_neither_does_what_is_said_of_a_lodging() -> None:
    client = ketua_rt()
    client.post(ADD, posted(name="Kos Rahasia"))
    assert len(_waiting(client)) > 20
    lodging = a_lodging(RT, name="Kos Rahasia Dua")
    client.post(page_of(lodging), {"action": "close"})
    assert "ditutup" in _waiting(client)
    assert "Rahasia" not in _waiting(client)


def _said() -> list[tuple[str, ast.Call]]:
    """Every call that leaves a message, by where it stands."""
    found = []
    for room in ("accounts", "residents", "reports"):
        for path in Path(settings.BASE_DIR, room).rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_text())):
                if isinstance(node, ast.Call) and ast.unparse(node.func).startswith("messages."):
                    found.append((f"{path.name}:{node.lineno}", node))
    return found


def test_no_message_is_made_of_what_a_person_is_called() -> None:
    said = _said()
    assert len(said) > 30
    wrong = {
        place
        for place, call in said
        for node in ast.walk(call)
        if isinstance(node, ast.Attribute) and node.attr in PERSONAL
    }
    assert not wrong
