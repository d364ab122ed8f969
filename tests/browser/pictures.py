"""The README's picture and those of the guide: ``python -m tests.browser.pictures [address]``.

Taken from the demo that runs at that address, or else from one started for it. The README's shows
three pages of a phone side by side: a Ketua RT's start page, the form, the Lurah's ready list.
"""

from __future__ import annotations

import io
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from PIL import Image, ImageOps
from playwright.sync_api import Browser, Page

from tests.browser import guide_pictures, jobs
from tests.browser.browsing import Visitor, chromium, running_browser, visiting
from tests.browser.stack import running_stack
from wacat.servers.running import BASE_DIR

TARGET = BASE_DIR / ".readme" / "phone.png"
SHARPNESS, SHOWN = 2, 1.5  # device pixels per CSS pixel: when taken, and in the file
GAP = 24  # pixels of the file
GROUND, EDGE = "#e0eef1", "#8fc3cf"
COLOURS = 128


def main(address: str = "") -> int:
    """Write the pictures, from the demo at *address* if there is one. 1 without Chromium."""
    program = chromium()
    if not program:
        print("Chromium is missing.", file=sys.stderr)
        return 1
    with _demo(address) as found, running_browser(program) as browser:
        _write_for_readme(browser, found)
        with visiting(browser, found, phone=True, sharp=guide_pictures.SHARPNESS) as visitor:
            for line in guide_pictures.write_guide_pictures(visitor):
                print(line)
    return 0


@contextmanager
def _demo(address: str) -> Iterator[str]:
    """Where a demo answers: the given one, or one that is ended afterwards."""
    if address:
        yield address.rstrip("/")
        return
    with tempfile.TemporaryDirectory(prefix="wacat-pictures-") as folder:
        Path(folder).chmod(0o711)  # started by root, the servers run as somebody else
        with running_stack(Path(folder) / "var", scale=5) as stack:
            yield stack.address


def _write_for_readme(browser: Browser, address: str) -> None:
    with visiting(browser, address, phone=True, sharp=SHARPNESS) as visitor:
        screens = list(_screens(visitor))
    TARGET.parent.mkdir(exist_ok=True)
    _beside_each_other(screens).save(TARGET, optimize=True)
    print(f"{TARGET.relative_to(BASE_DIR)}: {TARGET.stat().st_size / 1000:.0f} kB")


def _screens(visitor: Visitor) -> Iterator[Image.Image]:
    visitor.go("/masuk/")
    yield _taken(visitor.enter_as(jobs.KETUA_RT))
    page = visitor.go("/warga/tambah/")
    jobs.fill(page, {"full_name": "Ayu Lestari Contoh", "nik": "9901 0145 0190 0007"})
    yield _taken(page)
    visitor.go("/masuk/contoh/")
    visitor.enter_as(jobs.LURAH)
    yield _taken(visitor.go("/surat/siap/"))


def _taken(page: Page) -> Image.Image:
    page.evaluate("document.activeElement.blur()")
    screen = Image.open(io.BytesIO(page.screenshot())).convert("RGB")
    reduced = ImageOps.scale(screen, SHOWN / SHARPNESS, Image.Resampling.LANCZOS)
    return ImageOps.expand(reduced, border=2, fill=EDGE)


def _beside_each_other(screens: list[Image.Image]) -> Image.Image:
    width = sum(screen.width + GAP for screen in screens) + GAP
    height = max(screen.height for screen in screens) + 2 * GAP
    sheet = Image.new("RGB", (width, height), GROUND)
    left = GAP
    for screen in screens:
        sheet.paste(screen, (left, GAP))
        left += screen.width + GAP
    return sheet.quantize(COLOURS, dither=Image.Dither.NONE)


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:2]))
