"""How a Ketua RT comes to an account, on phones: proposed, issued, entered, closed."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from pypdf import PdfReader

from tests.browser import jobs
from tests.browser.browsing import Visitor
from tests.browser.checks import problems_on
from tests.browser.conftest import Visit
from tests.browser.entering import log_in, log_in_with_code
from tests.browser.stack import Stack

ADMINISTRATOR = "administrator"
OWN_PASSWORD = "perahu kertas di teluk"
ONE_TIME = re.compile(r"\b[a-z2-9]{4}-[a-z2-9]{4}-[a-z2-9]{4}")
SLIP_BYTES = 60_000
DRAWN_WITHIN = 20_000  # milliseconds, generous: the machine may be busy


@dataclass(frozen=True)
class Candidate:
    """Who is to head an RT of Sepinggan; *phone* as the Lurah writes it."""

    name: str
    rt: str
    phone: str

    @property
    def answers(self) -> dict[str, str]:
        """What a proposal needs, by field."""
        return {
            "full_name": self.name,
            "phone": self.phone,
            "email": f"rt{self.rt}@example.id",
            "decree_number": f"188.4/{self.rt}-CONTOH",
            "decree_date": jobs.day(-3),
            "starts": jobs.day(0),
            "term_ends": jobs.day(900),
        }


RAHMA = Candidate("Rahma Percobaan", "020", "0812-7000-0020")
BUDI = Candidate("Budi Tanpaskrip", "021", "+62 812 7000 0021")


@pytest.mark.parametrize(("who", "scripts"), [(RAHMA, True), (BUDI, False)])
def test_from_proposal_to_deactivation(
    who: Candidate, scripts: bool, visit: Visit, demo: Stack
) -> None:
    lurah = visit(phone=True, scripts=scripts)
    _propose(lurah, who)

    administrator = visit(phone=True, scripts=scripts)
    if scripts:
        log_in_with_code(administrator, demo, ADMINISTRATOR)
    else:
        administrator.go("/masuk/")
        administrator.enter_as(ADMINISTRATOR)
    _issue(administrator.page, who, demo, scripts=scripts)
    password = _password_on(_download_once(administrator.page), who)

    head = visit(phone=True, scripts=scripts)
    _enter_first(head, who, password, checked=scripts)
    page = head.go("/warga/tambah/")
    jobs.fill(page, {"full_name": "Belum Tersimpan"})
    _deactivate(administrator, who)
    jobs.send_form(page)
    expect(page.get_by_role("heading", level=1)).to_have_text("Akun ini tidak aktif")
    expect(page.get_by_role("main")).to_contain_text("Isian yang belum tersimpan tidak terkirim")


def test_a_camat_proposes_a_lurah(visit: Visit) -> None:
    visitor = visit(phone=True)
    visitor.go("/masuk/")
    page = visitor.enter_as(jobs.CAMAT)
    page.get_by_role("link", name="Kelurahan tanpa akun Lurah").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Usulkan Lurah")
    page.get_by_role("button", name="Kirim usulan").click()
    expect(page.locator("[data-error-summary]")).to_be_focused()
    assert problems_on(page) == []


def test_a_lurah_confirms_the_ketua_rt(visit: Visit) -> None:
    visitor = visit(phone=True)
    visitor.go("/masuk/")
    page = visitor.enter_as(jobs.LURAH)
    page.get_by_role("link", name="Konfirmasi daftar Ketua RT").click()
    expect(page.locator(".notice-warning")).to_contain_text("Mohon dikonfirmasi sekarang")
    page.get_by_role("row", name="RT 005").get_by_label("Sudah berganti").check()
    page.get_by_role("button", name="Konfirmasi daftar ini").click()
    expect(page.get_by_role("status")).to_contain_text("Daftar Ketua RT dikonfirmasi")
    expect(page.get_by_role("link", name="Usulkan pengganti untuk RT 005")).to_be_visible()
    assert problems_on(page) == []


def _propose(visitor: Visitor, who: Candidate) -> None:
    """From the start page over the RTs without an account; one mistake on the way."""
    visitor.go("/masuk/")
    page = visitor.enter_as(jobs.LURAH)
    page.get_by_role("link", name="RT tanpa akun").click()
    page.get_by_role("link", name=f"Usulkan Ketua RT {who.rt}").click()
    expect(page.get_by_label("RT", exact=True)).to_have_value(f"{jobs.KELURAHAN}.{who.rt}")
    jobs.fill(page, {**who.answers, "phone": "bukan nomor"})
    send = page.get_by_role("button", name="Kirim usulan")
    send.click()
    expect(page.locator("[name=phone]")).to_have_attribute("aria-invalid", "true")
    expect(page.locator("[name=full_name]")).to_have_value(who.name)
    jobs.fill(page, {"phone": who.phone})
    page.get_by_label("Saya menyatakan").check()
    send.click()
    expect(page.get_by_role("heading", level=1)).to_have_text(who.name)
    expect(page.locator(".marks").first).to_contain_text("Diusulkan")


def _issue(page: Page, who: Candidate, demo: Stack, *, scripts: bool) -> None:
    """From the task to the slip, which shows up by itself where scripts run."""
    page.get_by_role("link", name="Usulan menunggu diterbitkan").click()
    page.get_by_role("link", name=f"Buka usulan {who.name}").click()
    with demo.worker_paused():
        page.get_by_role("button", name="Terbitkan akun").click()
        expect(page.get_by_text("Slip sedang dibuat. Biasanya")).to_be_visible()
        expect(page.get_by_role("button", name="Unduh slip")).to_have_count(0)
    if not scripts:
        look_again = page.get_by_role("link", name="Lihat lagi")
        for _ in range(40):
            if not look_again.is_visible():
                break
            page.wait_for_timeout(250)
            look_again.click()
    expect(page.get_by_role("button", name="Unduh slip")).to_be_visible(timeout=DRAWN_WITHIN)
    expect(page.locator(".marks")).to_have_text("Siap diunduh")


def _download_once(page: Page) -> Path:
    with page.expect_download() as started:
        page.get_by_role("button", name="Unduh slip").click()
    path = started.value.path()
    page.reload()
    expect(page.get_by_text("Slip sudah diunduh")).to_be_visible()
    expect(page.get_by_role("button", name="Unduh slip")).to_have_count(0)
    return path


def _password_on(slip: Path, who: Candidate) -> str:
    assert slip.stat().st_size <= SLIP_BYTES
    text = " ".join(sheet.extract_text() for sheet in PdfReader(slip).pages)
    assert who.name in text
    found = ONE_TIME.search(text)
    assert found
    return found[0]


def _enter_first(visitor: Visitor, who: Candidate, password: str, *, checked: bool) -> None:
    """With what the slip says: the undertaking, then a password of one's own.

    Only a page that runs scripts can be *checked*.
    """
    page = visitor.go("/masuk/")
    log_in(visitor, who.phone, password)
    page.get_by_label("Saya sudah membaca").check()
    page.get_by_role("button", name="Setuju dan lanjutkan").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Buat kata sandi sendiri")
    save = page.get_by_role("button", name="Simpan kata sandi")
    jobs.fill(page, {"new_password1": "pendek", "new_password2": "pendek"})
    save.click()
    assert not checked or problems_on(page) == []
    jobs.fill(page, {"new_password1": OWN_PASSWORD, "new_password2": OWN_PASSWORD})
    save.click()
    expect(page.get_by_role("heading", level=1)).to_have_text(f"Selamat datang, {who.name}")


def _deactivate(visitor: Visitor, who: Candidate) -> None:
    """To safeguard the account of somebody who has lost the phone."""
    page = visitor.go("/akun/")
    page.get_by_role("searchbox").fill(who.name)
    page.get_by_role("button", name="Cari", exact=True).click()
    page.get_by_role("link", name=who.name).click()
    page.get_by_role("link", name="Nonaktifkan").click()
    page.get_by_label("Pengamanan sementara").check()
    page.get_by_role("button", name="Lanjut").click()
    jobs.fill(page, {"reason": "Ponsel hilang."})
    page.get_by_role("button", name="Nonaktifkan akun").click()
    expect(page.locator(".marks").first).to_contain_text("Nonaktif")
