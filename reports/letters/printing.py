"""From an issued letter to its stored PDF: the work behind a ``Drawing`` row."""

import hashlib

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from reports.letters import drawing
from reports.letters.models import Drawing


def draw(work: Drawing) -> None:
    """Draw the letter's frozen facts and store the sealed PDF with its hash.

    The name is the letter's own, so that a second attempt after a crash replaces the first.
    """
    facts = work.letter.facts
    if facts is None:
        raise ValueError("the letter is not issued")
    pdf = drawing.draw_letter(facts)
    work.file = default_storage.save(f"letters/{work.letter.token}.pdf", ContentFile(pdf))
    work.sha256, work.size = hashlib.sha256(pdf).hexdigest(), len(pdf)


def stored_pdf(work: Drawing) -> bytes:
    """The PDF as it was drawn. Raises SealBroken when the file is not what was stored."""
    with default_storage.open(work.file) as file:
        return file.read()
