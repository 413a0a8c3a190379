"""A text taken apart once: words, shingles, sentences, names, numbers, quotations."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from string import ascii_lowercase, ascii_uppercase
from typing import NamedTuple

from tasks.derivation.fingerprint import (
    Hashes,
    content_fingerprint,
    read_words,
    shingles,
    words,
)
from tasks.derivation.lexicon import (
    agencies,
    calendar,
    common_capitals,
    page_furniture,
)
from tasks.derivation.records import TextRecord
from tasks.text.fold import fold

MAX_SENTENCES = 400  # of one text; a book is not compared to its end
MIN_SENTENCE_WORDS = 5
MIN_QUOTE_WORDS = 3

_HEAD = 600  # characters that show whether a text uses capitals
_UPPER, _LOWER = ascii_uppercase.encode(), ascii_lowercase.encode()

# A line shorter than this that ends without a full stop is a line of its own (a
# header, a title); a longer one is a wrapped line of a paragraph.
_WRAP_WIDTH = 60
_SENTENCE_END = re.compile(r"(?<=[.!?])[\"'”’)]{0,2}\s+(?=[\"'“‘(]?[A-Z0-9])|\n\s*\n")
_CASELESS_END = re.compile(r"(?<=[.!?])[\"'”’)]{0,2}\s+|\n\s*\n")
_CAPITAL = re.compile(r"[A-Z][\w'’-]*\w|[A-Z]")
_QUOTE = re.compile(r"[“\"]([^“”\"\n]{12,600})[”\"]")


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence: its words, and those of them that state facts."""

    text: str
    words: frozenset[str]
    numbers: frozenset[str]
    names: frozenset[str]
    days: frozenset[str]  # weekdays and months


@dataclass(frozen=True, slots=True)
class Profile:
    """Everything a comparison needs of one text."""

    record: TextRecord
    fingerprint: str
    num_words: int
    hashes: Hashes
    sentences: tuple[Sentence, ...]
    names: tuple[str, ...]  # identifying capitalised words, in order of first mention
    numbers: frozenset[str]
    quotes: tuple[frozenset[str], ...]


class _Part(NamedTuple):
    """What stands between two ends of sentences, read once."""

    text: str
    folded: str
    words: list[str]
    numbers: frozenset[str]
    capitals: list[tuple[int, str]]  # where in the part, the folded word


def profile(record: TextRecord) -> Profile:
    """Take a text apart."""
    head, source = _split_title(record)
    caseless = _is_caseless(source)
    joined = _join_wrapped(source)
    folded = fold(joined)  # once: folding part by part costs more than the cutting
    every = _parts(joined, folded, caseless=caseless)
    parts = _report(every, folded)
    tokens = [word for part in parts for word in part.words]
    sentences = tuple(_sentences(parts, caseless=caseless))
    return Profile(
        record=record,
        fingerprint=content_fingerprint(tokens),
        num_words=len(tokens),
        hashes=shingles(tokens),
        sentences=sentences,
        names=_in_order(parts, frozenset().union(*(s.names for s in sentences))),
        numbers=read_words(fold(head))[1].union(*(part.numbers for part in every)),
        quotes=_quotes(source),
    )


def _split_title(record: TextRecord) -> tuple[str, str]:
    """Return the title and the text without it: copies change titles first."""
    prefix = record.title + "\n\n"
    if record.title and record.text.startswith(prefix):
        rest = record.text[len(prefix) :]
        return (prefix, rest) if rest.strip() else ("", record.text)
    return "", record.text


def _join_wrapped(text: str) -> str:
    lines = text.split("\n")
    out = [lines[0]]
    for before, line in pairwise(lines):
        wrapped = (
            len(before) >= _WRAP_WIDTH
            and before.rstrip()[-1:] not in set(".!?\"”')")
            and line.strip() != ""
        )
        out.append((" " if wrapped else "\n\n") + line)
    return "".join(out)


def _parts(text: str, folded: str, *, caseless: bool) -> list[_Part]:
    """Cut a text where sentences and paragraphs end."""
    parts, start = [], 0
    for match in (_CASELESS_END if caseless else _SENTENCE_END).finditer(text):
        parts.append(_part(text, folded, start, match.start()))
        start = match.end()
        if len(parts) == MAX_SENTENCES:
            return parts
    return [*parts, _part(text, folded, start, len(text))]


def _part(text: str, folded: str, start: int, end: int) -> _Part:
    own = folded[start:end]
    tokens, numbers = read_words(own)
    return _Part(
        text=text[start:end],
        folded=own,
        words=tokens,
        numbers=numbers,
        capitals=[
            (m.start() - start, folded[m.start() : m.end()])
            for m in _CAPITAL.finditer(text, start, end)
        ],
    )


def _report(parts: list[_Part], folded: str) -> list[_Part]:
    """Leave out the sentences of the page; where all are, none is."""
    phrases = [phrase for phrase in page_furniture() if phrase in folded]
    if not phrases:
        return parts
    report = [p for p in parts if not any(phrase in p.folded for phrase in phrases)]
    return report if any(part.folded.strip() for part in report) else parts


def _sentences(parts: list[_Part], *, caseless: bool) -> Iterator[Sentence]:
    known = frozenset() if caseless else _known_names(parts)
    calendar_words = calendar()
    for part in parts:
        tokens = frozenset(part.words)
        if len(tokens) >= MIN_SENTENCE_WORDS:
            yield Sentence(
                text=part.text,
                words=tokens,
                numbers=part.numbers,
                names=known.intersection([name for _, name in part.capitals]),
                days=tokens & calendar_words,
            )


def _is_caseless(text: str) -> bool:
    """True where a capital says nothing: agency text in capitals, scraped lower case."""
    head = text[:_HEAD]
    if head.isascii():
        raw = head.encode()
        upper = len(raw) - len(raw.translate(None, _UPPER))
        lower = len(raw) - len(raw.translate(None, _LOWER))
    else:
        upper, lower = sum(map(str.isupper, head)), sum(map(str.islower, head))
    return upper > lower or upper * 200 < lower


def _known_names(parts: list[_Part]) -> frozenset[str]:
    """Return words that are capitalised inside some sentence, not only at its start."""
    known = {name for part in parts for at, name in part.capitals if at > 2}
    return frozenset(known) - common_capitals().keys() - agencies().keys()


def _in_order(parts: list[_Part], names: frozenset[str]) -> tuple[str, ...]:
    seen = dict.fromkeys(name for part in parts for _, name in part.capitals)
    return tuple(name for name in seen if name in names)


def _quotes(source: str) -> tuple[frozenset[str], ...]:
    found = (words(match.group(1)) for match in _QUOTE.finditer(source))
    return tuple(frozenset(q) for q in found if len(q) >= MIN_QUOTE_WORDS)
