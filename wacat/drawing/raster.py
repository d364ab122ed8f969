"""Pages of a PDF as pictures, for looking at them before printing."""

from __future__ import annotations

import io
import threading

import pypdfium2
from PIL import Image

# Sixteen greys: enough for black text with smooth edges, and a quarter fewer bytes than 256.
STEP = 17
GREYS = [level for level in range(0, 256, STEP) for _rgb in range(3)]

pdfium_alone = threading.Lock()  # PDFium is not thread-safe, not even for separate documents


def pages_as_png(pdf: bytes, width_px: int = 900) -> list[bytes]:
    """Each page of ``pdf`` as a greyscale PNG ``width_px`` pixels wide.

    Raises pypdfium2.PdfiumError when the bytes are no PDF.
    """
    with pdfium_alone, pypdfium2.PdfDocument(pdf) as document:
        return [_as_png(page, width_px) for page in document]


def one_below_the_other(pngs: list[bytes]) -> bytes:
    """The pages as a single PNG, so that one address shows a document of any length."""
    if len(pngs) == 1:
        return pngs[0]
    pages = [Image.open(io.BytesIO(png)).convert("L") for png in pngs]
    whole = Image.new("L", (pages[0].width, sum(page.height for page in pages)), "white")
    top = 0
    for page in pages:
        whole.paste(page, (0, top))
        top += page.height
    return _encoded(whole)


def _as_png(page: pypdfium2.PdfPage, width_px: int) -> bytes:
    picture = page.render(scale=width_px / page.get_width(), grayscale=True).to_pil()
    return _encoded(picture)


def _encoded(picture: Image.Image) -> bytes:
    shades = picture.point([round(level / STEP) for level in range(256)])
    shades.putpalette(GREYS)
    png = io.BytesIO()
    shades.save(png, "PNG", bits=4)
    return png.getvalue()
