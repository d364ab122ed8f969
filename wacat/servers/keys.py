"""The secrets of a demo or test: random, made once per clone, kept in one private file."""

import base64
import json
import os
import secrets
from pathlib import Path

from wacat.servers.errors import GroundError

KEY_BYTES = 32
_PASSWORDS = (
    "POSTGRES_PASSWORD",
    "OWNER_PASSWORD",
    "APP_PASSWORD",
    "MAINTENANCE_PASSWORD",
    "VALKEY_PASSWORD",
)
# Of roles that came later: a file written before them is not damaged for lacking theirs.
_ADDED_SINCE = ("MAINTENANCE_PASSWORD",)


def load_or_make_keys(path: Path) -> dict[str, str]:
    """Passwords of the servers and the keys that settings asks for, by name.

    Raises GroundError when the file is there but is not what was once written.
    """
    if not path.exists():
        write_private(path, json.dumps(_new_keys(), indent=2))
    try:
        keys = _completed(path, json.loads(path.read_text()))
        return {name: str(keys[name]) for name in (*_PASSWORDS, *_application_keys())}
    except (ValueError, KeyError, TypeError) as error:
        raise GroundError(f"{path} is damaged: `make demo-reset` starts over.") from error


def write_private(path: Path, text: str) -> None:
    """Write whole or not at all, readable to the owner only."""
    draft = path.with_name(f"{path.name}.new")
    draft.unlink(missing_ok=True)
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(text)
    draft.replace(path)


def _completed(path: Path, keys: dict[str, str]) -> dict[str, str]:
    """With the passwords of roles that came later; the file keeps them as well."""
    lacking = [name for name in _ADDED_SINCE if name not in keys]
    if not lacking:
        return keys
    completed = {**keys, **{name: secrets.token_urlsafe(KEY_BYTES) for name in lacking}}
    write_private(path, json.dumps(completed, indent=2))
    return completed


def _new_keys() -> dict[str, str]:
    return {name: secrets.token_urlsafe(KEY_BYTES) for name in _PASSWORDS} | _application_keys()


def _application_keys() -> dict[str, str]:
    return {
        "SECRET_KEY": secrets.token_urlsafe(2 * KEY_BYTES),
        "FIELD_KEYS": f"k1:{_random_key()}",
        "INDEX_KEY": _random_key(),
    }


def _random_key() -> str:
    return base64.urlsafe_b64encode(secrets.token_bytes(KEY_BYTES)).decode()
