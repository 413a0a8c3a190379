"""HTML pages of the outlets, one template a look; inserts stand where pages put them."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from jinja2 import Environment, PackageLoader, select_autoescape

from tasks.demo.corpus import DemoArticle, Insert
from tasks.demo.outlets import Outlet


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph of the article, or an insert."""

    kind: str  # 'p' or an Insert kind
    text: str


def render_article(
    outlet: Outlet, article: DemoArticle, others: Sequence[DemoArticle], *, amp: bool
) -> bytes:
    """Return the article's page in the outlet's template (or its AMP twin)."""
    name = _template_name(outlet, article, amp=amp)
    html = (
        _environment()
        .get_template(name)
        .render(
            outlet=outlet,
            article=article,
            blocks=blocks(article),
            after=[i for i in article.inserts if i.after >= len(article.body)],
            others=others[:6],
        )
    )
    if outlet.template == "radio":
        return html.encode("iso-8859-1", errors="xmlcharrefreplace")
    return html.encode()


def render_front(outlet: Outlet, newest_first: Sequence[DemoArticle]) -> bytes:
    """Return the outlet's front page: headlines only."""
    template = _environment().get_template("front.html.j2")
    return template.render(outlet=outlet, articles=newest_first[:30]).encode()


def content_type(outlet: Outlet) -> str:
    """Return the Content-Type the outlet declares."""
    if outlet.template == "radio":
        return "text/html; charset=iso-8859-1"
    return "text/html; charset=utf-8"


def blocks(article: DemoArticle) -> list[Block]:
    """Return paragraphs and the inserts between them, in page order."""
    found: list[Block] = []
    for number, paragraph in enumerate(article.body):
        found.extend(_inserts_after(article.inserts, number))
        found.append(Block("p", paragraph))
    return found


def _inserts_after(inserts: Sequence[Insert], number: int) -> list[Block]:
    return [Block(i.kind, i.text) for i in inserts if i.after == number]


def _template_name(outlet: Outlet, article: DemoArticle, *, amp: bool) -> str:
    if article.page != "article":
        return f"{article.page}.html.j2"
    return "amp.html.j2" if amp else f"{outlet.template}.html.j2"


@lru_cache(maxsize=1)
def _environment() -> Environment:
    return Environment(
        loader=PackageLoader("tasks.demo", "templates"),
        autoescape=select_autoescape(default=True, default_for_string=True),
        trim_blocks=True,
        lstrip_blocks=True,
    )
