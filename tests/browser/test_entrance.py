"""The way in: weight of the first pages, login, the undertaking, the keyboard."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.browser.checks import Traffic, problems_on
from tests.browser.conftest import Visit
from tests.browser.entering import NAME, PASSWORD, log_in
from tests.browser.jobs import KETUA_RT
from tests.browser.stack import Stack

KILOBYTE = 1000
NEWCOMER = "rt.baru"


def test_first_pages_are_light(visit: Visit) -> None:
    visitor = visit(phone=True)
    first = Traffic(visitor.page)
    visitor.go("/masuk/")
    visitor.page.wait_for_load_state("networkidle")
    assert first.size() <= 100 * KILOBYTE
    assert first.size("Script") <= 30 * KILOBYTE
    assert first.requests <= 8
    later = Traffic(visitor.page)
    page = visitor.enter_as(KETUA_RT)
    page.wait_for_load_state("networkidle")
    assert 0 < later.size() <= 20 * KILOBYTE


def test_a_wrong_password(visit: Visit) -> None:
    visitor = visit(phone=True)
    visitor.go("/masuk/")
    page = log_in(visitor, "rt.sepinggan5", "bukan kata sandinya")
    summary = page.locator("[data-error-summary]")
    expect(summary).to_be_focused()
    expect(summary.get_by_role("listitem")).to_have_count(1)
    expect(page.get_by_label(NAME)).to_have_value("rt.sepinggan5")
    expect(page.get_by_label(PASSWORD, exact=True)).to_have_value("")
    assert problems_on(page) == []


def test_login_leads_to_the_undertaking_first(visit: Visit, demo: Stack) -> None:
    visitor = visit(phone=True)
    page = visitor.go("/warga/")
    log_in(visitor, NEWCOMER, demo.password(NEWCOMER))
    for path in ("/", "/warga/", "/warga/tambah/", "/surat/", "/rekap/"):
        visitor.go(path)
        expect(page.get_by_role("heading", level=1)).to_have_text(
            "Pernyataan menjaga kerahasiaan data"
        )
    assert problems_on(page) == []
    agree = page.get_by_role("button", name="Setuju dan lanjutkan")
    agree.click()
    expect(page.locator("[data-error-summary]")).to_be_focused()
    assert problems_on(page) == []
    page.get_by_role("checkbox").check()
    agree.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Selamat datang")


def test_the_keyboard_reaches_the_skip_link_first(visit: Visit) -> None:
    visitor = visit()
    for path in ("/masuk/", "/"):
        page = visitor.go(path)
        if path == "/":
            visitor.enter_as(KETUA_RT)
        page.keyboard.press("Tab")
        skip = page.get_by_role("link", name="Langsung ke isi")
        expect(skip).to_be_focused()
        expect(skip).to_be_in_viewport()
        page.keyboard.press("Enter")
        expect(page.get_by_role("main")).to_be_focused()
