"""What the environment must say before WaCAT starts, and what production refuses.

``WACAT_MODE`` is ``production`` unless it says ``demo`` or ``test``. All problems are
collected and named at once, so that an operator mends them in one go.
"""

import base64
import binascii
import os
import re
from collections.abc import Callable, Mapping, Sequence
from datetime import timedelta
from pathlib import Path, PurePath
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured

MODES = ("production", "demo", "test")
SIGNING_MODES = ("ink", "p12")
KEY_BYTES = 32
MIN_SECRET = 50
MIN_DISTINCT = 12
_STANDARD_ALPHABET = bytes.maketrans(b"-_", b"+/")
_OFFSET = re.compile(r"^([+-]?\d{1,5})d$")


def parse_offset(text: str) -> timedelta:
    """``+365d`` as a timedelta; empty means none. Raises ValueError on anything else."""
    if not text:
        return timedelta()
    match = _OFFSET.match(text)
    if match is None:
        raise ValueError("CLOCK_OFFSET must look like +365d or -30d")
    return timedelta(days=int(match[1]))


def parse_key(text: str) -> bytes:
    """A base64 key of 32 bytes. Raises ValueError when it is not one."""
    try:
        key = base64.b64decode(text.encode().translate(_STANDARD_ALPHABET), validate=True)
    except (binascii.Error, ValueError) as error:
        raise ValueError("is not base64") from error
    if len(key) != KEY_BYTES:
        raise ValueError(f"must hold {KEY_BYTES} bytes, base64")
    return key


def parse_field_keys(text: str) -> dict[str, bytes]:
    """``id:key,id:key`` as an ordered dict; the first is the one that seals.

    Raises ValueError on an empty list, a repeated id or a bad key.
    """
    keys: dict[str, bytes] = {}
    for part in filter(None, text.split(",")):
        key_id, separator, value = part.strip().partition(":")
        if not separator or not re.fullmatch(r"[a-z0-9]{1,8}", key_id):
            raise ValueError("must be id:key pairs, the id of 1 to 8 small letters or digits")
        if key_id in keys:
            raise ValueError(f"names the key id {key_id} twice")
        keys[key_id] = parse_key(value)
    if not keys:
        raise ValueError("must hold at least one id:key pair")
    return keys


def is_worker(argv: Sequence[str]) -> bool:
    """Whether this is the Celery worker, which alone signs letters and is given the key."""
    program = PurePath(argv[0])
    return "celery" in (program.name, program.parent.name) and "worker" in argv[1:]


def check_production(environ: Mapping[str, str], *, signs: bool = False) -> None:
    """Raise ImproperlyConfigured, naming every variable that is missing or weak.

    *signs*: this process is to have the key, where letters are signed with one.
    """
    needs_key = signs and environ.get("SIGNING_MODE", "").strip() == "p12"
    problems = [
        f"{name} {complaint}"
        for name, check in (_CHECKS | (_KEY_CHECKS if needs_key else {})).items()
        if (complaint := check(environ.get(name, "").strip()))
    ]
    if _index_key_is_a_field_key(environ):
        problems.append("INDEX_KEY must differ from every key in FIELD_KEYS")
    if problems:
        listed = "\n- ".join(problems)
        raise ImproperlyConfigured(f"WaCAT does not start in production:\n- {listed}")


def _index_key_is_a_field_key(environ: Mapping[str, str]) -> bool:
    try:
        index_key = parse_key(environ.get("INDEX_KEY", "").strip())
        return index_key in parse_field_keys(environ.get("FIELD_KEYS", "").strip()).values()
    except ValueError:
        return False


def _secret_key(value: str) -> str:
    if not value:
        return "is missing"
    if len(value) < MIN_SECRET or len(set(value)) < MIN_DISTINCT:
        return f"is weak: at least {MIN_SECRET} random characters"
    return ""


def _parsed(parser: Callable[[str], object]) -> Callable[[str], str]:
    def check(value: str) -> str:
        if not value:
            return "is missing"
        try:
            parsed = parser(value)
        except ValueError as error:
            return str(error)
        keys = parsed.values() if isinstance(parsed, dict) else [parsed]
        weak = any(isinstance(key, bytes) and len(set(key)) < MIN_DISTINCT for key in keys)
        return "is weak: make it of random bytes" if weak else ""

    return check


def _allowed_hosts(value: str) -> str:
    if not value.strip(", "):
        return "is missing"
    return "must name the hosts, not *" if "*" in value else ""


def _https(value: str) -> str:
    if not value:
        return "is missing"
    return "" if urlsplit(value).scheme == "https" else "must be an https address"


def _server(*schemes: str, password: bool = False) -> Callable[[str], str]:
    def check(value: str) -> str:
        if not value:
            return "is missing"
        parts = urlsplit(value)
        if parts.scheme not in schemes:
            return "must begin with " + " or ".join(f"{scheme}://" for scheme in schemes)
        if password and parts.scheme != "unix" and len(parts.password or "") < KEY_BYTES // 2:
            return f"needs a password of at least {KEY_BYTES // 2} characters"
        return ""

    return check


def _no_offset(value: str) -> str:
    return "is for demo and tests only" if value else ""


def _signing_mode(value: str) -> str:
    known = " or ".join(SIGNING_MODES)
    return "" if value in ("", *SIGNING_MODES) else f"must be {known}"


def _given(value: str) -> str:
    return "" if value else "is missing"


def _file(value: str) -> str:
    if not value:
        return "is missing"
    is_readable = Path(value).is_file() and os.access(value, os.R_OK)
    return "" if is_readable else "names no file that can be read"


def _if_given(check: Callable[[str], str]) -> Callable[[str], str]:
    return lambda value: check(value) if value else ""


_CHECKS: dict[str, Callable[[str], str]] = {
    "DATABASE_URL": _server("postgres", "postgresql", password=True),
    "REDIS_URL": _server("redis", "rediss", "unix", password=True),
    "SECRET_KEY": _secret_key,
    "ALLOWED_HOSTS": _allowed_hosts,
    "FIELD_KEYS": _parsed(parse_field_keys),
    "INDEX_KEY": _parsed(parse_key),
    "EMAIL_URL": _server("smtp", "smtp+tls", "smtp+ssl", "smtps"),
    "PUBLIC_URL": _https,
    "CLOCK_OFFSET": _no_offset,
    "SIGNING_MODE": _signing_mode,
    "SIGNING_ROOTS": _if_given(_file),
    "SIGNING_TIMESTAMP_URL": _if_given(_server("http", "https")),
}
_KEY_CHECKS: dict[str, Callable[[str], str]] = {"SIGNING_P12": _file, "SIGNING_PASSWORD": _given}
