"""Pages of a PDF as pictures, for looking at them before printing."""

from __future__ import annotations

import io
import threading

import pypdfium2

# Sixteen greys: enough for black text with smooth edges, and a quarter fewer bytes than 256.
STEP = 17
GREYS = [level for level in range(0, 256, STEP) for _rgb in range(3)]

_pdfium = threading.Lock()  # PDFium is not thread-safe, not even for separate documents


def pages_as_png(pdf: bytes, width_px: int = 900) -> list[bytes]:
    """Each page of ``pdf`` as a greyscale PNG ``width_px`` pixels wide.

    Raises pypdfium2.PdfiumError when the bytes are no PDF.
    """
    with _pdfium, pypdfium2.PdfDocument(pdf) as document:
        return [_as_png(page, width_px) for page in document]


def _as_png(page: pypdfium2.PdfPage, width_px: int) -> bytes:
    picture = page.render(scale=width_px / page.get_width(), grayscale=True).to_pil()
    shades = picture.point([round(level / STEP) for level in range(256)])
    shades.putpalette(GREYS)
    png = io.BytesIO()
    shades.save(png, "PNG", bits=4)
    return png.getvalue()
