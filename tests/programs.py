"""Programs of the machine that a test looks with: without one it is skipped, or fails in CI."""

from __future__ import annotations

import os
import shutil

import pytest


def needed(package: str, *names: str) -> str:
    """The path of the first of these programs that is there; Debian has it in *package*."""
    found = next((path for name in names if (path := shutil.which(name))), "")
    if not found and os.environ.get("WACAT_REQUIRE_PROGRAMS") == "1":
        pytest.fail(f"{names[0]} is missing, and WACAT_REQUIRE_PROGRAMS asks for it.")
    if not found:
        pytest.skip(f"needs {names[0]} (Debian: {package})")
    return found
