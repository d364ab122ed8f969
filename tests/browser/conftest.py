"""One stack and one browser for the whole folder, ended when its last test is done.

They do not last for the session: Playwright keeps an event loop running in this thread, and
Django refuses the database to tests that run under one.
"""

import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.browser.browsing import PROGRAMS, Visitor, running_browser, visiting
from tests.browser.stack import Stack, running_stack
from tests.programs import needed

# Percent of the demo's residents. Everyone the stories need is there at any size.
SCALE = 2

Visit = Callable[..., Visitor]


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    with running_browser(needed("chromium", *PROGRAMS)) as running:
        yield running


@pytest.fixture(scope="package")
def demo(browser: Browser) -> Iterator[Stack]:
    # In the folder of the session's servers, which is removed even when this run is killed.
    folder = Path(os.environ["WACAT_VAR"]) / "browser"
    with running_stack(folder, scale=SCALE) as stack:
        yield stack


@pytest.fixture
def visit(browser: Browser, demo: Stack) -> Iterator[Visit]:
    """Opens visitors. Any complaint of their consoles fails the test."""
    visitors: list[Visitor] = []
    with ExitStack() as open_visits:

        def open_one(**wishes: bool) -> Visitor:
            visitor = open_visits.enter_context(visiting(browser, demo.address, **wishes))
            visitors.append(visitor)
            return visitor

        yield open_one
    assert [text for visitor in visitors for text in visitor.complaints] == []
