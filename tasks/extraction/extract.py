"""From one fetched page to an article or a reject.

Every step is a pure function of the page, its feed item and the moment it was first
seen; the same input gives the same article in every run and process.
"""

from dataclasses import dataclass, replace
from datetime import UTC, datetime
from urllib.parse import urlsplit

from lxml.html import HtmlElement

from tasks.errors import ArticleError
from tasks.extraction.body import ENGINE_VERSION
from tasks.extraction.canonical_url import article_id, choose_canonical
from tasks.extraction.dates import Dates, read_dates
from tasks.extraction.head import cut_head
from tasks.extraction.html import parse_page
from tasks.extraction.inserts import cut_inserts
from tasks.extraction.metadata import Metadata, read_metadata
from tasks.extraction.opinions import choose_text
from tasks.extraction.page import Body, Page
from tasks.extraction.page_kind import Seen, article_kind, visible_text, wall_kind
from tasks.extraction.prune import Pruned, prune, removals
from tasks.extraction.structured import Declared, read_declared
from tasks.extraction.twins import completed, read_twin, twin_addresses
from tasks.extraction.wire_credit import find_wire_credit
from tasks.model.articles import Article, Extraction, Reject, Removal
from tasks.model.feeds import Feed, FeedItem, FetchedResponse
from tasks.model.reasons import RejectReason, Stage
from tasks.text.language import detect_language

# Changes whenever a rule or a data file here may change a text, a date or an identity.
RULES_VERSION = "2026.11.1"
EXTRACTOR_VERSION = f"{RULES_VERSION}+trafilatura-{ENGINE_VERSION}"

_PAGE_TEXT = 60_000  # characters searched for the words of a wall


def extract_article(
    response: FetchedResponse,
    item: FeedItem | None,
    feed: Feed | None,
    first_seen_at: datetime,
    response_id: str | None = None,
    *,
    twin: FetchedResponse | None = None,
) -> Extraction:
    """Return the article of one response, or why there is none; never raises on a page.

    Where the page holds no text, `twin_url` says where else it may be found; calling
    again with that response as `twin` makes its text one of the candidates.
    """
    reason: RejectReason | None
    try:
        page = extract_page(
            response.body,
            response.final_url,
            content_type=response.header("content-type"),
            item=item,
            feed=feed,
            first_seen_at=first_seen_at,
            twin=twin,
        )
    except ArticleError as error:
        reason, detail = error.reason, error.detail
    else:
        reason, detail = page.kind, page.title[:200]
    if reason is None:
        return Extraction(
            article=_article(page, response, item, feed, first_seen_at, response_id)
        )
    is_mendable = reason is RejectReason.NO_BODY and twin is None
    return Extraction(
        reject=Reject(
            Stage.EXTRACTION,
            reason,
            url=item.url if item else response.url,
            item_id=item.item_id if item else None,
            response_id=response_id,
            detail=detail,
        ),
        twin_url=_twin_of(response) if is_mendable else None,
    )


def _twin_of(response: FetchedResponse) -> str | None:
    return next(iter(twin_addresses(response.body, response.final_url)), None)


