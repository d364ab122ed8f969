"""Several PDFs as one, for the printer."""

from __future__ import annotations

import io
from collections.abc import Iterable

import pypdfium2

from wacat.drawing.raster import pdfium_alone


def merged(pdfs: Iterable[bytes]) -> bytes:
    """All pages of these, in order and as they are. Raises pypdfium2.PdfiumError for no PDF.

    What was signed is no longer signed here, though it looks the same: it is for paper.
    """
    written = io.BytesIO()
    with pdfium_alone, pypdfium2.PdfDocument.new() as whole:
        for pdf in pdfs:
            with pypdfium2.PdfDocument(pdf) as one:
                whole.import_pages(one)
        whole.save(written)
    return written.getvalue()
