"""The README's first three minutes, on a phone: report, issue, PDF, verify, figures."""

from __future__ import annotations

import re
from pathlib import Path

from playwright.sync_api import Page, expect
from pypdf import PdfReader

from tests.browser import jobs
from tests.browser.checks import problems_on
from tests.browser.conftest import Visit
from tests.browser.jobs import Newcomer
from tests.browser.stack import Stack

# Her NIK says the 5th of January, her answer the 6th: a warning, and no more.
DEWI = Newcomer("Dewi Percobaan", "D*** P********", "9901 0145 0190 7001", "1990-01-06")
JOKO = Newcomer("Joko Tanpaskrip", "J*** T*********", "9901 0145 0190 7002", "1990-01-05")
PDF_BYTES = 40_000
# As two fingers would, past everything that holds a second press back.
PRESS_TWICE = """async () => {
  const form = document.querySelector("form:has([name=action][value=issue])");
  const press = () => fetch("", {method: "POST", body: new FormData(form)});
  const answers = await Promise.all([press(), press()]);
  return answers.map((answer) => answer.status);
}"""
DRAWN_WITHIN = 20_000  # milliseconds, generous: the machine may be busy


def test_from_report_to_verified_letter(visit: Visit, demo: Stack) -> None:
    camat, visitor = visit(), visit(phone=True)
    counted, issued = jobs.figures(camat, "active"), jobs.figures(camat, "letters")

    page = jobs.open_form(visitor)
    _refuse_mistakes(page, DEWI)
    _keep_what_was_typed_and_mend_it(page, DEWI)
    expect(page.locator(".notice-warning")).to_contain_text("Tanggal lahir yang diisi berbeda")
    jobs.report_for_letter(page, "Sudah diperiksa, laporkan")

    jobs.find_ready_letter(visitor, DEWI.name, ticked=False)
    _see_preview(page)
    _issue_pressing_twice(page, demo)
    number = jobs.number_on(page)
    _check_pdf(jobs.download_pdf(page), DEWI.name, number)
    verification = page.get_by_role("link", name="Halaman verifikasi").get_attribute("href")
    _verify(visit(phone=True).go(verification or ""), DEWI, number)

    assert jobs.figures(camat, "active") == _one_more(counted)
    assert jobs.figures(camat, "letters") == _one_more(issued)
    _follow_menu_to_figures(page, counted[jobs.KELURAHAN] + 1)


def test_the_same_without_scripts(visit: Visit, demo: Stack) -> None:
    camat, visitor = visit(), visit(phone=True, scripts=False)
    issued = jobs.figures(camat, "letters")
    page = jobs.open_form(visitor)
    jobs.unfold_later(page)
    jobs.fill(page, JOKO.needed | JOKO.later)
    jobs.send_form(page)
    letter = jobs.report_for_letter(page, "Laporkan")

    jobs.find_ready_letter(visitor, JOKO.name, ticked=True)
    with demo.worker_paused():
        # Nothing holds the second press back here: the server answers it like the first.
        page.get_by_role("button", name="Terbitkan surat").dblclick()
        look_again = page.get_by_role("link", name="Lihat lagi")
        expect(look_again).to_be_visible()
    for _ in range(40):
        if not look_again.is_visible():
            break
        page.wait_for_timeout(250)
        look_again.click()
    assert page.url.endswith(letter)
    _check_pdf(jobs.download_pdf(page), JOKO.name, jobs.number_on(page))
    assert jobs.figures(camat, "letters") == _one_more(issued)


def test_two_presses_at_once_issue_one_letter(visit: Visit) -> None:
    camat, visitor = visit(), visit()
    issued = jobs.figures(camat, "letters")
    visitor.go("/masuk/")
    page = visitor.enter_as(jobs.LURAH)
    visitor.go("/surat/siap/")
    page.locator(".choice-more a").first.click()
    expect(page.get_by_role("button", name="Terbitkan surat")).to_be_visible()
    assert page.evaluate(PRESS_TWICE) == [200, 200]
    page.reload()
    expect(page.locator(".history-what", has_text="Diterbitkan")).to_have_count(1)
    assert jobs.figures(camat, "letters") == _one_more(issued)


