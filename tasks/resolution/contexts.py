"""A mention with the facts of its article that resolution needs."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from tasks.model.articles import Article, ArticleLineage
from tasks.model.coding import EventMention

# Lineages whose text says nothing its origin did not say first: what only such a text
# states is its writer's, and corroborates nothing.
RETOLD = frozenset({"identical_copy", "edited_copy", "brief", "rewrite", "translation"})

# Days between two mentions of one event, and days one mention may stretch over: wider
# dates ('this month') are taken at their beginning. Blocking relies on both.
NEIGHBOUR_DAYS = 3
MAX_SPAN_DAYS = 7


@dataclass(frozen=True, slots=True)
class MentionContext:
    """One coded report with who published it when, and the family of its text."""

    mention: EventMention
    publisher: str
    published_at: datetime | None
    first_seen_at: datetime
    canonical_url: str
    family_id: str
    lineage: str = "origin"  # ArticleLineage.lineage
    outlet_country: str | None = None
    authority: int = 1  # of the outlet: 0 aggregator, 1 outlet, 2 agency
    entities: frozenset[str] = frozenset()  # rare names of the text, folded

    @property
    def moment(self) -> datetime:
        """Publication, or first sight where publication is unknown."""
        return self.published_at or self.first_seen_at

    @property
    def order(self) -> tuple[datetime, str, int]:
        """Publication order, ties by URL and ordinal: independent of arrival."""
        return (self.moment, self.canonical_url, self.mention.ordinal)

    @property
    def is_retold(self) -> bool:
        """True when the text derives from another (an update brings its own facts)."""
        return self.lineage in RETOLD

    @property
    def day(self) -> date:
        """Day for blocking: of the event, of the report where the event has none."""
        return self.mention.event_date.start or self.moment.date()

    @property
    def last_day(self) -> date:
        """Return the last day the mention is linked by."""
        end = self.mention.event_date.end or self.day
        return max(self.day, min(end, self.day + timedelta(days=MAX_SPAN_DAYS)))


def mention_context(
    mention: EventMention,
    article: Article,
    lineage: ArticleLineage,
    *,
    entities: frozenset[str] = frozenset(),
) -> MentionContext:
    """Return the context of a mention from its article and its lineage."""
    is_agency = article.wire_credit is not None and lineage.parent_article_id is None
    return MentionContext(
        mention=mention,
        publisher=article.publisher,
        published_at=article.published_at,
        first_seen_at=article.first_seen_at,
        canonical_url=article.canonical_url,
        family_id=lineage.family_id,
        lineage=lineage.lineage,
        outlet_country=article.outlet_country,
        authority=2 if is_agency else 0 if lineage.lineage in RETOLD else 1,
        entities=entities,
    )
