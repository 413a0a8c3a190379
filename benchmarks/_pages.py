"""Pages for measurements: every newsroom article in every template, hosts made distinct."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from tasks.demo.corpus import DemoArticle, articles
from tasks.demo.outlets import Outlet, outlets
from tasks.demo.pages import content_type, render_article

TEMPLATES = ("broadsheet", "tabloid", "wire", "magazine", "radio", "blog", "minimal")


@dataclass(frozen=True, slots=True)
class RenderedPage:
    """One page, its address, and the article it shows."""

    url: str
    content_type: str
    html: bytes
    article: DemoArticle
    template: str


def rendered_pages() -> Iterator[RenderedPage]:
    """Yield every article of kind 'article' in every template; about 700 pages."""
    shown = [a for a in articles() if a.page == "article"]
    for template in TEMPLATES:
        for number, article in enumerate(shown):
            moved = replace(article, host=f"{template}.{article.host}")
            outlet = replace(
                outlets()[article.host], host=moved.host, template=template
            )
            others = shown[number + 1 : number + 7]
            yield RenderedPage(
                url=moved.url,
                content_type=content_type(outlet),
                html=render_article(outlet, moved, others, amp=False),
                article=moved,
                template=template,
            )


def outlet_of(page: RenderedPage) -> Outlet:
    """Return the outlet that shows the page."""
    known = outlets()[page.article.host.split(".", 1)[1]]
    return replace(known, host=page.article.host, template=page.template)
