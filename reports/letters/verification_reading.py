"""The electronic signature in a PDF's bytes, found without opening the PDF.

A signature says itself which bytes it covers. Only one that covers all of the file, but for its
own place, speaks for what a reader shows; so nothing else of the file needs to be understood.
"""

from __future__ import annotations

import re
from datetime import datetime
from itertools import islice

from reports.letters.verification_signature import Signature

MOST_BYTES = 64_000  # of the signature itself, with its certificates
_RANGE = re.compile(
    rb"/ByteRange\s{0,9}\[\s{0,9}(\d{1,9})\s{1,9}(\d{1,9})\s{1,9}(\d{1,9})\s{1,9}(\d{1,9})\s{0,9}\]"
)


def signature_of(pdf: bytes, moment: datetime | None = None) -> Signature | None:
    """What the file's one signature says; None for a file without any.

    Trust is judged as of *moment* (now): when we know that it was checked, say.
    """
    found = list(islice(_RANGE.finditer(pdf), 2))
    if not found:
        return None
    start, length, more, rest = (int(number) for number in found[0].groups())
    packed = pdf[length:more]
    is_whole = start == 0 and length < more and more + rest == len(pdf) and len(found) == 1
    is_framed = packed[:1] == b"<" and packed[-1:] == b">" and len(packed) <= 2 * MOST_BYTES
    if not is_whole or not is_framed:
        return Signature()
    from reports.letters.verification_cms import read  # half a second, for signed files only

    return read(pdf[:length] + pdf[more:], packed[1:-1], moment)
