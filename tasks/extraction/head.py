"""Cuts from the head of a text what repeats the page's metadata."""

import re
from collections.abc import Sequence

from tasks.extraction.date_text import find_day
from tasks.extraction.metadata import Metadata, same_words
from tasks.model.articles import Removal
from tasks.text.fold import fold

_HEAD = 8  # lines in which the headline, byline or section may be repeated
_LINE = 400
_BYLINE = 120
_DATE_LINE = 60
_WORD = re.compile(r"[^\W\d_]+")


def cut_head(
    paragraphs: Sequence[str], metadata: Metadata
) -> tuple[tuple[str, ...], tuple[Removal, ...]]:
    """Return the paragraphs without repeated metadata, and what was cut."""
    kept: list[str] = []
    removals: list[Removal] = []
    for number, text in enumerate(paragraphs):
        reason = (
            _reason(text, metadata) if number < _HEAD and len(text) < _LINE else None
        )
        if reason is None:
            kept.append(text)
        else:
            removals.append(Removal(text, reason, len(kept), f"head:{reason}"))
    return tuple(kept), tuple(removals)


def _reason(text: str, metadata: Metadata) -> str | None:
    if any(same_words(text, title) for title in metadata.headings if title):
        return "headline"
    if metadata.section and same_words(text, metadata.section):
        return "section"
    if metadata.publisher and same_words(text, metadata.publisher):
        return "publisher"
    if len(text) <= _DATE_LINE and _is_date_line(text):
        return "timestamp"
    return "byline" if len(text) <= _BYLINE and _is_byline(text, metadata) else None


def _is_date_line(text: str) -> bool:
    """Find "Saturday 23 December 2023 05:39, UK": a day, perhaps a time, and no news."""
    if "@" in text or text[:1] in "-–—" or not any(map(str.isdigit, text)):
        return False  # the foot of an embedded post, or no date at all
    words = _WORD.findall(fold(text))
    return find_day(text) is not None and len(words) <= 6 and not text.endswith(".")


def _is_byline(text: str, metadata: Metadata) -> bool:
    if text.endswith("."):
        return False
    folded = fold(text)
    starts = folded.startswith(("by ", "par ", "por ", "von ", "text: ", "written by "))
    if metadata.byline and fold(metadata.byline).partition(",")[0] in folded:
        return starts or len(text) < len(metadata.byline) + 25
    names = text.split()[1:]
    return starts and 1 < len(names) <= 8 and all(n[:1].isupper() for n in names[:2])
