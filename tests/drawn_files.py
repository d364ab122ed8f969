"""What lies in the sealed storage, read as the portal reads it."""

from django.core.files.storage import default_storage


def stored(name: str) -> bytes:
    """The file as it was before it was sealed."""
    with default_storage.open(name) as file:
        return bytes(file.read())
