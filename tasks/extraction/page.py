"""Values that live inside the extraction stage."""

from dataclasses import dataclass
from datetime import date, datetime

from tasks.model.articles import DateCandidate, Removal
from tasks.model.reasons import RejectReason

_KEY = 60  # characters that identify a paragraph on its page


def paragraph_key(text: str) -> str:
    """Return what identifies a paragraph on its page: its start, spaces collapsed."""
    return " ".join(text[: 4 * _KEY].split())[:_KEY]


@dataclass(frozen=True, slots=True)
class Body:
    """One candidate text: where it came from and its paragraphs."""

    extractor: str  # 'trafilatura-fast' | 'jsonld' | 'feed-content' | ...
    paragraphs: tuple[str, ...]

    @property
    def size(self) -> int:
        """Characters of text."""
        return sum(map(len, self.paragraphs))


@dataclass(frozen=True, slots=True)
class Page:
    """What one page says, before identity and feed knowledge are added."""

    title: str
    paragraphs: tuple[str, ...]
    removals: tuple[Removal, ...]
    extractor: str
    extractor_rule: str
    published_at: datetime | None  # in the zone the page gives
    published_on: date | None  # the day its readers had
    updated_at: datetime | None
    published_at_source: str | None
    date_candidates: tuple[DateCandidate, ...]
    language: str | None
    language_confidence: float | None
    byline: str | None
    section: str | None
    publisher: str | None
    wire_credit: str | None
    description: str | None
    canonical_url: str
    kind: RejectReason | None = None  # why this is no whole article; None: it is one
