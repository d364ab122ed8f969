"""Who runs a command."""

from __future__ import annotations

import os
import pwd


def system_user() -> str:
    """Who runs this on the server, by the operating system's own word."""
    number = os.getuid()
    try:
        return pwd.getpwuid(number).pw_name
    except KeyError:  # in a container
        return f"uid {number}"
