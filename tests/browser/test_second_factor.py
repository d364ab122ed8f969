"""The second factor on a phone: the app, the recovery codes, the login that asks for them."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.browser.checks import problems_on
from tests.browser.conftest import Visit
from tests.browser.entering import code_of, log_in
from tests.browser.stack import Stack

VOLUNTEER, OPERATOR = "rt.sepinggan3", "operator"
FACTOR = "/saya/pengaman/"


def test_set_up_and_log_in_with_a_recovery_code(visit: Visit, demo: Stack) -> None:
    visitor = visit(phone=True)
    visitor.go("/masuk/")
    page = log_in(visitor, VOLUNTEER, demo.password(VOLUNTEER))
    expect(page.get_by_role("heading", level=1)).to_contain_text("Selamat datang")
    visitor.go(FACTOR)
    page.get_by_role("link", name="Pasang aplikasi pembuat kode").click()
    _set_up_app(page)
    code = _keep_codes(page)

    _leave(page)
    log_in(visitor, VOLUNTEER, demo.password(VOLUNTEER))
    _give_code(page, "000000")
    expect(page.locator("[data-error-summary]")).to_be_focused()
    assert problems_on(page) == []
    _give_code(page, code)
    expect(page.get_by_role("heading", level=1)).to_contain_text("Selamat datang")
    visitor.go(FACTOR)
    expect(page.get_by_role("main")).to_contain_text("9 belum terpakai")
    assert problems_on(page) == []


def test_a_trusted_device_asks_no_code_again(visit: Visit, demo: Stack) -> None:
    visitor = visit(phone=True, scripts=False)
    visitor.go("/masuk/")
    page = log_in(visitor, OPERATOR, demo.password(OPERATOR))
    expect(page.get_by_role("heading", level=1)).to_have_text("Kode pengaman")
    page.get_by_label("Percayai perangkat ini").check()
    _give_code(page, code_of(demo.totp(OPERATOR)))
    expect(page.get_by_role("heading", level=1)).to_contain_text("Selamat datang")
    _leave(page)
    log_in(visitor, OPERATOR, demo.password(OPERATOR))
    expect(page.get_by_role("heading", level=1)).to_contain_text("Selamat datang")


def _set_up_app(page: Page) -> None:
    expect(page.get_by_role("img", name="Kode QR")).to_be_visible()
    assert problems_on(page) == []
    secret = page.locator(".secret").inner_text().replace(" ", "")
    page.get_by_label("Kode", exact=True).fill(code_of(secret))
    page.get_by_role("button", name="Pasang", exact=True).click()


def _keep_codes(page: Page) -> str:
    """The first of the codes, once they are taken along."""
    expect(page.get_by_role("heading", level=1)).to_have_text("Kode cadangan")
    assert problems_on(page) == []
    codes = page.locator(".codes li").all_inner_texts()
    assert len(set(codes)) == 10
    with page.expect_download() as started:
        page.get_by_role("link", name="Unduh", exact=True).click()
    kept = started.value.path().read_text()
    assert all(code.replace(" ", "") in kept.replace(" ", "") for code in codes)
    page.get_by_role("link", name="Sudah saya simpan").click()
    return codes[0].replace(" ", "")


def _give_code(page: Page, code: str) -> None:
    page.get_by_label("Kode", exact=True).fill(code)
    page.get_by_role("button", name="Masuk", exact=True).click()


def _leave(page: Page) -> None:
    """Log out by the menu of a phone."""
    page.get_by_role("link", name="Menu").first.click()
    page.get_by_role("button", name="Keluar").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Masuk")
