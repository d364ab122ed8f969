"""From an issued letter to its stored PDF: the work behind a ``Drawing`` row."""

import hashlib

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db.models import F
from django.db.models.functions import Least

from reports.letters import drawing
from reports.letters.facts import LetterFacts
from reports.letters.models import Drawing
from reports.letters.signing import SIGNING_FAILURES, signer_of
from wacat.work import perform


def print_letter(pk: int) -> bool:
    """Draw, sign and store one issued letter; True when it was done by this call.

    A letter that cannot be signed waits for as long as that takes: a certificate that expired over
    a holiday must not use up its attempts.
    """
    if perform(Drawing, pk, draw):
        return True
    unsigned = Drawing.objects.filter(pk=pk, failure__in=SIGNING_FAILURES)
    unsigned.update(
        state=Drawing.State.WAITING, attempts=Least(F("attempts"), Drawing.max_attempts - 1)
    )
    return False


def draw(work: Drawing) -> None:
    """Draw the letter's frozen facts, sign it as it was issued, store it sealed with its hash.

    The name is the letter's own, so that a second attempt after a crash replaces the first.
    Raises SigningFailed, and then nothing is stored.
    """
    facts = work.letter.facts
    if facts is None:
        raise ValueError("the letter is not issued")
    pdf = printed(facts)
    work.file = default_storage.save(f"letters/{work.letter.token}.pdf", ContentFile(pdf))
    work.sha256, work.size = hashlib.sha256(pdf).hexdigest(), len(pdf)


def printed(facts: LetterFacts) -> bytes:
    """The letter as it leaves the office. Raises DrawingError and SigningFailed."""
    return signer_of(facts.signing).sign(drawing.draw_letter(facts), facts.verification_url)


def get_ready() -> None:
    """Pay now for what the present way of signing imports. For the start of each worker process."""
    signer_of(settings.SIGNING_MODE)


def stored_pdf(work: Drawing) -> bytes:
    """The PDF as it was drawn. Raises SealBroken when the file is not what was stored."""
    with default_storage.open(work.file) as file:
        return file.read()
