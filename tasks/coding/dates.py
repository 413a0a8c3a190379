"""Dates of events (CODEBOOK 7): find expressions, resolve them, link them to triggers."""

from dataclasses import replace

from tasks.coding.dates_find import find_dates
from tasks.coding.dates_link import event_date, publication_date, sentence_index
from tasks.coding.dates_model import DateContext, DateMention, HasSpan
from tasks.coding.dates_zones import zone_of

__all__ = [
    "DateContext",
    "DateMention",
    "HasSpan",
    "event_date",
    "find_dates",
    "publication_date",
    "resolve_expression",
    "sentence_index",
    "zone_of",
]

_MARGIN = 400  # characters of context an expression is read in


def resolve_expression(
    text: str, start: int, end: int, context: DateContext
) -> DateMention | None:
    """Return the reading of text[start:end] in its context; None if it is no date."""
    low = max(0, start - _MARGIN)
    window = text[low : end + _MARGIN]
    overlapping = [
        m
        for m in find_dates(window, context)
        if m.start < end - low and start - low < m.end and m.first is not None
    ]
    best = max(
        overlapping,
        key=lambda m: min(m.end, end - low) - max(m.start, start - low),
        default=None,
    )
    if best is None:
        return None
    return replace(best, start=best.start + low, end=best.end + low)
