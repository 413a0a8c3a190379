"""Bytes to an XML tree without any of XML's dangers: no DTD, no entities, no network."""

import codecs
import re
from collections.abc import Mapping
from functools import lru_cache

from lxml import etree

_DECLARED = re.compile(
    rb"""^<\?xml[^>]{0,200}?encoding\s*=\s*["']([A-Za-z0-9._\-]{1,40})"""
)
_CHARSET = re.compile(
    r"""charset\s*=\s*["']?\s*([A-Za-z0-9._\-]{1,40})""", re.IGNORECASE
)
# Windows-1252 punctuation smuggled in as C1 controls, which feedparser repairs.
# Two patterns: one that starts with a literal is searched 20 times as fast.
_WRONG_REFERENCE = re.compile(rb"#(?:(?:1[2-5]\d|x[89][0-9a-f]);|X)")
_WRONG_CONTROL = re.compile(rb"\xc2[\x80-\x9f]")
_WIDE = ("utf-16", "utf-32", "iso10646")
_BOMS = (codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


def parse_tree(content: bytes, headers: Mapping[str, str]) -> "etree._Element | None":
    """Return the root of a well-formed document; None: leave it to a lenient reader.

    None also for any DOCTYPE (entities), for a charset that header and document do not
    agree on, and beyond the parser's own bounds (depth 256, 10 MB of text in one node).
    """
    document = content.lstrip(b" \t\r\n")
    if b"<!DOCTYPE" in document[:4_096].upper() or b"<!ENTITY" in document:
        return None
    if _WRONG_REFERENCE.search(document) or _WRONG_CONTROL.search(document):
        return None
    charset = _agreed_charset(document, headers.get("content-type", ""))
    if charset is None:
        return None
    parser = etree.XMLParser(
        encoding=charset or None,
        resolve_entities=False,
        load_dtd=False,
        no_network=True,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        return etree.fromstring(document, parser)
    except (etree.XMLSyntaxError, ValueError, LookupError):
        return None


def _agreed_charset(document: bytes, content_type: str) -> str | None:
    """Return the charset to force, '' for the document's own, None for a contradiction."""
    declared = _DECLARED.match(document)
    header = _CHARSET.search(content_type)
    if document.startswith(_BOMS):
        return "" if header is None else None
    try:
        inside = codecs.lookup(declared[1].decode()).name if declared else ""
        outside = codecs.lookup(header[1]).name if header else ""
    except LookupError:
        return None
    if declared and inside.startswith(_WIDE):
        inside = "utf-8"  # the declaration was legible, so the document is not wide
        outside = outside or inside
        return None if outside.startswith(_WIDE) else outside
    if inside and outside and inside != outside:
        return None
    return outside if outside and not inside else ""


def local(element: "etree._Element") -> str:
    """Return the element's name without its namespace, lower case."""
    return _local(element.tag)


@lru_cache(maxsize=4_096)
def _local(tag: object) -> str:
    return str(tag).rpartition("}")[2].lower()


def namespace(element: "etree._Element") -> str:
    """Return the element's namespace; empty: none."""
    return str(element.tag)[1:].partition("}")[0] if str(element.tag)[:1] == "{" else ""
