"""Other addresses of the same text, to try when the page itself gives none."""

from dataclasses import dataclass, replace
from datetime import datetime
from urllib.parse import urljoin, urlsplit

from lxml import etree
from lxml.html import HtmlElement

from tasks.errors import ArticleError
from tasks.extraction.canonical_url import same_site
from tasks.extraction.dates import Dates, read_dates
from tasks.extraction.html import parse_page
from tasks.extraction.metadata import Metadata, read_metadata
from tasks.extraction.opinions import choose_text
from tasks.extraction.page import Body
from tasks.extraction.page_kind import wall_kind
from tasks.extraction.prune import Pruned, prune
from tasks.extraction.structured import read_declared
from tasks.model.feeds import FetchedResponse

MAX_TWINS = 2
_LINKS = etree.XPath(
    "//link[@rel='amphtml' or (@rel='alternate' and contains(@media, 'print'))]/@href"
    "|//a[contains(@class, 'print') or contains(@rel, 'print')]/@href"
)


@dataclass(frozen=True, slots=True)
class Twin:
    """A page's twin, read as a page of its own."""

    body: Body  # extractor: 'twin:' and what gave the text
    tree: HtmlElement
    pruned: Pruned
    metadata: Metadata
    dates: Dates


def twin_addresses(page: bytes | str, url: str) -> tuple[str, ...]:
    """Return the addresses of the page's AMP and print twins, AMP first.

    Only http(s) addresses on the page's own site, at most MAX_TWINS, never the page
    itself; () for what is no page.
    """
    try:
        found = _LINKS(parse_page(page))
    except ArticleError:
        return ()
    hrefs = found if isinstance(found, list) else []
    twins = [_absolute(str(href), url) for href in hrefs]
    return tuple(dict.fromkeys(twin for twin in twins if twin))[:MAX_TWINS]


def read_twin(response: FetchedResponse, first_seen_at: datetime | None) -> Twin | None:
    """Return what a twin says; None when it is no page or a wall."""
    url = response.final_url
    try:
        tree = parse_page(response.body, response.header("content-type"))
    except ArticleError:
        return None
    declared = read_declared(tree)
    metadata = read_metadata(tree, declared, url)
    if wall_kind(tree, tree.findtext(".//title") or metadata.title, declared):
        return None
    dates = read_dates(tree, declared, url, first_seen_at=first_seen_at)
    pruned = prune(tree)
    body, _ = choose_text(tree, declared, metadata, pruned, None)
    named = replace(body, extractor=f"twin:{body.extractor}")
    return Twin(named, tree, pruned, metadata, dates)


def completed(own: Metadata, twin: Metadata) -> Metadata:
    """Return a page's metadata; what it does not say is taken from its twin."""
    return Metadata(
        title=own.title or twin.title,
        headings=(*own.headings, *twin.headings, twin.title),
        byline=own.byline or twin.byline,
        section=own.section or twin.section,
        publisher=own.publisher or twin.publisher,
        description=own.description or twin.description,
    )


def _absolute(href: str, url: str) -> str | None:
    try:
        twin = urljoin(url, href.strip())
        scheme = urlsplit(twin).scheme
    except ValueError:
        return None
    is_ours = scheme in ("http", "https") and same_site(twin, url)
    return twin if is_ours and twin.partition("#")[0] != url else None
