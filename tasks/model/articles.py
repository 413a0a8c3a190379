"""Articles: a page's text, its identity, and what was cut or refused."""

from dataclasses import dataclass, field
from datetime import datetime

from tasks.model.reasons import RejectReason, Stage


@dataclass(frozen=True, slots=True)
class ArchivedResponse:
    """Where one response lies in the archive; enough to read it back without the warehouse."""

    response_id: str  # UUID: hash of url, retrieved_at and body hash
    url: str
    final_url: str
    status: int
    retrieved_at: datetime
    body_sha256: str
    body_bytes: int
    kind: str  # 'feed' | 'article' | 'robots'
    archive_path: str  # relative to the archive folder
    archive_row: int


@dataclass(frozen=True, slots=True)
class Removal:
    """A span cut from the extracted text, kept so that an editor can see what was cut."""

    text: str
    reason: (
        str  # 'read_also' | 'newsletter' | 'share_bar' | 'caption' | 'comments' | ...
    )
    paragraph: int  # index of the body paragraph it stood before (or in)
    rule_id: str


@dataclass(frozen=True, slots=True)
class DateCandidate:
    """One publication date a page or feed offers."""

    value: datetime
    source: str  # 'jsonld' | 'meta' | 'time' | 'htmldate' | 'feed' | 'url'
    has_time: bool
    has_zone: bool


@dataclass(frozen=True, slots=True)
class Article:
    """One revision of an article. text = title, blank line, paragraphs joined by blank lines.

    Offsets of every later stage index `text`. article_id hashes the canonical URL;
    revision_sha256 hashes `text`: an edited page is a new revision of the same article.
    """

    article_id: str
    canonical_url: str
    url: str  # as the feed gave it
    publisher: str  # outlet that published the page
    publisher_host: str
    title: str
    paragraphs: tuple[str, ...]
    language: str | None  # ISO 639-1; None: undecided
    language_confidence: float | None
    published_at: datetime | None  # UTC; None: unknown, never today
    updated_at: datetime | None
    first_seen_at: datetime  # UTC
    byline: str | None = None
    section: str | None = None
    wire_credit: str | None = None  # agency the text credits, apart from the byline
    summary: str | None = None
    outlet_country: str | None = None  # ISO3 of the outlet, from feeds.toml
    feed_url: str | None = None
    source_publisher: str | None = None  # RSS <source>
    extractor: str = ""  # e.g. 'trafilatura-fast'
    extractor_rule: str = ""  # why this candidate won
    extractor_version: str = ""
    published_at_source: str | None = None
    response_id: str | None = None
    removals: tuple[Removal, ...] = ()
    date_candidates: tuple[DateCandidate, ...] = ()

    @property
    def text(self) -> str:
        """Title, blank line, paragraphs: the text all offsets index."""
        return "\n\n".join((self.title, *self.paragraphs))


@dataclass(frozen=True, slots=True)
class Reject:
    """Something that was not coded, and why (a row of rejects)."""

    stage: Stage
    reason: RejectReason
    url: str
    article_id: str | None = None  # None before an article exists
    item_id: str | None = None
    response_id: str | None = None
    detail: str = ""


@dataclass(frozen=True, slots=True)
class ArticleLineage:
    """How an article derives from another; one row per article, origins included."""

    article_id: str
    family_id: str  # UUID: hash of the family's root canonical URL
    lineage: str  # origin | identical_copy | edited_copy | brief | update | rewrite | translation | independent
    parent_article_id: str | None  # None for origin and independent
    similarity: float | None  # exact Jaccard of shingles with the parent
    containment: float | None
    signals: tuple[str, ...] = ()  # e.g. 'wire_credit:AFP', 'quotes:3', 'numbers:5/6'
    score: float | None = None


@dataclass(frozen=True, slots=True)
class Mutation:
    """A fact of a derived text that its parent lacks or contradicts (CODEBOOK 10)."""

    article_id: str
    parent_article_id: str
    field: str  # 'time' | 'number' | 'actor' | 'place' | 'fatalities' | 'quote'
    parent_value: str | None  # None: the parent lacks it
    child_value: str
    child_quote: str
    unsupported_by_origin: bool = True


@dataclass(frozen=True, slots=True)
class StoryMember:
    """An article's story: a cluster of reports about one development, for reading."""

    article_id: str
    story_id: str


@dataclass(frozen=True, slots=True)
class Extraction:
    """Result for one page: an article, or a reject; never both."""

    article: Article | None = None
    reject: Reject | None = field(default=None)
    twin_url: str | None = None  # where a page without a text may be found as well
