"""Quoted evidence in its sentence, so that a reader can judge it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from tasks.text.segment import Sentence, segment, sentence_at

MAX_SENTENCE = 700
_AROUND = 160  # characters kept on either side of a span in an endless sentence


@dataclass(frozen=True, slots=True)
class Span:
    """A piece of evidence by its offsets in the article's text."""

    start: int
    end: int
    field: str
    rule_id: str


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of text with the fields it is evidence for; none is plain text."""

    text: str
    fields: tuple[str, ...] = ()
    rules: tuple[str, ...] = ()


Quote = tuple[Piece, ...]


def quotes(text: str, spans: Iterable[Span]) -> list[Quote]:
    """Return the sentences that hold evidence, in order, their spans marked."""
    sentences = segment(text)
    held: dict[int, list[Span]] = {}
    for span in spans:
        found = sentence_at(sentences, span.start)
        if found is not None and span.end > span.start:
            held.setdefault(found.index, []).append(span)
    by_index = {sentence.index: sentence for sentence in sentences}
    return [_quote(text, by_index[at], held[at]) for at in sorted(held)]


def _quote(text: str, sentence: Sentence, spans: Sequence[Span]) -> Quote:
    end = max(sentence.end, *(span.end for span in spans))
    start, end = _window(sentence.start, end, spans)
    cuts = {start, end}
    for span in spans:
        cuts |= {min(max(at, start), end) for at in (span.start, span.end)}
    edges = sorted(cuts)
    pieces = [_piece(text, a, b, spans) for a, b in pairwise(edges)]
    if start > sentence.start:
        pieces.insert(0, Piece("…"))
    if end < sentence.end:
        pieces.append(Piece("…"))
    return tuple(pieces)


def _window(start: int, end: int, spans: Sequence[Span]) -> tuple[int, int]:
    """Return what to show of a sentence that is too long to be one."""
    if end - start <= MAX_SENTENCE:
        return start, end
    first = min(span.start for span in spans)
    start = max(start, first - _AROUND)
    last = max(span.end for span in spans if span.start < start + MAX_SENTENCE)
    return start, min(end, last + _AROUND, start + MAX_SENTENCE)


def _piece(text: str, start: int, end: int, spans: Sequence[Span]) -> Piece:
    over = [span for span in spans if span.start < end and span.end > start]
    return Piece(
        text[start:end],
        tuple(dict.fromkeys(span.field for span in over)),
        tuple(dict.fromkeys(span.rule_id for span in over)),
    )
