"""Rare names of a mention: what its evidence names beside its place and its sides."""

import re
from functools import lru_cache

from tasks.model.coding import EventMention
from tasks.resolution.contexts import MentionContext
from tasks.text.fold import fold

MIN_LETTERS = 4
_CAPITALISED = re.compile(r"[A-Z\u00c0-\u00de][\w'’-]{2,}")
_CALENDAR = re.compile(r"(?:mon|tues|wednes|thurs|fri|satur|sun)day")


def rare_names(context: MentionContext) -> frozenset[str]:
    """Return the names given with the mention, else those its evidence quotes."""
    return context.entities or _named(context.mention)


@lru_cache(maxsize=20_000)
def _words(quote: str) -> frozenset[str]:
    found = (fold(m.group()) for m in _CAPITALISED.finditer(quote))
    return frozenset(
        w for w in found if len(w) >= MIN_LETTERS and not _CALENDAR.fullmatch(w)
    )


def _named(mention: EventMention) -> frozenset[str]:
    """Return capitalised words of the evidence that name neither place nor side."""
    place = mention.location
    known = [place.name, place.mention, place.admin1 or "", place.admin2 or ""]
    known += [
        text for a in (*mention.side1, *mention.side2) for text in (a.name, a.mention)
    ]
    ours = frozenset(word for text in known for word in fold(text).split())
    quoted = frozenset().union(*(_words(e.quote) for e in mention.evidence))
    return quoted - ours
