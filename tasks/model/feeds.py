"""Feeds, their items, and what polling learned about them."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Literal

from tasks.model.quick import quick_init
from tasks.model.reasons import PollReason


@dataclass(frozen=True, slots=True)
class Feed:
    """One entry of feeds.toml: what a person configured, never what polling learned."""

    feed_url: str
    name: str  # publisher, as readers know it
    country_code: str | None = (
        None  # ISO 3166-1 alpha-3 of the outlet; None = international
    )
    language: str = "en"  # ISO 639-1
    poll_interval: timedelta = timedelta(minutes=30)
    licence_note: str = ""
    expect_min_items_per_week: int = 0
    checked_on: str | None = None  # ISO day of the last check that succeeded
    is_sitemap: bool = False


class FeedStatus(StrEnum):
    """Health of a feed, as shown to people."""

    ACTIVE = "active"
    FAILING = "failing"  # recent failures, still polled with back-off
    SLOW_PULSE = "slow_pulse"  # many failures: polled rarely, never abandoned
    GONE = "gone"  # 410: polled at the slow pulse
    SILENT = "silent"  # answers 200 with nothing new against its own baseline


@quick_init
@dataclass(frozen=True, slots=True)
class FeedState:
    """What polling remembers of a feed between runs; all None before the first poll."""

    feed_url: str
    status: FeedStatus = FeedStatus.ACTIVE
    etag: str | None = None  # verbatim, stored only after a successful parse
    last_modified: str | None = None  # verbatim
    body_sha256: str | None = None
    etag_lies: bool = False  # a 304 or an unchanged validator hid a changed body
    last_polled_at: datetime | None = None
    last_success_at: datetime | None = None
    last_new_item_at: datetime | None = None
    next_poll_at: datetime | None = None  # None: due now
    consecutive_failures: int = 0
    last_reason: PollReason | None = None
    polls_since_full: int = 0  # conditional polls since the last unconditional GET
    empty_streak: int = 0  # 200 answers in a row without a usable item
    moved_to: str | None = None  # target of a permanent redirect
    moved_confirmations: int = 0
    items_per_week: float | None = None  # the feed's own rhythm; None: not known yet
    guids_in_last_document: tuple[
        str, ...
    ] = ()  # to measure what fell off between polls
    interval_wish: timedelta | None = None  # of the last document: ttl, sy:updatePeriod
    skip_hours: tuple[int, ...] = ()  # of the last document, GMT
    skip_days: tuple[str, ...] = ()  # of the last document, lower case English
    blocked_until: datetime | None = None  # Retry-After: not even a forced poll before
    # Of a sitemap index. The validators above are this sitemap's, never the index's.
    sitemap_child: str | None = None
    child_polls_left: int = 0  # polls of the child until the index is asked again


@quick_init
@dataclass(frozen=True, slots=True)
class FeedItem:
    """One <item> or <entry>, normalised; url is absolute."""

    feed_url: str
    item_id: str  # UUID: hash of feed_url, guid and url; stable across polls
    guid: str | None
    url: str
    title: str
    author: str | None = None
    published_at: datetime | None = None  # UTC; None: the feed gives no usable date
    updated_at: datetime | None = None
    is_date_suspect: bool = False  # in the future by more than a day, or unparsable
    summary: str | None = None  # plain text or HTML as published
    content_html: str | None = None  # content:encoded / atom:content, full text feeds
    source_publisher: str | None = None  # RSS <source>: the true origin
    source_url: str | None = None
    language: str | None = None
    media_captions: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()


@quick_init
@dataclass(frozen=True, slots=True)
class ParsedFeed:
    """A parsed document: the feed's own fields and its items in document order."""

    title: str | None
    site_url: str | None
    feed_link: str | None
    description: str | None
    feed_id: str | None
    author: str | None
    language: str | None
    ttl: timedelta | None
    skip_hours: tuple[int, ...]
    skip_days: tuple[str, ...]
    items: tuple[FeedItem, ...]
    format: Literal["rss", "rdf", "atom", "jsonfeed", "sitemap", "sitemap_index"] = (
        "rss"
    )
    child_sitemaps: tuple[str, ...] = ()
    update_period: timedelta | None = None  # sy:updatePeriod / sy:updateFrequency
    item_keys: tuple[str, ...] = ()  # of each item: its id and a digest of its text


@quick_init
@dataclass(frozen=True, slots=True)
class FetchedResponse:
    """One HTTP exchange as it happened, ready for the archive; body is decompressed."""

    url: str  # as asked
    final_url: str  # after redirects
    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes
    retrieved_at: datetime  # UTC
    elapsed_ms: int
    permanent_redirect_to: str | None = None  # set when every hop was 301/308

    def header(self, name: str) -> str | None:
        """Return the first header of that name, case-insensitive; None if absent."""
        wanted = name.lower()
        return next((v for k, v in self.headers if k.lower() == wanted), None)


@quick_init
@dataclass(frozen=True, slots=True)
class FeedPoll:
    """One poll of one feed: a row of feed_polls."""

    feed_url: str
    polled_at: datetime
    reason: PollReason
    http_status: int | None  # None: no response at all
    num_items: int
    num_new_items: int
    num_fell_off: int  # estimate of entries published and gone between two polls
    body_bytes: int
    elapsed_ms: int
    next_poll_at: datetime
    detail: str = ""


@quick_init
@dataclass(frozen=True, slots=True)
class PollOutcome:
    """Everything one poll produced; nothing is written by the poller itself."""

    feed: Feed
    state: FeedState  # after the poll
    poll: FeedPoll
    items: tuple[FeedItem, ...] = ()  # new or changed items only
    response: FetchedResponse | None = field(
        default=None, repr=False
    )  # None on 304/failure
