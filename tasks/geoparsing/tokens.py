"""Words with offsets and the little that name detection asks of them."""

import re
from functools import partial
from typing import NamedTuple

from tasks.geoparsing.lexicon import Lexicon
from tasks.text.fold import fold

# A word keeps inner apostrophes (N'Djamena, Sana'a); U.S. keeps its points.
_WORD = re.compile(
    r"(?:[A-Z]\.){2,6}|[^\W\d_]+(?:['’ʼʻ‘`][^\W\d_]+)*|\d+(?:[.,]\d+)*", re.UNICODE
)
_APOSTROPHES = frozenset("'’ʼʻ‘`")
_POSSESSIVE = ("'s", "’s", "ʼs", "`s", "'S", "’S", "ʼS", "`S")


class Token(NamedTuple):
    """A word. A NamedTuple because a text has thousands of them."""

    start: int
    end: int
    text: str
    low: str  # folded
    cap: bool  # starts with a capital
    first: bool  # opens its sentence


_token = partial(tuple.__new__, Token)  # without the keyword handling of Token()


def tokenize(text: str, start: int, end: int) -> list[Token]:
    """Return the words of text[start:end]; a possessive 's is left out of its word."""
    tokens: list[Token] = []
    folded = fold(text)  # once a document
    opens = True
    for match in _WORD.finditer(text, start, end):
        first, stop = match.span()
        word = text[first:stop]
        if word[-1] in "sS" and word.endswith(_POSSESSIVE):
            word, stop = word[:-2], stop - 2
        low = folded[first:stop]
        cap = word[0].isupper() or (len(word) > 2 and _is_elided(word))
        tokens.append(_token((first, stop, word, low, cap, opens)))
        opens = False
    return tokens


def _is_elided(word: str) -> bool:
    """Say whether a name stands behind an article's one letter: 'd'Eau'."""
    return word[1] in _APOSTROPHES and word[2].isupper()


def is_shouted(tokens: list[Token]) -> bool:
    """Say whether a sentence is in capital letters, where a capital means nothing."""
    loud = len([1 for t in tokens if t.cap and len(t.text) > 3 and t.text.isupper()])
    if loud < 3:
        return False
    words = sum(len(t.text) > 3 and not t.text[0].isdigit() for t in tokens)
    return loud >= 0.7 * words


def is_title_case(tokens: list[Token], lexicon: Lexicon) -> bool:
    """Say whether a headline capitalises its ordinary words too."""
    words = [t for t in tokens if len(t.text) > 3 and not t.text[0].isdigit()]
    plain = [t for t in words if t.low in lexicon.common and not t.first]
    return (len(words) >= 4 and sum(t.cap for t in words) >= 0.8 * len(words)) or (
        len(plain) >= 2 and sum(t.cap for t in plain) >= 0.7 * len(plain)
    )


def gap(text: str, left: Token, right: Token) -> str:
    """Return what stands between two words."""
    return text[left.end : right.start]
