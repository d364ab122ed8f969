"""A delivered service on a phone: true or not, what the operator answers, and that it is read."""

from __future__ import annotations

import time

from playwright.sync_api import FilePayload, Locator, Page, expect

from tests.browser import jobs
from tests.browser.browsing import PHONE, Visitor
from tests.browser.checks import problems_on
from tests.browser.conftest import Visit
from tests.residents.papers import photo

OPERATOR = "operator"
UNANSWERED = "Data layanan belum dikonfirmasi"
DONE = "Sudah kami perbaiki di data kependudukan."


def test_an_rt_answers_and_is_answered(visit: Visit) -> None:
    operator, head = visit(phone=True), visit(phone=True)
    # New ones each time: what the demo holds may be answered by now.
    serial = time.time_ns() // 1_000_000
    true, untrue = f"Asih Percobaan {serial}", f"Slamet Percobaan {serial}"
    operator.go("/masuk/")
    operator.enter_as(OPERATOR)
    for name in (true, untrue):
        _type_in(operator, name)

    head.go("/masuk/")
    page = head.enter_as(jobs.KETUA_RT)
    page.get_by_role("link", name=UNANSWERED).tap()
    _say_true(page, true)
    _say_untrue(page, untrue)
    assert problems_on(page, (PHONE,)) == []

    _answer(operator, untrue)

    _open_from_menu(page, "Koreksi")
    page.get_by_role("link", name=untrue).tap()
    story = page.locator("#percakapan")
    for words in ("Diterima operator", DONE, "Dikirim oleh RT", "Rumahnya kosong."):
        expect(story).to_contain_text(words)
    _open_from_menu(page, "Layanan")
    for name, answer in ((true, "Benar"), (untrue, "Tidak benar")):
        expect(_card(page, name).locator(".marks")).to_have_text(answer)


def _type_in(visitor: Visitor, name: str) -> None:
    """As the operator: one service for the Ketua RT's, by hand."""
    page = visitor.go("/layanan/tambah/")
    answers = {
        "kind": "KTP-el",
        "served_on": jobs.day(-1),
        "number": name,
        "full_name": name,
        "address": "Jl. Contoh Percobaan No. 7",
        "kelurahan": jobs.KELURAHAN,
        "rt": "001",
    }
    jobs.fill(page, answers)
    page.get_by_role("button", name="Catat layanan").tap()
    expect(page.get_by_role("status").first).to_contain_text("Layanan dicatat.")


def _say_true(page: Page, name: str) -> None:
    """One tap; the answer stands where the question stood."""
    expect(page.get_by_role("heading", level=1)).to_have_text("Data layanan")
    page.evaluate("document.body.dataset.stillTheSame = 'yes'")
    card = _card(page, name)
    card.get_by_role("button", name="Benar").tap()
    expect(card.get_by_role("button", name="Batalkan jawaban")).to_be_visible()
    expect(card.get_by_role("status")).to_contain_text("Benar")
    assert page.evaluate("document.body.dataset.stillTheSame") == "yes"


def _say_untrue(page: Page, name: str) -> None:
    """Why, a word about it and a photograph."""
    _card(page, name).get_by_role("link", name="Tidak benar").tap()
    page.get_by_label("Tidak pernah tinggal di sini").check()
    page.get_by_label("Keterangan").fill("Rumahnya kosong.")
    picture = FilePayload(name="rumah.jpg", mimeType="image/jpeg", buffer=photo())
    page.get_by_label("Foto").set_input_files(picture)
    page.get_by_role("button", name="Kirim koreksi").tap()
    expect(page.get_by_role("status").first).to_contain_text("Koreksi dikirim kepada operator.")
    expect(page.get_by_role("link", name="Lihat foto 1")).to_be_visible()


def _answer(visitor: Visitor, name: str) -> None:
    """As the operator: from the queue, with a look at the photograph."""
    page = visitor.go("/")
    page.get_by_role("link", name="Koreksi dari RT").tap()
    page.get_by_role("link", name=name).tap()
    page.get_by_role("button", name="Ambil untuk diperiksa").tap()
    page.get_by_role("link", name="Lihat foto 1").tap()
    shown = page.get_by_role("img", name="Foto yang dikirim RT")
    expect(shown).to_be_visible()
    assert shown.evaluate("async (one) => { await one.decode(); return one.naturalWidth; }") > 0
    assert problems_on(page, (PHONE,)) == []  # which unfolds what can be done
    page.get_by_label("Apa yang sudah dilakukan?").fill(DONE)
    page.get_by_role("button", name="Terima koreksi").tap()
    expect(page.get_by_role("status").first).to_contain_text("Koreksi diterima.")


def _open_from_menu(page: Page, words: str) -> None:
    page.get_by_role("link", name="Menu").first.tap()
    menu = page.get_by_role("navigation", name="Menu utama")
    menu.get_by_role("link", name=words, exact=True).tap()


def _card(page: Page, name: str) -> Locator:
    return page.locator("li.ask", has_text=name)
