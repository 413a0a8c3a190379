"""News sitemaps and sitemap indexes, read like feeds. Pure."""

from lxml import etree

from tasks.polling.dates import parse_date
from tasks.polling.raw import RawDate, RawEntry, RawFeed
from tasks.polling.xml_tree import local

_ROOTS = {"urlset", "sitemapindex"}
MAX_URLS = 50_000  # the protocol's own limit for one file


def read_sitemap(root: "etree._Element") -> RawFeed | None:
    """Return a sitemap's pages as entries, newest first; None: not a sitemap."""
    if local(root) not in _ROOTS:
        return None
    if local(root) == "sitemapindex":
        return RawFeed(format="sitemap_index", child_sitemaps=_children(root))
    pages = [p for p in root.iterchildren() if local(p) == "url"][:MAX_URLS]
    entries = [entry for page in pages if (entry := _page(page)) is not None]
    entries.sort(key=_moment, reverse=True)
    return RawFeed(format="sitemap", entries=tuple(entries))


def _children(root: "etree._Element") -> tuple[str, ...]:
    """Return the child sitemaps, the most recently changed first."""
    found = []
    for child in root.iterchildren():
        location, changed = _text(child, "loc"), _text(child, "lastmod")
        if local(child) == "sitemap" and location:
            moment = parse_date(changed)
            found.append((moment.timestamp() if moment else 0.0, location))
    found.sort(key=lambda pair: pair[0], reverse=True)
    return tuple(location for _, location in found)


def _page(page: "etree._Element") -> RawEntry | None:
    location = _text(page, "loc")
    if not location:
        return None
    return RawEntry(
        guid=None,
        links=(location,),
        title=_deep(page, "news", "title"),
        published=_date(_deep(page, "news", "publication_date")),
        updated=_date(_text(page, "lastmod")),
        language=_deep(page, "publication", "language"),
        captions=tuple(_captions(page)),
        categories=tuple((_deep(page, "news", "keywords") or "").split(",")),
    )


def _deep(page: "etree._Element", parent: str, name: str) -> str | None:
    parents = (e for e in page.iterdescendants() if local(e) == parent)
    return next((text for p in parents if (text := _text(p, name))), None)


def _captions(page: "etree._Element") -> list[str]:
    return [(e.text or "") for e in page.iterdescendants() if local(e) == "caption"]


def _text(element: "etree._Element", name: str) -> str | None:
    for child in element.iterchildren():
        if local(child) == name:
            return (child.text or "").strip() or None
    return None


def _date(text: str | None) -> RawDate | None:
    return RawDate(text, parse_date(text)) if text else None


def _moment(entry: RawEntry) -> float:
    date = entry.published or entry.updated
    return date.value.timestamp() if date and date.value else 0.0
