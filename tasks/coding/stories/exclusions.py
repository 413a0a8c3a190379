"""Spans that look like events and are not coded, each with its reason (CODEBOOK 3)."""

from collections.abc import Iterator, Sequence

from tasks.coding.dates.model import RECENT
from tasks.coding.dates.resolve import DateMention
from tasks.coding.reading.document import Reading, View
from tasks.coding.roles.roles import Roles
from tasks.coding.stories.status import Status
from tasks.coding.stories.story import SUPPORT
from tasks.model.coding import Exclusion, TemporalStatus

_CONTEXT = 80
_OLD = TemporalStatus.HISTORICAL.value


def exclusions(
    reading: Reading, roles: Sequence[tuple[Roles, Status, View]]
) -> tuple[Exclusion, ...]:
    """Return the excluded spans in text order: known inserts, then triggers by status."""
    out = [
        Exclusion(start, end, reading.text[start:end], why, "R-STATUS-INSERT")
        for start, end, why in reading.document.excluded_spans
        if 0 <= start < end <= len(reading.text)
    ]
    seen: set[tuple[int, str, int]] = set()
    for filled, status, view in roles:
        if status.is_live or filled.trigger.act in SUPPORT:
            continue
        mention = status.mention
        key = (
            view.sentence.index, status.value.value, mention.start if mention else -1
        )  # fmt: skip
        if key in seen:
            continue
        seen.add(key)
        start, end = _clause(reading, view, *_with_date(filled, status, view))
        out.append(
            Exclusion(
                start, end, reading.text[start:end], status.value.value, status.rule_id
            )
        )
    out.extend(_bygone(reading, out))
    return tuple(sorted(out, key=lambda e: (e.start, e.end)))


def _bygone(reading: Reading, told: Sequence[Exclusion]) -> Iterator[Exclusion]:
    """'since 2012', 'the 2015 accord': background without a trigger of its own (3)."""
    for view in reading.views:
        for mention in view.dates:
            if not _is_long_past(reading, mention) or not view.matches:
                continue
            if any(e.start <= mention.start < e.end and e.why == _OLD for e in told):
                continue
            start, end = _clause(reading, view, mention.start, mention.end)
            yield Exclusion(
                start, end, reading.text[start:end], _OLD, "R-STATUS-BACKGROUND"
            )


def _is_long_past(reading: Reading, mention: DateMention) -> bool:
    today = reading.context.today
    if mention.basis == "dateline" or mention.first is None or today is None:
        return False
    last = mention.first if mention.is_open else mention.last
    return last is not None and last < today - RECENT


def _with_date(filled: Roles, status: Status, view: View) -> tuple[int, int]:
    """Return the span of the trigger and of the date of its sentence that placed it."""
    start, end = filled.trigger.start, filled.trigger.end
    mention = status.mention
    if mention is None or not view.sentence.start <= mention.start < view.sentence.end:
        return start, end
    return min(start, mention.start), max(end, mention.end)


def _clause(reading: Reading, view: View, start: int, end: int) -> tuple[int, int]:
    """Return the span of whole words around a trigger, inside its sentence."""
    low = max(view.sentence.start, start - _CONTEXT)
    high = min(view.sentence.end, end + _CONTEXT)
    while low > view.sentence.start and not reading.text[low - 1].isspace():
        low -= 1
    while high < view.sentence.end and not reading.text[high].isspace():
        high += 1
    return low, high
