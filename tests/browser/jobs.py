"""What people do on the pages, step by step, as the README tells it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from playwright.sync_api import Page, expect

from tests.browser.browsing import Visitor

KETUA_RT, LURAH, CAMAT = "rt.sepinggan", "lurah.sepinggan", "camat.selatan"
KELURAHAN, KECAMATAN = "64.71.05.1002", "64.71.05"
INTRODUCE = "Sekaligus antar untuk surat keterangan domisili"


@dataclass(frozen=True)
class Newcomer:
    """Somebody who came to RT 001 of Sepinggan; *nik* as it stands on the card, in fours."""

    name: str
    masked: str
    nik: str
    born: str

    @property
    def needed(self) -> dict[str, str]:
        """What a report needs, by field."""
        return {
            "full_name": self.name,
            "nik": self.nik,
            "address": "Jl. Contoh Percobaan No. 7",
            "arrived_on": day(-3),
            "stays_until": day(200),
            "purpose": "1",
        }

    @property
    def later(self) -> dict[str, str]:
        """What a letter needs besides, by field."""
        return {
            "sex": "2",
            "birth_place": "Bantul",
            "birth_date": self.born,
            "religion": "1",
            "marital_status": "1",
            "occupation": "15",
            "nationality": "1",
            "origin_address": "Jl. Contoh Asal No. 5, Bantul",
        }


def day(ahead: int) -> str:
    """The day that lies *ahead* of today in Balikpapan, as a date field takes it."""
    today: date = datetime.now(ZoneInfo("Asia/Makassar")).date()
    return (today + timedelta(days=ahead)).isoformat()


def open_form(visitor: Visitor) -> Page:
    """From the login page to the empty form of a resident."""
    visitor.go("/masuk/")
    page = visitor.enter_as(KETUA_RT)
    page.get_by_role("link", name="Tambah warga").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Tambah warga")
    return page


def unfold_later(page: Page) -> None:
    """Open *Lengkapi nanti*."""
    page.get_by_text("Lengkapi nanti", exact=True).click()
    expect(page.locator("[name=sex]")).to_be_visible()


def fill(page: Page, answers: dict[str, str]) -> None:
    """Give the answers, whatever kind of field each one has."""
    for name, answer in answers.items():
        field = page.locator(f".question [name={name}]")
        if field.evaluate("field => field.tagName") == "SELECT":
            field.select_option(answer)
        else:
            field.fill(answer)


def answers_on(page: Page, names: dict[str, str]) -> dict[str, str]:
    """What stands in these fields now."""
    return {name: page.locator(f".question [name={name}]").input_value() for name in names}


def send_form(page: Page) -> None:
    page.get_by_role("button", name="Lanjut: periksa jawaban").click()


def report_for_letter(page: Page, button: str) -> str:
    """From the check page to the letter's, whose path is returned."""
    expect(page.get_by_role("heading", level=1)).to_have_text("Periksa jawaban")
    page.get_by_label(INTRODUCE).check()
    page.get_by_role("button", name=button, exact=True).click()
    page.wait_for_url(re.compile(r"/surat/\d+/"))
    expect(page.locator(".marks").first).to_contain_text("Siap diterbitkan")
    return urlsplit(page.url).path


def find_ready_letter(visitor: Visitor, name: str, *, ticked: bool) -> Page:
    """As the Lurah, from *Ganti peran* over the start page to this person's letter.

    A letter about which nothing is to be checked stands *ticked* in the list.
    """
    page = visitor.page
    page.get_by_role("link", name="Ganti peran").click()
    visitor.enter_as(LURAH)
    page.get_by_role("link", name="Surat siap diterbitkan").click()
    expect(page.get_by_label(name)).to_be_checked(checked=ticked)
    page.get_by_role("link", name=f"Buka surat {name}").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(name)
    return page


def number_on(page: Page) -> str:
    """The letter's number, from its heading."""
    return page.locator("h1 .number").inner_text()


def download_pdf(page: Page) -> Path:
    """Press *Unduh PDF* and wait for the file."""
    with page.expect_download() as started:
        page.get_by_role("link", name="Unduh PDF").click()
    assert started.value.suggested_filename.endswith(".pdf")
    return started.value.path()


def figures(visitor: Visitor, name: str) -> dict[str, int]:
    """The kelurahan's and the kecamatan's figure today, as the Camat reads them."""
    page = visitor.go("/masuk/")
    if visitor.page.url.endswith("/masuk/"):
        visitor.enter_as(CAMAT)
    page = visitor.go(f"/rekap/?wilayah={KECAMATAN}")
    found = {}
    for area in (KELURAHAN, KECAMATAN):
        shown = page.locator(f'[data-area="{area}"][data-figure="{name}"]')
        found[area] = int(shown.get_attribute("data-value") or "")
    return found
