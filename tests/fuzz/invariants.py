"""What the normaliser promises for any bytes whatever."""

from datetime import timedelta

from tasks.errors import FeedError
from tasks.polling.parse import parse_feed

BASE = "https://paper.example/feeds/all.xml"
MAX_BYTES = 32_000  # beyond that the poller parses in a child that can be killed


def check(content: bytes) -> None:
    """Raise AssertionError (or a bug's own exception) when a promise is broken."""
    try:
        feed = parse_feed(content[:MAX_BYTES], {}, BASE)
    except FeedError:
        return
    ids = [item.item_id for item in feed.items]
    assert len(ids) == len(set(ids)), "two items with one id"
    for item in feed.items:
        assert item.url.startswith(("http://", "https://")), item.url
        assert item.title, "an item without a title"
        assert "\n" not in item.title, item.title
        for text in (
            item.title,
            item.summary,
            item.content_html,
            item.author,
            item.guid,
        ):
            assert text is None or "\0" not in text, "a NUL"
            (text or "").encode("utf-8")  # no lone surrogate: it could not be stored
        moment = item.published_at
        assert moment is None or moment.utcoffset() == timedelta(0), "not UTC"
