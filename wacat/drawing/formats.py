"""How the numbers of offices are grouped in print. Pure functions of their argument."""

from __future__ import annotations

from itertools import accumulate

NIP_GROUPS = (8, 6, 1, 3)
CODE_GROUPS = (4, 4)


def grouped_nip(nip: str) -> str:
    """``19790512 200312 1 004``, as civil servants' numbers are always printed."""
    return _grouped(nip, NIP_GROUPS)


def grouped_code(code: str) -> str:
    """``K7QM-4TXP``: a letter's short code, to be typed from paper."""
    return _grouped(code, CODE_GROUPS, "-")


def _grouped(text: str, lengths: tuple[int, ...], between: str = " ") -> str:
    """``text`` in groups; anything but ASCII letters and digits of that length stays as it is."""
    if len(text) != sum(lengths) or not (text.isascii() and text.isalnum()):
        return text
    ends = list(accumulate(lengths))
    starts = [0, *ends[:-1]]
    return between.join(text[start:end] for start, end in zip(starts, ends, strict=True))
