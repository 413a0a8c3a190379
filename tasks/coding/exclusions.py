"""Spans that look like events and are not coded, each with its reason (CODEBOOK 3)."""

from collections.abc import Sequence

from tasks.coding.reading import Reading, View
from tasks.coding.roles import Roles
from tasks.coding.status import Status
from tasks.coding.stories import SUPPORT
from tasks.model.coding import Exclusion

_CONTEXT = 80


def exclusions(
    reading: Reading, roles: Sequence[tuple[Roles, Status, View]]
) -> tuple[Exclusion, ...]:
    """Return the excluded spans in text order: known inserts, then triggers by status."""
    out = [
        Exclusion(start, end, reading.text[start:end], why, "R-STATUS-INSERT")
        for start, end, why in reading.document.excluded_spans
        if 0 <= start < end <= len(reading.text)
    ]
    last: tuple[int, str] | None = None
    for filled, status, view in roles:
        if status.is_live or filled.trigger.act in SUPPORT:
            continue
        key = (view.sentence.index, status.value.value)
        if key == last:
            continue
        last = key
        start, end = _clause(reading, view, filled.trigger.start, filled.trigger.end)
        out.append(
            Exclusion(
                start, end, reading.text[start:end], status.value.value, status.rule_id
            )
        )
    return tuple(sorted(out, key=lambda e: (e.start, e.end)))


def _clause(reading: Reading, view: View, start: int, end: int) -> tuple[int, int]:
    """Return the span of whole words around a trigger, inside its sentence."""
    low = max(view.sentence.start, start - _CONTEXT)
    high = min(view.sentence.end, end + _CONTEXT)
    while low > view.sentence.start and not reading.text[low - 1].isspace():
        low -= 1
    while high < view.sentence.end and not reading.text[high].isspace():
        high += 1
    return low, high
