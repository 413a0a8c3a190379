"""Which sentences of two texts are near-copies, and whether their facts differ."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

from tasks.derivation.profile import Profile, Sentence
from tasks.text.fold import fold

NEAR_COPY = 0.6  # Jaccard of word sets
COMPARED_SENTENCES = 120  # of each text: bounds the quadratic step
LEAD_SENTENCES = 2
_SAME_SPELLING = 0.75
_ORDINAL = re.compile(r"\b\d+(?:st|nd|rd|th)\b")
_TOKEN = re.compile(r"\w[\w'’-]*")


@dataclass(frozen=True, slots=True)
class AlignedSentence:
    """A sentence of the shorter text and its best match in the longer one."""

    short: Sentence
    long: Sentence
    similarity: float
    short_index: int
    long_index: int

    @property
    def in_leads(self) -> bool:
        """True when both stand among the first sentences of their texts."""
        return max(self.short_index, self.long_index) < LEAD_SENTENCES

    @property
    def is_near_copy(self) -> bool:
        """True when most words are shared."""
        return self.similarity > NEAR_COPY


@dataclass(frozen=True, slots=True)
class Alignment:
    """How the shorter text's sentences sit in the longer one."""

    sentences: tuple[AlignedSentence, ...]
    copied_share: float  # of the shorter text's words, in near-copied sentences

    @property
    def near_copies(self) -> tuple[AlignedSentence, ...]:
        """Return the near-copied sentences."""
        return tuple(s for s in self.sentences if s.is_near_copy)


def align(a: Profile, b: Profile) -> Alignment:
    """Align the text of fewer words with the other."""
    short, long = sorted((a, b), key=lambda p: (p.num_words, p.record.order))
    pairs = tuple(_aligned(short, long))
    total = sum(len(p.short.words) for p in pairs)
    copied = sum(len(p.short.words) for p in pairs if p.is_near_copy)
    return Alignment(pairs, copied / total if total else 0.0)


def _aligned(short: Profile, long: Profile) -> Iterator[AlignedSentence]:
    others = long.sentences[:COMPARED_SENTENCES]
    if not others:
        return
    for i, sentence in enumerate(short.sentences[:COMPARED_SENTENCES]):
        scored = [(_jaccard(sentence.words, o.words), -j) for j, o in enumerate(others)]
        best, minus = max(scored)
        yield AlignedSentence(sentence, others[-minus], best, i, -minus)


def _jaccard(a: frozenset[str], b: frozenset[str]) -> float:
    shared = len(a & b)
    return shared / (len(a) + len(b) - shared) if shared else 0.0


def replaced_numbers(pair: AlignedSentence) -> bool:
    """True when each side states a number that the other lacks."""
    a, b = pair.short.numbers, pair.long.numbers
    return bool(a - b) and bool(b - a)


def replaced_ordinals(pair: AlignedSentence) -> bool:
    """True when the two sentences number something differently: '12th', '21st'."""
    a, b = (frozenset(_ORDINAL.findall(fold(s.text))) for s in (pair.short, pair.long))
    return bool(a - b) and bool(b - a)


def replaced_names(pair: AlignedSentence) -> bool:
    """True when another name stands in the place of a name."""
    ours, theirs = _tokens(pair.short), _tokens(pair.long)
    matcher = SequenceMatcher(None, ours, theirs, autojunk=False)
    return any(
        _other_name(
            frozenset(ours[i1:i2]) & pair.short.names - pair.long.words,
            frozenset(theirs[j1:j2]) & pair.long.names - pair.short.words,
        )
        for tag, i1, i2, j1, j2 in matcher.get_opcodes()
        if tag == "replace"
    )


def _tokens(sentence: Sentence) -> list[str]:
    return _TOKEN.findall(fold(sentence.text))


def _other_name(ours: frozenset[str], theirs: frozenset[str]) -> bool:
    return bool(ours and theirs) and not any(_spelt_alike(x, theirs) for x in ours)


def replaced_days(pair: AlignedSentence) -> bool:
    """True when the two sentences name different weekdays or months."""
    a, b = pair.short.days, pair.long.days
    return bool(a - b) and bool(b - a)


def _spelt_alike(name: str, others: frozenset[str]) -> bool:
    return any(
        SequenceMatcher(None, name, other, autojunk=False).ratio() >= _SAME_SPELLING
        for other in others
    )


def facts_differ(pair: AlignedSentence) -> bool:
    """True when a near-copied sentence tells another fact in the same words."""
    return replaced_numbers(pair) or replaced_names(pair) or replaced_days(pair)
