"""What a page, its feed item and its twin offer as the article's text, and which one wins."""

from lxml.html import HtmlElement

from tasks.extraction.body import extract_body, extract_body_slowly
from tasks.extraction.candidates import Offers, choose_body, cluster, text_of
from tasks.extraction.metadata import Metadata
from tasks.extraction.page import Body
from tasks.extraction.prune import Pruned
from tasks.extraction.structured import Declared
from tasks.model.feeds import FeedItem


def choose_text(
    tree: HtmlElement,
    declared: Declared,
    metadata: Metadata,
    pruned: Pruned,
    item: FeedItem | None,
    *,
    twin: Body | None = None,
) -> tuple[Body, str]:
    """Return the best text of a pruned page and the rule that chose it.

    `twin` is the text of the page's AMP or print twin; whoever has one knows that the
    page itself came to nothing.
    """
    article = declared.article
    summary = " ".join(text_of(item.summary)) if item and item.summary else ""
    offers = Offers(
        title=metadata.title,
        lead=summary or metadata.description or "",
        jsonld_body=article.body if article and article.is_article else None,
        feed_content=item.content_html if item else None,
        linked=pruned.linked,
    )
    opinions = [lambda: extract_body_slowly(tree), lambda: cluster(tree)]
    if twin is not None:
        opinions.append(lambda: twin)
    return choose_body(
        extract_body(tree),
        offers,
        opinions,
        known_doubt=None if twin is None else "came-to-nothing",
    )
