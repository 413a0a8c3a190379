"""Documents out of the ordinary, through feedparser; the only module that knows its shapes."""

import io
import re
from calendar import timegm
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

import feedparser
import feedparser.datetimes

from tasks.errors import FeedError
from tasks.model.reasons import PollReason
from tasks.polling.dates import parse_date
from tasks.polling.hints import ttl_of, update_period_of
from tasks.polling.raw import MAX_ENTRIES, Format, RawDate, RawEntry, RawFeed
from tasks.polling.xml_fields import named

# A link or an attribute, perhaps escaped, that does not begin with a scheme.
_RELATIVE = re.compile(
    rb"""<link>\s*(?!\s|[A-Za-z][A-Za-z+.-]{0,20}:|<)"""
    rb"""|(?:href|src)\s{0,9}=\s{0,9}(?:["']|&quot;|&\#3[49];)(?![A-Za-z][A-Za-z+.-]{0,20}:|\#)""",
    re.IGNORECASE,
)
_SKIP_HOUR = re.compile(rb"<hour>\s*(\d{1,2})\s*</hour>", re.IGNORECASE)
_SKIP_DAY = re.compile(rb"<day>\s*([A-Za-z]{6,9})\s*</day>", re.IGNORECASE)


def read_with_feedparser(
    content: bytes, headers: Mapping[str, str], base: str
) -> RawFeed:
    """Return the document as feedparser reads it; FeedError(NOT_A_FEED) when it cannot.

    feedparser resolves as it reads. Entries are relative to the site's link, as in the
    other readers, and that is only known afterwards: a document it matters to is read twice.
    """
    result = _parsed(content, headers, base)
    if not result.version and not result.entries and not result.feed:
        raise FeedError(PollReason.NOT_A_FEED, "no feed element")
    entries, site = result.entries, result.feed.get("link")
    if site and b"xml:base" not in content and _RELATIVE.search(content):
        entries = _parsed(content, headers, site).entries
    return _raw_feed(result, entries[:MAX_ENTRIES], content)


def _parsed(content: bytes, headers: Mapping[str, str], base: str) -> Any:
    response_headers = {k: v for k, v in headers.items() if k.startswith("content-")}
    response_headers["content-location"] = base
    try:
        return feedparser.parse(io.BytesIO(content), response_headers=response_headers)
    except Exception as exc:  # a third-party parser on hostile bytes raises anything
        raise FeedError(PollReason.NOT_A_FEED, f"parser: {type(exc).__name__}") from exc


def _raw_feed(result: Any, entries: Sequence[Any], content: bytes) -> RawFeed:
    feed = result.feed
    return RawFeed(
        format=_format(result.version or ""),
        title=feed.get("title"),
        site_link=feed.get("link"),
        self_link=_link(feed, "self"),
        description=feed.get("description"),
        feed_id=feed.get("id"),
        authors=_authors(feed),
        language=feed.get("language"),
        ttl=ttl_of(feed.get("ttl")),
        skip_hours=tuple(sorted({int(h) % 24 for h in _SKIP_HOUR.findall(content)})),
        skip_days=tuple(
            dict.fromkeys(d.decode().lower() for d in _SKIP_DAY.findall(content))
        ),
        update_period=update_period_of(
            feed.get("sy_updateperiod"), feed.get("sy_updatefrequency")
        ),
        entries=tuple(_raw_entry(e, result.version) for e in entries),
    )


def _format(version: str) -> Format:
    if version.startswith("atom"):
        return "atom"
    return "rdf" if version in {"rss10", "rss090"} else "rss"


def _raw_entry(entry: Any, version: str) -> RawEntry:
    contents = entry.get("content") or [{}]
    source = entry.get("source") or {}
    return RawEntry(
        guid=entry.get("id"),
        is_permalink=bool(entry.get("guidislink", _format(version) == "atom")),
        links=tuple(
            filter(None, (entry.get("feedburner_origlink"), entry.get("link")))
        ),
        title=entry.get("title"),
        authors=_authors(entry),
        published=_date(entry, "published")
        or _date(entry, "created")
        or _date(entry, "updated"),
        updated=_date(entry, "updated"),
        summary=entry.get("summary"),
        content=contents[0].get("value"),
        source_title=source.get("title"),
        source_url=source.get("href") or source.get("link"),
        language=(entry.get("title_detail") or {}).get("language"),
        captions=tuple(_captions(entry)),
        categories=tuple(t.get("term") or "" for t in entry.get("tags") or ()),
    )


def _captions(entry: Any) -> list[str]:
    found = [c.get("content") or "" for c in entry.get("media_content") or ()]
    return [text for text in found if text]


def _link(feed: Any, rel: str) -> str | None:
    links = feed.get("links") or ()
    return next((x.get("href") for x in links if x.get("rel") == rel), None)


def _authors(element: Any) -> tuple[str, ...]:
    people = element.get("authors") or ()
    written = element.get("author")
    if written and len(people) <= 1:
        return (written,)
    named_people = (named(a.get("name"), a.get("email")) for a in people)
    return tuple(filter(None, named_people)) or tuple(filter(None, (written,)))


def _date(entry: Any, name: str) -> RawDate | None:
    # FeedParserDict answers 'published' when asked for a missing 'updated'.
    text = dict.get(entry, name)
    if not text:
        return None
    return RawDate(text, parse_date(text, read_rare_date))


def read_rare_date(text: str) -> datetime | None:
    """Return a date in one of the rarer formats feedparser knows (Korean, Greek, ...)."""
    try:
        parsed = feedparser.datetimes._parse_date(text)
        return parsed and datetime.fromtimestamp(timegm(parsed), UTC)
    except (ValueError, OverflowError, OSError, TypeError):
        return None
