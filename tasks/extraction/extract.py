"""From one fetched page to an article or a reject."""

from datetime import UTC, datetime
from urllib.parse import urlsplit

from tasks.errors import ArticleError
from tasks.extraction.body import ENGINE_VERSION, extract_body
from tasks.extraction.canonical_url import article_id, canonicalise
from tasks.extraction.html import parse_page
from tasks.extraction.page import Page
from tasks.model.articles import Article, Extraction, Reject
from tasks.model.feeds import Feed, FeedItem, FetchedResponse
from tasks.model.reasons import RejectReason, Stage

# Changes whenever a rule here may change a text, a date or an identity.
RULES_VERSION = "2026.11.0"
EXTRACTOR_VERSION = f"{RULES_VERSION}+trafilatura-{ENGINE_VERSION}"


def extract_article(
    response: FetchedResponse,
    item: FeedItem | None,
    feed: Feed | None,
    first_seen_at: datetime,
    response_id: str | None = None,
) -> Extraction:
    """Return the article of one response, or why there is none; never raises on a page."""
    try:
        page = extract_page(
            response.body,
            response.final_url,
            content_type=response.header("content-type"),
            item=item,
            feed=feed,
            first_seen_at=first_seen_at,
        )
    except ArticleError as error:
        return Extraction(
            reject=Reject(
                Stage.EXTRACTION,
                error.reason,
                url=response.url,
                item_id=item.item_id if item else None,
                response_id=response_id,
                detail=error.detail,
            )
        )
    return Extraction(
        article=_article(page, response, item, feed, first_seen_at, response_id)
    )


def extract_page(
    html: bytes | str,
    url: str,
    *,
    content_type: str | None = None,
    item: FeedItem | None = None,
    feed: Feed | None = None,
    first_seen_at: datetime | None = None,
) -> Page:
    """Return what a page says; ArticleError when it is no article."""
    tree = parse_page(html, content_type)
    title = item.title if item else (tree.findtext(".//title") or "").strip()
    body = extract_body(tree)
    if not body.paragraphs:
        raise ArticleError(RejectReason.NO_BODY)
    published = item.published_at if item and not item.is_date_suspect else None
    if published and first_seen_at and published > first_seen_at:
        published = None
    return Page(
        title=title,
        paragraphs=body.paragraphs,
        removals=(),
        extractor=body.extractor,
        extractor_rule="first",
        published_at=published,
        updated_at=None,
        published_at_source="feed" if published else None,
        date_candidates=(),
        language=feed.language if feed else None,
        language_confidence=None,
        byline=None,
        section=None,
        publisher=None,
        wire_credit=None,
        description=None,
        canonical_url=canonicalise(url),
    )


def _article(  # noqa: PLR0917 - the arguments of extract_article
    page: Page,
    response: FetchedResponse,
    item: FeedItem | None,
    feed: Feed | None,
    first_seen_at: datetime,
    response_id: str | None,
) -> Article:
    host = urlsplit(page.canonical_url).hostname or ""
    return Article(
        article_id=article_id(page.canonical_url),
        canonical_url=page.canonical_url,
        url=item.url if item else response.url,
        publisher=feed.name if feed else (page.publisher or host),
        publisher_host=host,
        title=page.title,
        paragraphs=page.paragraphs,
        language=page.language,
        language_confidence=page.language_confidence,
        published_at=page.published_at,
        updated_at=page.updated_at,
        first_seen_at=first_seen_at.astimezone(UTC),
        byline=page.byline,
        section=page.section,
        wire_credit=page.wire_credit,
        summary=(item.summary if item else None) or page.description,
        outlet_country=feed.country_code if feed else None,
        feed_url=feed.feed_url if feed else None,
        source_publisher=item.source_publisher if item else None,
        extractor=page.extractor,
        extractor_rule=page.extractor_rule,
        extractor_version=EXTRACTOR_VERSION,
        published_at_source=page.published_at_source,
        response_id=response_id,
        removals=page.removals,
        date_candidates=page.date_candidates,
    )
