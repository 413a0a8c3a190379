"""Names that stand inside one another: 'Merawi, a market town 30 km south of Bahir Dar'."""

from tasks.geoparsing.lexicon import Lexicon
from tasks.geoparsing.mentions import SentenceTokens
from tasks.geoparsing.spots import FILLERS, Spot
from tasks.geoparsing.surroundings import mark_after

_MAX_WORDS = 9  # between the inner and the outer name
_LINKS_TEXT = """
in of a an the from near just about some around roughly km kms kilometre kilometres
kilometer kilometers mile miles two three four five six seven eight nine ten dozen
market mining trading fishing oil-rich gold farming small busy populous northern-most
located situated
"""
_LINKS = frozenset(_LINKS_TEXT.split())


def is_inside(
    found: SentenceTokens, inner: Spot, outer: Spot, lexicon: Lexicon
) -> bool:
    """Say whether the words between two names make the first a part of the second.

    'Koutruk in Imphal West district', 'the Mangochar area of Kalat', 'Goundam, Mali'.
    """
    low, high = inner.last_token + 1, outer.first_token
    if not low <= high <= low + _MAX_WORDS:
        return False
    words = found.tokens[low:high]
    if not all(_links(t.low, lexicon) for t in words):
        return False
    marks = [mark_after(found, at) for at in range(low - 1, high)]
    if not words:
        return marks == [","]
    joined = any(t.low in {"in", "of", "from", "near"} for t in words)
    return joined and all(mark in {"_", "-", ","} for mark in marks)


def _links(word: str, lexicon: Lexicon) -> bool:
    return (
        word in _LINKS
        or word in FILLERS
        or word in lexicon.town_words
        or word in lexicon.admin_words
        or word in lexicon.district_words
        or word[0].isdigit()
    )
