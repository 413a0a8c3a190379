"""The one normaliser: the same rules for every format. Pure."""

import hashlib
import html
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from tasks.model.feeds import FeedItem, ParsedFeed
from tasks.polling.changes import keys_of
from tasks.polling.languages import clean_language
from tasks.polling.raw import MAX_ENTRIES, RawDate, RawEntry, RawFeed
from tasks.polling.urls import absolute_url, join_url

MAX_TITLE = 1_000
MAX_TITLE_FROM_TEXT = 100  # characters of a summary that stands in for a title
MAX_TEXT = 2_000_000
_NAMESPACE = bytes.fromhex("6f0a2c1e5f0b5d519a390f1c7b0c0d11")  # ours, for ever
_TAG = re.compile(r"<[^<>]*>")
_SPACE = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class _Context:
    feed_url: str
    base: str
    site_url: str
    author: str | None
    language: str | None


def normalise(raw: RawFeed, base_url: str, feed_url: str | None = None) -> ParsedFeed:
    """Return the document under the rules users expect; entries beyond the cap are cut.

    Relative URLs are resolved against xml:base, else the site link, else `base_url`.
    `feed_url` is the configured address items belong to (default: `base_url`).
    """
    document_base = join_url(base_url, raw.base or "")
    site_url = absolute_url(document_base, raw.site_link)
    feed_link = absolute_url(document_base, raw.self_link)
    context = _Context(
        feed_url=feed_url or base_url,
        base=(raw.base and document_base) or site_url or document_base,
        site_url=site_url or base_url,
        author=join_authors(raw.authors),
        language=clean_language(raw.language),
    )
    items = _items(raw.entries[:MAX_ENTRIES], context)
    return ParsedFeed(
        title=clean_title(raw.title),
        site_url=site_url or (base_url or None),
        feed_link=feed_link or (base_url or None),
        description=_text(raw.description),
        feed_id=_text(raw.feed_id),
        author=context.author,
        language=context.language,
        ttl=raw.ttl,
        skip_hours=raw.skip_hours,
        skip_days=raw.skip_days,
        items=items,
        format=raw.format,
        child_sitemaps=_children(raw, document_base),
        update_period=raw.update_period,
        item_keys=keys_of(items),
    )


def _children(raw: RawFeed, base: str) -> tuple[str, ...]:
    urls = (absolute_url(base, child) for child in raw.child_sitemaps[:MAX_ENTRIES])
    return tuple(dict.fromkeys(url for url in urls if url))


def _items(entries: Iterable[RawEntry], context: _Context) -> tuple[FeedItem, ...]:
    """Normalise all entries; equal guid and URL in one document still give two ids."""
    seen: dict[str, int] = {}
    items = []
    for entry in entries:
        url = entry_url(entry, context.base, context.site_url)
        key = f"{context.feed_url}\x1f{entry.guid or ''}\x1f{url}"
        if key in seen:
            key = f"{key}\x1f{entry.title or ''}\x1f{_date_key(entry.published)}"
        seen[key] = occurrence = seen.get(key, 0) + 1
        if occurrence > 1:
            key = f"{key}\x1f{occurrence}"
        items.append(_item(entry, url, _item_id(key), context))
    return tuple(items)


def _item_id(key: str) -> str:
    """Return what str(uuid.uuid5(namespace, key)) would, five times as fast."""
    digest = hashlib.sha1(
        _NAMESPACE + key.encode("utf-8", "replace"), usedforsecurity=False
    ).hexdigest()
    variant = "89ab"[int(digest[16], 16) & 3]
    return f"{digest[:8]}-{digest[8:12]}-5{digest[13:16]}-{variant}{digest[17:20]}-{digest[20:32]}"


def _item(entry: RawEntry, url: str, item_id: str, context: _Context) -> FeedItem:
    published, updated = entry.published, entry.updated
    return FeedItem(
        feed_url=context.feed_url,
        item_id=item_id,
        guid=_text(entry.guid),
        url=url,
        title=clean_title(entry.title) or _title_from_text(entry) or url,
        author=join_authors(entry.authors) or context.author,
        published_at=published.value if published else None,
        updated_at=updated.value if updated else None,
        is_date_suspect=published is not None and published.value is None,
        summary=_text(entry.summary),
        content_html=_text(entry.content),
        source_publisher=clean_title(entry.source_title),
        source_url=absolute_url(context.base, entry.source_url),
        language=clean_language(entry.language) or context.language,
        media_captions=_unique(entry.captions),
        categories=_unique(entry.categories),
    )


def entry_url(entry: RawEntry, base: str, site_url: str) -> str:
    """Return the entry's own page: its links, else a guid that is a URL, else the site."""
    own_base = join_url(base, entry.base) if entry.base else base
    for link in entry.links:
        if link and (url := absolute_url(own_base, link)):
            return url
    if entry.is_permalink and entry.guid and "://" in entry.guid:
        return absolute_url(own_base, entry.guid) or site_url
    return site_url


def clean_title(text: str | None) -> str | None:
    """Return a title on one line; entities are undone unless the title carries markup."""
    if not text:
        return None
    title = text[: 4 * MAX_TITLE].strip()
    if not title.isprintable():
        title = _SPACE_EXCEPT_NBSP.sub(" ", title).strip()
    if "&" in title and not _TAG.search(title):
        title = html.unescape(title)
    return _drop_nul(title[:MAX_TITLE]) or None


_SPACE_EXCEPT_NBSP = re.compile(r"[ \t\r\n\f\v]*[\t\r\n\f\v][ \t\r\n\f\v]*")


def plain_text(markup: str) -> str:
    """Return markup as one line of text; good enough for a title, not for an article."""
    if "<" not in markup and "&" not in markup:
        return _drop_nul(" ".join(markup[:20_000].split()))
    text = html.unescape(_TAG.sub(" ", markup[:20_000]))
    return _drop_nul(_SPACE.sub(" ", text).strip())


def _title_from_text(entry: RawEntry) -> str | None:
    text = plain_text(entry.summary or entry.content or "")
    if len(text) <= MAX_TITLE_FROM_TEXT:
        return _drop_nul(text) or None
    return _drop_nul(text[:MAX_TITLE_FROM_TEXT]).rstrip() + "…"


def join_authors(authors: Sequence[str]) -> str | None:
    """Return the distinct names, sorted, as one line: 'Alice, Bob'."""
    if len(authors) <= 1:
        return plain_text(authors[0])[:MAX_TITLE] or None if authors else None
    names = {plain_text(name) for name in authors}
    return ", ".join(sorted(names - {""}))[:MAX_TITLE] or None


def _date_key(date: RawDate | None) -> str:
    return date.text if date else ""


def _text(text: str | None) -> str | None:
    return _drop_nul(text[:MAX_TEXT].strip()) or None if text else None


def _drop_nul(text: str) -> str:
    return text.replace("\0", "") if "\0" in text else text


def _unique(texts: Sequence[str]) -> tuple[str, ...]:
    if not texts:
        return ()
    cleaned = dict.fromkeys([plain_text(text) for text in texts])
    cleaned.pop("", None)
    return tuple(cleaned)[:100]
