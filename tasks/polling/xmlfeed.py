"""RSS, RDF and Atom of the common, well-formed kind, read from the tree. Pure.

Whatever is out of the ordinary (xml:base, XHTML or base64 content, markup that needs
cleaning, unknown namespaces at the root) is left to feedparser: `read_xmlfeed` returns
None. Both readers fill the same RawFeed, and the tests hold them against each other.
"""

from collections.abc import Iterator
from functools import lru_cache

from lxml import etree

from tasks.polling.dates import Fallback, parse_date
from tasks.polling.hints import skip_days_of, skip_hours_of, ttl_of, update_period_of
from tasks.polling.raw import MAX_ENTRIES, Format, RawDate, RawEntry, RawFeed
from tasks.polling.safe_html import is_safe, with_spaced_ends
from tasks.polling.xml_tree import local, namespace

_ATOM = {"http://www.w3.org/2005/atom", "http://purl.org/atom/ns#"}
_RSS = {
    "",
    "http://purl.org/rss/1.0/",
    "http://my.netscape.com/rdf/simple/0.9/",
    "http://channel.netscape.com/rdf/simple/0.9/",
}
_RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
_ABOUT = f"{{{_RDF}}}about"
_PREFIXES = {
    "http://purl.org/dc/elements/1.1/": "dc:",
    "http://purl.org/dc/terms/": "dcterms:",
    "http://purl.org/rss/1.0/modules/content/": "content:",
    "http://purl.org/rss/1.0/modules/syndication/": "sy:",
    "http://search.yahoo.com/mrss/": "media:",
    "http://search.yahoo.com/mrss": "media:",
    "http://www.itunes.com/dtds/podcast-1.0.dtd": "itunes:",
    "http://rssnamespace.org/feedburner/ext/1.0": "feedburner:",
    **dict.fromkeys(_ATOM, "atom:"),
    **dict.fromkeys(_RSS, ""),
}
_RICH_BODIES = {"body", "fullitem", "xhtml"}  # whole pages inside an item
_CAPTIONS = {"media:description", "media:caption"}
_PLAIN_TYPES = {None, "text", "html", "text/html", "text/plain"}
_XML = "{http://www.w3.org/XML/1998/namespace}"

Fields = dict[str, list["etree._Element"]]


class _OutOfTheOrdinary(Exception):  # noqa: N818 - not an error: another reader's case
    """The document needs the lenient reader."""


def read_xmlfeed(
    root: "etree._Element", fallback: Fallback | None = None
) -> RawFeed | None:
    """Return the document as written; None when the lenient reader must look at it."""
    kind = _kind(root)
    if kind is None:
        return None
    try:
        if kind == "atom":
            return _atom(root, fallback)
        return _rss(root, kind, fallback)
    except _OutOfTheOrdinary:
        return None


def _kind(root: "etree._Element") -> Format | None:
    name, home = local(root), namespace(root).lower()
    if name == "rss" and home == "":
        return "rss"
    if name == "rdf" and home == _RDF:
        return "rdf"
    return "atom" if name == "feed" and home in _ATOM else None


def _fields(element: "etree._Element", default: str = "") -> Fields:
    """Group an element's children by prefixed name; unknown namespaces are left out."""
    if element.get(f"{_XML}base") is not None:
        raise _OutOfTheOrdinary
    fields: Fields = {}
    for child in element.iterchildren():
        name = _name(child.tag, default)
        if name in fields:
            fields[name].append(child)
        elif name is not None:
            fields[name] = [child]
        elif local(child) in _RICH_BODIES:
            raise _OutOfTheOrdinary
    return fields


@lru_cache(maxsize=4_096)
def _name(tag: object, default: str) -> str | None:
    """Return 'media:content' for a tag; None for one that is not read."""
    home, _, name = str(tag).rpartition("}")
    prefix = _PREFIXES.get(home[1:].lower())
    name = name.lower()
    if prefix is None or name in _RICH_BODIES:
        return None
    return name if prefix == default else prefix + name


