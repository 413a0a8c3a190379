"""RSS 0.9x to 2.0 and RDF, well-formed, read from the tree. Pure."""

from lxml import etree

from tasks.polling.dates import Fallback
from tasks.polling.hints import skip_days_of, skip_hours_of, ttl_of, update_period_of
from tasks.polling.raw import MAX_ENTRIES, Format, RawEntry, RawFeed
from tasks.polling.xml_fields import (
    ABOUT,
    XML,
    Fields,
    OutOfTheOrdinary,
    captions,
    date_of,
    fields_of,
    first,
    guid_of,
    href,
    markup,
    nested,
    owner,
    person,
    text_of,
    texts,
)
from tasks.polling.xml_tree import local


def read_rss(
    root: "etree._Element", kind: Format, fallback: Fallback | None
) -> RawFeed:
    channels = [c for c in root.iterchildren() if local(c) == "channel"]
    if len(channels) != 1 or root.get(f"{XML}base") is not None:
        raise OutOfTheOrdinary
    channel = channels[0]
    fields = fields_of(channel)
    items = [
        i for i in (*channel.iterchildren(), *root.iterchildren()) if local(i) == "item"
    ]
    return RawFeed(
        format=kind,
        title=first(fields, "title", "dc:title"),
        site_link=_site_link(fields),
        self_link=href(fields, "atom:link", "self"),
        description=markup(fields, "description", "dc:description", "itunes:summary"),
        feed_id=channel.get(ABOUT) if kind == "rdf" else None,
        authors=_rss_authors(fields, "itunes:owner", "managingeditor", "webmaster"),
        language=first(fields, "language", "dc:language")
        or channel.get(f"{XML}lang")
        or root.get(f"{XML}lang"),
        ttl=ttl_of(first(fields, "ttl")),
        skip_hours=tuple(skip_hours_of(nested(fields, "skiphours"))),
        skip_days=tuple(skip_days_of(nested(fields, "skipdays"))),
        update_period=update_period_of(
            first(fields, "sy:updateperiod"), first(fields, "sy:updatefrequency")
        ),
        entries=tuple(_rss_entry(item, fallback) for item in items[:MAX_ENTRIES]),
    )


def _site_link(fields: Fields) -> str | None:
    return first(fields, "link") or href(fields, "atom:link", "alternate")


def _rss_entry(item: "etree._Element", fallback: Fallback | None) -> RawEntry:
    fields = fields_of(item)
    guid = fields["guid"][0] if "guid" in fields else None
    links = (
        first(fields, "feedburner:origlink"),
        first(fields, "link"),
        href(fields, "atom:link", "alternate"),
    )
    source = fields["source"][0] if "source" in fields else None
    published = date_of(
        fields,
        fallback,
        "pubdate",
        "dc:date",
        "dcterms:issued",
        "dcterms:created",
        "atom:published",
    )
    updated = date_of(fields, fallback, "atom:updated", "dcterms:modified")
    return RawEntry(
        guid=guid_of(text_of(guid) if guid is not None else item.get(ABOUT)),
        is_permalink=guid is not None
        and guid.get("isPermaLink", "true").lower() != "false",
        links=tuple(filter(None, links)),
        title=first(fields, "title", "dc:title", "itunes:title", "media:title"),
        authors=_rss_authors(fields),
        published=published or updated,
        updated=updated,
        summary=markup(
            fields,
            "description",
            "dc:description",
            "itunes:summary",
            "media:description",
        ),
        content=markup(fields, "content:encoded"),
        source_title=text_of(source) if source is not None else None,
        source_url=source.get("url") if source is not None else None,
        language=first(fields, "dc:language"),
        captions=tuple(captions(fields)),
        categories=tuple(texts(fields, "category", "dc:subject")),
    )


def _rss_authors(fields: Fields, *more: str) -> tuple[str, ...]:
    """Return Dublin Core creators, else RSS authors, else iTunes ones, else `more`."""
    for name in ("dc:creator", "author", "atom:author", "itunes:author", *more):
        if name not in fields:
            continue
        if name == "atom:author":
            found = [who for e in fields[name] if (who := person(e))]
        elif name == "itunes:owner":
            found = [contact for e in fields[name] if (contact := owner(e))]
        else:
            found = texts(fields, name)
        if found:
            return tuple(found)
    return ()
