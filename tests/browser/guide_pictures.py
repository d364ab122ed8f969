"""The pictures of the guide (accounts.guide): cut-outs of a phone's pages, taken from a demo.

No form is sent on the way, so that any running demo may be asked for them; it is left with the
draft that the form of a resident keeps while somebody types.
"""

from __future__ import annotations

import io
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from PIL import Image
from playwright.sync_api import Page

from accounts.guide.chapter import SIZES
from tests.browser import jobs
from tests.browser.browsing import PHONE, Visitor
from wacat.servers.running import BASE_DIR

STATIC = BASE_DIR / "static"
FOLDER = "guide"
SHARPNESS = 1.5  # device pixels per CSS pixel; of the visitor who is sent
COLOURS = 24
AROUND = 12  # CSS pixels above and below what is cut out
OPERATOR, ADMINISTRATOR, PIMPINAN = "operator", "administrator", "kepala"


@dataclass(frozen=True)
class Shot:
    """One picture: whose page at which path, made ready how, and from where to where."""

    name: str
    username: str
    path: str
    top: str
    bottom: str
    make_ready: Callable[[Page], None] = lambda page: None


def write_guide_pictures(visitor: Visitor) -> Iterator[str]:
    """Take all, write them and their sizes; a line to be read for each."""
    sizes, taken = {}, ""
    for shot in SHOTS:
        if shot.username != taken:
            visitor.go("/masuk/contoh/" if taken else "/masuk/")
            visitor.enter_as(shot.username)
            taken = shot.username
        visitor.page.set_viewport_size(PHONE)
        page = visitor.go(shot.path)
        shot.make_ready(page)
        path = f"{FOLDER}/{shot.name}.webp"
        picture = _taken(page, shot)
        (STATIC / path).parent.mkdir(exist_ok=True)
        picture.save(STATIC / path, lossless=True, quality=100, method=6)
        sizes[path] = list(picture.size)
        yield f"static/{path}: {(STATIC / path).stat().st_size / 1000:.1f} kB"
    SIZES.write_text(json.dumps(sizes, indent=2, sort_keys=True) + "\n")


def _taken(page: Page, shot: Shot) -> Image.Image:
    """What lies between the top of the one and the bottom of the other, as wide as the phone.

    The window is made as high as that: a bar at its lower edge then stands where it belongs.
    """
    page.evaluate("document.activeElement.blur()")
    first, last = (_edge(page, one) for one in (shot.top, shot.bottom))
    height = round(last[1] - first[0]) + 2 * AROUND
    page.set_viewport_size({"width": PHONE["width"], "height": height})
    page.evaluate("top => scrollTo({top, behavior: 'instant'})", first[0] - AROUND)
    screen = Image.open(io.BytesIO(page.screenshot())).convert("RGB")
    return screen.quantize(COLOURS, dither=Image.Dither.NONE).convert("RGB")


def _edge(page: Page, selector: str) -> tuple[float, float]:
    """The upper and lower edge on the page of the first that is met by *selector*."""
    return page.locator(f"main {selector}").first.evaluate(
        "one => { const box = one.getBoundingClientRect();"
        " return [box.top + scrollY, box.bottom + scrollY]; }"
    )


def _following(name: str) -> Callable[[Page], None]:
    """Leads on by the first link of the page's own whose selector is *name*."""

    def follow(page: Page) -> None:
        page.goto(page.locator(f"main {name}").first.evaluate("link => link.href"))

    return follow


def _type_a_newcomer(page: Page) -> None:
    jobs.fill(page, {"full_name": "Ayu Lestari Contoh", "nik": "9901 0145 0190 0007"})
    page.evaluate("document.activeElement.blur()")
    page.get_by_role("button", name="Isi dari NIK").wait_for()


def _tick_an_exception(page: Page) -> None:
    _following("a[href*='/layanan/bulan/']")(page)
    page.locator("main [name=except]").nth(1).check()


def _choose_what_is_wrong(page: Page) -> None:
    _following("a[href$='/koreksi/'].btn")(page)
    page.get_by_label("Sudah pindah dari sini").check()


def _ask_for_a_letter(page: Page) -> None:
    """The first verified resident whose record is whole and who has no letter."""
    names = page.locator("main tbody th a").evaluate_all("links => links.map(link => link.href)")
    for address in names:
        page.goto(address)
        whole = not page.get_by_text("Lengkapi sekarang").count()
        if whole and page.get_by_role("link", name="Ajukan surat domisili").count():
            return _following("a[href$='/surat/']")(page)
    raise LookupError("Nobody in the demo may have a letter asked for.")


def _choose_an_rt(page: Page) -> None:
    _following("tbody a")(page)
    page.locator("main [name=area]").select_option(index=12)


RT, LURAH = jobs.KETUA_RT, jobs.LURAH
SHOTS = (
    Shot("melaporkan-warga", RT, "/warga/tambah/", "fieldset", "[name=address]", _type_a_newcomer),
    Shot("menjawab-data-layanan", RT, "/layanan/", ".ask", ".ask:nth-child(2)"),
    Shot(
        "semua-benar-kecuali",
        RT,
        "/layanan/",
        ".choice-list",
        ".choice-line:nth-child(4)",
        _tick_an_exception,
    ),
    Shot(
        "mengirim-koreksi",
        RT,
        "/layanan/",
        "legend",
        "fieldset",
        _choose_what_is_wrong,
    ),
    Shot(
        "laporan-kebenaran-data",
        RT,
        "/layanan/laporan/",
        ".summary-list",
        ".action-form .btn",
        _following("tbody a"),
    ),
    Shot(
        "mengantar-surat",
        RT,
        "/warga/?status=verified",
        "h1",
        ".question .btn",
        _ask_for_a_letter,
    ),
    Shot("masa-tinggal", RT, "/warga/tugas/", ".ask", ".ask .ask-more"),
    Shot("akun-saya", RT, "/saya/", ".summary-row:nth-child(6)", ".summary-row:nth-child(8)"),
    Shot(
        "menerbitkan-surat",
        LURAH,
        "/surat/siap/",
        ".choice-line:nth-child(3)",
        ".choice-line:nth-child(6)",
    ),
    Shot(
        "mencocokkan-alamat",
        LURAH,
        "/layanan/alamat/",
        "h2",
        ".question .btn-primary",
        _choose_an_rt,
    ),
    Shot(
        "mengimpor-data-layanan",
        OPERATOR,
        "/layanan/impor/",
        ".summary-row:nth-child(7)",
        ".action-form .btn-primary",
        _following("tbody a"),
    ),
    Shot(
        "menjawab-koreksi",
        OPERATOR,
        "/koreksi/",
        "h2:text('Pemeriksaan')",
        ".disclosure:has-text('Tolak koreksi')",
        _following("a:has-text('Hamidah')"),
    ),
    Shot("menjawab-masalah", ADMINISTRATOR, "/bantuan/jawab/", "tbody tr", "tbody tr"),
    Shot(
        "menerbitkan-akun",
        ADMINISTRATOR,
        "/akun/terbitkan/",
        ".action-form",
        ".disclosure .btn",
    ),
    Shot("membaca-evaluasi", PIMPINAN, "/evaluasi/", ".plain-list", ".plain-list"),
)
