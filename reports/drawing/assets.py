"""What a document may load: the bundled fonts and print styles, by name. Nothing else exists.

A document names an asset as ``asset:<shelf>/<file>``. No path and no address from a document
ever reaches the file system or the network.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

from django.conf import settings
from weasyprint.urls import FatalURLFetchingError, URLFetcherResponse

from reports.drawing.characters import FONTS

SHELVES = {"fonts": FONTS, "documents": settings.BASE_DIR / "templates/documents"}
CONTENT_TYPES = {".ttf": "font/ttf", ".css": "text/css"}

# WeasyPrint logs any other error and draws on without the asset.
ForbiddenAsset = FatalURLFetchingError


def fetch_bundled(url: str) -> URLFetcherResponse:
    """The asset at ``url``, for WeasyPrint. Raises ForbiddenAsset on anything that is not one.

    Takes the place of WeasyPrint's own URLFetcher, whose handlers open files and connections.
    """
    path = _paths().get(url)
    if path is None:
        scheme, _, _ = url.partition(":")
        raise ForbiddenAsset(f"not a bundled asset: a {scheme[:20]!r} address")
    return URLFetcherResponse(url, path.read_bytes(), {"Content-Type": CONTENT_TYPES[path.suffix]})


@cache
def _paths() -> dict[str, Path]:
    """Every asset's address and its file."""
    return {
        f"asset:{shelf}/{path.name}": path
        for shelf, folder in SHELVES.items()
        for path in sorted(folder.iterdir())
        if path.suffix in CONTENT_TYPES
    }
