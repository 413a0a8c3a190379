"""Stage `feeds`: a document's bytes to the fields a feed reader shows."""

import base64
from collections.abc import Iterable, Iterator
from typing import Any

from tasks.errors import FeedError
from tasks.model.feeds import FeedItem, ParsedFeed
from tasks.polling.parse import parse_feed


def predict(items: Iterable[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """Yield each document as the poller's normaliser reads it."""
    for item in items:
        content = base64.b64decode(item["content_b64"])
        try:
            parsed = parse_feed(content, item.get("headers") or {}, item["base_url"])
        except FeedError as exc:
            yield {"id": item["id"], "error": exc.reason.value}
            continue
        entries = [_entry(entry) for entry in parsed.items]
        yield {"id": item["id"], "feed": _feed(parsed), "entries": entries}


def _feed(parsed: ParsedFeed) -> dict[str, Any]:
    return {
        "title": parsed.title,
        "site_url": parsed.site_url,
        "link": parsed.site_url,
        "description": parsed.description,
        "id": parsed.feed_id,
        "author": parsed.author,
    }


def _entry(item: FeedItem) -> dict[str, Any]:
    published = item.published_at
    return {
        "id": item.guid,
        "title": item.title,
        "link": item.url,
        "author": item.author or "",
        "published": published and published.strftime("%Y-%m-%dT%H:%M:%SZ"),
        "summary": item.summary,
        "content": item.content_html or item.summary,
    }
