"""Entries of a round-up, a live page or a numbered bulletin: each is told for itself."""

import re
from dataclasses import dataclass
from itertools import pairwise

from tasks.coding.reading.document import Reading

_MIN_ENTRIES = 2
_LABEL = re.compile(  # 'KISUMU:', 'TIBÚ, Norte de Santander —', 'GOMA (AFP) -'
    r"(?:\d{1,2}[.)] )?(?P<name>[A-ZÀ-Þ][A-ZÀ-Þ'’.\- ]{2,28}?)"
    r"(?:, [A-ZÀ-Þ][\w'’.\- ]{2,28}?)?(?: ?\([\w ./-]{2,24}\))?(?:\.? ?$|: ?$|: | [-–—] )"
)
_CLOCK = re.compile(
    r"[\[(]?(?:[01]?\d|2[0-4])[:.h][0-5]\d(?: ?(?:GMT|UTC|[A-Z]{2,4}|am|pm|a\.m\.|p\.m\.|"
    r"local time))?[\])]?(?: ?[-–—:|]| (?=[A-Z]))"
)
_NUMBER = re.compile(r"\(?\d{1,2}[.)] ?(?=[A-Z]|$)")
_BULLET = re.compile(r"[-–—•·*▪►] ")


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry; firm: headed by a place or topic, so that it tells an event of its own."""

    start: int
    end: int
    is_firm: bool


def find_entries(reading: Reading) -> list[Entry]:
    """Return the entries in text order; none unless two paragraphs are headed alike."""
    heads: dict[str, list[int]] = {}
    seen = 0
    for sentence in reading.sentences:
        if sentence.paragraph not in {seen, 0}:
            seen = sentence.paragraph
            kind = _kind(sentence.text.strip())
            if kind:
                heads.setdefault(kind, []).append(sentence.start)
    for kind in ("label", "clock", "number", "bullet"):
        starts = heads.get(kind, [])
        if len(starts) >= _MIN_ENTRIES:
            ends = [*starts[1:], _last_end(reading, starts)]
            return [
                Entry(a, b, kind == "label") for a, b in zip(starts, ends, strict=True)
            ]
    return []


def _last_end(reading: Reading, starts: list[int]) -> int:
    """The last entry has no more paragraphs than the longest before it: what follows is
    the page's own word ('Violence has dropped since 2007. On Sunday …')."""
    at = [reading.view_at(s).sentence.paragraph for s in starts]
    longest = max(b - a for a, b in pairwise(at))
    after = (s.start for s in reading.sentences if s.paragraph >= at[-1] + longest)
    return next(after, len(reading.text))


def _kind(head: str) -> str:
    """'KISUMU: …', '17:15 — …', '2. In a separate incident …', '• Gunmen …'."""
    if _CLOCK.match(head):
        return "clock"
    label = _LABEL.match(head)
    if label and any(map(str.isalpha, label["name"])):
        return "label"
    if _NUMBER.match(head):
        return "number"
    return "bullet" if _BULLET.match(head) else ""
