"""Cuts from the head of a text what repeats the page's metadata."""

from collections.abc import Sequence

from tasks.extraction.metadata import Metadata, same_words
from tasks.model.articles import Removal
from tasks.text.fold import fold

_HEAD = 8  # lines in which the headline, byline or section may be repeated
_LINE = 400
_BYLINE = 120


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
    return "byline" if len(text) <= _BYLINE and _is_byline(text, metadata) else None


def _is_byline(text: str, metadata: Metadata) -> bool:
    if text.endswith("."):
        return False
    folded = fold(text)
    starts = folded.startswith(("by ", "par ", "por ", "von ", "text: ", "written by "))
    if metadata.byline and fold(metadata.byline).partition(",")[0] in folded:
        return starts or len(text) < len(metadata.byline) + 25
    names = text.split()[1:]
    return starts and 1 < len(names) <= 8 and all(n[:1].isupper() for n in names[:2])
