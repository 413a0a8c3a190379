"""Dates of events (CODEBOOK 7): find expressions, resolve them, link them to triggers."""

import re
from dataclasses import replace

from tasks.coding.dates.calc import shift
from tasks.coding.dates.find import find_dates
from tasks.coding.dates.link import event_date, publication_date, sentence_index
from tasks.coding.dates.model import DateContext, DateMention, HasSpan
from tasks.coding.dates.zones import zone_of

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
_A_DAY = re.compile(r"(?:the |that )?(?:[a-z]+ )?day")
_POINTS = {"relative", "anaphoric"}  # a distance points at its middle


def resolve_expression(
    text: str, start: int, end: int, context: DateContext
) -> DateMention | None:
    """Return the reading of text[start:end] in its context; None if it is no date.

    The far end of a range stands for itself, and a distance ('two weeks ago') for the
    day it points at: first is then the day meant.
    """
    low = max(0, start - _MARGIN)
    near = find_dates(text[low : end + _MARGIN], context)
    a, b = start - low, end - low
    over = [m for m in near if m.start < b and a < m.end and m.first is not None]
    best = max(over, key=lambda m: min(m.end, b) - max(m.start, a), default=None)
    if best is None:
        return _named_day(text, (start, end), [m for m in near if m.end <= a], context)
    moved = replace(best, start=best.start + low, end=best.end + low)
    return _pointed(moved, start, end)


def _pointed(mention: DateMention, start: int, end: int) -> DateMention:
    if mention.first is None or mention.last is None or mention.first == mention.last:
        return mention
    if (
        start > mention.start
        and end == mention.end
        and mention.basis in {"explicit", "weekday"}
    ):
        return replace(mention, first=mention.last)
    if mention.basis in _POINTS and mention.mention.lower().endswith(_DISTANCES):
        return replace(
            mention,
            first=shift(mention.first, (mention.last - mention.first).days // 2),
        )
    return mention


_DISTANCES = ("ago", "earlier", "later", "before", "after")


def _named_day(
    text: str,
    span: tuple[int, int],
    before: list[DateMention],
    context: DateContext,
) -> DateMention | None:
    """'the day', 'the second day': the day last named, or that of publication."""
    start, end = span
    if not _A_DAY.fullmatch(text[start:end].lower()):
        return None
    named = [m.first for m in before if m.time_precision == 1]
    day = named[-1] if named else context.today
    if day is None:
        return None
    return DateMention(start, end, text[start:end], day, day, 1, 1, "anaphoric")
