"""A text taken apart once: words, shingles, sentences, names, numbers, quotations."""

import re
from dataclasses import dataclass
from itertools import pairwise

from tasks.derivation.fingerprint import (
    Hashes,
    content_fingerprint,
    shingles,
    words,
)
from tasks.derivation.lexicon import (
    agencies,
    calendar,
    common_capitals,
    number_words,
    page_furniture,
)
from tasks.derivation.records import TextRecord
from tasks.text.fold import fold

MAX_SENTENCES = 400  # of one text; a book is not compared to its end
MIN_SENTENCE_WORDS = 5
MIN_QUOTE_WORDS = 3

_HEAD = 600  # characters that show whether a text uses capitals

# A line shorter than this that ends without a full stop is a line of its own (a
# header, a title); a longer one is a wrapped line of a paragraph.
_WRAP_WIDTH = 60
_SENTENCE_END = re.compile(r"(?<=[.!?])[\"'”’)]{0,2}\s+(?=[\"'“‘(]?[A-Z0-9])|\n\s*\n")
_CASELESS_END = re.compile(r"(?<=[.!?])[\"'”’)]{0,2}\s+|\n\s*\n")
_NUMBER_OR_WORD = re.compile(r"\d+(?:[.,:]\d+)*|[a-z]+")
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
    numbers: tuple[str, ...]  # in order of first mention
    quotes: tuple[frozenset[str], ...]


def profile(record: TextRecord) -> Profile:
    """Take a text apart."""
    source = _body(record)
    caseless = _is_caseless(source)
    parts = _parts(source, caseless=caseless)
    body = "\n\n".join(parts)
    tokens = words(body)
    sentences = tuple(_sentences(parts, caseless=caseless))
    return Profile(
        record=record,
        fingerprint=content_fingerprint(tokens),
        num_words=len(tokens),
        hashes=shingles(tokens),
        sentences=sentences,
        names=_in_order(body, frozenset().union(*(s.names for s in sentences))),
        numbers=tuple(dict.fromkeys(_numbers(record.text))),
        quotes=tuple(
            frozenset(tokens)
            for match in _QUOTE.finditer(source)
            if len(tokens := words(match.group(1))) >= MIN_QUOTE_WORDS
        ),
    )


def _body(record: TextRecord) -> str:
    """Return the text without its title: copies change titles first."""
    prefix = record.title + "\n\n"
    if record.title and record.text.startswith(prefix):
        rest = record.text[len(prefix) :]
        return rest if rest.strip() else record.text
    return record.text


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


def _parts(text: str, *, caseless: bool) -> list[str]:
    """Return the sentences, those of the page and not of the report left out."""
    end = _CASELESS_END if caseless else _SENTENCE_END
    parts = end.split(_join_wrapped(text))[:MAX_SENTENCES]
    report = [part for part in parts if not _is_furniture(part)]
    return report if any(part.strip() for part in report) else parts


def _is_furniture(part: str) -> bool:
    folded = fold(part)
    phrases = page_furniture()
    return any(phrase in folded for phrase in phrases)


def _sentences(parts: list[str], *, caseless: bool) -> list[Sentence]:
    known = frozenset() if caseless else _known_names(parts)
    found = []
    for part in parts:
        tokens = frozenset(words(part))
        if len(tokens) >= MIN_SENTENCE_WORDS:
            found.append(
                Sentence(
                    text=part,
                    words=tokens,
                    numbers=frozenset(_numbers(part)),
                    names=_names(part, known),
                    days=tokens & calendar(),
                )
            )
    return found


def _is_caseless(text: str) -> bool:
    """True where a capital says nothing: agency text in capitals, scraped lower case."""
    head = text[:_HEAD]
    upper = sum(map(str.isupper, head))
    lower = sum(map(str.islower, head))
    return upper > lower or upper * 200 < lower


def _known_names(parts: list[str]) -> frozenset[str]:
    """Return words that are capitalised inside some sentence, not only at its start."""
    known: set[str] = set()
    for part in parts:
        known.update(fold(m.group()) for m in _CAPITAL.finditer(part) if m.start() > 2)
    return frozenset(known) - common_capitals().keys() - agencies().keys()


def _names(part: str, known: frozenset[str]) -> frozenset[str]:
    found = {fold(m.group()) for m in _CAPITAL.finditer(part)}
    return frozenset(name for name in found if name in known)


def _numbers(text: str) -> list[str]:
    """Return the numbers of a text as digits, in order."""
    digits = number_words()
    return [
        digits.get(value, value.replace(",", ""))
        for value in _NUMBER_OR_WORD.findall(fold(text))
        if value[0].isdigit() or value in digits
    ]


def _in_order(text: str, names: frozenset[str]) -> tuple[str, ...]:
    seen = (fold(m.group()) for m in _CAPITAL.finditer(text))
    return tuple(name for name in dict.fromkeys(seen) if name in names)
