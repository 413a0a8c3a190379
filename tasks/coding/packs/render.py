"""A document in another language, rendered word by word into the coder's working language.

The rules of the coder are written once. A pack renders what they read - acts, sides,
places, dates, numbers, status words - so that they hold for its language as they are;
every word of the rendering knows the source words it stands for.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from tasks.coding.packs.lookup import Writing, look_up, writing_of
from tasks.coding.packs.model import Node, Piece, Rendering, Token, rendering
from tasks.coding.packs.nouns import settle
from tasks.coding.packs.numerals import read_numerals
from tasks.coding.packs.phrases import read_patterns
from tasks.coding.packs.tables import LanguagePack
from tasks.coding.packs.tokens import tokenise
from tasks.coding.packs.verbs import read_verbs
from tasks.model.coding import Document

_LINE = re.compile(r"[^\n]+")
_TIGHT_BEFORE = frozenset(".,;:!?)]}»”")
_TIGHT_AFTER = frozenset("([{«“")
_VOWELS = frozenset("aeiou")
_MAX_RUN = 400  # tokens rendered together; longer lines are cut


@dataclass(slots=True)
class _Writer:
    """The rendering as it grows."""

    source: str
    parts: list[str] = field(default_factory=list)
    pieces: list[Piece] = field(default_factory=list)
    at: int = 0

    def copy(self, start: int, end: int) -> None:
        """Take over what stands between lines."""
        self.parts.append(self.source[start:end])
        self.at += end - start

    def write(self, node: Node, words: str, *, opens_line: bool) -> None:
        """Add the words of a node, and remember where they come from."""
        gap = "" if opens_line else _gap(self.parts[-1], words, self, node)
        self.parts.extend((gap, words))
        start = self.at + len(gap)
        self.at = start + len(words)
        same = words == self.source[node.start : node.end]
        self.pieces.append(Piece(start, self.at, node.start, node.end, same))


def render(pack: LanguagePack, text: str) -> Rendering:
    """Return the text in the working language; linear in its length."""
    writer = _Writer(text)
    position = 0
    for line in _LINE.finditer(text):
        writer.copy(position, line.start())
        _render_line(pack, writer, *line.span())
        position = line.end()
    writer.copy(position, len(text))
    return rendering(text, "".join(writer.parts), writer.pieces)


def _render_line(pack: LanguagePack, writer: _Writer, start: int, end: int) -> None:
    tokens = list(tokenise(writer.source, start, end))
    writing = writing_of(tokens)
    opens_line = True
    for low in range(0, len(tokens), _MAX_RUN):
        run = tokens[low : low + _MAX_RUN]
        opens = False
        for node in _nodes(pack, run, writing):
            opens = node.is_first or opens
            words = (node.out or "").strip()
            if not words:
                continue
            if opens and not writing.capitals and not node.is_verbatim:
                words = words[0].upper() + words[1:]
            writer.write(node, words, opens_line=opens_line)
            opens = opens_line = False


def _nodes(pack: LanguagePack, tokens: Sequence[Token], writing: Writing) -> list[Node]:
    nodes = look_up(pack, tokens, writing)
    nodes = read_numerals(pack, nodes)
    nodes = read_patterns(pack, nodes)
    nodes = read_verbs(pack.glosses, nodes)
    opening = [n.is_first and n.is_capital for n in nodes]
    settled = settle(pack.glosses, nodes)
    for node, first in zip(settled, opening, strict=True):
        node.is_first = first  # words moved; the sentence begins where it began
    _articles(settled)
    return settled


def _articles(nodes: Sequence[Node]) -> None:
    """'a' before a vowel is 'an': forms of the lexicon say so."""
    spoken = [n for n in nodes if n.out]
    for node, follower in pairwise(spoken):
        if node.out == "a" and (follower.out or "")[0].lower() in _VOWELS:
            node.out = "an"


def _gap(before: str, words: str, writer: _Writer, node: Node) -> str:
    """Return what stands between two pieces: nothing at a mark, else a space."""
    if words[0] in _TIGHT_BEFORE or before[-1] in _TIGHT_AFTER:
        return ""
    touching = writer.pieces[-1].source_end == node.start
    marks = not (before[-1].isalnum() and words[0].isalnum())
    elided = writer.source[node.start - 1] in "'’"
    return "" if touching and marks and not elided else " "


def render_document(
    pack: LanguagePack, document: Document
) -> tuple[Document, Rendering]:
    """Return the document the coder's rules can read, and the way back."""
    whole = render(pack, document.text)
    title = render(pack, document.title).text
    section = render(pack, document.section).text if document.section else None
    excluded = tuple(
        (whole.place(start), whole.place(end), why)
        for start, end, why in document.excluded_spans
    )
    return (
        replace(
            document, text=whole.text, title=title, section=section, summary=None,
            language="en", excluded_spans=excluded,
        ),
        whole,
    )  # fmt: skip
