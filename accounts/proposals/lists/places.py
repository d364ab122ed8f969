"""The areas that a list may speak of, found by code, name or alias."""

from __future__ import annotations

import re
from collections import defaultdict

from django.core.exceptions import ValidationError

from accounts.areas.models import Area, AreaStatus, Level
from accounts.posts.models import Post
from wacat.spreadsheets.wording import plain

_TITLE = re.compile(r"^(?:kelurahan|kel)[.\s]+", re.IGNORECASE)


class Places:
    """The kelurahan and RTs at or under a post's area, read in two statements."""

    def __init__(self, post: Post) -> None:
        rows = Area.objects.under((post.area_id,)).exclude(state=AreaStatus.MERGED)
        self._kelurahan = {one.pk: one for one in rows.filter(level=Level.KELURAHAN)}
        self._known: dict[str, set[str]] = defaultdict(set)
        for one in self._kelurahan.values():
            for spelling in (one.code, one.name, *one.aliases):
                self._known[plain(spelling)].add(one.code)
        self._rts: dict[tuple[str, str], Area] = {}
        for rt in rows.filter(level=Level.RT):
            rt.parent = self._kelurahan[rt.kelurahan_code]
            self._rts[rt.kelurahan_code, rt.name] = rt

    @property
    def is_one_kelurahan(self) -> bool:
        return len(self._kelurahan) == 1

    def kelurahan(self, text: str) -> Area:
        """By code, name or alias; by nothing, where there is only one. Raises ValidationError."""
        if not text and self.is_one_kelurahan:
            return next(iter(self._kelurahan.values()))
        if not text:
            raise ValidationError("Isi kelurahannya.")
        found = self._known.get(plain(_TITLE.sub("", text)), set())
        if len(found) != 1:
            raise ValidationError(f"Kelurahan “{text}” tidak ada di wilayah usulan ini.")
        return self._kelurahan[next(iter(found))]

    def rt(self, kelurahan: Area, number: str) -> Area:
        """By its number. Raises ValidationError."""
        found = self._rts.get((kelurahan.pk, number))
        if found is None:
            raise ValidationError(f"RT {number} tidak ada di Kelurahan {kelurahan.name}.")
        return found
