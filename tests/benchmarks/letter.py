"""A warm letter's time and size, beside WeasyPrint used naively on the same page."""

from __future__ import annotations

import re
import statistics
import time
from collections.abc import Callable

import segno
import weasyprint
from django.conf import settings
from django.template.loader import render_to_string
from weasyprint.text.fonts import FontConfiguration

from reports.drawing import engine
from reports.letters import drawing
from tests.reports.letters_to_draw import LETTER, family_of

ROUNDS = 40
NAIVE_ROUNDS = 10
FAMILY = family_of([f"Anggota Keluarga {one}" for one in range(7)])


def run() -> None:
    """Print median and 95th percentile in milliseconds, size in bytes, and the naive ratio."""
    engine.warm_up()
    letter = _measured("letter, one person", lambda: drawing.draw_letter(LETTER), ROUNDS)
    _measured("letter, family of eight", lambda: drawing.draw_letter(FAMILY), ROUNDS)
    _measured("preview, one person", lambda: drawing.preview_letter(LETTER)[0], ROUNDS)
    naive = _measured("the same page, naively", _naive_letter, NAIVE_ROUNDS)
    print(f"naive / tuned: {naive / letter:.1f} times the time")


def _measured(name: str, draw: Callable[[], bytes], rounds: int) -> float:
    """Print one line; the median in milliseconds."""
    size = len(draw())
    taken = sorted(_milliseconds(draw) for _round in range(rounds))
    median, p95 = statistics.median(taken), taken[round(0.95 * (rounds - 1))]
    print(f"{name:<26} median {median:4.0f} ms   p95 {p95:4.0f} ms   {size:6} bytes")
    return median


def _milliseconds(draw: Callable[[], bytes]) -> float:
    start = time.perf_counter()
    draw()
    return (time.perf_counter() - start) * 1000


def _naive_letter() -> bytes:
    """Default fetcher and fonts, styles read anew, the code as one square a module."""
    context = drawing._context(LETTER)
    html = render_to_string(drawing.TEMPLATE, {**context, "density": "roomy"})
    html = re.sub(r'<path d="M0 0h7[^"]*"/>', _squares(), html)
    styles = [settings.BASE_DIR / "templates/documents" / name for name in drawing.STYLES]
    fonts = (settings.BASE_DIR / "static/fonts/huruf-dokumen").as_uri()
    css = "".join(path.read_text() for path in styles).replace("asset:fonts", fonts)
    own = FontConfiguration()
    sheet = weasyprint.CSS(string=css, font_config=own)
    pdf = weasyprint.HTML(string=html).write_pdf(
        stylesheets=[sheet], font_config=own, **engine.PDF_OPTIONS
    )
    return bytes(pdf)


def _squares() -> str:
    rows = segno.make_qr(LETTER.verification_url, error="m").matrix
    return "".join(
        f'<rect x="{x}" y="{y}" width="1" height="1"/>'
        for y, row in enumerate(rows)
        for x, dark in enumerate(row)
        if dark
    )
