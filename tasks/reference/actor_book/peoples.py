"""Peoples beside a communal noun: 'Berta tribesmen', 'Hausa and Berta tribesmen'."""

import re
from collections.abc import Iterator, Mapping

from tasks.reference.actor_book.model import Ethnicity, Noun
from tasks.reference.actor_book.tables import load_words

# Nouns that make any name before them a people's; of others only listed peoples.
_COMMUNAL = frozenset({"communal militia", "clans", "herders"})
_NAME = r"[A-Z][a-z][\w'’-]{1,20}"
_BEFORE = re.compile(rf"(?<![.!?:\n“\"] )(?<!\n)\b({_NAME}) (?:armed |rival )?$")
_FIRST_OF_TWO = re.compile(rf"\b({_NAME}(?: {_NAME})?) (?:and|or|against) (?:the )?$")
_REACH = 50


def unlisted_before(text: str, start: int, noun: Noun) -> tuple[int, Ethnicity] | None:
    """Return where a people nobody listed begins, right before a communal noun."""
    if noun.noun not in _COMMUNAL:
        return None
    found = _BEFORE.search(text, max(0, start - _REACH), start)
    if found is None or _is_common(found.group(1)):
        return None
    return found.start(1), Ethnicity(found.group(1), (), ())


def first_of_two(
    text: str, start: int, noun: Noun, listed: Mapping[int, Ethnicity]
) -> Iterator[tuple[int, int, Ethnicity]]:
    """Yield the people before 'and': 'Hausa' of 'Hausa and Berta tribesmen'."""
    found = _FIRST_OF_TWO.search(text, max(0, start - _REACH), start)
    if found is None:
        return
    known = listed.get(found.end(1))
    if known is not None:
        yield found.start(1), found.end(1), known
    elif noun.noun in _COMMUNAL and not _is_common(found.group(1)):
        yield found.start(1), found.end(1), Ethnicity(found.group(1), (), ())


def _is_common(word: str) -> bool:
    low = word.lower()
    words = load_words()
    return any(low in words[role] for role in ("modifier", "opener", "quantifier"))
