"""What a document says before any rule is applied; every format is read into this shape."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal, NamedTuple

MAX_ENTRIES = 2_000  # read of one document; a feed that lists more lists its archive
Format = Literal["rss", "rdf", "atom", "jsonfeed", "sitemap", "sitemap_index"]


class RawDate(NamedTuple):
    """A date as written, and as the format's own parser read it (UTC)."""

    text: str
    value: datetime | None


@dataclass(slots=True)  # not frozen: that would double what building one costs
class RawEntry:
    """One item or entry as written; URLs may still be relative to `base`."""

    guid: str | None = None
    is_permalink: bool = True  # RSS: a guid without isPermaLink="false" is a URL
    links: tuple[str, ...] = ()  # best first
    base: str | None = None  # xml:base in force
    title: str | None = None
    authors: tuple[str, ...] = ()
    published: RawDate | None = None
    updated: RawDate | None = None
    summary: str | None = None
    content: str | None = None
    source_title: str | None = None
    source_url: str | None = None
    language: str | None = None
    captions: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RawFeed:
    """One document as written."""

    format: Format
    title: str | None = None
    site_link: str | None = None
    self_link: str | None = None
    base: str | None = None
    description: str | None = None
    feed_id: str | None = None
    authors: tuple[str, ...] = ()
    language: str | None = None
    ttl: timedelta | None = None
    skip_hours: tuple[int, ...] = ()
    skip_days: tuple[str, ...] = ()
    update_period: timedelta | None = None
    entries: tuple[RawEntry, ...] = ()
    child_sitemaps: tuple[str, ...] = ()
