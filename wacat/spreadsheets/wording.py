"""Words in spreadsheets, as they are compared."""

import re

_ODD = re.compile(r"[\W_]")


def plain(text: object) -> str:
    """Letters and digits only, small: as headings, names of areas and code words are compared."""
    return _ODD.sub("", str(text)).casefold()
