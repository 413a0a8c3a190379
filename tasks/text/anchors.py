"""Which of many patterns can match a text at all, told by one scan for their fixed words.

A regular expression is tried at every character; most find nothing in most sentences. A
word that every match must hold is found at a fraction of that cost, so the patterns
without one of theirs in the text are never tried. The words are read off the parsed
pattern, so that nobody keeps a second list in step with it.
"""

import re
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Sequence
from re import _constants as code  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any

from ahocorasick_rs import AhoCorasick, MatchKind

from tasks.text.fold import fold

_MAX_WORDS = 200  # more alternatives than these are no quicker to look for
_EDGES = {code.AT, code.ASSERT, code.ASSERT_NOT}
_Matches = Callable[[str, int, int], re.Match[str] | None]
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
        self._automaton = _automaton(words)

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


class OpenedSet:
    """Patterns whose every match opens with one of some words: tried only at those."""

    def __init__(self, patterns: Iterable[re.Pattern[str]]) -> None:
        """Gather the opening words; ValueError if a match may open with anything else."""
        words: dict[str, list[int]] = {}
        self._matches: list[_Matches] = []
        for number, pattern in enumerate(patterns):
            self._matches.append(pattern.match)
            for word in _folded_openings(pattern):
                words.setdefault(word, []).append(number)
        self._owners = list(words.values())
        self._automaton = _automaton(words)

    def over(self, folded: str) -> dict[int, "Openings"]:
        """Return the patterns that may match somewhere, by number, told by one scan."""
        starts: dict[int, set[int]] = {}
        for word, start, _ in self._automaton.find_matches_as_indexes(
            folded, overlapping=True
        ):
            for number in self._owners[word]:
                starts.setdefault(number, set()).add(start)
        return {
            number: Openings(self._matches[number], folded, sorted(starts[number]))
            for number in sorted(starts)
        }


class Opened:
    """A pattern whose every match opens with one of some words: tried only at those."""

    def __init__(self, pattern: re.Pattern[str]) -> None:
        """Gather the opening words; ValueError if a match may open with anything else."""
        self._match = pattern.match
        self._automaton = _automaton(_folded_openings(pattern))

    def over(self, folded: str, text: str | None = None) -> "Openings":
        """Return where matches may open, told by one scan of the folded text.

        The pattern is tried on `text`, of which `folded` is the folded form, if given.
        """
        hits = self._automaton.find_matches_as_indexes(folded, overlapping=True)
        starts = sorted({start for _, start, _ in hits})
        return Openings(self._match, folded if text is None else text, starts)


class Openings:
    """A pattern in one text, parts of which are searched as by the pattern itself."""

    __slots__ = ("_match", "_starts", "_text")

    def __init__(
        self,
        match: _Matches,
        text: str,
        starts: list[int],
    ) -> None:
        self._match = match
        self._text = text
        self._starts = starts

    def search(self, low: int, high: int) -> re.Match[str] | None:
        """Return the first match inside text[low:high]."""
        return next(self.finditer(low, high), None)

    def finditer(self, low: int, high: int) -> Iterator[re.Match[str]]:
        """Yield the matches inside text[low:high], none overlapping another."""
        starts, at = self._starts, bisect_left(self._starts, low)
        while at < len(starts) and (start := starts[at]) < high:
            at += 1
            match = self._match(self._text, start, high) if start >= low else None
            if match is not None:
                low = match.end()
                yield match


def _automaton(words: Iterable[str]) -> AhoCorasick:
    return AhoCorasick(list(words), matchkind=MatchKind.Standard, store_patterns=False)


def _folded_openings(pattern: re.Pattern[str]) -> list[str]:
    words = openings(pattern)
    if not words:
        raise ValueError(f"no word opens every match of {pattern.pattern[:60]!r}")
    return sorted({fold(word) for word in words})


def openings(pattern: re.Pattern[str]) -> frozenset[str]:
    """Return lower-case words of which one opens every match; empty if none is sure."""
    found = _openings(list(parser.parse(pattern.pattern, pattern.flags)))
    return frozenset(found) if "" not in found else frozenset()


def _openings(items: list[tuple[Any, Any]]) -> list[str]:
    """Return the words a sequence opens with; '' among them: it may open with any."""
    if not items:
        return [""]
    (op, value), rest = items[0], items[1:]
    if op in _EDGES:
        return _openings(rest)  # takes no characters
    if op is code.LITERAL:
        letter, more = chr(value).lower(), _openings(rest)
        return [letter + word for word in more] if len(more) <= _MAX_WORDS else [letter]
    if op is code.SUBPATTERN:
        return _openings([*value[3], *rest])
    if op is code.BRANCH:
        return [w for branch in value[1] for w in _openings([*branch, *rest])]
    return [""]


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
