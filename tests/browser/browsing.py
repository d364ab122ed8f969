"""The machine's own Chromium, and visitors that notice what a page complains about."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from urllib.parse import urldefrag

from playwright.sync_api import Browser, ConsoleMessage, Page, Response, ViewportSize
from playwright.sync_api import sync_playwright as playwright

PROGRAMS = ("chromium", "chromium-browser", "google-chrome")
FLAGS = (
    "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync"
).split()
PHONE = ViewportSize(width=360, height=740)
DESK = ViewportSize(width=1280, height=900)
PHONE_AGENT = (
    "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) "
    "Chrome/137.0.0.0 Mobile Safari/537.36"
)
# Chromium reports every answer above 399 as an error; for a page itself that may be meant.
REFUSED = "Failed to load resource"


def chromium() -> str:
    """Where Chromium is, or nothing."""
    return next((path for name in PROGRAMS if (path := shutil.which(name))), "")


@contextmanager
def running_browser(program: str) -> Iterator[Browser]:
    """Chromium without a window. Closed with its event loop, which Django would trip over."""
    with playwright() as driver:
        browser = driver.chromium.launch(executable_path=program, args=FLAGS)
        try:
            yield browser
        finally:
            browser.close()


@dataclass
class Visitor:
    """One person's browser on the stack, with all that its console complained about."""

    page: Page
    address: str
    _complaints: list[tuple[str, str]] = field(default_factory=list)
    _documents: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.page.on("console", self._hear)
        self.page.on("pageerror", lambda error: self._complaints.append((str(error), "")))
        self.page.on("response", self._receive)

    def go(self, path: str) -> Page:
        """Open the page at *path*."""
        self.page.goto(self.address + path)
        return self.page

    def enter_as(self, username: str) -> Page:
        """Through this role's card, on the login page or on *Ganti peran*."""
        self.page.locator(f'form:has(input[value="{username}"]) button').click()
        self.page.wait_for_url(self.address + "/")
        return self.page

    @property
    def complaints(self) -> list[str]:
        """Errors of the console: scripts, missing files, what the security policy stopped."""
        return [
            text
            for text, url in self._complaints
            if not (text.startswith(REFUSED) and url in self._documents)
        ]

    def forget_complaints(self) -> None:
        """For a test that provokes them."""
        self._complaints.clear()

    def _hear(self, message: ConsoleMessage) -> None:
        if message.type == "error":
            self._complaints.append((message.text, urldefrag(message.location["url"]).url))

    def _receive(self, response: Response) -> None:
        if response.request.resource_type == "document":
            self._documents.add(urldefrag(response.url).url)


@contextmanager
def visiting(
    browser: Browser, address: str, *, phone: bool = False, scripts: bool = True, sharp: float = 1
) -> Iterator[Visitor]:
    """Somebody new, with no cookie and no cache. *sharp* is the device's pixel ratio."""
    context = browser.new_context(
        viewport=PHONE if phone else DESK,
        is_mobile=phone,
        has_touch=phone,
        user_agent=PHONE_AGENT if phone else None,
        java_script_enabled=scripts,
        device_scale_factor=sharp,
        locale="id-ID",
        timezone_id="Asia/Makassar",
    )
    context.set_default_timeout(15_000)
    try:
        yield Visitor(context.new_page(), address)
    finally:
        context.close()
