"""A photograph on a weak line: it arrives once and whole, whatever the line and the login do."""

from __future__ import annotations

import io
import os
import re
from dataclasses import dataclass
from urllib.parse import urlsplit

from PIL import Image
from playwright.sync_api import FilePayload, Page, Route, expect

from tests.browser import jobs
from tests.browser.browsing import Visitor
from tests.browser.checks import problems_on
from tests.browser.conftest import Visit

PIECES = "**/unggahan/**"
WAITS = 60_000  # milliseconds: the pauses between attempts grow
LOST = "Sambungan terputus"
DOCUMENTS = "#lampiran .document"
WATCH = """(lost) => {
  const real = window.fetch;
  let answers = 0;
  window.fetch = async (url, how) => {
    await noteSent(Number(how.body.get("offset")), Number(how.body.get("size")));
    const answer = await real(url, how);
    answers += 1;
    if (answers === lost) throw new TypeError("the answer was lost");
    return answer;
  };
}"""


def photograph(side: int, name: str = "ktp.jpg") -> FilePayload:
    """Nothing but noise, which no picture format makes much smaller."""
    noise = os.urandom(side * side * 3)
    written = io.BytesIO()
    Image.frombytes("RGB", (side, side), noise).save(written, "JPEG", quality=80)
    return FilePayload(name=name, mimeType="image/jpeg", buffer=written.getvalue())


@dataclass
class Adding:
    """The page for a new document, and how many the record had before."""

    page: Page
    before: int

    def expect_kept(self, kind: str) -> None:
        """Back on the resident's page it is there, once, and can be looked at."""
        page = self.page
        page.wait_for_url(re.compile(r"/warga/\d+/#lampiran$"), timeout=WAITS)
        expect(page.get_by_role("status").first).to_contain_text(f"{kind} disimpan.")
        expect(page.locator(DOCUMENTS)).to_have_count(self.before + 1)
        page.locator(DOCUMENTS).first.get_by_role("link", name=f"Lihat {kind}").click()
        shown = page.locator("#lampiran img")
        expect(shown).to_be_visible()
        assert shown.evaluate("async (one) => { await one.decode(); return one.naturalWidth; }") > 0


def begin(visitor: Visitor) -> Adding:
    """As a Ketua RT, from the first resident of the list to the page for a new document."""
    visitor.go("/masuk/")
    page = visitor.enter_as(jobs.KETUA_RT)
    visitor.go("/warga/")
    page.locator("main .data-table tbody a").first.click()
    more = page.get_by_role("link", name="Tambah foto atau dokumen")
    expect(more).to_be_visible()
    before = page.locator(DOCUMENTS).count()
    more.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Tambah foto atau dokumen")
    return Adding(page, before)


def choose(page: Page, kind: str, photo: FilePayload) -> None:
    page.get_by_label(kind).check()
    page.locator("input[name=file]").set_input_files(photo)


def send(page: Page) -> None:
    page.get_by_role("button", name="Unggah", exact=True).click()