def _refuse_mistakes(page: Page, who: Newcomer) -> None:
    """A letter in the NIK, and an end before the beginning."""
    jobs.unfold_later(page)
    jobs.fill(page, who.needed | who.later)
    jobs.fill(page, {"nik": who.nik.replace("0190", "O190"), "stays_until": jobs.day(-30)})
    jobs.send_form(page)
    summary = page.locator("[data-error-summary]")
    expect(summary).to_be_focused()
    expect(summary).to_be_in_viewport()
    expect(summary.get_by_role("link")).to_have_count(2)
    expect(page).to_have_title(re.compile("^Kesalahan: "))
    for name, message in (("nik", "tanpa huruf"), ("stays_until", "setelah tanggal datang")):
        field = page.locator(f"[name={name}]")
        expect(field).to_have_attribute("aria-invalid", "true")
        expect(field).to_have_accessible_description(re.compile(message))
        beside = page.locator(f"#id_{name}_error").bounding_box()
        box = field.bounding_box()
        assert beside
        assert box
        assert 0 <= box["y"] - (beside["y"] + beside["height"]) < 24


def _keep_what_was_typed_and_mend_it(page: Page, who: Newcomer) -> None:
    wrong = {"nik": who.nik.replace("0190", "O190"), "stays_until": jobs.day(-30)}
    typed = who.needed | who.later | wrong
    assert jobs.answers_on(page, typed) == typed
    page.locator("[data-error-summary]").get_by_role("link").first.click()
    expect(page.locator("[name=nik]")).to_be_focused()
    jobs.fill(page, {name: who.needed[name] for name in wrong})
    jobs.send_form(page)


def _see_preview(page: Page) -> None:
    preview = page.get_by_role("img", name="Pratinjau")
    preview.scroll_into_view_if_needed()
    page.wait_for_function("image => image.complete", arg=preview.element_handle())
    assert preview.evaluate("image => image.naturalWidth") > 0


def _issue_pressing_twice(page: Page, demo: Stack) -> None:
    """The PDF shows up by itself, in the page that showed the progress."""
    with demo.worker_paused():
        page.get_by_role("button", name="Terbitkan surat").dblclick()
        expect(page.get_by_text("PDF sedang digambar. Biasanya")).to_be_visible()
        expect(page.get_by_role("link", name="Unduh PDF")).to_have_count(0)
        page.evaluate("document.body.dataset.stillTheSame = 'yes'")
    expect(page.get_by_role("link", name="Unduh PDF")).to_be_visible(timeout=DRAWN_WITHIN)
    assert page.evaluate("document.body.dataset.stillTheSame") == "yes"
    expect(page.locator(".history-what", has_text="Diterbitkan")).to_have_count(1)


def _check_pdf(path: Path, name: str, number: str) -> None:
    assert path.stat().st_size <= PDF_BYTES
    text = " ".join(sheet.extract_text() for sheet in PdfReader(path).pages)
    for part in (name, number, "CONTOH"):
        assert part in text


def _verify(page: Page, who: Newcomer, number: str) -> None:
    """Number, date, kelurahan, state and a masked name; nothing else about her."""
    content = page.locator("main")
    for part in ("Terdaftar. Sah hanya dengan tanda tangan", number, "Sepinggan", who.masked):
        expect(content).to_contain_text(part)
    assert problems_on(page) == []
    text = page.content()
    for part in (*who.name.split(), "9901", "Bantul", "Jl. ", "RT 001", "Pekerjaan"):
        assert part not in text


def _one_more(figures: dict[str, int]) -> dict[str, int]:
    return {area: value + 1 for area, value in figures.items()}


def _follow_menu_to_figures(page: Page, expected: int) -> None:
    """The phone's menu opens without a script; the Lurah's figures are the Camat's."""
    page.get_by_role("link", name="Menu").first.tap()
    page.get_by_role("navigation", name="Menu utama").get_by_role("link", name="Rekap").tap()
    total = page.locator(f'[data-area="{jobs.KELURAHAN}"][data-figure="active"]')
    expect(total).to_have_attribute("data-value", str(expected))
