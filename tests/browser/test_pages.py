"""Every page of every role, on a phone and on a desk."""

from __future__ import annotations

import gzip
import re
from dataclasses import dataclass
from http import HTTPStatus
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect

from accounts.demo.officials import OFFICIALS
from accounts.rules import Role
from tests.browser.browsing import PHONE, Visitor
from tests.browser.checks import problems_on
from tests.browser.conftest import Visit

FIRST = {official.role: official.username for official in reversed(OFFICIALS)}
LEADING_ON = "nav[aria-label='Menu utama'] a, main a"
# Of a list one row is opened: all rows lead to the same kind of page.
FIRST_OF_LIST = "main .data-table tbody a, main .choice-more a, main a[href^='/verifikasi/']"
LINKS = "(wanted) => [...document.querySelectorAll(wanted)].map((link) => link.href)"
# The same of a page that is not shown.
READ = """async ([path, rows, steps]) => {
  const answer = await fetch(path);
  const text = await answer.text();
  const page = new DOMParser().parseFromString(text, "text/html");
  const links = (wanted) => [...page.querySelectorAll(wanted)]
    .map((link) => new URL(link.getAttribute("href"), answer.url).href);
  return {status: answer.status, text, rows: links(rows), steps: links(steps)};
}"""
SPOIL = """() => {
  document.querySelector("main").innerHTML +=
    "<img src='/favicon.ico'><p style='color: red'>inline</p><button>x</button>";
  document.querySelector("h1").classList.add("text-nowrap");
  document.querySelector("h1").textContent = "overlong ".repeat(20);
  setTimeout(() => { throw new Error("broken script"); });
}"""
NO_PAGE = (
    *("/unduh/", "/pdf/", "/contoh/", "/pindaian/", "/bukti/", "/f115", "/lampiran/", "/ditolak/"),
    "https://wa.me",
)
# Of these it is enough to open one of each kind.
STEPS = "main nav a, main .actions a, main .summary-change, main .pair-table td a, main p > a.btn"
SEEN: set[str] = set()  # kinds of pages that a role has opened
MOST_WEIGHT = 20_000  # bytes of a page as the proxy sends it; its files are in the cache by then
# Where no link leads, or only one that the state of the demo's data may lack.
BESIDES: dict[Role, list[str]] = {
    Role.LURAH: [
        "/warga/saring/",
        "/surat/?status=issued",
        "/surat/?status=revoked",
        "/akun/?peran=ketua_rt",
        "/akun/usulan/?status=returned",
        "/akun/usulan/?status=proposed",
        "/akun/usulan/daftar/",
        "/akun/usulan/rt/tambah/",
    ],
    Role.ADMINISTRATOR: [
        "/akun/?peran=lurah",
        "/akun/?status=closed",
        "/akun/usulan/?status=proposed",
        "/akun/usulan/lurah/tambah/",
        "/akun/jabatan/tambah/?office=camat",
        "/wilayah/64.71.05.1002.004/",
        "/wilayah/64.71.05.1002.004/bekukan/",
        "/saya/pengaman/aplikasi/",
        "/pemberitahuan/",
        "/kontak/",
    ],
    Role.KETUA_RT: ["/pemberitahuan/", "/kontak/", "/saya/pengaman/", "/jabatan/berhenti/"],
}


@pytest.mark.parametrize("role", Role.values)
def test_what_a_role_can_open(role: str, visit: Visit) -> None:
    visitor = visit()
    visitor.go("/masuk/")
    page = visitor.enter_as(FIRST[Role(role)])
    waiting = _within(page.evaluate(LINKS, LEADING_ON)) + BESIDES.get(Role(role), [])
    problems, opened, kinds = problems_on(page), {"/"}, set[str]()
    while waiting:
        path = waiting.pop(0)
        if path in opened:
            continue
        # Whoever comes later is shown what the first was shown, with more or fewer steps; and a
        # list that is narrowed down is the same page.
        if _kind(path) in SEEN:
            found = Opened(**page.evaluate(READ, [path, FIRST_OF_LIST, STEPS]))
        else:
            found = _open(visitor, path)
            problems += problems_on(page)
            SEEN.add(_kind(path))
        problems += [f"{path}: {one}" for one in found.problems]
        opened.add(path)
        steps = {_kind(step): step for step in reversed(_within(found.steps))}
        waiting += _within(found.rows)[:1]
        waiting += [step for kind, step in steps.items() if kind not in kinds]
        kinds |= {_kind(path), *steps}
    assert problems == []


