"""JSON Feed 1.0 and 1.1, read leniently where publishers are lenient. Pure."""

import json
from collections.abc import Callable
from datetime import datetime
from typing import Any

from tasks.errors import FeedError
from tasks.model.reasons import PollReason
from tasks.polling.dates import parse_date
from tasks.polling.raw import MAX_ENTRIES, RawDate, RawEntry, RawFeed


def looks_like_json(content: bytes) -> bool:
    """Tell whether a document can only be JSON."""
    return content[:200].removeprefix(b"\xef\xbb\xbf").lstrip()[:1] in {b"{", b"["}


def read_jsonfeed(
    content: bytes, fallback: Callable[[str], datetime | None] | None = None
) -> RawFeed:
    """Return the document as written; FeedError(NOT_A_FEED) when it is other JSON."""
    try:
        document = json.loads(content.decode("utf-8-sig"))
    except (ValueError, RecursionError) as exc:
        raise FeedError(PollReason.NOT_A_FEED, "not JSON") from exc
    if not isinstance(document, dict) or not isinstance(document.get("items"), list):
        raise FeedError(PollReason.NOT_A_FEED, "JSON, but not a JSON Feed")
    items = [i for i in document["items"] if isinstance(i, dict)]
    home, own = _text(document, "home_page_url"), _text(document, "feed_url")
    return RawFeed(
        format="jsonfeed",
        title=_text(document, "title"),
        site_link=home or own,
        self_link=own,
        description=_text(document, "description"),
        feed_id=own,
        authors=_authors(document),
        language=_text(document, "language"),
        entries=tuple(_entry(item, fallback) for item in items[:MAX_ENTRIES]),
    )


def _entry(
    item: dict[str, Any], fallback: Callable[[str], datetime | None] | None
) -> RawEntry:
    links = (_text(item, "url"), _text(item, "external_url"))
    return RawEntry(
        guid=_text(item, "id"),
        links=tuple(link for link in links if link),
        title=_text(item, "title"),
        authors=_authors(item),
        published=_date(_text(item, "date_published"), fallback),
        updated=_date(_text(item, "date_modified"), fallback),
        summary=_text(item, "summary") or _text(item, "content_text"),
        content=_text(item, "content_html") or _text(item, "content_text"),
        language=_text(item, "language"),
        categories=tuple(t for t in _list(item, "tags") if isinstance(t, str)),
    )


def _authors(element: dict[str, Any]) -> tuple[str, ...]:
    """Return the names of `authors` (1.1) and of `author` (1.0); some feeds give both."""
    people = [*_list(element, "authors"), element.get("author")]
    names = [
        _text(person, "name") if isinstance(person, dict) else person
        for person in people
    ]
    return tuple(name for name in names if isinstance(name, str) and name.strip())


def _list(element: dict[str, Any], key: str) -> list[Any]:
    value = element.get(key)
    return value if isinstance(value, list) else []


def _text(element: dict[str, Any], key: str) -> str | None:
    """Return a text; numbers count as text, since many feeds number their ids."""
    value = element.get(key)
    if isinstance(value, int | float) and not isinstance(value, bool):
        value = str(value)
    if not isinstance(value, str):
        return None
    # A lone surrogate cannot be stored as UTF-8.
    return value.encode("utf-8", "replace").decode("utf-8").strip() or None


def _date(
    text: str | None, fallback: Callable[[str], datetime | None] | None
) -> RawDate | None:
    return RawDate(text, parse_date(text, fallback)) if text else None
