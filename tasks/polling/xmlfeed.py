"""RSS, RDF and Atom of the common, well-formed kind, read from the tree. Pure.

Whatever is out of the ordinary (xml:base, XHTML or base64 content, markup that needs
cleaning, unknown namespaces at the root) is left to feedparser: `read_xmlfeed` returns
None. Both readers fill the same RawFeed, and the tests hold them against each other.
"""

from lxml import etree

from tasks.polling.atom import read_atom
from tasks.polling.dates import Fallback
from tasks.polling.raw import Format, RawFeed
from tasks.polling.rss import read_rss
from tasks.polling.xml_fields import ATOM, RDF, OutOfTheOrdinary
from tasks.polling.xml_tree import local, namespace


def read_xmlfeed(
    root: "etree._Element", fallback: Fallback | None = None
) -> RawFeed | None:
    """Return the document as written; None when the lenient reader must look at it."""
    kind = _kind(root)
    if kind is None:
        return None
    try:
        if kind == "atom":
            return read_atom(root, fallback)
        return read_rss(root, kind, fallback)
    except OutOfTheOrdinary:
        return None


def _kind(root: "etree._Element") -> Format | None:
    name, home = local(root), namespace(root).lower()
    if name == "rss" and home == "":
        return "rss"
    if name == "rdf" and home == RDF:
        return "rdf"
    return "atom" if name == "feed" and home in ATOM else None