def _rss(root: "etree._Element", kind: Format, fallback: Fallback | None) -> RawFeed:
    channels = [c for c in root.iterchildren() if local(c) == "channel"]
    if len(channels) != 1 or root.get(f"{_XML}base") is not None:
        raise _OutOfTheOrdinary
    channel = channels[0]
    fields = _fields(channel)
    items = [
        i for i in (*channel.iterchildren(), *root.iterchildren()) if local(i) == "item"
    ]
    return RawFeed(
        format=kind,
        title=_first(fields, "title", "dc:title"),
        site_link=_site_link(fields),
        self_link=_href(fields, "atom:link", "self"),
        description=_markup(fields, "description", "dc:description", "itunes:summary"),
        feed_id=channel.get(_ABOUT) if kind == "rdf" else None,
        authors=_rss_authors(fields, "managingeditor", "webmaster"),
        language=_first(fields, "language", "dc:language"),
        ttl=ttl_of(_first(fields, "ttl")),
        skip_hours=tuple(skip_hours_of(_nested(fields, "skiphours"))),
        skip_days=tuple(skip_days_of(_nested(fields, "skipdays"))),
        update_period=update_period_of(
            _first(fields, "sy:updateperiod"), _first(fields, "sy:updatefrequency")
        ),
        entries=tuple(_rss_entry(item, fallback) for item in items[:MAX_ENTRIES]),
    )


def _site_link(fields: Fields) -> str | None:
    return _first(fields, "link") or _href(fields, "atom:link", "alternate")


def _rss_entry(item: "etree._Element", fallback: Fallback | None) -> RawEntry:
    fields = _fields(item)
    guid = fields.get("guid", [None])[0]
    links = (
        _first(fields, "feedburner:origlink"),
        _first(fields, "link"),
        _href(fields, "atom:link", "alternate"),
    )
    source = fields.get("source", [None])[0]
    published = _date(
        fields, fallback, "pubdate", "dc:date", "dcterms:created", "atom:published"
    )
    updated = _date(fields, fallback, "atom:updated", "dcterms:modified")
    return RawEntry(
        guid=_guid(_text(guid) if guid is not None else item.get(_ABOUT)),
        is_permalink=guid is not None
        and guid.get("isPermaLink", "true").lower() != "false",
        links=tuple(link for link in links if link),
        title=_first(fields, "title", "dc:title", "media:title"),
        authors=_rss_authors(fields),
        published=published or updated,
        updated=updated,
        summary=_markup(
            fields,
            "description",
            "dc:description",
            "itunes:summary",
            "media:description",
        ),
        content=_markup(fields, "content:encoded"),
        source_title=_text(source) if source is not None else None,
        source_url=source.get("url") if source is not None else None,
        language=_first(fields, "dc:language"),
        captions=tuple(_captions(fields)),
        categories=tuple(_texts(fields, "category", "dc:subject")),
    )


def _rss_authors(fields: Fields, *more: str) -> tuple[str, ...]:
    """Return Dublin Core creators, else RSS authors, else iTunes ones, else `more`."""
    for name in ("dc:creator", "author", "atom:author", "itunes:author", *more):
        found = (
            [_person(e) for e in fields.get(name, ())]
            if name == "atom:author"
            else _texts(fields, name)
        )
        if names := tuple(name for name in found if name):
            return names
    return ()


def _atom(root: "etree._Element", fallback: Fallback | None) -> RawFeed:
    fields = _fields(root, default="atom:")
    return RawFeed(
        format="atom",
        title=_construct(fields, "title"),
        site_link=_href(fields, "link", "alternate"),
        self_link=_href(fields, "link", "self"),
        description=_construct(fields, "subtitle", "tagline"),
        feed_id=_first(fields, "id"),
        authors=tuple(_person(e) for e in fields.get("author", ())),
        language=root.get(f"{_XML}lang"),
        update_period=update_period_of(
            _first(fields, "sy:updateperiod"), _first(fields, "sy:updatefrequency")
        ),
        entries=tuple(
            _atom_entry(e, fallback) for e in fields.get("entry", [])[:MAX_ENTRIES]
        ),
    )


