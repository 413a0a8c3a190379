"""Small model values for warehouse tests; every argument has a plain default."""

import tempfile
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from functools import cache
from pathlib import Path

from tasks.model.articles import (
    ArchivedResponse,
    Article,
    ArticleLineage,
    Mutation,
    Reject,
    Removal,
    StoryMember,
)
from tasks.model.coding import (
    Actor,
    ActorKind,
    Claim,
    CodedArticle,
    EventDate,
    EventMention,
    Evidence,
    Exclusion,
    Fatalities,
    FatalityClaim,
    Location,
    TemporalStatus,
)
from tasks.model.events import EventLink, EventRedirect, EventRevision, ResolvedEvent
from tasks.model.feeds import Feed, FeedItem, FeedPoll, FeedState, PollOutcome
from tasks.model.reasons import PollReason, RejectReason, Stage
from warehouse.connect import Warehouse
from warehouse.migrate import open_warehouse

NOW = datetime(2026, 3, 1, 6, 30, tzinfo=UTC)
DAY = date(2026, 2, 28)


def new_warehouse(folder: Path) -> Warehouse:
    """Return an empty, migrated warehouse; the file is made once per test process."""
    path = folder / "private" / "warehouse.duckdb"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(_empty_file())
    return Warehouse(path, wait_s=20)


@cache
def _empty_file() -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        return open_warehouse(Path(folder) / "p" / "w.duckdb").path.read_bytes()


def feed(name: str = "Sahel Courier") -> Feed:
    host = name.lower().replace(" ", "-")
    return Feed(
        feed_url=f"https://{host}.example/rss",
        name=name,
        country_code="MLI",
        expect_min_items_per_week=7,
    )


def item(number: int = 1, title: str = "Attack on a market") -> FeedItem:
    return FeedItem(
        feed_url=feed().feed_url,
        item_id=f"item-{number}",
        guid=f"guid-{number}",
        url=f"https://sahel-courier.example/a/{number}",
        title=title,
        published_at=NOW - timedelta(hours=5),
    )


def outcome(*items: FeedItem, polled_at: datetime = NOW) -> PollOutcome:
    source = feed()
    return PollOutcome(
        feed=source,
        state=FeedState(
            feed_url=source.feed_url,
            etag='W/"1"',
            last_polled_at=polled_at,
            guids_in_last_document=tuple(i.item_id for i in items),
        ),
        poll=FeedPoll(
            feed_url=source.feed_url,
            polled_at=polled_at,
            reason=PollReason.OK,
            http_status=200,
            num_items=len(items),
            num_new_items=len(items),
            num_fell_off=0,
            body_bytes=1_000,
            elapsed_ms=20,
            next_poll_at=polled_at + timedelta(minutes=30),
        ),
        items=items,
    )


def response(number: int = 1, retrieved_at: datetime = NOW) -> ArchivedResponse:
    return ArchivedResponse(
        response_id=f"response-{number}-{retrieved_at:%d%H%M}",
        url=item(number).url,
        final_url=item(number).url,
        status=200,
        retrieved_at=retrieved_at,
        body_sha256=f"{number:064d}",
        body_bytes=2_000,
        kind="article",
        archive_path="2026/03/01/run.parquet",
        archive_row=number,
    )


def article(number: int = 1, **changes: object) -> Article:
    base = Article(
        article_id=f"article-{number}",
        canonical_url=item(number).url,
        url=item(number).url,
        publisher="Sahel Courier",
        publisher_host="sahel-courier.example",
        title="Gunmen attack a market",
        paragraphs=(
            "Gunmen killed at least 12 people at a market in Tirkadja on Saturday.",
            "The army said the attackers fled.",
        ),
        language="en",
        language_confidence=0.99,
        published_at=NOW - timedelta(hours=5),
        updated_at=None,
        first_seen_at=NOW,
        extractor="trafilatura-fast",
        extractor_rule="first",
        extractor_version="1",
        response_id=response(number).response_id,
        removals=(Removal("Read also: …", "read_also", 1, "X-1"),),
    )
    return replace(base, **changes)  # type: ignore[arg-type]


