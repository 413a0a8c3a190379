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
    entries, site = result.entries, _text(result.feed, "link")
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
        title=_text(feed, "title"),
        site_link=_text(feed, "link"),
        self_link=_link(feed, "self"),
        description=_text(feed, "description"),
        feed_id=_text(feed, "id"),
        authors=_authors(feed),
        language=_text(feed, "language"),
        ttl=ttl_of(_text(feed, "ttl")),
        skip_hours=tuple(sorted({int(h) % 24 for h in _SKIP_HOUR.findall(content)})),
        skip_days=tuple(
            dict.fromkeys(d.decode().lower() for d in _SKIP_DAY.findall(content))
        ),
        update_period=update_period_of(
            _text(feed, "sy_updateperiod"), _text(feed, "sy_updatefrequency")
        ),
        entries=tuple(_raw_entry(e, result.version) for e in entries),
    )


def _text(element: Any, name: str) -> str | None:
    """Return a field; feedparser gives the attributes of some, as a dict, for their text."""
    value = element.get(name)
    return value if isinstance(value, str) else None


def _parts(element: Any, name: str) -> list[Any]:
    """Return the structures below a field; a document's own element of that name is none."""
    value = element.get(name)
    found = value if isinstance(value, list) else [value]
    return [part for part in found if isinstance(part, dict)]


def _part(element: Any, name: str) -> Any:
    return next(iter(_parts(element, name)), {})


def _format(version: str) -> Format:
    if version.startswith("atom"):
        return "atom"
    return "rdf" if version in {"rss10", "rss090"} else "rss"


def _raw_entry(entry: Any, version: str) -> RawEntry:
    source = _part(entry, "source")
    return RawEntry(
        guid=_text(entry, "id"),
        is_permalink=bool(entry.get("guidislink", _format(version) == "atom")),
        links=tuple(
            filter(None, (_text(entry, "feedburner_origlink"), _text(entry, "link")))
        ),
        title=_text(entry, "title"),
        authors=_authors(entry),
        published=_date(entry, "published")
        or _date(entry, "created")
        or _date(entry, "updated"),
        updated=_date(entry, "updated"),
        summary=_text(entry, "summary"),
        content=_text(_part(entry, "content"), "value"),
        source_title=_text(source, "title"),
        source_url=_text(source, "href") or _text(source, "link"),
        language=_text(_part(entry, "title_detail"), "language"),
        captions=tuple(_captions(entry)),
        categories=tuple(_text(t, "term") or "" for t in _parts(entry, "tags")),
    )


def _captions(entry: Any) -> list[str]:
    found = [_text(c, "content") or "" for c in _parts(entry, "media_content")]
    return [text for text in found if text]


def _link(feed: Any, rel: str) -> str | None:
    links = _parts(feed, "links")
    return next((_text(x, "href") for x in links if x.get("rel") == rel), None)


def _authors(element: Any) -> tuple[str, ...]:
    people = _parts(element, "authors")
    written = _text(element, "author")
    if written and len(people) <= 1:
        return (written,)
    named_people = (named(_text(a, "name"), _text(a, "email")) for a in people)
    return tuple(filter(None, named_people)) or tuple(filter(None, (written,)))


def _date(entry: Any, name: str) -> RawDate | None:
    # FeedParserDict answers 'published' when asked for a missing 'updated'.
    text = dict.get(entry, name)
    if not text or not isinstance(text, str):
        return None
    return RawDate(text, parse_date(text, read_rare_date))


def read_rare_date(text: str) -> datetime | None:
    """Return a date in one of the rarer formats feedparser knows (Korean, Greek, ...)."""
    try:
        parsed = feedparser.datetimes._parse_date(text)
        return parsed and datetime.fromtimestamp(timegm(parsed), UTC)
    except (ValueError, OverflowError, OSError, TypeError):
        return None