def _atom_entry(entry: "etree._Element", fallback: Fallback | None) -> RawEntry:
    fields = _fields(entry, default="atom:")
    source = fields.get("source", [None])[0]
    origin = _fields(source, default="atom:") if source is not None else {}
    links = (_first(fields, "feedburner:origlink"), _href(fields, "link", "alternate"))
    published = _date(fields, fallback, "published", "issued", "created", "dc:date")
    updated = _date(fields, fallback, "updated", "modified")
    content = _construct(fields, "content")
    return RawEntry(
        guid=_guid(_first(fields, "id")),
        is_permalink=True,
        links=tuple(link for link in links if link),
        title=_construct(fields, "title") or _first(fields, "dc:title", "media:title"),
        authors=tuple(_person(e) for e in fields.get("author", ()))
        or tuple(_texts(fields, "dc:creator")),
        published=published or updated,
        updated=updated,
        summary=_construct(fields, "summary")
        or content
        or _markup(fields, "media:description"),
        content=content,
        source_title=_first(origin, "title"),
        source_url=_href(origin, "link", "alternate"),
        language=entry.get(f"{_XML}lang"),
        captions=tuple(_captions(fields)),
        categories=tuple(e.get("term") or "" for e in fields.get("category", ())),
    )


def _construct(fields: Fields, *names: str) -> str | None:
    """Return an Atom text construct; XHTML, base64 and other media are another's case."""
    for name in names:
        for element in fields.get(name, ()):
            if element.get("type") not in _PLAIN_TYPES or element.get("mode"):
                raise _OutOfTheOrdinary
            if element.get(f"{_XML}base") is not None or len(element):
                raise _OutOfTheOrdinary
            text = _text(element)
            if (
                text
                and "<" in text
                and element.get("type") in {None, "text", "text/plain"}
            ):
                raise _OutOfTheOrdinary
            if text:
                return _checked(text)
    return None


def _markup(fields: Fields, *names: str) -> str | None:
    for name in names:
        for element in fields.get(name, ()):
            if len(element):
                raise _OutOfTheOrdinary
            if text := _text(element):
                return _checked(text)
    return None


def _checked(markup: str) -> str:
    if not is_safe(markup):
        raise _OutOfTheOrdinary
    return with_spaced_ends(markup)


def _guid(text: str | None) -> str | None:
    if text and text.startswith("/"):  # relative to the document: the lenient reader
        raise _OutOfTheOrdinary
    return text


def _first(fields: Fields, *names: str) -> str | None:
    text = _any_text(fields, *names)
    if text is not None and "<" in text:
        raise _OutOfTheOrdinary
    return text


def _any_text(fields: Fields, *names: str) -> str | None:
    for name in names:
        for element in fields.get(name, ()):
            if text := (element.text or "").strip():
                return text
    return None


def _texts(fields: Fields, *names: str) -> Iterator[str]:
    for name in names:
        for element in fields.get(name, ()):
            if text := _text(element):
                yield text


def _text(element: "etree._Element") -> str | None:
    return (element.text or "").strip() or None


def _nested(fields: Fields, name: str) -> list[str]:
    return [c.text or "" for e in fields.get(name, ()) for c in e.iterchildren()]


def _href(fields: Fields, name: str, rel: str) -> str | None:
    found = (
        e.get("href") for e in fields.get(name, ()) if e.get("rel", "alternate") == rel
    )
    return next((href.strip() for href in found if href and href.strip()), None)


def _person(element: "etree._Element") -> str:
    """Return an Atom person's name, else the address: a byline, not a contact."""
    fields = _fields(element, default="atom:")
    return _first(fields, "name") or _first(fields, "email") or _text(element) or ""


def _captions(fields: Fields) -> Iterator[str]:
    for name in ("media:content", "media:group"):
        for media in fields.get(name, ()):
            for element in media.iterdescendants():
                if _name(element.tag, "") in _CAPTIONS and element.text:
                    yield element.text


def _date(fields: Fields, fallback: Fallback | None, *names: str) -> RawDate | None:
    text = _any_text(fields, *names)
    return RawDate(text, parse_date(text, fallback)) if text else None
