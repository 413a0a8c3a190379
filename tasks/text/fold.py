"""Folding that keeps offsets: fold(text)[i] is always the folded text[i]."""

import re
import unicodedata
from functools import lru_cache

# Letters that NFKD does not take apart, and punctuation that comes in many shapes.
_SPECIAL = {
    "ß": "s", "æ": "a", "Æ": "a", "ø": "o", "Ø": "o", "ł": "l", "Ł": "l",
    "đ": "d", "Đ": "d", "ı": "i", "İ": "i", "œ": "o", "Œ": "o", "þ": "t", "Þ": "t", "ð": "d", "Ð": "d",
    "\u2018": "'", "\u2019": "'", "\u02bc": "'", "\u02bb": "'", "\u0060": "'",
    "\u00b4": "'", "\u2032": "'", "\u02bf": "'", "\u02be": "'",
    "\u201c": '"', "\u201d": '"', "\u00ab": '"', "\u00bb": '"', "\u201e": '"',
    "\u2010": "-", "\u2011": "-", "\u2012": "-", "\u2013": "-", "\u2014": "-",
    "\u00a0": " ", "\u202f": " ", "\u2009": " ", "\t": " ",
}  # fmt: skip


class _FoldTable(dict[int, str]):
    """Translation table filled on demand: one character in, one character out."""

    def __missing__(self, code: int) -> str:
        char = chr(code)
        folded = _SPECIAL.get(char)
        if folded is None:
            base = unicodedata.normalize("NFKD", char)[:1] or char
            folded = base.lower()[:1] or char
        self[code] = folded
        return folded


_TABLE = _FoldTable()
_NOT_ASCII = re.compile(r"[^\x00-\x7f]")
_WHOLE_TEXT = 400  # characters; shorter pieces are folded sooner than looked up


def fold(text: str) -> str:
    """Return text lower-cased, without diacritics, of exactly the same length.

    Quotes, dashes and spaces are unified. len(fold(t)) == len(t) for every t, so a
    match in the folded text has the same offsets in the original.
    """
    return _folded(text) if len(text) < _WHOLE_TEXT else _kept(text)


def _folded(text: str) -> str:
    if text.isascii():
        return _fold_ascii(text)
    # News is ASCII but for a few marks and accents: replacing each at once is several
    # times as fast as translating every character.
    plain = text
    for char in set(_NOT_ASCII.findall(text)):
        plain = plain.replace(char, _TABLE[ord(char)])
    return _fold_ascii(plain) if plain.isascii() else text.translate(_TABLE)


# Every stage folds the document it is handed: the title apart, it is the same one.
_kept = lru_cache(maxsize=4)(_folded)


def _fold_ascii(text: str) -> str:
    return text.lower().replace("\t", " ").replace("`", "'")
