"""Bytes to a normalised feed: which reader a document gets, and what is no feed at all."""

import re
from collections.abc import Mapping
from datetime import datetime

from tasks.errors import FeedError
from tasks.model.feeds import ParsedFeed
from tasks.model.reasons import PollReason
from tasks.polling.jsonfeed import looks_like_json, read_jsonfeed
from tasks.polling.normalise import normalise
from tasks.polling.raw import RawFeed
from tasks.polling.sitemap import read_sitemap
from tasks.polling.urls import absolute_url
from tasks.polling.xml_tree import local, parse_tree
from tasks.polling.xmlfeed import read_xmlfeed

_HTML = re.compile(
    rb"[\s\0\xef\xbb\xbf\xff\xfe]*(?:<!--[^>]{0,400}-->\s*)?<(?:!doctype\s+html|html|head|body)\b",
    re.IGNORECASE,
)
_ROOT = re.compile(
    rb"<(?:[A-Za-z][\w.-]{0,30}:)?(?:rss|rdf|feed|channel)[\s/>]", re.IGNORECASE
)
_DOCTYPE = re.compile(rb"<!DOCTYPE\s[^\[\]<>]{0,1000}>")
_DOCTYPE_WITHIN = 4_096
_HEAD = 100_000  # bytes in which a feed's root element must have appeared
_ROOTS = {"rss", "rdf", "feed", "channel"}
MAX_UNUSUAL = 2_000_000  # bytes of a document that feedparser reads


def parse_feed(
    content: bytes,
    headers: Mapping[str, str],
    base_url: str,
    *,
    feed_url: str | None = None,
) -> ParsedFeed:
    """Return the normalised document; FeedError(NOT_A_FEED) when there is none.

    `headers` are the response's (Content-Type, Content-Location, Content-Language count);
    `base_url` is where the document came from; items belong to `feed_url` (default: that).
    """
    known, base = _setting(headers, base_url)
    content = _without_doctype(content)
    raw = _read_ordinary(content, known) or _read_unusual(content, known, base)
    return normalise(raw, base, feed_url)


def parse_ordinary(
    content: bytes,
    headers: Mapping[str, str],
    base_url: str,
    *,
    feed_url: str | None = None,
) -> ParsedFeed | None:
    """Do what parse_feed does, in time linear in the length; None: not of that kind."""
    known, base = _setting(headers, base_url)
    raw = _read_ordinary(_without_doctype(content), known)
    return normalise(raw, base, feed_url) if raw is not None else None


def _setting(headers: Mapping[str, str], base_url: str) -> tuple[dict[str, str], str]:
    """Return the headers by lower-case name, and the base of the document's URLs."""
    known = {name.lower(): value for name, value in headers.items()}
    return known, absolute_url(base_url, known.get("content-location")) or base_url


def _without_doctype(content: bytes) -> bytes:
    """Drop a DOCTYPE that only points elsewhere: nothing is fetched, and with it in place
    strict parsers skip the entities it might have defined, letters and all.
    """
    start = content.find(b"<!DOCTYPE", 0, _DOCTYPE_WITHIN)
    match = _DOCTYPE.match(content, start) if start >= 0 else None
    if match is None or _HTML.match(content[:2_000]):
        return content
    return content[:start] + content[match.end() :]


def _read_ordinary(content: bytes, headers: Mapping[str, str]) -> RawFeed | None:
    if not content.strip(b" \t\r\n\0\xef\xbb\xbf"):
        raise FeedError(PollReason.NOT_A_FEED, "no content")
    if looks_like_json(content):
        return read_jsonfeed(content, _rare_date)
    if _HTML.match(content[:2_000]):
        raise FeedError(PollReason.NOT_A_FEED, "HTML")
    root = parse_tree(content, headers)
    if root is None:
        if not _ROOT.search(content[:_HEAD].replace(b"\0", b"")):
            raise FeedError(PollReason.NOT_A_FEED, "no feed element")
        return None
    raw = read_sitemap(root) or read_xmlfeed(root, _rare_date)
    if raw is None and local(root) not in _ROOTS:
        raise FeedError(PollReason.NOT_A_FEED, f"root element {local(root)[:40]!r}")
    return raw


def _read_unusual(content: bytes, headers: Mapping[str, str], base: str) -> RawFeed:
    from tasks.polling.lenient import read_with_feedparser  # see _rare_date

    return read_with_feedparser(cut_at_entry(content, MAX_UNUSUAL), headers, base)


def _rare_date(text: str) -> datetime | None:
    # Imported when first needed: feedparser is half of what a parsing child takes to start.
    from tasks.polling.lenient import read_rare_date

    return read_rare_date(text)


def cut_at_entry(content: bytes, room: int) -> bytes:
    """Return the document cut after the last whole entry that fits.

    feedparser's time on malformed input grows faster than its length; feeds list the
    newest first, so what is cut is what an earlier poll has seen.
    """
    if len(content) <= room:
        return content
    end = max(content.rfind(tag, 0, room) for tag in (b"</item>", b"</entry>"))
    return content[: end if end > 0 else room]
