"""Feeds a web page offers, from its HTML. Pure."""

from dataclasses import dataclass

from lxml import etree, html

from tasks.polling.urls import absolute_url, join_url

_TYPES = {
    "application/rss+xml": 0,
    "application/atom+xml": 0,
    "application/feed+json": 1,
    "application/rdf+xml": 1,
    "text/xml": 2,
    "application/xml": 2,
    "application/json": 3,
}
_WORDS = (
    "/feed",
    "/rss",
    "rss.xml",
    "atom.xml",
    "feed.xml",
    "feed.json",
    ".rss",
    ".rdf",
)
_MAX = 50


@dataclass(frozen=True, slots=True)
class FoundFeed:
    """A feed address a page names; `is_declared` when by <link>, else a guess from <a>."""

    url: str
    title: str
    is_declared: bool


def discover_feeds(content: bytes, page_url: str) -> tuple[FoundFeed, ...]:
    """Return the feeds a page offers, declared ones first, comment feeds last."""
    try:
        root = html.document_fromstring(content[:2_000_000])
    except (etree.ParserError, ValueError):
        return ()
    declared = root.find(".//base")
    base = join_url(
        page_url, (declared.get("href") if declared is not None else "") or ""
    )
    found: dict[str, tuple[tuple[int, bool], FoundFeed]] = {}
    for element in root.iter("link", "a"):
        rank = _rank(element)
        url = absolute_url(base, element.get("href"))
        if rank is None or url is None:
            continue
        title = " ".join((element.get("title") or element.text or "").split())
        feed = FoundFeed(url, title[:200], element.tag == "link")
        found.setdefault(url, ((rank, _is_comments(feed)), feed))
    ordered = sorted(found.values(), key=lambda pair: (pair[0][1], pair[0][0]))
    return tuple(feed for _, feed in ordered[:_MAX])


def _rank(element: "etree._Element") -> int | None:
    """Return how surely an element names a feed, 0 surest; None: it does not."""
    if element.tag == "link":
        rels = (element.get("rel") or "").lower().split()
        kind = (element.get("type") or "").split(";")[0].strip().lower()
        if "feed" in rels:
            return 0
        return _TYPES.get(kind) if "alternate" in rels else None
    path = (element.get("href") or "").lower().split("?")[0].split("#")[0]
    is_named = any(path.endswith((word, word + "/")) for word in _WORDS)
    return 10 if is_named else None


def _is_comments(feed: FoundFeed) -> bool:
    return "comment" in f"{feed.url} {feed.title}".lower()
