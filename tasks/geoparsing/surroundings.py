"""The words and marks around a word, as features name them."""

from itertools import pairwise

from tasks.geoparsing.mentions import SentenceTokens
from tasks.geoparsing.tokens import Token

_DAYS = frozenset(
    {"monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"}
)


def word_at(tokens: list[Token], at: int) -> str:
    """Return the word at an index; '^' and '$' stand for the sentence's ends."""
    if at < 0:
        return "^"
    return form_of(tokens[at]) if at < len(tokens) else "$"


def form_of(token: Token) -> str:
    """Return an ordinary word; '*' for a name, '0' for a number."""
    if token.low[0].isdigit():
        return "0"
    if token.low in _DAYS:
        return "day"
    return token.low if not token.cap or token.first else "*"


def mark_after(found: SentenceTokens, at: int) -> str:
    """Return the mark that follows a word: '_' is a space, 's a possessive."""
    tokens = found.tokens
    if at + 1 >= len(tokens):
        return "$"
    start = found.sentence.start
    marks = found.sentence.text[tokens[at].end - start : tokens[at + 1].start - start]
    marks = marks.strip()
    if not marks:
        return "_"
    if marks[0] in "'’":
        return "'s"
    return marks[0] if marks[0] in ',.;:()-"' else "?"


def breaks(found: SentenceTokens, low: int, high: int) -> int:
    """Count breaks of punctuation between two words (gaps wider than a space)."""
    tokens = found.tokens
    near = tokens[max(low - 1, 0) : high + 1]
    return len([1 for one, two in pairwise(near) if two.start - one.end > 1])


def verb_stem(word: str) -> str:
    """Return a crude stem: 'killed', 'killing', 'kills' share one."""
    for suffix in ("ing", "ed", "es", "s", "e"):
        if word.endswith(suffix) and len(word) - len(suffix) >= 3:
            stem = word[: -len(suffix)]
            return stem[:-1] if stem[-1] == stem[-2] and stem[-1] not in "ls" else stem
    return word
