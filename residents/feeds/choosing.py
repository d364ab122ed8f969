"""What somebody said of the columns of a source, remembered for its next files."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from residents.feeds.models import FeedFile, FeedSource
from wacat.spreadsheets.wording import plain


def remember(of: FeedFile, columns: Iterable[Mapping[str, Any]], chosen: Mapping[str, str]) -> None:
    """Note what *chosen* (keys by heading) says otherwise than *columns* were read."""
    if of.source_id is None:
        return
    source = FeedSource.objects.select_for_update(of=("self",)).get(pk=of.source_id)
    for column in columns:
        key = chosen[column["heading"]]
        if key != column["key"]:
            source.columns[plain(column["heading"])] = key
    source.save()
