"""Through the login page with a password, and with the code that some roles need besides."""

from __future__ import annotations

import time

from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from playwright.sync_api import Page

from tests.browser.browsing import Visitor
from tests.browser.stack import Stack

NAME, PASSWORD = "Nama pengguna atau nomor telepon", "Kata sandi"
CODE_SECONDS = 30


def log_in(visitor: Visitor, name: str, password: str) -> Page:
    """Fill in the login page, on which the visitor is, and send it."""
    page = visitor.page
    page.get_by_label(NAME).fill(name)
    page.get_by_label(PASSWORD, exact=True).fill(password)
    page.get_by_role("button", name="Masuk", exact=True).click()
    return page


def code_of(secret: str) -> str:
    """What an app that knows *secret* shows now."""
    return format_hotp_value(hotp_value(secret, int(time.time()) // CODE_SECONDS))


def log_in_with_code(visitor: Visitor, demo: Stack, username: str) -> Page:
    """As a role that needs the second factor. An account can do so once in half a minute."""
    visitor.go("/masuk/")
    page = log_in(visitor, username, demo.password(username))
    page.get_by_label("Kode", exact=False).first.fill(code_of(demo.totp(username)))
    page.get_by_role("button", name="Masuk", exact=True).click()
    page.wait_for_url(visitor.address + "/")
    return page
