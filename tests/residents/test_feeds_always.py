"""However the rows of some months are delivered, in whatever files and twice: what always holds."""

from __future__ import annotations

from collections import Counter
from itertools import count
from typing import Any
from unittest.mock import patch

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from residents.services.models import Service
from tests.residents.feed_files import counts, entered, grid, nik, served, text
from tests.residents.pages import operator

# Which service, which of its contents (0 is one that cannot be read).
ROWS = st.tuples(st.integers(1, 4), st.integers(0, 3))
FILES = st.lists(st.lists(ROWS, min_size=1, max_size=7), min_size=1, max_size=3)
_CONTENTS: dict[int, dict[str, Any]] = {
    0: {"day": "31-02-2026"},
    1: {"rt": "1"},
    2: {"rt": "2"},
    3: {"rt": "", "kelurahan": "", "address": "Entah di mana"},
}
_apart = count(1)  # each example has people of its own


class Model:
    """What ought to be there: of each service what was last delivered, and how often it changed."""

    def __init__(self) -> None:
        self.now: dict[int, int] = {}
        self.versions: Counter[int] = Counter()

    def deliver(self, rows: list[tuple[int, int]]) -> Counter[str]:
        """What becomes of each row."""
        last = {service: content for service, content in rows if content}
        became = Counter(rejected=sum(1 for _, content in rows if not content))
        counted = set()
        for service, content in reversed(rows):
            if not content:
                continue
            if service in counted:
                became["doubled" if content == last[service] else "replaced"] += 1
                continue
            counted.add(service)
            became[self._outcome(service, content)] += 1
        return +became

    def _outcome(self, service: int, content: int) -> str:
        before = self.now.get(service)
        if before == content:
            return "known"
        self.now[service] = content
        self.versions[service] += 1
        return "changed" if before else "waiting" if content == 3 else "told"


# Looking for the shortest example takes more files than an operator may upload in a day.
@patch("residents.feeds.views.UPLOADS_A_DAY", 10_000)
@pytest.mark.django_db
@settings(max_examples=10, deadline=None)
@given(files=FILES)
@example(files=[[(1, 1)], [(1, 1), (1, 2)]])
def test_each_row_is_one_thing_and_each_service_in_force_once(
    files: list[list[tuple[int, int]]],
) -> None:
    client, model, base = operator(), Model(), 10 * next(_apart)
    for number, rows in enumerate((*files, *files)):
        told = [served(base + service, **_CONTENTS[content]) for service, content in rows]
        lines = [*grid(*told), [f"kiriman {number}"]]
        of = entered(client, text(lines), f"{number}.csv")
        expected = model.deliver(rows)
        expected["rejected"] += 1  # the line at the end
        assert counts(of) == expected
    for service, versions in model.versions.items():
        own = Service.objects.filter(
            nik_index__isnull=False, full_name=f"Warga Contoh {base + service}"
        )
        assert own.count() == versions
        [now] = own.filter(superseded_at=None)
        assert (now.version, now.nik) == (versions, nik(base + service))
        assert (now.status == "waiting") == (model.now[service] == 3)
