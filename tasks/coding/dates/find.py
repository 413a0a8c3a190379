"""Finding date expressions: one scan for anchors, then short windows around each."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from tasks.coding.dates import patterns as pat
from tasks.coding.dates.anchor import Reading, Site
from tasks.coding.dates.attributive import belongs_to_noun
from tasks.coding.dates.calc import precision
from tasks.coding.dates.clause import is_future_clause, is_speech_date
from tasks.coding.dates.model import DateContext, DateMention
from tasks.coding.dates.parse import PARSERS
from tasks.text.anchors import Anchored
from tasks.text.fold import fold

_WORDS = Anchored([pat.ANCHOR])
_DAY_OF_SLASHED = re.compile(r"\b\d{1,2}(?=/)")
_WRAP = re.compile(r"(?<!\n)\n(?!\n)")
_MAX_MENTIONS = 2_000  # a page of nothing but dates is a table, not an article


@dataclass(frozen=True, slots=True)
class _Scan:
    text: str
    folded: str
    context: DateContext


def find_dates(
    text: str, context: DateContext, *, folded: str | None = None
) -> tuple[DateMention, ...]:
    """Return the text's date mentions in order, none overlapping another."""
    scan = _Scan(text, unwrapped(folded if folded is not None else fold(text)), context)
    found: list[DateMention] = []
    named: date | None = None  # the day last named: what 'the previous day' counts from
    for anchor in _anchors(scan.folded):
        if found and anchor.start() < found[-1].end:
            continue
        mention = _read(
            scan, anchor.lastgroup or "", anchor.start(), anchor.end(), named
        )
        if mention is None:
            continue
        if found and mention.start < found[-1].end:
            mention = replace(mention, start=found[-1].end)
        found.append(mention)
        aside = named is not None and belongs_to_noun(scan.folded, mention)
        if names_a_day(mention) and not aside:  # 'the same day' is not the coup's
            named = mention.first
        if len(found) >= _MAX_MENTIONS:
            break
    return tuple(found)


def _anchors(folded: str) -> Iterator[re.Match[str]]:
    """Yield what pat.ANCHOR.finditer does, tried only where one of its words begins."""
    starts = set(_WORDS.starts(folded))
    if "/" in folded:  # the one form that opens with no word of its own
        starts.update(m.start() for m in _DAY_OF_SLASHED.finditer(folded))
    end = 0
    for start in sorted(starts):
        match = pat.ANCHOR.match(folded, start) if start >= end else None
        if match is not None:
            end = match.end()
            yield match


def unwrapped(folded: str) -> str:
    """Return the folded text with single line breaks as spaces (hard-wrapped wires)."""
    return _WRAP.sub(" ", folded)


def names_a_day(mention: DateMention) -> bool:
    """Tell whether later words ('the next day') may count from this mention."""
    return (
        mention.time_precision == 1
        and mention.basis != "dateline"
        and not mention.is_open
    )


def _read(
    scan: _Scan, kind: str, start: int, end: int, named: date | None
) -> DateMention | None:
    """Parse one anchor; None when it is no date after all ('may', 'last man')."""
    future = is_future_clause(scan.folded, start, end)
    site = Site(scan.folded, start, end, scan.context.today, named, future)
    reading = PARSERS[kind](site)
    return None if reading is None else finish(scan.text, scan.folded, reading, future)


def finish(text: str, folded: str, reading: Reading, future: bool) -> DateMention:
    """Turn a reading into a mention: precision, speech, future and dateline flags."""
    first, last = reading.first, reading.last
    if first is not None and last is not None and last < first:
        first, last = last, first
    time_precision, date_prec = precision(first, last)
    return DateMention(
        start=reading.start,
        end=reading.end,
        mention=text[reading.start : reading.end],
        first=first,
        last=last,
        time_precision=time_precision,
        date_prec=date_prec,
        basis=reading.basis,
        is_speech=is_speech_date(folded, reading.start, reading.end),
        is_future=(future and reading.may_be_future) or reading.is_ahead,
        is_open=reading.is_open,
    )