class Line:
    """The way of the pieces: notes where each begins, and breaks where a test says so."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.sent: list[tuple[int, int]] = []  # offset, and size of the whole file
        page.expose_function("noteSent", lambda offset, size: self.sent.append((offset, size)))
        self.watch()

    def watch(self, lost_answer: int = 0) -> None:
        """On the page as it is now; so many answers on, one is lost that the server gave."""
        self.page.evaluate(WATCH, lost_answer)

    def breaks_after(self, pieces: int) -> None:
        """After so many pieces nothing gets through any more."""

        def handle(route: Route) -> None:
            nonlocal pieces
            pieces -= 1
            if pieces >= 0:
                route.continue_()
            else:
                self.page.context.set_offline(True)
                route.abort()

        self.page.route(PIECES, handle)

    def is_back(self) -> None:
        self.page.unroute(PIECES)
        self.page.context.set_offline(False)


def test_it_goes_on_after_the_line_was_lost(visit: Visit) -> None:
    visitor = visit(phone=True)
    adding = begin(visitor)
    page = adding.page
    assert problems_on(page) == []
    line = Line(page)
    line.breaks_after(3)
    choose(page, "Foto KTP-el", photograph(1200))
    send(page)
    expect(page.locator("[data-upload-words]")).to_contain_text(LOST)
    expect(page.locator("progress")).to_be_visible()
    assert problems_on(page) == []
    reached, _ = line.sent[-1]
    line.is_back()
    adding.expect_kept("Foto KTP-el")
    assert min(offset for offset, _ in line.sent[4:]) == reached > 0
    visitor.forget_complaints()  # of the lost line


def test_an_answer_is_lost_and_the_piece_is_not_taken_twice(visit: Visit) -> None:
    visitor = visit(phone=True)
    adding = begin(visitor)
    page = adding.page
    line = Line(page)
    line.watch(lost_answer=3)
    choose(page, "Foto KTP-el", photograph(1200))
    send(page)
    adding.expect_kept("Foto KTP-el")
    offsets = [offset for offset, _ in line.sent]
    assert len(set(offsets)) < len(offsets)
    assert sorted(offsets) == offsets


def test_it_goes_on_after_a_reload(visit: Visit) -> None:
    visitor = visit(phone=True)
    adding = begin(visitor)
    page = adding.page
    line, photo = Line(page), photograph(1200)
    line.breaks_after(3)
    choose(page, "Foto Kartu Keluarga", photo)
    send(page)
    expect(page.locator("[data-upload-words]")).to_contain_text(LOST)
    line.is_back()
    page.reload()
    told = page.get_by_text(re.compile(r"Foto Kartu Keluarga: \d+ % sudah terkirim"))
    expect(told).to_be_visible()
    line.sent.clear()
    line.watch()
    choose(page, "Foto Kartu Keluarga", photo)
    send(page)
    adding.expect_kept("Foto Kartu Keluarga")
    assert line.sent[0][0] == 0  # only asks how much is there
    assert all(offset > 0 for offset, _ in line.sent[1:])
    visitor.forget_complaints()


def test_it_goes_on_after_the_login_has_ended(visit: Visit) -> None:
    visitor = visit(phone=True)
    adding = begin(visitor)
    page = adding.page
    line = Line(page)
    line.breaks_after(3)
    choose(page, "Dokumen lain", photograph(1200))
    send(page)
    expect(page.locator("[data-upload-words]")).to_contain_text(LOST)
    page.context.clear_cookies(name="sessionid")
    line.is_back()
    expect(page.locator("[data-upload-words]")).to_contain_text("Masuk lagi", timeout=WAITS)
    with page.context.expect_page() as opened:
        page.get_by_role("link", name="Masuk lagi di tab baru").click()
    other = Visitor(opened.value, visitor.address)
    opened.value.wait_for_load_state()
    other.enter_as(jobs.KETUA_RT)
    opened.value.close()
    page.bring_to_front()
    adding.expect_kept("Dokumen lain")
    visitor.forget_complaints()


def test_a_large_photo_is_made_smaller_before_it_is_sent(visit: Visit) -> None:
    visitor = visit(phone=True)
    adding = begin(visitor)
    page = adding.page
    line = Line(page)
    large = photograph(2900)
    assert len(large["buffer"]) > 5_000_000
    page.get_by_label("Pernyataan pemilik tempat").check()
    camera = page.get_by_label("Potret dengan kamera")
    expect(camera).to_be_visible()
    camera.set_input_files(large)
    send(page)
    adding.expect_kept("Pernyataan pemilik tempat")
    assert line.sent[-1][1] < len(large["buffer"])


def test_without_scripts_the_form_does_the_same(visit: Visit) -> None:
    visitor = visit(phone=True, scripts=False)
    page = begin(visitor).page
    choose(page, "Dokumen lain", photograph(300))
    send(page)
    expect(page.get_by_role("status")).to_contain_text("Dokumen lain disimpan.")
    assert urlsplit(page.url).fragment == "lampiran"


def test_what_is_refused_is_told_and_something_else_can_be_chosen(visit: Visit) -> None:
    visitor = visit()
    page = begin(visitor).page
    program = FilePayload(name="ktp.jpg", mimeType="application/pdf", buffer=b"MZ program")
    choose(page, "Dokumen lain", program)
    send(page)
    expect(page.locator("[data-upload-words]")).to_have_text(
        "Pilih berkas PDF, atau foto JPG atau PNG."
    )
    expect(page.get_by_role("button", name="Unggah", exact=True)).to_be_enabled()
    assert problems_on(page) == []
    visitor.forget_complaints()
