"""``/healthz`` says which part is down, to anybody, and never fails itself."""

from collections.abc import Iterator
from subprocess import Popen

import pytest
from django.db import connections
from django.test import Client
from pytest_django import Settings

from wacat import health
from wacat.servers.ports import free_port


@pytest.fixture(autouse=True)
def fresh_connection() -> Iterator[None]:
    health._broker.cache_clear()
    yield
    health._broker.cache_clear()


def test_all_is_well(real_worker: "Popen[bytes]", client: Client) -> None:
    answer = client.get("/healthz")
    assert answer.json() == {"database": "ok", "broker": "ok", "worker": "ok"}
    assert answer.status_code == 200
    assert "no-store" in answer["Cache-Control"]


def test_without_a_worker(client: Client, django_db_setup: object) -> None:
    health.forget_worker()
    answer = client.get("/healthz")
    assert (answer.status_code, answer.json()["worker"]) == (503, "down")
    assert answer.json()["database"] == "ok"
    health.mark_worker_alive()
    assert client.get("/healthz").status_code == 200


def test_without_a_database(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(connections["default"].settings_dict, "PORT", str(free_port()))
    answer = client.get("/healthz")
    assert (answer.status_code, answer.json()["database"]) == (503, "down")
    assert answer.json()["broker"] == "ok"


def test_without_a_broker(client: Client, settings: Settings, django_db_setup: object) -> None:
    settings.REDIS_URL = f"redis://127.0.0.1:{free_port()}/0"
    health._broker.cache_clear()
    health.mark_worker_alive()
    answer = client.get("/healthz")
    assert answer.json() == {"database": "ok", "broker": "down", "worker": "down"}
    assert answer.status_code == 503


def test_only_reading(client: Client) -> None:
    assert client.head("/healthz").status_code in (200, 503)
    assert client.post("/healthz").status_code == 405
