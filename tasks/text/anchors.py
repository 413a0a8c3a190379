"""Which of many patterns can match a text at all, told by one scan for their fixed words.

A regular expression is tried at every character; most find nothing in most sentences. A
word that every match must hold is found at a fraction of that cost, so the patterns
without one of theirs in the text are never tried. The words are read off the parsed
pattern, so that nobody keeps a second list in step with it.
"""

import re
from collections.abc import Iterable, Sequence
from re import _constants as code  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any

from ahocorasick_rs import AhoCorasick, MatchKind

_MAX_WORDS = 200  # more alternatives than these are no quicker to look for
_REPEATS = {code.MAX_REPEAT, code.MIN_REPEAT, code.POSSESSIVE_REPEAT}


def anchors(pattern: re.Pattern[str]) -> frozenset[str]:
    """Return lower-case words of which every match holds one; empty if none is sure.

    With re.IGNORECASE they are to be looked for in the lower-cased text.
    """
    return _of_sequence(parser.parse(pattern.pattern, pattern.flags)) or frozenset()


class Anchored:
    """Patterns over lower-case text, of which only those that may match are tried."""

    def __init__(self, patterns: Iterable[re.Pattern[str]]) -> None:
        """Gather the words of all patterns in one automaton."""
        self._always: list[int] = []
        words: dict[str, list[int]] = {}
        for number, pattern in enumerate(patterns):
            needed = anchors(pattern)
            if not needed:
                self._always.append(number)
            for word in needed:
                words.setdefault(word, []).append(number)
        self._owners = list(words.values())
        self._automaton = AhoCorasick(
            list(words), matchkind=MatchKind.Standard, store_patterns=False
        )

    def finds(self, text: str) -> bool:
        """Say whether any of the patterns may match."""
        return bool(self._always or self._automaton.find_matches_as_indexes(text))

    def starts(self, text: str) -> list[int]:
        """Return where the words of the patterns begin, each once, in order."""
        hits = self._automaton.find_matches_as_indexes(text, overlapping=True)
        return sorted({start for _, start, _ in hits})

    def possible(self, text: str) -> list[int]:
        """Return the numbers of the patterns that may match somewhere, in order."""
        hits = self._automaton.find_matches_as_indexes(text, overlapping=True)
        if not hits:
            return [*self._always]
        found = set(self._always)
        for word in {word for word, _, _ in hits}:
            found.update(self._owners[word])
        return sorted(found)


def _of_sequence(items: Iterable[tuple[Any, Any]]) -> frozenset[str] | None:
    """Return the best of what the parts of a sequence need; None: nothing is sure."""
    best: frozenset[str] | None = None
    run = ""
    for op, value in [*items, (None, None)]:
        if op is code.LITERAL:
            run += chr(value)
            continue
        for found in (frozenset({run.lower()}) if run else None, _of_part(op, value)):
            if found is not None and (best is None or _worth(found) > _worth(best)):
                best = found
        run = ""
    return best


def _of_part(op: Any, value: Any) -> frozenset[str] | None:
    if op is code.SUBPATTERN:
        return _of_sequence(value[3])
    if op is code.BRANCH:
        return _of_branches(value[1])
    if op is code.ATOMIC_GROUP:
        return _of_sequence(value)
    if op in _REPEATS and value[0] > 0:
        return _of_sequence(value[2])
    return None  # a class of characters, a look-around, something optional


def _of_branches(
    branches: Sequence[Iterable[tuple[Any, Any]]],
) -> frozenset[str] | None:
    words: set[str] = set()
    for branch in branches:
        found = _of_sequence(branch)
        if found is None:
            return None
        words |= found
    return frozenset(words) if len(words) <= _MAX_WORDS else None


def _worth(words: frozenset[str]) -> tuple[int, int]:
    """Rank by the length of the shortest word, then by how few there are."""
    return min(map(len, words)), -len(words)
