"""A verb told once for two places: 'two were killed in Baidoa and four in Kismayo'."""

import re
from collections.abc import Iterator
from functools import cache

from tasks.coding.tolls.lexicon import numbers
from tasks.coding.tolls.phrases import person_class
from tasks.text.fold import fold

_ANYBODY = frozenset({"others", "other", "more"})
_REACH = 130  # characters between the verb and the count it is left out before


@cache
def _pattern() -> re.Pattern[str]:
    known = numbers()
    words = "|".join(sorted(known.units.keys() | known.scales.keys(), key=len)[::-1])
    return re.compile(
        r"(?:[,;]|\band\b|\bwhile\b) (?:and |another |a further |at least |about |some )*"
        rf"(?P<count>(?:{words}|\d{{1,3}})(?:[ -](?:{words}))*)"
        r"(?: (?:more |other )?(?P<noun>[a-z]+))?"
        r" (?:(?P<later>(?:in|at|on the way to) (?:the |a )?(?:[a-z]+ )?hospital\b)"
        r"|(?:in|at|near|outside) (?:the )?(?:[a-z]+ ){0,3}?"
        r"(?!(?:January|February|March|April|May|June|July|August|September|October"
        r"|November|December|(?:Sun|Mon|Tues|Wednes|Thurs|Fri|Satur)day)\b)"
        r"(?P<place>[^\W\d_a-z])(?=[a-z'\u2019-]))"
    )


def gaps(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield where a bare count stands before a place: 'four' of 'and four in Kismayo'.

    A hospital is such a place too: 'seven died at the scene and three in hospital'.

    The text as it is written, since a capital shows the place; one all in capitals has none.
    """
    for match in _pattern().finditer(text, start, end):
        noun = match["noun"] or "others"
        if (match["later"] or match["place"].isupper()) and (
            noun in _ANYBODY or person_class(noun)
        ):
            yield match.span("count")


def is_gap_of(text: str, verb_end: int, count_start: int) -> bool:
    """Return whether nothing between verb and count begins a clause of its own."""
    if not 0 < count_start - verb_end <= _REACH:
        return False
    return _CLAUSE.search(fold(text[verb_end:count_start])) is None


_CLAUSE = re.compile(
    r"[.:\u2014(]|\b(?:was|were|is|are|has|have|had|said|says|told|who|which|that|when|after|before)\b"
)
