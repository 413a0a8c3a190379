"""Tokens of one sentence: parallel lists, offsets into the whole text."""

import re
from dataclasses import dataclass
from itertools import islice

from tasks.model.quick import quick_init

_AGE = r"\d{1,3}[- ]years?[- ]olds?\b"
_TOKEN = re.compile(
    _AGE + r"|[^\W\d_]+-\d+\b|"
    r"(?:\d[\d,]*\d|\d)(?:(?:st|nd|rd|th)\b)?|[^\W\d_]+(?:['-][^\W\d_]+)*|[^\w\s]"
)
AGE = "year-old"
MAX_TOKENS = 400  # a sentence longer than this is a table


@quick_init
@dataclass(frozen=True, slots=True)
class Tokens:
    """words[i] == folded[starts[i]:ends[i]]."""

    words: list[str]
    starts: list[int]
    ends: list[int]

    def __len__(self) -> int:
        """Return the number of tokens."""
        return len(self.words)


def tokenise(folded: str, start: int, end: int) -> Tokens:
    """Split folded[start:end] into words, numbers and single marks."""
    found = islice(_TOKEN.finditer(folded, start, end), MAX_TOKENS)
    spans = [match.span() for match in found]
    words = [folded[first:stop] for first, stop in spans]
    if folded.find("-", start, end) < 0 and folded.find("year", start, end) < 0:
        return Tokens(words, [a for a, _ in spans], [b for _, b in spans])
    return _with_parts(words, spans)


def _with_parts(whole: list[str], spans: list[tuple[int, int]]) -> Tokens:
    """Take 'twenty-five' apart and ages for the adjectives they are."""
    words: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    for word, (first, stop) in zip(whole, spans, strict=True):
        if "-" in word and not _keeps_hyphen(word):
            _split(word, first, words, starts, ends)
        else:
            # '80-year-old' is one adjective, not a count
            words.append(AGE if "old" in word and word[0].isdigit() else word)
            starts.append(first)
            ends.append(stop)
        if len(words) >= MAX_TOKENS:
            break
    return Tokens(words, starts, ends)


_COMPOUND = re.compile(r"(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)-")


def _keeps_hyphen(word: str) -> bool:
    """Keep 'passer-by' and 'ex-mayor' whole; split 'twenty-five' for the number parser."""
    return _COMPOUND.match(word) is None


def _split(
    word: str, at: int, words: list[str], starts: list[int], ends: list[int]
) -> None:
    for match in re.finditer(r"[^-]+|-", word):
        words.append(match[0])
        starts.append(at + match.start())
        ends.append(at + match.end())
