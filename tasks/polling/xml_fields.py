"""Elements of a feed by name, and the small questions asked of them. Pure."""

import re

from lxml import etree

from tasks.polling.dates import Fallback, parse_date
from tasks.polling.raw import RawDate
from tasks.polling.safe_html import is_safe, with_spaced_ends
from tasks.polling.xml_tree import local

ATOM = {"http://www.w3.org/2005/atom", "http://purl.org/atom/ns#"}
RSS = {
    "",
    "http://purl.org/rss/1.0/",
    "http://my.netscape.com/rdf/simple/0.9/",
    "http://channel.netscape.com/rdf/simple/0.9/",
}
RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
ABOUT = f"{{{RDF}}}about"
_PREFIXES = {
    "http://purl.org/dc/elements/1.1/": "dc:",
    "http://purl.org/dc/terms/": "dcterms:",
    "http://purl.org/rss/1.0/modules/content/": "content:",
    "http://purl.org/rss/1.0/modules/syndication/": "sy:",
    "http://search.yahoo.com/mrss/": "media:",
    "http://search.yahoo.com/mrss": "media:",
    "http://www.itunes.com/dtds/podcast-1.0.dtd": "itunes:",
    "http://rssnamespace.org/feedburner/ext/1.0": "feedburner:",
    **dict.fromkeys(ATOM, "atom:"),
    **dict.fromkeys(RSS, ""),
}
_RICH_BODIES = {"body", "fullitem", "xhtml"}  # whole pages inside an item
_CAPTIONS = {"media:description", "media:caption"}
_NOBODY = re.compile(r"(?:no|do-?not)-?reply@", re.IGNORECASE)
XML = "{http://www.w3.org/XML/1998/namespace}"
_BASE = f"{XML}base"
_MAX_NAMES = 4_096  # a hostile document may invent them without end
Fields = dict[str, list["etree._Element"]]


class OutOfTheOrdinary(Exception):  # noqa: N818 - not an error: another reader's case
    """The document needs the lenient reader."""


class _Names(dict[str, "str | None"]):
    """Prefixed names by tag ('media:content'), each worked out once; None: not read."""

    def __init__(self, default: str) -> None:
        super().__init__()
        self._default = default

    def __missing__(self, tag: str) -> str | None:
        if len(self) > _MAX_NAMES:
            self.clear()
        name = self[tag] = _prefixed(tag, self._default)
        return name


def _prefixed(tag: str, default: str) -> str | None:
    home, _, name = tag.rpartition("}")
    prefix = _PREFIXES.get(home[1:].lower())
    name = name.lower()
    if prefix is None or name in _RICH_BODIES:
        return None
    return name if prefix == default else prefix + name


_NAMES = {"": _Names(""), "atom:": _Names("atom:")}


def fields_of(element: "etree._Element", default: str = "") -> Fields:
    """Group an element's children by prefixed name; unknown namespaces are left out."""
    if element.get(_BASE) is not None:
        raise OutOfTheOrdinary
    names = _NAMES[default]
    fields: Fields = {}
    for child in element:
        name = names[child.tag]
        if name in fields:
            fields[name].append(child)
        elif name is not None:
            fields[name] = [child]
        elif local(child) in _RICH_BODIES:
            raise OutOfTheOrdinary
    return fields


def markup(fields: Fields, *names: str) -> str | None:
    """Return the first of these fields that has text, as markup that needs no cleaning."""
    for name in names:
        if name not in fields:
            continue
        for element in fields[name]:
            if len(element):
                raise OutOfTheOrdinary
            if text := text_of(element):
                return checked(text)
    return None


def checked(markup: str) -> str:
    if not is_safe(markup):
        raise OutOfTheOrdinary
    return with_spaced_ends(markup)


def guid_of(text: str | None) -> str | None:
    if text and text.startswith("/"):  # relative to the document: the lenient reader
        raise OutOfTheOrdinary
    return text


def first(fields: Fields, *names: str) -> str | None:
    """Return the first of these fields that has text; markup in it is another's case."""
    text = any_text(fields, *names)
    if text is not None and "<" in text:
        raise OutOfTheOrdinary
    return text


def any_text(fields: Fields, *names: str) -> str | None:
    for name in names:
        if name in fields:
            for element in fields[name]:
                if text := (element.text or "").strip():
                    return text
    return None


def texts(fields: Fields, *names: str) -> list[str]:
    return [
        text
        for name in names
        if name in fields
        for element in fields[name]
        if (text := (element.text or "").strip())
    ]


def text_of(element: "etree._Element") -> str | None:
    return (element.text or "").strip() or None


def nested(fields: Fields, name: str) -> list[str]:
    return [c.text or "" for e in fields.get(name, ()) for c in e.iterchildren()]


def href(fields: Fields, name: str, rel: str) -> str | None:
    """Return the first link of this relation, a web page before any other kind."""
    if name not in fields:
        return None
    found = [e for e in fields[name] if e.get("rel", "alternate") == rel]
    if len(found) > 1:
        found.sort(key=_is_no_page)
    return next((to for e in found if (to := (e.get("href") or "").strip())), None)


def _is_no_page(link: "etree._Element") -> bool:
    return "html" not in link.get("type", "html").lower()


def person(element: "etree._Element") -> str:
    """Return an Atom person as RSS writes one: 'name (address)', or the one there is."""
    fields = fields_of(element, default="atom:")
    name = first(fields, "name") or ("" if len(element) else text_of(element) or "")
    return named(name, first(fields, "email"))


def owner(element: "etree._Element") -> str | None:
    """Return the name of a podcast's owner, else the address: a contact, not a byline."""
    return first(fields_of(element), "itunes:name", "itunes:email")


def named(name: str | None, address: str | None) -> str:
    """Return 'name (address)', or the one there is; an address nobody reads is none."""
    if name and address and not _NOBODY.match(address):
        return f"{name} ({address})"
    return name or address or ""


def captions(fields: Fields) -> list[str]:
    """Return what is written under pictures and films."""
    if "media:content" not in fields and "media:group" not in fields:
        return []
    names = _NAMES[""]
    return [
        element.text
        for name in ("media:content", "media:group")
        for media in fields.get(name, ())
        for element in media.iterdescendants()
        if names[element.tag] in _CAPTIONS and element.text
    ]


def date_of(fields: Fields, fallback: Fallback | None, *names: str) -> RawDate | None:
    text = any_text(fields, *names)
    return RawDate(text, parse_date(text, fallback)) if text else None
