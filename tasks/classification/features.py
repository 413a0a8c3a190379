"""Hashed features of a text: words and word pairs of the sentences that speak of violence.

Only sentences with a cue count. Style, names and topics of the rest of a text say more about
the corpus a classifier was trained on than about the event, so they are never looked at.
"""

import re
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from zlib import crc32

from tasks.text.anchors import Opened
from tasks.text.fold import fold

NUM_BUCKETS = 1 << 18
MAX_CHARS = 12_000  # a report tells its event early
_WORD = re.compile(r"[a-z]+|\d+")
_SENTENCE = re.compile(r"(?<=[.!?])[\"')\]]*\s+|\n\s*\n")


@cache
def cue_pattern() -> re.Pattern[str]:
    """Return the pattern of violence cues, one stem a line in relevance_stems.tsv."""
    path = files("tasks.classification").joinpath("data/relevance_stems.tsv")
    lines = [x for x in path.read_text("utf-8").splitlines() if x and x[0] != "#"]
    return re.compile(r"\b(?:" + "|".join(lines[1:]) + r")")


def cue_sentences(text: str) -> list[str]:
    """Return the folded sentences that hold a cue, in order."""
    folded = fold(text[:MAX_CHARS])
    cues = _opened_cues().over(folded)
    return [folded[a:b] for a, b in _sentences(folded) if cues.search(a, b)]


@cache
def _opened_cues() -> Opened:
    return Opened(cue_pattern())


def _sentences(folded: str) -> Iterator[tuple[int, int]]:
    low = 0
    for edge in _SENTENCE.finditer(folded):
        yield low, edge.start()
        low = edge.end()
    yield low, len(folded)


def buckets(text: str) -> dict[int, int]:
    """Return how often each bucket occurs; the hash is CRC-32, the same everywhere."""
    counts: dict[int, int] = {}
    for sentence in cue_sentences(text):
        words = ["0" if w[0].isdigit() else w for w in _WORD.findall(sentence)]
        before = crc32(
            b"^ "
        )  # of the previous word and the space; a pair goes on from it
        for word in words:
            code = word.encode()
            alone = crc32(code)
            for value in (alone, crc32(code, before)):
                bucket = value & (NUM_BUCKETS - 1)
                counts[bucket] = counts.get(bucket, 0) + 1
            before = crc32(b" ", alone)
    return counts