def mention(number: int = 1, ordinal: int = 0, **changes: object) -> EventMention:
    text = article(number).text
    quote = "killed at least 12 people"
    start = text.index(quote)
    base = EventMention(
        mention_id=f"mention-{number}-{ordinal}",
        article_id=f"article-{number}",
        ordinal=ordinal,
        primary=ordinal == 0,
        event_type="Violence against civilians",
        sub_event_type="Attack",
        disorder_type="Political violence",
        temporal_status=TemporalStatus.CURRENT,
        event_date=EventDate(DAY, DAY, 1, 1, "on Saturday", "weekday"),
        location=Location(
            name="Tirkadja",
            mention="Tirkadja",
            country="MLI",
            admin1="Mopti",
            latitude=14.5,
            longitude=-4.2,
            place_id="demo:1",
            geo_precision=1,
            where_prec=1,
        ),
        side1=(
            Actor(
                name="Unidentified Armed Group (Mali)",
                mention="Gunmen",
                kind=ActorKind.UNIDENTIFIED,
                country="MLI",
            ),
        ),
        side2=(
            Actor(
                name="Civilians (Mali)",
                mention="people",
                kind=ActorKind.CIVILIANS,
                country="MLI",
            ),
        ),
        initiator_known=True,
        civilian_targeting=True,
        fatalities=Fatalities(
            12, 12, None, "at least 12", (FatalityClaim(None, "12", 12, 12, side=2),)
        ),
        responsibility_status=None,
        responsibility_by=None,
        claims=(
            Claim("The army", "state", "reported", "control", None, 0, 6, "Gunmen"),
        ),
        evidence=(Evidence("event", start, start + len(quote), quote, "T-KILL-1"),),
        confidence=0.8,
        coder_version="test-1",
    )
    return replace(base, **changes)  # type: ignore[arg-type]


def coded(number: int = 1, *mentions: EventMention) -> CodedArticle:
    return CodedArticle(
        article_id=f"article-{number}",
        relevant=True,
        relevance_score=0.9,
        mentions=mentions or (mention(number),),
        excluded=(Exclusion(0, 6, "Gunmen", "historical", "X-9"),),
        coder_version="test-1",
    )


def rejected(number: int = 1) -> CodedArticle:
    reject = Reject(
        stage=Stage.CODING,
        reason=RejectReason.NO_EVENT,
        url=item(number).url,
        article_id=f"article-{number}",
    )
    return CodedArticle(
        article_id=f"article-{number}",
        relevant=False,
        relevance_score=0.1,
        reject=reject,
        coder_version="test-2",
    )


def fetch_reject(number: int = 1) -> Reject:
    return Reject(
        stage=Stage.RETRIEVAL,
        reason=RejectReason.FETCH_FAILED,
        url=item(number).url,
        item_id=f"item-{number}",
        detail="http_404",
    )


def lineage(number: int = 1, parent: int | None = None) -> ArticleLineage:
    return ArticleLineage(
        article_id=f"article-{number}",
        family_id=f"family-{parent or number}",
        lineage="rewrite" if parent else "origin",
        parent_article_id=f"article-{parent}" if parent else None,
        similarity=0.5 if parent else None,
        containment=0.75 if parent else None,
        signals=("numbers:1/1",) if parent else (),
    )


def mutation(number: int, parent: int) -> Mutation:
    return Mutation(
        article_id=f"article-{number}",
        parent_article_id=f"article-{parent}",
        field="number",
        parent_value="12",
        child_value="20",
        child_quote="20 people",
    )


def story(number: int = 1) -> StoryMember:
    return StoryMember(f"article-{number}", "story-1")


def event(number: int = 1, **changes: object) -> ResolvedEvent:
    lead = mention(number)
    base = ResolvedEvent(
        event_id=f"event-{number}",
        mention_ids=(lead.mention_id,),
        coded=lead,
        num_mentions=1,
        num_sources=1,
        independent_origins=1,
        is_disputed=False,
        first_reported_at=NOW - timedelta(hours=5),
        known_at=NOW,
        field_rules=(("fatalities", "range_rule"),),
    )
    return replace(base, **changes)  # type: ignore[arg-type]


def created(number: int = 1, at: datetime = NOW) -> EventRevision:
    return EventRevision(
        event_id=f"event-{number}",
        revision=1,
        valid_from=at,
        valid_to=None,
        changed_field="created",
        old_value=None,
        new_value=None,
        rule_id="R-UNIT-3",
        mention_id=f"mention-{number}-0",
    )


def link(number: int = 1, event_number: int | None = None) -> EventLink:
    return EventLink(
        f"mention-{number}-0", f"event-{event_number or number}", 1.0, ("same day",)
    )


def redirect(old: int, new: int, at: datetime = NOW) -> EventRedirect:
    return EventRedirect(f"event-{old}", f"event-{new}", at, "merged")
