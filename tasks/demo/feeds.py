"""Feed documents of an outlet: RSS 2.0, RSS 1.0 (RDF), Atom, JSON Feed, news sitemap."""

import json
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from email.utils import format_datetime
from html import escape

from tasks.demo.corpus import DemoArticle
from tasks.demo.outlets import Outlet

_MAX_ITEMS = 30


def render_feed(
    outlet: Outlet, newest_first: Sequence[DemoArticle], now: datetime
) -> tuple[str, bytes]:
    """Return (content type, document) of the outlet's feed at that time."""
    items = [] if "empty" in outlet.quirks else list(newest_first[:_MAX_ITEMS])
    return _RENDERERS[outlet.format](outlet, items, now)


def _paragraphs(article: DemoArticle) -> str:
    return "".join(f"<p>{escape(p)}</p>" for p in article.body)


def _guid(outlet: Outlet, article: DemoArticle) -> str:
    return "urn:item" if "same_guid" in outlet.quirks else f"urn:{article.id}"


def _dated(outlet: Outlet, article: DemoArticle, now: datetime) -> datetime:
    if "wrong_dates" in outlet.quirks:
        return now + timedelta(days=400)
    return article.published_at


def _rss2(
    outlet: Outlet, items: list[DemoArticle], now: datetime, *, full: bool = True
) -> tuple[str, bytes]:
    rows = []
    for a in items:
        content = (
            f"<content:encoded><![CDATA[{_paragraphs(a)}]]></content:encoded>"
            if full and a.page == "article"
            else ""
        )
        rows.append(
            f"<item><title>{escape(a.title)}</title><link>{escape(a.url)}?utm_source=rss"
            f'</link><guid isPermaLink="false">{_guid(outlet, a)}</guid>'
            f"<pubDate>{format_datetime(_dated(outlet, a, now))}</pubDate>"
            f"<description>{escape(a.summary)}</description>{content}</item>"
        )
    text = (
        '<?xml version="1.0" encoding="utf-8"?><rss version="2.0" '
        'xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel>'
        f"<title>{escape(outlet.name)}</title><link>https://{outlet.host}/</link>"
        f"<description>News from {escape(outlet.name)}</description>"
        f"<language>en</language><ttl>15</ttl>{''.join(rows)}</channel></rss>"
    )
    return "application/rss+xml; charset=utf-8", text.encode()


def _rss2_summary(
    outlet: Outlet, items: list[DemoArticle], now: datetime
) -> tuple[str, bytes]:
    return _rss2(outlet, items, now, full=False)


def _rdf(outlet: Outlet, items: list[DemoArticle], now: datetime) -> tuple[str, bytes]:
    listed = "".join(f'<rdf:li resource="{escape(a.url)}"/>' for a in items)
    rows = "".join(
        f'<item rdf:about="{escape(a.url)}"><title>{escape(a.title)}</title>'
        f"<link>{escape(a.url)}</link><description>{escape(a.summary)}</description>"
        f"<dc:date>{_dated(outlet, a, now).isoformat()}</dc:date></item>"
        for a in items
    )
    text = (
        '<?xml version="1.0" encoding="utf-8"?>'
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" '
        'xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f'<channel rdf:about="https://{outlet.host}/index.rdf">'
        f"<title>{escape(outlet.name)}</title><link>https://{outlet.host}/</link>"
        f"<description>News</description><items><rdf:Seq>{listed}</rdf:Seq></items>"
        f"</channel>{rows}</rdf:RDF>"
    )
    return "application/rdf+xml; charset=utf-8", text.encode()


def _atom(outlet: Outlet, items: list[DemoArticle], now: datetime) -> tuple[str, bytes]:
    rows = []
    for a in items:
        author = f"<author><name>{escape(a.byline)}</name></author>" if a.byline else ""
        rows.append(
            f"<entry><title>{escape(a.title)}</title><id>{_guid(outlet, a)}</id>"
            f'<link rel="alternate" href="{escape(a.url)}"/>{author}'
            f"<published>{_dated(outlet, a, now).isoformat()}</published>"
            f"<updated>{(a.updated_at or a.published_at).isoformat()}</updated>"
            f"<summary>{escape(a.summary)}</summary></entry>"
        )
    newest = items[0].published_at if items else now
    text = (
        '<?xml version="1.0" encoding="utf-8"?>'
        f'<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en">'
        f"<title>{escape(outlet.name)}</title><id>https://{outlet.host}/</id>"
        f'<link rel="self" href="{outlet.feed_url}"/>'
        f"<updated>{newest.isoformat()}</updated>{''.join(rows)}</feed>"
    )
    return "application/atom+xml; charset=utf-8", text.encode()


def _jsonfeed(
    outlet: Outlet, items: list[DemoArticle], now: datetime
) -> tuple[str, bytes]:
    document = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": outlet.name,
        "home_page_url": f"https://{outlet.host}/",
        "feed_url": outlet.feed_url,
        "language": "en",
        "items": [
            {
                "id": _guid(outlet, a),
                "url": a.url,
                "title": a.title,
                "summary": a.summary,
                "date_published": _dated(outlet, a, now).isoformat(),
            }
            for a in items
        ],
    }
    return "application/feed+json", json.dumps(document, ensure_ascii=False).encode()


def _sitemap(
    outlet: Outlet, items: list[DemoArticle], now: datetime
) -> tuple[str, bytes]:
    rows = "".join(
        f"<url><loc>{escape(a.url)}</loc><news:news><news:publication>"
        f"<news:name>{escape(outlet.name)}</news:name><news:language>en</news:language>"
        f"</news:publication><news:publication_date>"
        f"{_dated(outlet, a, now).isoformat()}</news:publication_date>"
        f"<news:title>{escape(a.title)}</news:title></news:news></url>"
        for a in items
    )
    text = (
        '<?xml version="1.0" encoding="utf-8"?>'
        '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" '
        'xmlns:news="http://www.google.com/schemas/sitemap-news/0.9">'
        f"{rows}</urlset>"
    )
    return "application/xml; charset=utf-8", text.encode()


_RENDERERS: dict[
    str, Callable[[Outlet, list[DemoArticle], datetime], tuple[str, bytes]]
] = {
    "rss2": _rss2,
    "rss2_summary": _rss2_summary,
    "rdf": _rdf,
    "atom": _atom,
    "jsonfeed": _jsonfeed,
    "sitemap": _sitemap,
}
