"""A browser that sends a file piece by piece, for tests."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from accounts.rules import Role
from residents.attachments.models import Attachment, Upload
from residents.registry.models import Resident
from tests.factories import RT, holder
from tests.residents.pages import Answer
from tests.residents.papers import photo
from wacat.uploads import checked


@dataclass
class Sender:
    """A browser that sends one file, in any order that a test likes."""

    client: Client
    resident: Resident
    content: bytes = field(default_factory=photo)
    kind: str = "ktp"
    key: UUID = field(default_factory=uuid4)

    def send(self, start: int, stop: int, **changes: Any) -> Answer:
        """Bytes from *start* to *stop* of the file, as ``static/js/upload.js`` sends them."""
        facts = {
            "resident": self.resident.pk,
            "kind": self.kind,
            "size": len(self.content),
            "sha256": hashlib.sha256(self.content).hexdigest(),
            "offset": start,
            "piece": piece_of(self.content[start:stop]),
        }
        return self.client.post(f"/unggahan/{self.key}/", {**facts, **changes})

    def ask(self) -> Answer:
        """How much is there? Begins, when nothing is."""
        return self.send(0, 0)

    def finish(self, start: int = 0) -> Answer:
        return self.send(start, len(self.content))


def piece_of(content: bytes) -> Any:
    return SimpleUploadedFile("piece", content)


def stored(upload: Upload) -> list[bytes]:
    folder = Path(default_storage.path(f"uploads/{upload.pk}"))
    return [one.read_bytes() for one in sorted(folder.iterdir())] if folder.exists() else []


def assert_whole(sender: Sender) -> None:
    """It is beside the record as if it had come in one piece."""
    kept = Attachment.objects.get(resident=sender.resident)
    with default_storage.open(kept.file) as file:
        assert file.read() == checked(ContentFile(sender.content)).read()
    assert kept.added_by == holder(Role.KETUA_RT, RT)