def extract_page(
    html: bytes | str,
    url: str,
    *,
    content_type: str | None = None,
    item: FeedItem | None = None,
    feed: Feed | None = None,
    first_seen_at: datetime | None = None,
    twin: FetchedResponse | None = None,
) -> Page:
    """Return what a page says; ArticleError when it is no page or a wall.

    A page that is not a whole article (paywalled, index, gallery, ...) is returned
    with its kind, so that an editor can see what there was.
    """
    tree = parse_page(html, content_type)
    declared = read_declared(tree)
    metadata = read_metadata(tree, declared, url, item, feed)
    wall = wall_kind(tree, tree.findtext(".//title") or metadata.title, declared)
    if wall is not None:
        raise ArticleError(wall, metadata.title[:200])
    dates = read_dates(tree, declared, url, item=item, first_seen_at=first_seen_at)
    prior = _language_prior(tree, declared, item, feed)
    pruned = prune(tree)  # from here on the tree is no longer the page
    other = None if twin is None else read_twin(twin, first_seen_at)
    body, rule = choose_text(
        tree,
        declared,
        metadata,
        pruned,
        item,
        twin=None if other is None else other.body,
    )
    if other is not None and body is other.body:
        tree, pruned = other.tree, other.pruned
        metadata = completed(metadata, other.metadata)
        dates = dates if dates.published else other.dates
    paragraphs, cuts = _clean(body, metadata, pruned, item)
    seen = Seen(
        url=url,
        title=metadata.title,
        declared=declared,
        page_text=lambda: _page_text(tree, pruned, paragraphs),
        paragraphs=paragraphs,
        linked=pruned.linked,
        num_times=sum(cut.reason == "timestamp" for cut in cuts),
    )
    text = _Text(body.extractor, rule, paragraphs, cuts, article_kind(seen))
    return _page(
        text, metadata, dates, prior, choose_canonical(url, _stated_address(declared))
    )


@dataclass(frozen=True, slots=True)
class _Text:
    """The text chosen and cleaned."""

    extractor: str
    rule: str
    paragraphs: tuple[str, ...]
    cuts: tuple[Removal, ...]
    kind: RejectReason | None


def _page(
    text: _Text, metadata: Metadata, dates: Dates, prior: str | None, address: str
) -> Page:
    language, confidence = detect_language("\n".join(text.paragraphs), prior)
    published = dates.published
    return Page(
        title=metadata.title,
        paragraphs=text.paragraphs,
        removals=text.cuts,
        extractor=text.extractor,
        extractor_rule=text.rule,
        published_at=published.value if published else None,
        published_on=dates.day,
        updated_at=dates.updated_at,
        published_at_source=published.source if published else None,
        date_candidates=dates.candidates,
        language=language,
        language_confidence=confidence,
        byline=metadata.byline,
        section=metadata.section,
        publisher=metadata.publisher,
        wire_credit=find_wire_credit(text.paragraphs, metadata.byline),
        description=metadata.description,
        canonical_url=address,
        kind=text.kind,
    )


def _clean(
    body: Body, metadata: Metadata, pruned: Pruned, item: FeedItem | None
) -> tuple[tuple[str, ...], tuple[Removal, ...]]:
    captions = frozenset(item.media_captions) if item else frozenset()
    cleaned = cut_inserts(body.paragraphs, linked=pruned.linked, captions=captions)
    paragraphs, head = cut_head(cleaned.paragraphs, metadata)
    # the head was cut from the start: what stood behind it moves up
    moved = [
        replace(cut, paragraph=max(0, cut.paragraph - len(head)))
        for cut in cleaned.removals
    ]
    cuts = [*head, *moved, *removals(pruned.cuts, paragraphs)]
    return paragraphs, tuple(sorted(cuts, key=lambda cut: cut.paragraph))


def _page_text(tree: HtmlElement, pruned: Pruned, paragraphs: tuple[str, ...]) -> str:
    """Return the page's whole text where it may hold the words of a wall."""
    if sum(map(len, paragraphs)) > _PAGE_TEXT // 10:
        return ""
    parts = [cut.text for cut in pruned.cuts]
    return f"{visible_text(tree, _PAGE_TEXT)} {' '.join(parts)}"[: 2 * _PAGE_TEXT]


def _language_prior(
    tree: HtmlElement, declared: Declared, item: FeedItem | None, feed: Feed | None
) -> str | None:
    stated = declared.article.language if declared.article else None
    return (
        (item.language if item else None)
        or (feed.language if feed else None)
        or tree.get("lang")
        or stated
        or declared.meta("og:locale")
    )


def _stated_address(declared: Declared) -> str | None:
    return declared.links.get("canonical") or declared.meta("og:url")


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
        published_at=_utc(page.published_at),
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


def _utc(moment: datetime | None) -> datetime | None:
    return None if moment is None else moment.astimezone(UTC)
