"""A certificate to sign with, for the tests of letters."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.reports import certificates


@pytest.fixture
def fresh_key() -> Iterator[None]:
    """No test signs with the key of the one before."""
    from reports.letters import signing_p12

    signing_p12._identity.cache_clear()
    yield
    signing_p12._identity.cache_clear()


@pytest.fixture
def own(fresh_key: None, settings: Any, tmp_path: Path) -> certificates.Made:
    """A self-signed certificate that the settings name."""
    made = certificates.certificate()
    settings.SIGNING_P12 = str(certificates.p12_file(tmp_path, made))
    settings.SIGNING_PASSWORD = certificates.PASSWORD
    return made
