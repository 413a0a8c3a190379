"""Atom 0.3 and 1.0, well-formed, read from the tree. Pure."""

from lxml import etree

from tasks.polling.dates import Fallback
from tasks.polling.hints import update_period_of
from tasks.polling.raw import MAX_ENTRIES, RawEntry, RawFeed
from tasks.polling.xml_fields import (
    XML,
    Fields,
    OutOfTheOrdinary,
    captions,
    checked,
    date_of,
    fields_of,
    first,
    guid_of,
    href,
    markup,
    person,
    text_of,
    texts,
)

_PLAIN_TYPES = {None, "text", "html", "text/html", "text/plain"}


def read_atom(root: "etree._Element", fallback: Fallback | None) -> RawFeed:
    fields = fields_of(root, default="atom:")
    return RawFeed(
        format="atom",
        title=_construct(fields, "title"),
        site_link=href(fields, "link", "alternate"),
        self_link=href(fields, "link", "self"),
        description=_construct(fields, "subtitle", "tagline"),
        feed_id=first(fields, "id"),
        authors=tuple(person(e) for e in fields.get("author", ())),
        language=root.get(f"{XML}lang"),
        update_period=update_period_of(
            first(fields, "sy:updateperiod"), first(fields, "sy:updatefrequency")
        ),
        entries=tuple(
            _atom_entry(e, fallback) for e in fields.get("entry", [])[:MAX_ENTRIES]
        ),
    )


def _atom_entry(entry: "etree._Element", fallback: Fallback | None) -> RawEntry:
    fields = fields_of(entry, default="atom:")
    source = fields.get("source", [None])[0]
    origin = fields_of(source, default="atom:") if source is not None else {}
    links = (first(fields, "feedburner:origlink"), href(fields, "link", "alternate"))
    published = date_of(fields, fallback, "published", "issued", "created", "dc:date")
    updated = date_of(fields, fallback, "updated", "modified")
    content = _construct(fields, "content")
    return RawEntry(
        guid=guid_of(first(fields, "id")),
        is_permalink=True,
        links=tuple(link for link in links if link),
        title=_construct(fields, "title") or first(fields, "dc:title", "media:title"),
        authors=tuple(person(e) for e in fields.get("author", ()))
        or tuple(texts(fields, "dc:creator")),
        published=published or updated,
        updated=updated,
        summary=_construct(fields, "summary")
        or content
        or markup(fields, "media:description"),
        content=content,
        source_title=first(origin, "title"),
        source_url=href(origin, "link", "alternate"),
        language=entry.get(f"{XML}lang"),
        captions=tuple(captions(fields)),
        categories=tuple(e.get("term") or "" for e in fields.get("category", ())),
    )


def _construct(fields: Fields, *names: str) -> str | None:
    """Return an Atom text construct; XHTML, base64 and other media are another's case."""
    for name in names:
        for element in fields.get(name, ()):
            if element.get("type") not in _PLAIN_TYPES or element.get("mode"):
                raise OutOfTheOrdinary
            if element.get(f"{XML}base") is not None or len(element):
                raise OutOfTheOrdinary
            text = text_of(element)
            if (
                text
                and "<" in text
                and element.get("type") in {None, "text", "text/plain"}
            ):
                raise OutOfTheOrdinary
            if text:
                return checked(text)
    return None
