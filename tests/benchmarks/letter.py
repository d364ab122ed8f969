"""A warm letter's time and size, beside WeasyPrint used naively on the same page."""

from __future__ import annotations

import re
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import segno
import weasyprint
from django.conf import settings
from django.db.models import Max, Min
from django.template.loader import render_to_string
from weasyprint.text.fonts import FontConfiguration

from reports.letters import drawing
from reports.letters.wordings import template_of
from tests.reports.letters_to_draw import LETTER, family_of
from wacat.drawing import engine

ROUNDS = 30
BACKLOG = 200
FAMILY = family_of([f"Anggota Keluarga {one}" for one in range(7)])


def run() -> None:
    """Print each drawing's median and 95th percentile in milliseconds, its CPU time and size.

    The drawings take turns, so that a busy machine slows them alike.
    """
    engine.warm_up()
    contests: dict[str, Callable[[], bytes]] = {
        "letter, one person": lambda: drawing.draw_letter(LETTER),
        "letter, family of eight": lambda: drawing.draw_letter(FAMILY),
        "preview, one person": lambda: drawing.preview_letter(LETTER)[0],
        "one person, naively": _naive_letter,
    }
    sizes = {name: len(draw()) for name, draw in contests.items()}
    taken = [{name: _taken(draw) for name, draw in contests.items()} for _round in range(ROUNDS)]
    medians = {name: _report(name, [one[name] for one in taken], sizes[name]) for name in contests}
    tuned, *_, naive = medians.values()
    print(f"naive / tuned: {naive / tuned:.1f} times the CPU time")
    print(f"issued letters, two worker processes: {_each_second():.1f} a second, drawn and stored")


def _each_second() -> float:
    """How fast a worker works off what lies there, from the first that is done to the last."""
    from reports.letters.models import Drawing
    from tests import factories
    from tests.worker import running_worker

    keys = [factories.letter_issued().pk for _ in range(BACKLOG)]
    works = Drawing.objects.filter(letter__in=keys)
    with (
        tempfile.TemporaryDirectory() as folder,
        running_worker(Path(folder) / "worker.log", concurrency=2),
    ):
        while works.exclude(state=Drawing.State.DONE).exists():
            time.sleep(0.1)
    ends = works.aggregate(first=Min("done_at"), last=Max("done_at"))
    return float((BACKLOG - 1) / (ends["last"] - ends["first"]).total_seconds())


def _taken(draw: Callable[[], bytes]) -> tuple[float, float]:
    """Milliseconds on the clock and on the CPU."""
    clock, cpu = time.perf_counter(), time.process_time()
    draw()
    return (time.perf_counter() - clock) * 1000, (time.process_time() - cpu) * 1000


def _report(name: str, taken: list[tuple[float, float]], size: int) -> float:
    """Print one line; the median CPU milliseconds."""
    clock, cpu = (sorted(column) for column in zip(*taken, strict=True))
    p95 = clock[round(0.95 * (len(clock) - 1))]
    middle = statistics.median(cpu)
    print(
        f"{name:<24} median {statistics.median(clock):4.0f} ms   p95 {p95:4.0f} ms   "
        f"CPU {middle:4.0f} ms   {size:6} bytes"
    )
    return middle


def _naive_letter() -> bytes:
    """Default fetcher and fonts, styles read anew, the code as one square a module."""
    context = drawing._context(LETTER)
    page = render_to_string(template_of(LETTER.wording), {**context, "density": "roomy"})
    html = re.sub(r'<path d="M0 0h7[^"]*"/>', _squares(), page)
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
