"""The ground the tests stand on, laid before Django reads its settings.

A real PostgreSQL and Valkey in a folder of their own, thrown away afterwards, unless the
environment names others; then a database ``test_...`` beside the named one is made anew.
"""

import atexit
import json
import os
import subprocess
import sys
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

from django.conf import settings

BASE_DIR = Path(__file__).resolve().parent.parent
DATABASE_VARIABLES = ("DATABASE_URL", "MIGRATION_DATABASE_URL", "MAINTENANCE_DATABASE_URL")


def lay() -> None:
    """Set the environment of the test session. Raises RuntimeError when servers do not start."""
    if settings.configured:
        # Else the tests would run on, and empty, the database that these settings name.
        raise RuntimeError("Settings are loaded too early: unset DJANGO_SETTINGS_MODULE, no --ds")
    variables = _held_servers()
    # A server of others need not have the maintenance role.
    for name in variables.keys() & set(DATABASE_VARIABLES):
        parts = urlsplit(variables[name])
        variables[name] = urlunsplit(parts._replace(path=f"/test_{parts.path.lstrip('/')}"))
    # The cache is emptied before each test, so a server of others lends its last database.
    variables["REDIS_URL"] = urlunsplit(urlsplit(variables["REDIS_URL"])._replace(path="/15"))
    os.environ.update(
        variables
        | {
            "WACAT_MODE": "test",
            "DJANGO_SETTINGS_MODULE": "wacat.settings",
            "ALLOWED_HOSTS": "testserver,localhost,127.0.0.1",
            "PUBLIC_URL": "http://testserver",
            "EMAIL_URL": "memorymail://",
        }
    )
    os.environ.pop("CLOCK_OFFSET", None)


def _held_servers() -> dict[str, str]:
    holder = subprocess.Popen(
        [sys.executable, "-m", "wacat.servers.hold"],
        cwd=BASE_DIR,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    assert holder.stdout is not None
    variables: dict[str, str] = json.loads(holder.stdout.readline() or '{"error": "no answer"}')
    atexit.register(_release, holder)
    if "error" in variables:
        raise RuntimeError(f"The test servers do not start: {variables['error']}")
    return variables


def _release(holder: "subprocess.Popen[str]") -> None:
    assert holder.stdin is not None
    holder.stdin.close()
    holder.wait(30)
