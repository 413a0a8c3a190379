"""The terms by which stories are told apart: stems and pairs of neighbouring words."""

from collections import defaultdict
from collections.abc import Iterator
from itertools import pairwise
from math import log

from tasks.derivation.fingerprint import words
from tasks.derivation.lexicon import read_pairs

MAX_WORDS = 400
TITLE_WEIGHT = 2.0
PAIR_WEIGHT = 0.7
_SUFFIXES = ("ingly", "edly", "ing", "ed", "ies", "es", "s", "ly")
_MIN_STEM = 4


def story_terms(title: str, text: str) -> dict[str, float]:
    """Return log-scaled weights by term; the title counts twice."""
    counts: dict[str, float] = defaultdict(float)
    for weight, part in ((1.0, text), (TITLE_WEIGHT, title)):
        stems = list(_stems(part))
        for stem in stems:
            counts[stem] += weight
        if part is text:
            for first, second in pairwise(stems):
                counts[f"{first} {second}"] += PAIR_WEIGHT
    return {t: 1 + log(n) if n >= 1 else n for t, n in counts.items()}


def _stems(text: str) -> Iterator[str]:
    stop = read_pairs("stop_words")
    for word in words(text)[:MAX_WORDS]:
        if len(word) > 1 and word not in stop:
            yield _stem(word)


def _stem(word: str) -> str:
    for suffix in _SUFFIXES:
        if word.endswith(suffix) and len(word) - len(suffix) >= _MIN_STEM:
            return word[: -len(suffix)] + ("y" if suffix == "ies" else "")
    return word
