"""Words in spreadsheets, as they are compared."""

import re

_ODD = re.compile(r"[\W_]")
_ASCII_ODD = bytes(code for code in range(128) if not chr(code).isalnum())


def plain(text: object) -> str:
    """Letters and digits only, small: as headings, names of areas and code words are compared."""
    word = str(text)
    if word.isalnum():
        return word.casefold()
    if word.isascii():  # as most are: several times faster
        return word.encode().translate(None, _ASCII_ODD).lower().decode()
    return _ODD.sub("", word).casefold()
