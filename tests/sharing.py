"""How a parallel run shares out the tests: whole files and folders, the longest first."""

from __future__ import annotations

from typing import Any

import pytest
from xdist.scheduler import LoadScopeScheduling

# These folders and files take longest; the first shares a running demo among its files. The last
# would otherwise be begun when nothing is left for the other processes.
LONGEST = (
    "tests/browser",
    "tests/house/test_doors.py",
    "tests/house/test_actions.py",
    "tests/house/test_transitions.py",
    "tests/wacat/test_servers.py",
)


class ByFile(LoadScopeScheduling):
    """A file, or one of the longest folders, is one process's."""

    def _split_scope(self, nodeid: str) -> str:
        return _share(nodeid.split("::", 1)[0])


def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> ByFile:
    return ByFile(config, log)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """In one order in all processes, also where cases come from a set."""
    items.sort(key=lambda item: (_turn(item.location[0]), item.location))


def _share(file: str) -> str:
    return next((one for one in LONGEST if file.startswith(one)), file)


def _turn(file: str) -> int:
    share = _share(file)
    return LONGEST.index(share) if share in LONGEST else len(LONGEST)
