"""OPML in and out: lists of feeds as other readers exchange them. Pure."""

from collections.abc import Iterable, Iterator
from datetime import timedelta

from lxml import etree

from tasks.errors import ConfigError
from tasks.model.feeds import Feed
from tasks.polling.urls import absolute_url

_OURS = "https://conflictwire.example/opml"  # namespace of what OPML has no word for
_MAX_FEEDS = 50_000


def import_opml(content: bytes, *, default_language: str = "en") -> tuple[Feed, ...]:
    """Return the feeds of an OPML document, each address once, in document order.

    Outlines without a usable xmlUrl are folders or links and are passed over; ConfigError
    when the document is not OPML at all.
    """
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, recover=True
    )
    try:
        root = etree.fromstring(content.lstrip(), parser)
    except (etree.XMLSyntaxError, ValueError) as exc:
        raise ConfigError(f"not an OPML file: {exc}") from exc
    if root is None or etree.QName(root).localname.lower() != "opml":
        raise ConfigError("not an OPML file: no <opml> element")
    feeds: dict[str, Feed] = {}
    for outline in _outlines(root):
        feed = _feed(outline, default_language)
        if feed is not None and len(feeds) < _MAX_FEEDS:
            feeds.setdefault(feed.feed_url, feed)
    return tuple(feeds.values())


def export_opml(feeds: Iterable[Feed], title: str = "Conflictwire feeds") -> bytes:
    """Return the feeds as OPML 2.0; import_opml reads every field back."""
    root = etree.Element("opml", {"version": "2.0"}, nsmap={"cw": _OURS})
    etree.SubElement(etree.SubElement(root, "head"), "title").text = title
    body = etree.SubElement(root, "body")
    for feed in feeds:
        etree.SubElement(body, "outline", _attributes(feed))
    return etree.tostring(
        root, xml_declaration=True, encoding="utf-8", pretty_print=True
    )


def _attributes(feed: Feed) -> dict[str, str]:
    extra = {
        "country_code": feed.country_code or "",
        "poll_interval_s": str(int(feed.poll_interval.total_seconds())),
        "licence_note": feed.licence_note,
        "expect_min_items_per_week": str(feed.expect_min_items_per_week),
        "checked_on": feed.checked_on or "",
        "is_sitemap": "true" if feed.is_sitemap else "",
    }
    return {
        "type": "rss",
        "text": feed.name,
        "title": feed.name,
        "xmlUrl": feed.feed_url,
        "language": feed.language,
        **{f"{{{_OURS}}}{name}": value for name, value in extra.items() if value},
    }


def _outlines(root: "etree._Element") -> Iterator["etree._Element"]:
    return (
        e
        for e in root.iterdescendants()
        if isinstance(e.tag, str) and etree.QName(e).localname.lower() == "outline"
    )


def _feed(outline: "etree._Element", default_language: str) -> Feed | None:
    known = {
        etree.QName(k).localname.lower(): str(v) for k, v in outline.attrib.items()
    }
    url = absolute_url("", known.get("xmlurl"))
    if url is None:
        return None
    return Feed(
        feed_url=url,
        name=known.get("text") or known.get("title") or url,
        country_code=known.get("country_code") or None,
        language=known.get("language", "")[:2].lower() or default_language,
        poll_interval=timedelta(seconds=_number(known.get("poll_interval_s"), 1_800)),
        licence_note=known.get("licence_note", ""),
        expect_min_items_per_week=_number(known.get("expect_min_items_per_week"), 0),
        checked_on=known.get("checked_on") or None,
        is_sitemap=known.get("is_sitemap") == "true",
    )


def _number(text: str | None, default: int) -> int:
    return int(text) if text and text.isdecimal() and len(text) < 10 else default
