"""What a document may load: the bundled fonts and print styles, by name. Nothing else exists.

A document names an asset as ``asset:<shelf>/<file>``, and a picture that it was given as
``asset:pictures/<name>``. No path and no address from a document ever reaches the file system or
the network.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path

from django.conf import settings
from weasyprint.urls import FatalURLFetchingError, URLFetcherResponse

from wacat.drawing.characters import FONTS

SHELVES = {"fonts": FONTS, "documents": settings.BASE_DIR / "templates/documents"}
PICTURES = "asset:pictures"
CONTENT_TYPES = {".ttf": "font/ttf", ".css": "text/css"}

ForbiddenAsset = FatalURLFetchingError


class BundledAssets:
    """Fetches for WeasyPrint, in place of its URLFetcher that opens files and connections.

    ``pictures`` are the PNGs that the document at hand was given, by their names.
    ``refused`` says what was refused last: within an SVG picture WeasyPrint logs the error and
    draws on without the asset, so raising alone is not enough.
    """

    def __init__(self) -> None:
        self.refused = ""
        self.pictures: Mapping[str, bytes] = {}

    def __call__(self, url: str) -> URLFetcherResponse:
        """The asset at ``url``. Raises ForbiddenAsset on anything that is not one."""
        shelf, _, name = url.partition("/")
        if shelf == PICTURES and name in self.pictures:
            return URLFetcherResponse(url, self.pictures[name], {"Content-Type": "image/png"})
        path = _paths().get(url)
        if path is None:
            scheme, _, _ = url.partition(":")
            self.refused = f"not a bundled asset: a {scheme[:20]!r} address"
            raise ForbiddenAsset(self.refused)
        kind = CONTENT_TYPES[path.suffix]
        return URLFetcherResponse(url, path.read_bytes(), {"Content-Type": kind})


@cache
def _paths() -> dict[str, Path]:
    """Every asset's address and its file."""
    return {
        f"asset:{shelf}/{path.name}": path
        for shelf, folder in SHELVES.items()
        for path in sorted(folder.iterdir())
        if path.suffix in CONTENT_TYPES
    }
