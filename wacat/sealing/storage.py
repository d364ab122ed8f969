"""Files sealed at rest, in a folder that web and workers share."""

from __future__ import annotations

import os
from pathlib import Path
from tempfile import NamedTemporaryFile

from django.conf import settings
from django.core.files.base import ContentFile, File
from django.core.files.storage import FileSystemStorage
from django.utils.functional import cached_property

from wacat.sealing.crypto import seal, unseal


class SealedStorage(FileSystemStorage):
    """Seals on the way in, unseals on the way out; saving a name again replaces it whole.

    It has no addresses: files leave only through views that check the scope.
    """

    @cached_property
    def base_location(self) -> Path:
        return settings.SEALED_ROOT

    def url(self, name: str | None) -> str:
        raise ValueError("sealed files have no address")

    def get_available_name(self, name: str, max_length: int | None = None) -> str:
        return name

    def _open(self, name: str, mode: str = "rb") -> File[bytes]:
        return ContentFile(unseal(Path(self.path(name)).read_bytes(), name), name)

    def _save(self, name: str, content: File[bytes]) -> str:
        target = Path(self.path(name))
        target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        sealed = seal(content.read(), name)
        # Written beside and renamed: a reader sees the old file or the new, never half of one.
        with NamedTemporaryFile(dir=target.parent, delete=False) as beside:
            try:
                beside.write(sealed)
                beside.flush()
                os.fsync(beside.fileno())  # the row that says "done" is durable as well
                Path(beside.name).replace(target)
            except OSError:
                Path(beside.name).unlink()
                raise
        return name
