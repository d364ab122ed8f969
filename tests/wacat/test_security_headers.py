"""Headers and cookies of every kind of page, and production's own self-check."""

from __future__ import annotations

import base64
import os
import re
import secrets
import subprocess
import sys
from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings
from django.test import Client

from accounts.rules import Role
from tests import factories
from tests.house.sources import BASE_DIR

pytestmark = pytest.mark.django_db
NONCE = re.compile(r"'nonce-([\w+/=-]+)'")
SCRIPT = re.compile(r"<script\b([^>]*)>")


def answers() -> Iterator[tuple[str, Any]]:
    """One of each kind: public, private, form with errors, download, errors, redirects, JSON."""
    stranger = Client(enforce_csrf_checks=True)
    yield "login", stranger.get("/masuk/")
    yield "redirect to the login", stranger.get("/warga/")
    yield "form without its token", stranger.post("/masuk/", {"login": "x"})
    yield "health", stranger.get("/healthz")
    yield "unknown token", stranger.get("/verifikasi/tidak-ada/")
    letter = factories.letter_drawn()
    yield "verification", stranger.get(f"/verifikasi/{letter.token}/")
    user = factories.client_of(factories.holder(Role.LURAH, factories.KELURAHAN))
    for path in ("/", "/warga/", "/surat/", "/surat/siap/", "/rekap/", "/keluar/"):
        yield path, user.get(path)
    yield "resident", user.get(f"/warga/{letter.lines.get().resident_id}/")
    yield "letter", user.get(f"/surat/{letter.pk}/")
    yield "PDF", user.get(f"/surat/{letter.pk}/pdf/")
    yield "XLSX", user.get("/rekap/unduh/xlsx/")
    yield "400", user.get("/rekap/?tanggal=x")
    yield "403", user.get("/warga/tambah/")
    yield "404", user.get("/warga/987654/")
    yield "405", user.delete("/warga/")
    yield "409", user.get(f"/surat/{letter.pk}/pratinjau/")
    newcomer = factories.user_with((Role.KETUA_RT, factories.RT, "plt"), undertaken=False)
    yield "undertaking", factories.client_of(newcomer).get("/pernyataan/")


def policy_of(response: Any) -> dict[str, list[str]]:
    parts = [part.split() for part in response["Content-Security-Policy"].split(";")]
    return {name: values for name, *values in parts if name}


def test_every_kind_of_page_carries_the_headers() -> None:
    codes = set()
    for kind, response in answers():
        codes.add(response.status_code)
        policy = policy_of(response)
        assert policy["default-src"] == ["'none'"], kind
        assert policy["frame-ancestors"] == policy["base-uri"] == ["'none'"], kind
        assert policy["form-action"] == ["'self'"], kind
        said = response["Content-Security-Policy"]
        for loose in ("unsafe-inline", "unsafe-eval", "*", "http:", "https:"):
            assert loose not in said, (kind, loose)
        assert response["X-Content-Type-Options"] == "nosniff", kind
        assert response["X-Frame-Options"] == "DENY", kind
        assert response["Referrer-Policy"] in ("same-origin", "no-referrer"), kind
        assert response["Cross-Origin-Opener-Policy"] == "same-origin", kind
        assert "Server" not in response, kind
    assert codes >= {200, 302, 400, 403, 404, 405, 409}


def test_scripts_carry_the_pages_own_nonce() -> None:
    client = factories.client_of(factories.user_as(Role.KETUA_RT))
    seen = set()
    for _ in range(2):
        response = client.get("/")
        [nonce] = set(NONCE.findall(response["Content-Security-Policy"]))
        scripts = SCRIPT.findall(response.content.decode())
        assert scripts
        assert all(f'nonce="{nonce}"' in one for one in scripts)
        seen.add(nonce)
    assert len(seen) == 2


def test_personal_pages_are_kept_in_no_cache() -> None:
    letter = factories.letter_drawn()
    client = factories.client_of(factories.holder(Role.LURAH, factories.KELURAHAN))
    resident, own = f"/warga/{letter.lines.get().resident_id}/", f"/surat/{letter.pk}/"
    for path in ("/", "/warga/", resident, "/surat/", own, "/rekap/", f"{own}pratinjau/"):
        assert client.get(path)["Cache-Control"] == "no-store", path
    for path in (f"{own}pdf/", "/rekap/unduh/xlsx/"):
        response = client.get(path)
        assert response["Cache-Control"] == "no-store", path
        assert response["Content-Disposition"].startswith("attachment;"), path


def test_the_public_page_is_not_indexed_and_sends_no_referrer() -> None:
    response = Client().get(f"/verifikasi/{factories.letter_issued().token}/")
    assert "noindex" in response["X-Robots-Tag"]
    assert response["Cache-Control"] == "no-store"
    assert response["Referrer-Policy"] == "no-referrer"


def test_cookies_are_for_the_browser_alone() -> None:
    user = factories.user_as(Role.LURAH)
    client = Client()
    client.get("/masuk/")
    client.post("/masuk/", {"login": user.username, "password": factories.PASSWORD})
    session = client.cookies[settings.SESSION_COOKIE_NAME]
    assert session["httponly"]
    assert session["samesite"] == client.cookies[settings.CSRF_COOKIE_NAME]["samesite"] == "Lax"


def production() -> dict[str, str]:
    """A sound environment of production."""

    def key() -> str:
        return base64.urlsafe_b64encode(secrets.token_bytes(32)).decode()

    return {
        "PATH": os.environ["PATH"],
        "DJANGO_SETTINGS_MODULE": "wacat.settings",
        "WACAT_MODE": "production",
        "DATABASE_URL": f"postgres://wacat_app:{secrets.token_hex(16)}@db/wacat",
        "REDIS_URL": f"redis://:{secrets.token_hex(16)}@redis:6379/0",
        "SECRET_KEY": secrets.token_urlsafe(64),
        "ALLOWED_HOSTS": "wacat.example.go.id",
        "PUBLIC_URL": "https://wacat.example.go.id",
        "FIELD_KEYS": f"k1:{key()}",
        "INDEX_KEY": key(),
        "EMAIL_URL": "smtp+tls://user:password@mail:587",
    }


def in_production(*arguments: str, **changes: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, *arguments],
        cwd=BASE_DIR,
        env=production() | changes,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def test_djangos_own_check_finds_nothing_to_warn_of_in_production() -> None:
    checked = in_production("manage.py", "check", "--deploy", "--fail-level", "WARNING")
    assert checked.returncode == 0, checked.stderr
    assert "no issues (0 silenced)" in checked.stdout


def test_cookies_are_secure_wherever_tls_is() -> None:
    names = "SESSION_COOKIE_SECURE CSRF_COOKIE_SECURE SECURE_SSL_REDIRECT DEMO DEBUG".split()
    asked = "; ".join(f"print(settings.{name})" for name in names)
    said = in_production("-c", f"from django.conf import settings; {asked}").stdout.split()
    assert said == ["True", "True", "True", "False", "False"]


def test_production_does_not_start_on_a_weak_environment() -> None:
    started = in_production("manage.py", "check", SECRET_KEY="short")
    assert started.returncode != 0
    assert "SECRET_KEY is weak" in started.stderr
