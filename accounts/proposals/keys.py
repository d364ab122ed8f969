"""The hidden keys of forms, by which a repeated POST is known."""

from uuid import UUID


def key_from(text: str) -> UUID | None:
    """A form's hidden key, or None when it is missing or damaged."""
    try:
        return UUID(text)
    except ValueError:
        return None
