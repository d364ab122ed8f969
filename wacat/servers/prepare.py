"""What the demo needs before it serves: tables, areas, demo data, static files.

Runs as a process of its own with the owner's address. Progress goes to standard output,
what the commands say to standard error.
"""

import hashlib
import os
import sys
from contextlib import redirect_stdout
from pathlib import Path

import django
from django.core.management import call_command
from django.db import connections

from wacat.servers.keys import write_private
from wacat.servers.running import BASE_DIR


def main() -> int:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "wacat.settings")
    django.setup()
    _do("Migrating the database ...", "migrate", "--database", "owner")
    _do("Granting the application what it may do ...", "grant_runtime", "--database", "owner")
    _do("Loading the areas ...", "load_areas")
    _do("Making the demo data ...", "seed_demo")
    _analyse()
    _collect_static(Path(os.environ["WACAT_VAR"]))
    return 0


def _analyse() -> None:
    """Tables filled in one transaction look empty to the planner until this."""
    with connections["owner"].cursor() as cursor:
        cursor.execute("ANALYZE")


def _do(announcement: str, *command: str) -> None:
    print(announcement, flush=True)
    with redirect_stdout(sys.stderr):
        call_command(*command)


def _collect_static(var: Path) -> None:
    """Only when a static file or a package that brings some has changed."""
    stamp = var / "run" / "static-digest"
    digest = _static_digest()
    if not stamp.exists() or stamp.read_text() != digest:
        _do("Collecting static files ...", "collectstatic", "--noinput", "--clear")
        write_private(stamp, digest)


def _static_digest() -> str:
    digest = hashlib.sha256((BASE_DIR / "requirements.lock").read_bytes())
    for path in sorted((BASE_DIR / "static").rglob("*")):
        if path.is_file():
            digest.update(str(path.relative_to(BASE_DIR)).encode())
            digest.update(path.read_bytes())
    return digest.hexdigest()


if __name__ == "__main__":
    sys.exit(main())
