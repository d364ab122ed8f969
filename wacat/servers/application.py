"""The environment of a Django process of the demo."""

import os
import sys
from collections.abc import Mapping
from pathlib import Path

DEFAULT_PORT = 8000
# The addresses of roles that may do more than the application.
PRIVILEGED = ("MIGRATION_DATABASE_URL", "MAINTENANCE_DATABASE_URL")


def demo_environment(
    variables: Mapping[str, str], port: int = DEFAULT_PORT, host: str = "127.0.0.1"
) -> dict[str, str]:
    """This process's environment, completed to a demo's; ``variables`` are the servers'.

    ``ALLOWED_HOSTS`` of the caller are added to the local ones, its ``PUBLIC_URL`` stands.
    """
    caller = dict(os.environ)
    # Each entry sets its own; a test run must not find settings named before it names servers.
    caller.pop("DJANGO_SETTINGS_MODULE", None)
    local = ["localhost", "127.0.0.1", "[::1]", *([host] if host not in ("0.0.0.0", "::") else [])]
    extra = [name.strip() for name in caller.get("ALLOWED_HOSTS", "").split(",") if name.strip()]
    return caller | {
        **variables,
        "WACAT_MODE": "demo",
        "ALLOWED_HOSTS": ",".join(dict.fromkeys([*local, *extra])),
        "PUBLIC_URL": caller.get("PUBLIC_URL") or f"http://localhost:{port}",
        # Programs of the virtual environment are found by their names.
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{caller.get('PATH', os.defpath)}",
        "PYTHONUNBUFFERED": "1",
    }


def runtime_only(environment: Mapping[str, str]) -> dict[str, str]:
    """Without the owner's address, which only migrations may know, and that of retention."""
    return {name: value for name, value in environment.items() if name not in PRIVILEGED}
