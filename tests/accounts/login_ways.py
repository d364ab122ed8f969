"""Ways through the login, as a browser goes them."""

from __future__ import annotations

import time
from typing import Any

from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.test import Client

from tests.officials import PASSWORD, TOTP_SECRET

LOGIN, CODE = "/masuk/", "/masuk/kode/"
WRONG = "bukan-sandinya-sama-sekali"
CHROME = "Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 Chrome/130.0 Mobile Safari/537.36"
FIREFOX = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:132.0) Gecko/20100101 Firefox/132.0"


def log_in(client: Client, name: str, password: str = PASSWORD, **more: Any) -> Any:
    """The answer to a login."""
    return client.post(LOGIN, {"login": name, "password": password}, **more)


def is_in(client: Client) -> bool:
    """Whether the start page opens."""
    return client.get("/").status_code == 200


def totp(steps_on: int = 0, secret: str = TOTP_SECRET) -> str:
    """What an app shows now, or some steps of half a minute later."""
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30 + steps_on))


def give_code(client: Client, code: str, **more: Any) -> Any:
    """The answer to a code after the password."""
    return client.post(CODE, {"code": code, **more})


def told(answer: Any) -> list[str]:
    """What a form says is wrong, of all its fields."""
    errors = answer.context["form"].errors
    return [text for texts in errors.values() for text in texts]
