"""Values of a language pack: senses of words, nodes of a sentence, a rendered document."""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Sense:
    """One meaning of a surface form: what it is, and what it is called in the working language."""

    kind: str  # v n a x d p adv name num wday month unit role (docs/coding.md)
    gloss: str
    tag: str = ""  # tense of a verb, 's' or 'p' of a noun, value of a numeral
    flags: str = ""
    is_reflexive: bool = False


@dataclass(frozen=True, slots=True)
class Token:
    """A word, a number or a mark of the source, at [start, end) of its text."""

    start: int
    end: int
    text: str
    key: str  # lower case, accents kept
    plain: str  # the key without accents
    kind: str  # 'word' | 'number' | 'mark'
    is_first: bool  # opens a sentence, a line or a quotation


@dataclass(slots=True)
class Node:
    """One or more tokens on their way to the working language; `out` None: undecided."""

    start: int
    end: int
    key: str
    text: str
    kind: str
    senses: tuple[Sense, ...] = ()
    out: str | None = None
    flags: str = ""
    is_first: bool = False
    is_verbatim: bool = False
    is_plural: bool = False
    is_capital: bool = False  # its first letter, as written

    def sense(self, *kinds: str) -> Sense | None:
        """Return the first sense of one of the kinds."""
        return next((s for s in self.senses if s.kind in kinds), None)


@dataclass(frozen=True, slots=True)
class Piece:
    """Rendered text [start, end) stands for source text [source, source_end)."""

    start: int
    end: int
    source: int
    source_end: int
    is_verbatim: bool


@dataclass(frozen=True, slots=True)
class Rendering:
    """A text in the working language that knows where every word of it came from."""

    source: str
    text: str
    pieces: tuple[Piece, ...]  # in order of `start`, none overlapping
    _starts: Sequence[int] = field(default=(), repr=False)

    def origin(self, start: int, end: int) -> tuple[int, int]:
        """Return the span of the source that the rendered span [start, end) stands for."""
        if not self.pieces:
            return 0, 0
        first = max(0, bisect_right(self._starts, start) - 1)
        if self.pieces[first].end <= start and first + 1 < len(self.pieces):
            first += 1
        last = max(first, bisect_left(self._starts, max(end, start + 1)) - 1)
        chosen = self.pieces[first : last + 1]
        low = min(_low(p, start) for p in chosen)
        high = max(_high(p, end) for p in chosen)
        return low, max(low, high)

    def place(self, source: int) -> int:
        """Return where the source offset stands in the rendering."""
        after = [p.start for p in self.pieces if p.source >= source]
        return min(after, default=len(self.text))

    def words_of(self, phrase: str | None, near: tuple[int, int] | None = None) -> str:
        """Return the source's words for a phrase of the rendering; itself when it is none."""
        if not phrase:
            return phrase or ""
        at = self.text.find(phrase, *near) if near else -1
        at = self.text.find(phrase) if at < 0 else at
        if at < 0:
            return phrase
        low, high = self.origin(at, at + len(phrase))
        return self.source[low:high]


def _low(piece: Piece, start: int) -> int:
    inside = piece.is_verbatim and piece.start < start < piece.end
    return piece.source + (start - piece.start if inside else 0)


def _high(piece: Piece, end: int) -> int:
    if piece.is_verbatim and piece.start < end < piece.end:
        return piece.source + (end - piece.start)
    return piece.source_end


def rendering(source: str, text: str, pieces: Sequence[Piece]) -> Rendering:
    """Return the rendering with its index."""
    return Rendering(source, text, tuple(pieces), [p.start for p in pieces])
