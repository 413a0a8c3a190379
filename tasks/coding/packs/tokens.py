"""Tokens of a source text: elided words apart, grouped digits together, offsets kept."""

import re
from collections.abc import Iterator

from tasks.coding.packs.model import Token
from tasks.text.fold import fold

_TOKEN = re.compile(
    r"(?P<first>1er\b)|(?P<short>\d[A-Z]{1,2}\b)|(?P<number>\d{1,3}(?:[ .\u00a0\u202f]\d{3})+(?![\d])|\d+(?:,\d+)?)"
    r"|(?P<word>[GKMNT]['’][A-Z][^\W\d_]+|[^\W\d_]+\d+[^\W_]*|[^\W\d_]+(?:-[^\W\d_]+)*(?:['’](?=[^\W\d_]))?)"
    r"|(?P<mark>[^\w\s]|_)"
)
_OPENING = re.compile(r"[.!?:…][\"'”’»)\]\s]*$|[«“\"(–—-]\s*$|\n\s*$")


def tokenise(text: str, start: int, end: int) -> Iterator[Token]:
    """Yield the tokens of text[start:end], in order."""
    first = True
    before = start
    for match in _TOKEN.finditer(text, start, end):
        gap = text[max(start, before - 3) : match.start()]
        if not first and not gap[-1:].isalpha():
            first = _OPENING.search(gap) is not None
        kind, word = match.lastgroup or "mark", match[0]
        if kind == "first":  # 'le 1er mai'
            kind, word = "number", word[0]
        elif kind == "short":  # 'les rebelles 3R'
            kind = "word"
        key = key_of(word)
        plain = key if key.isascii() else fold(key)
        yield Token(match.start(), match.end(), word, key, plain, kind, first)
        first = False
        before = match.end()


def key_of(text: str) -> str:
    """Return the key under which a word is looked up: lower case, one kind of apostrophe."""
    return text.lower().replace("’", "'").replace("œ", "oe").replace("æ", "ae")
