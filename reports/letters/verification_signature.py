"""What an electronic signature says, as far as it holds."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class Signature:
    """What it says: whose, by which issuer's word, when. Empty where it cannot be read.

    ``is_sound``: the file is the one that was signed. ``is_trusted``: the roots in the settings
    vouch for the certificate. ``is_stamped``: the time is a timestamp server's, not the signer's.
    """

    name: str = ""
    organisation: str = ""
    issuer: str = ""
    at: datetime | None = None
    is_sound: bool = False
    is_trusted: bool = False
    is_stamped: bool = False
