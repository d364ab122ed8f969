"""The one WeasyPrint engine: HTML in, PDF/A-3a out, drawn with the bundled assets alone.

WeasyPrint costs a second to import, so that happens with the first document or in ``warm_up``.
Its fonts, styles and fetcher are made once for each process; Pango's font map is not thread-safe,
so one document is drawn at a time.
"""

from __future__ import annotations

import atexit
import logging
import os
import threading
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple

from django.template.loader import render_to_string

from wacat.drawing.characters import undrawable

if TYPE_CHECKING:
    from weasyprint import CSS, Document

    from wacat.drawing.assets import BundledAssets

PDF_OPTIONS = {"pdf_variant": "pdf/a-3a", "pdf_tags": True}

_drawing = threading.Lock()


class DrawingError(Exception):
    """The document cannot be drawn as it is. The message holds no personal data."""


class Drawn(NamedTuple):
    """A finished document: the PDF's bytes and its number of pages."""

    pdf: bytes
    pages: int


def draw(
    template: str,
    context: Mapping[str, Any],
    styles: tuple[str, ...],
    densities: tuple[str, ...] = ("",),
    pictures: Mapping[str, bytes] | None = None,
) -> Drawn:
    """Draw ``template`` with the print ``styles`` of templates/documents.

    The template gets each of ``densities`` in turn as ``density``, until the document fits on
    one page; if none does, the last one counts. It may show ``pictures``, PNGs by name, and the
    bundled assets. Raises DrawingError when it asks for anything else, or holds characters that
    the fonts do not.
    """
    return draw_html(
        (render_to_string(template, {**context, "density": one}) for one in densities),
        styles,
        pictures,
    )


def draw_html(
    variants: Iterable[str],
    styles: tuple[str, ...],
    pictures: Mapping[str, bytes] | None = None,
) -> Drawn:
    """The same from ready, escaped HTML: the first variant that fits on one page, or the last."""
    with _drawing:
        press = _press(os.getpid())
        with _told(press.assets, pictures or {}):
            document = _fitting(press, variants, styles)
            return Drawn(document.write_pdf(**PDF_OPTIONS), len(document.pages))


def warm_up() -> None:
    """Pay for imports, fonts and styles now. For the start of each process that draws letters."""
    draw_html(["<!doctype html><html lang=id><title>-</title>a<b>b</b>"], ("document.css",))


def _fitting(press: _Press, variants: Iterable[str], styles: tuple[str, ...]) -> Document:
    for html in variants:
        document = press.lay_out(html, styles)
        if len(document.pages) == 1:
            break
    return document


@contextmanager
def _told(assets: BundledAssets, pictures: Mapping[str, bytes]) -> Iterator[None]:
    """Raises DrawingError for whatever ``assets`` refused, also where WeasyPrint drew on."""
    from wacat.drawing.assets import ForbiddenAsset

    assets.refused, assets.pictures = "", pictures
    try:
        yield
    except ForbiddenAsset:
        raise DrawingError(assets.refused) from None
    if assets.refused:
        raise DrawingError(assets.refused)


class _Press:
    """What all documents share. Used under the lock."""

    def __init__(self) -> None:
        from weasyprint.text.fonts import FontConfiguration

        from wacat.drawing.assets import BundledAssets

        logging.getLogger("weasyprint.progress").setLevel(logging.WARNING)
        self.fonts = FontConfiguration()
        self.assets = BundledAssets()
        self.styles: dict[str, CSS] = {}

    def lay_out(self, html: str, styles: tuple[str, ...]) -> Document:
        from weasyprint import HTML

        if missing := undrawable(html):
            raise DrawingError(f"characters the document's fonts do not have: {missing}")
        return HTML(string=html, base_url="asset:documents/", url_fetcher=self.assets).render(
            font_config=self.fonts,
            stylesheets=[self._style(name) for name in styles],
            **PDF_OPTIONS,
        )

    def _style(self, name: str) -> CSS:
        from weasyprint import CSS

        if name not in self.styles:
            self.styles[name] = CSS(
                url=f"asset:documents/{name}", url_fetcher=self.assets, font_config=self.fonts
            )
        return self.styles[name]


@cache
def _press(_process: int) -> _Press:
    """One for each process: a forked child must not use its parent's fonts."""
    atexit.register(_press.cache_clear)  # the fonts' temporary folder goes while it still can
    return _Press()