@pytest.mark.parametrize(
    ("role", "path", "status", "heading"),
    [
        (Role.PIMPINAN, "/warga/", 403, "Halaman ini di luar wewenang Bapak/Ibu"),
        (Role.LURAH, "/surat/999999/", 404, "Halaman tidak ditemukan"),
        (Role.LURAH, "/rekap/?tanggal=kemarin", 400, "Permintaan tidak dapat dibaca"),
        (Role.LURAH, "/masuk/contoh/", 200, "Ganti peran"),
        (Role.LURAH, "/keluar/", 200, "Keluar dari WaCAT?"),
    ],
)
def test_pages_off_the_way(role: Role, path: str, status: int, heading: str, visit: Visit) -> None:
    visitor = visit()
    visitor.go("/masuk/")
    page = visitor.enter_as(FIRST[role])
    answer = page.goto(visitor.address + path)
    assert answer
    assert answer.status == status
    expect(page.get_by_role("heading", level=1)).to_have_text(heading)
    assert problems_on(page) == []


def test_a_form_full_of_errors(visit: Visit) -> None:
    visitor = visit()
    visitor.go("/masuk/")
    visitor.enter_as(FIRST[Role.KETUA_RT])
    page = visitor.go("/warga/tambah/")
    page.get_by_role("button", name="Lanjut: periksa jawaban").click()
    expect(page.locator("[data-error-summary]")).to_be_focused()
    assert problems_on(page) == []


def test_the_menu_of_a_phone(visit: Visit) -> None:
    visitor = visit(phone=True)
    visitor.go("/masuk/")
    page = visitor.enter_as(FIRST[Role.KETUA_RT])
    links = page.get_by_role("navigation", name="Menu utama").get_by_role("link")
    expect(links.first).to_be_hidden()
    page.get_by_role("link", name="Menu").first.tap()
    expect(links).to_have_text(
        [
            *("Beranda", "Warga", "Tempat kos", "Tugas", "Layanan", "Koreksi", "Surat", "Rekap"),
            *("Pengumuman", "Panduan", "Bantuan", "Akun saya"),
        ]
    )
    for link in links.all():
        box = link.bounding_box()
        assert box
        assert box["height"] >= 44
    page.get_by_role("link", name="Tutup menu").tap()
    expect(links.first).to_be_hidden()


def test_the_checks_notice_what_is_wrong(visit: Visit) -> None:
    visitor = visit()
    page = visitor.go("/masuk/")
    page.evaluate(SPOIL)
    found = " ".join(problems_on(page, (PHONE,)))
    for word in ("image-alt", "too wide", "too small"):
        assert word in found
    heard = " ".join(visitor.complaints)
    for words in ("Content Security Policy", "broken script"):
        assert words in heard
    visitor.forget_complaints()


@dataclass(frozen=True)
class Opened:
    """A page's answer, and where it leads: the rows of its list, and the steps it offers."""

    status: int
    text: str
    rows: list[str]
    steps: list[str]

    @property
    def problems(self) -> list[str]:
        weight = len(gzip.compress(self.text.encode()))
        wrong = [str(self.status)] if self.status != HTTPStatus.OK else []
        return [*wrong, f"{weight} bytes"] if weight > MOST_WEIGHT else wrong


def _open(visitor: Visitor, path: str) -> Opened:
    answer = visitor.page.goto(visitor.address + path)
    assert answer
    rows, steps = (visitor.page.evaluate(LINKS, wanted) for wanted in (FIRST_OF_LIST, STEPS))
    return Opened(answer.status, answer.text(), rows, steps)


def _kind(path: str) -> str:
    """What pages of the same kind have in common."""
    return re.sub(r"\d+", "0", path.partition("?")[0])


def _within(links: list[str]) -> list[str]:
    """Those that lead to pages of the portal."""
    parts = [urlsplit(link) for link in links]
    return [
        f"{part.path}?{part.query}" if part.query else part.path
        for part in parts
        if not part.fragment and not any(word in part.geturl() for word in NO_PAGE)
    ]
