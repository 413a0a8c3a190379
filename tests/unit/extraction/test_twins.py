from datetime import UTC, datetime

import pytest

from tasks.extraction.extract import extract_article
from tasks.extraction.twins import twin_addresses
from tasks.model.feeds import FeedItem, FetchedResponse
from tasks.model.reasons import RejectReason

URL = "https://a.example/story"


def test_amp_and_print_twins_are_found_on_the_same_site() -> None:
    page = (
        "<html><head><link rel='amphtml' href='/story/amp'>"
        "<link rel='alternate' media='print' href='https://www.a.example/story/print'>"
        "</head><body><p>x</p></body></html>"
    )
    assert twin_addresses(page, URL) == (
        "https://a.example/story/amp",
        "https://www.a.example/story/print",
    )


def test_other_sites_schemes_and_the_page_itself_are_no_twins() -> None:
    page = (
        "<html><head><link rel='amphtml' href='https://evil.example/amp'></head><body>"
        "<a class='print' href='javascript:print()'>p</a><a class='print' href='#x'>p</a></body></html>"
    )
    assert twin_addresses(page, URL) == ()


def test_what_is_no_page_has_no_twin() -> None:
    assert twin_addresses(b"%PDF-1.7", URL) == ()


STORY = (
    "Gunmen attacked the weekly market of Tamba on Monday and killed eleven traders. ",
    "The mayor said that houses were burned and that families fled towards the river. ",
    "Soldiers reached the town in the evening, residents told the regional radio. ",
)
TITLE = "Eleven traders killed at Tamba market"
SEEN = datetime(2026, 3, 2, tzinfo=UTC)


def response(html: str, url: str = URL) -> FetchedResponse:
    headers = (("content-type", "text/html; charset=utf-8"),)
    return FetchedResponse(url, url, 200, headers, html.encode(), SEEN, 1)


def shell(text: str = "", extra: str = "") -> FetchedResponse:
    return response(
        f"<html><head><title>{TITLE}</title>{extra}"
        "<link rel='amphtml' href='/story/amp'>"
        "<link rel='alternate' media='print' href='/story/print'>"
        f"</head><body><div id='app'></div><p>{text}</p></body></html>"
    )


def amp(*paragraphs: str, title: str = TITLE) -> FetchedResponse:
    body = "".join(f"<p>{paragraph * 2}</p>" for paragraph in paragraphs)
    return response(
        "<html><head><link rel='canonical' href='https://a.example/elsewhere'>"
        "<meta property='article:published_time' content='2026-03-01T10:00:00+00:00'>"
        f"<title>{title}</title></head><body><article><h1>{title}</h1>{body}"
        "<p>Read also: Ten dead in Kono</p></article></body></html>",
        "https://a.example/story/amp",
    )


def test_a_page_without_a_text_names_one_twin_to_ask() -> None:
    found = extract_article(shell(), None, None, SEEN)
    assert found.article is None
    assert found.twin_url == "https://a.example/story/amp"


@pytest.mark.parametrize(
    "page",
    [
        pytest.param(shell("Subscribe to continue reading this article."), id="paywall"),
        pytest.param(shell("Verify you are human. Ray ID: 7f. Why have I been blocked?"), id="bot-wall"),
        pytest.param(amp(*STORY), id="article"),
    ],
)  # fmt: skip
def test_walls_and_articles_ask_for_no_twin(page: FetchedResponse) -> None:
    assert extract_article(page, None, None, SEEN).twin_url is None


def test_the_text_of_a_twin_keeps_the_identity_of_its_page() -> None:
    article = extract_article(shell(), None, None, SEEN, twin=amp(*STORY)).article
    assert article is not None
    assert article.canonical_url == URL
    assert article.url == URL
    assert article.title == TITLE
    assert article.extractor == "twin:trafilatura-fast"
    assert article.extractor_rule == "empty:replaced"
    assert article.paragraphs == tuple((p * 2).strip() for p in STORY)
    assert "Read also: Ten dead in Kono" in {cut.text for cut in article.removals}
    assert article.published_at == datetime(2026, 3, 1, 10, tzinfo=UTC)


def test_what_the_page_says_of_itself_goes_before_its_twin() -> None:
    own = "<meta property='article:published_time' content='2026-02-27T08:00:00+00:00'>"
    twin = amp(*STORY, title="Another title")
    article = extract_article(shell(extra=own), None, None, SEEN, twin=twin).article
    assert article is not None
    assert article.title == TITLE
    assert article.published_at == datetime(2026, 2, 27, 8, tzinfo=UTC)


@pytest.mark.parametrize(
    "twin",
    [
        pytest.param(shell(), id="empty-as-well"),
        pytest.param(response("%PDF-1.7"), id="no-page"),
        pytest.param(response("<html><title>Just a moment...</title><body>Checking your browser before accessing"), id="bot-wall"),
    ],
)  # fmt: skip
def test_a_twin_without_a_text_leaves_the_reject_and_asks_for_nothing_more(
    twin: FetchedResponse,
) -> None:
    found = extract_article(shell(), None, None, SEEN, twin=twin)
    assert found.reject is not None
    assert found.reject.reason is RejectReason.NO_BODY
    assert found.twin_url is None


def test_a_twin_is_judged_like_any_other_candidate() -> None:
    """The feed's whole text beats a twin that shows something else."""
    item = FeedItem("f", "i", None, URL, TITLE, content_html="".join(f"<p>{p * 2}</p>" for p in STORY))  # fmt: skip
    other = amp(
        "Sign up and get the best of our offers for garden tools in spring. " * 2
    )
    article = extract_article(shell(), item, None, SEEN, twin=other).article
    assert article is not None
    assert article.extractor == "feed-content"
