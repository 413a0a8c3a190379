"""Sentences with their offsets: text[s.start:s.end] == s.text, in document order.

Paragraph 0 is the title (empty documents and texts without one simply lack it). News in
capital letters, in lower case, and hard-wrapped at a fixed column are all segmented.
"""

import re
from bisect import bisect_right
from dataclasses import dataclass
from functools import lru_cache

from tasks.model.quick import quick_init
from tasks.text.abbreviations import may_end_sentence

MAX_SENTENCE_CHARS = 2_000  # a "sentence" longer than this is a table or a trap
_TITLE_CHARS = 300
_WRAP_COLUMN = 90

_TERMINATOR = re.compile(r"[.!?…]{1,8}[\"'”’»)\]]{0,3}(?=\s)|[।։။]")
_BLANK_LINE = re.compile(r"\n[ \t\r\f\v]*\n\s*")
_NEWLINES = re.compile(r"\n\s*")  # what stands before one is trimmed
_OPENERS = "\"'“‘«([-–—•*"
_LIST_ITEM = re.compile(
    r"(?:[-•*–—▪●]\s|\(?\d{1,2}[.)]\s|\d{1,2}[:.]\d\d\s?(?:[ap]m)?\b)"
)
_SPLIT_AT = re.compile(r"[;:]\s|\s")


@quick_init
@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence. paragraph 0 is the title; index counts sentences of the document."""

    start: int
    end: int
    paragraph: int
    index: int
    text: str
    kind: str = "body"  # 'title' | 'heading' | 'list' | 'body'


def segment(text: str, title_chars: int | None = None) -> tuple[Sentence, ...]:
    """Split a text into sentences in linear time.

    title_chars is the length of the title the text opens with (0: there is none); None
    takes a short first paragraph without a full stop for it.
    """
    return _segmented(text, title_chars)


@lru_cache(maxsize=2)  # places and events of one document are read one after the other
def _segmented(text: str, title_chars: int | None) -> tuple[Sentence, ...]:
    paragraphs = paragraph_spans(text)
    if not paragraphs:
        return ()
    has_title = _opens_with_title(text, paragraphs, title_chars)
    lower_only = text.islower()
    out: list[Sentence] = []
    for number, (start, end) in enumerate(paragraphs, start=0 if has_title else 1):
        kind = _paragraph_kind(text[start:end], number)
        for a, b in _sentence_spans(text, start, end, lower_only):
            out.append(Sentence(a, b, number, len(out), text[a:b], kind))
    return tuple(out)


def paragraph_spans(text: str) -> list[tuple[int, int]]:
    """Return the trimmed spans of the paragraphs, the title included."""
    separator = _BLANK_LINE if _is_wrapped(text) else _NEWLINES
    spans: list[tuple[int, int]] = []
    start = 0
    for match in separator.finditer(text):
        spans.append((start, match.start()))
        start = match.end()
    spans.append((start, len(text)))
    trimmed = (_trim(text, a, b) for a, b in spans)
    return [(a, b) for a, b in trimmed if a < b]


def sentence_at(sentences: tuple[Sentence, ...], offset: int) -> Sentence | None:
    """Return the sentence holding the offset, or the one before it; None before all."""
    at = bisect_right(sentences, offset, key=lambda s: s.start) - 1
    return sentences[at] if at >= 0 else None


def _is_wrapped(text: str) -> bool:
    """Tell hard-wrapped wire copy, where a line break is only a space."""
    lines = [line for line in text[:20_000].split("\n") if line.strip()]
    if len(lines) < 6 or max(map(len, lines)) > _WRAP_COLUMN:
        return False
    open_ended = sum(line.rstrip()[-1] not in ".!?:;\"'”’)" for line in lines)
    return open_ended * 2 > len(lines)


def _trim(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end


def _opens_with_title(
    text: str, paragraphs: list[tuple[int, int]], title_chars: int | None
) -> bool:
    if title_chars is not None:
        return title_chars > 0
    start, end = paragraphs[0]
    first = text[start:end]
    return (
        len(paragraphs) > 1
        and len(first) <= _TITLE_CHARS
        and "\n" not in first
        and not first.endswith((".", "!", ":"))
        and text[end : end + 4].count("\n") >= 2
    )


def _paragraph_kind(text: str, number: int) -> str:
    if number == 0:
        return "title"
    if _LIST_ITEM.match(text):
        return "list"
    if len(text) <= 90 and "\n" not in text and text[-1] not in ".!?…\"'”’)»:;,":
        return "heading"
    return "body"


def _sentence_spans(
    text: str, start: int, end: int, lower_only: bool
) -> list[tuple[int, int]]:
    spans: list[tuple[int, int]] = []
    at = start
    for match in _TERMINATOR.finditer(text, start, end):
        follow = match.end()
        while follow < end and text[follow].isspace():
            follow += 1
        if follow < end and _is_boundary(text, match, at, follow, lower_only):
            spans.append((at, match.end()))
            at = follow
    spans.append((at, end))
    return [part for a, b in spans for part in _bounded(text, *_trim(text, a, b))]


def _is_boundary(
    text: str, match: re.Match[str], start: int, follow: int, lower_only: bool
) -> bool:
    mark = match.group()
    nxt = text[follow]
    if nxt in _OPENERS and follow + 1 < len(text):
        nxt = text[follow + 1]
    if nxt.islower() and not lower_only:
        return False  # '... ,” he said' and 'Lt. col.' go on
    if mark[0] != ".":
        return True
    return may_end_sentence(text, max(start, match.start() - 24), match.start(), follow)


def _bounded(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Cut a runaway sentence at punctuation or a space, so that later work is bounded."""
    out: list[tuple[int, int]] = []
    while end - start > MAX_SENTENCE_CHARS:
        limit = start + MAX_SENTENCE_CHARS
        cut = _SPLIT_AT.search(text, limit - 200, limit)
        at = cut.end() if cut else limit
        a, b = _trim(text, start, at)
        if a < b:
            out.append((a, b))
        start, end = _trim(text, at, end)
    if start < end:
        out.append((start, end))
    return out
