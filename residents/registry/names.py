"""How names sound, so that *Muhammad* is found as *Mohamad* and *Djoko* as *Joko*.

A key is a word as an Indonesian ear hears it: old and foreign spellings, doubled letters, silent
h and the endings that sound alike are levelled out, vowels only as far as clerks confuse them.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

LONGEST_KEY = 20
SHORTEST_MISTYPED = 4  # letters; a shorter key is one letter away from half of all names

# Given names that documents abbreviate.
_WHOLE = {
    "abd": "abdul",
    "moch": "muhamad",
    "moh": "muhamad",
    "mohd": "muhamad",
    "muh": "muhamad",
    "mhd": "muhamad",
    "st": "siti",
}
# Letters that are no letter with a mark, so that taking marks away leaves them.
_LATIN = str.maketrans({"æ": "ae", "đ": "d", "ð": "d", "ı": "i", "ł": "l", "ø": "o", "œ": "oe"})

_RULES = tuple(
    (re.compile(pattern), into)
    for pattern, into in (
        (r"(.)\1+", r"\1"),
        ("x", "ks"),
        ("q", "k"),
        ("z", "s"),
        ("ck", "k"),
        ("ph|[fv]", "p"),
        # Kristen, Kristina; Ahmad, Rahmat, Bahtiar
        ("ch(?=[lr])", "k"),
        ("[ck]h", "h"),
        # Soekarno, Tjahjo, Djoko
        ("oe", "u"),
        ("tj", "c"),
        ("dj", "j"),
        # Syamsul, Sjamsul, Shinta
        ("s[jy](?=[aeiou])|sh", "s"),
        # Victor, Eric
        ("c(?![aeiouy])", "k"),
        ("(?<=[bcdgjklmnprstw])h|h$", ""),
        # y and j before a vowel are one consonant, and elsewhere y is a vowel
        ("y(?=[aeiou])", "j"),
        ("y", "i"),
        # Zaenal, Husein, Dewie
        ("ae|ei", "ai"),
        ("e", "i"),
        ("o", "u"),
        # Taufik, Suarno, Setiawan, Heryanto
        ("w(?![aiu])", "u"),
        ("(?<=u)w", ""),
        ("(?<=i)j(?=[aiu])", ""),
        ("(?<=[bcdghklmnprstw])j(?=[aiu])", "i"),
        # Ahmat, Yakup
        ("d$", "t"),
        ("b$", "p"),
        (r"(.)\1+", r"\1"),
    )
)
_LETTERS = "abcdghijklmnprstuw"  # those that keys are made of


def keys_of(full_name: str) -> list[str]:
    """A key for each word of the name, each once; words that sound alike have one in common.

    Words without a Latin letter have none.
    """
    return sorted({key for word in words_of(full_name) for key in keys_of_word(word)})


def words_of(text: str) -> list[str]:
    """The words in small Latin letters without marks: ``Ma'ruf`` is one, ``Al-Amin`` two."""
    bare = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
    bare = "".join(one for one in bare if not unicodedata.combining(one))
    bare = re.sub(r"['`´ʻʼ‘’]", "", bare.translate(_LATIN))
    return re.findall("[a-z]+", bare)


@lru_cache(maxsize=50_000)
def keys_of_word(word: str) -> tuple[str, ...]:
    """The keys of a word of small letters; two where an initial *ch* is read in two ways.

    *Chandra* is Candra, *Chairul* Hairul.
    """
    heard = [word]
    if re.match("ch[aeiou]", word):
        heard.append(f"c{word[2:]}")
    return tuple(sorted({key for one in heard if (key := _heard(one))}))


def _heard(word: str) -> str:
    """The rules over and over until nothing changes, so that a key is its own key."""
    before = ""
    while word != before:
        before = word
        word = _WHOLE.get(word, word)
        for pattern, into in _RULES:
            word = pattern.sub(into, word)
        word = word[:LONGEST_KEY]
    return word


def _edits(key: str) -> frozenset[str]:
    cuts = [(key[:at], key[at:]) for at in range(len(key) + 1)]
    left_out = {head + tail[1:] for head, tail in cuts if tail}
    swapped = {head + tail[1] + tail[0] + tail[2:] for head, tail in cuts if len(tail) > 1}
    mistaken = {head + one + tail[1:] for head, tail in cuts if tail for one in _LETTERS}
    added = {head + one + tail for head, tail in cuts for one in _LETTERS}
    return frozenset(left_out | swapped | mistaken | added)


def mistyped(word: str) -> list[str]:
    """The word's keys, and those of which it is a slip of one letter; none of a short word.

    Letters that changed places or came twice are put right before listening, all else after.
    """
    keys = [key for key in keys_of_word(word) if len(key) >= SHORTEST_MISTYPED]
    if not keys:
        return []
    slips = (word[:at] + word[at + 1] + word[at] + word[at + 2 :] for at in range(len(word) - 1))
    put_right = {key for one in slips for key in keys_of_word(one)}
    return sorted({near for key in keys for near in {key, *_edits(key)} if near} | put_right)
