"""Other addresses of the same text, to try when the page itself gives none."""

from urllib.parse import urljoin, urlsplit

from lxml import etree

from tasks.errors import ArticleError
from tasks.extraction.canonical_url import same_site
from tasks.extraction.html import parse_page

MAX_TWINS = 2
_LINKS = etree.XPath(
    "//link[@rel='amphtml' or (@rel='alternate' and contains(@media, 'print'))]/@href"
    "|//a[contains(@class, 'print') or contains(@rel, 'print')]/@href"
)


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


def _absolute(href: str, url: str) -> str | None:
    try:
        twin = urljoin(url, href.strip())
        scheme = urlsplit(twin).scheme
    except ValueError:
        return None
    is_ours = scheme in ("http", "https") and same_site(twin, url)
    return twin if is_ours and twin.partition("#")[0] != url else None
