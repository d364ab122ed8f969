"""Fixtures of all tests.

``db`` (or ``pytest.mark.django_db``) rolls back and is the usual one. ``committed_db`` is for
tests that commit: threads, several connections, a real worker. Everything runs as the runtime
role; where a test must act as the owner, ``tests.database.owner_connection()`` does.
"""

from collections.abc import Iterator
from pathlib import Path
from subprocess import Popen
from typing import Any

import pytest
from django.conf import settings as django_settings
from django.core.cache import cache
from django.core.management import call_command
from django.db import connections
from pytest_django import DjangoDbBlocker

from accounts.login.backend import Backend
from tests import database
from tests.worker import running_worker


@pytest.fixture(scope="session", autouse=True)
def quick_passwords() -> None:
    """A password hash made to be slow would take most of the suite's time."""
    django_settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture(scope="session", autouse=True)
def static_files() -> None:
    """Collected as in production: a page that names a missing file fails its test."""
    call_command("collectstatic", interactive=False, verbosity=0)


@pytest.fixture(scope="session")
def django_db_setup(
    django_test_environment: None, django_db_blocker: DjangoDbBlocker
) -> frozenset[str]:
    """Make and migrate the test database; gives the tables that migrations filled."""
    with django_db_blocker.unblock():
        database.create()
        return database.filled_tables()


@pytest.fixture
def committed_db(
    django_db_setup: frozenset[str], django_db_blocker: DjangoDbBlocker
) -> Iterator[None]:
    """The database for a test that commits; all rows are removed afterwards."""
    with django_db_blocker.unblock():
        try:
            yield
        finally:
            connections.close_all()
            database.empty(kept=django_db_setup)


@pytest.fixture(autouse=True)
def fresh_cache() -> None:
    """Throttling counts in the cache: one test's failed logins must not meet the next."""
    cache.clear()


@pytest.fixture
def users_known(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever asks is looked up once, with posts and all: for thousands of requests by a few.

    Of no use where somebody's posts or account change between them.
    """
    known: dict[Any, Any] = {}
    look_up = Backend.get_user

    def get_user(backend: Backend, user_id: Any) -> Any:
        if user_id not in known:
            known[user_id] = look_up(backend, user_id)
        return known[user_id]

    monkeypatch.setattr(Backend, "get_user", get_user)


@pytest.fixture
def real_worker(committed_db: None, fresh_cache: None, tmp_path: Path) -> Iterator[Popen[bytes]]:
    """A Celery worker of its own, working on the test database."""
    with running_worker(tmp_path / "worker.log") as worker:
        yield worker
