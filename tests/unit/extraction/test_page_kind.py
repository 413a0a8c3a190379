import tomllib
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tasks.extraction import page_kind
from tasks.extraction.extract import extract_article
from tasks.model.feeds import FetchedResponse
from tasks.model.reasons import RejectReason, Stage

NOW = datetime(2026, 3, 3, 12, 0, tzinfo=UTC)
PROSE = (
    "Soldiers and armed men exchanged fire near the market of the town on Sunday, "
    "two residents and an official said, before the attackers left towards the river."
)
ARTICLE = "".join(f"<p>{n}. {PROSE}</p>" for n in range(10))


def outcome(
    body: str, *, head: str = "", url: str = "https://a.example/2026/03/story"
) -> str:
    page = f"<html><head>{head}</head><body>{body}</body></html>"
    response = FetchedResponse(
        url=url,
        final_url=url,
        status=200,
        headers=(("content-type", "text/html; charset=utf-8"),),
        body=page.encode(),
        retrieved_at=NOW,
        elapsed_ms=1,
    )
    extraction = extract_article(response, None, None, NOW, "r1")
    if extraction.reject is None:
        assert extraction.article is not None
        return "article"
    assert extraction.article is None
    assert extraction.reject.stage is Stage.EXTRACTION
    assert extraction.reject.response_id == "r1"
    return extraction.reject.reason.value


def jsonld(text: str) -> str:
    return f'<script type="application/ld+json">{text}</script>'


@pytest.mark.parametrize(
    ("expected", "body", "head", "url"),
    [
        pytest.param("bot_challenge", "<h1>a.example</h1><p>Checking your browser before accessing the site.</p>", "<title>Just a moment...</title>", None, id="challenge"),
        pytest.param("bot_challenge", "<p>Please verify you are a human to continue.</p>", "<title>a.example</title>", None, id="challenge-by-phrase"),
        pytest.param("consent_wall", "<h1>We value your privacy</h1><p>We and our partners store and/or access information on a device.</p><button>Accept</button>", "<title>a.example</title>", None, id="consent"),
        pytest.param("paywall", f"<article><h1>T</h1><p>{PROSE}</p><div class='paywall'><p>Subscribe to continue reading</p></div></article>", "", None, id="paywall-words"),
        pytest.param("paywall", f"<article><h1>T</h1><p>{PROSE} The army then…</p></article>", jsonld('{"@type":"NewsArticle","isAccessibleForFree":false}'), None, id="paywall-declared"),
        pytest.param("paywall", f"<article><p>{PROSE}</p><p>Article réservé aux abonnés</p></article>", "", None, id="paywall-fr"),
        pytest.param("live_blog", ARTICLE, jsonld('{"@type":"LiveBlogPosting"}'), None, id="live-declared"),
        pytest.param("live_blog", "".join(f"<p>{h}:15 GMT</p><p>{PROSE}</p>" for h in range(10, 18)), "<title>LIVE: battle for the town</title>", None, id="live-by-times"),
        pytest.param("video_page", f"<h1>Clashes</h1><video></video><p>{PROSE}</p>", jsonld('{"@type":"VideoObject","name":"Clashes"}'), None, id="video-declared"),
        pytest.param("video_page", f"<article><p>{PROSE}</p><p>{PROSE}</p></article>", "", "https://a.example/video/clashes", id="video-path"),
        pytest.param("gallery", f"<article><p>{PROSE}</p></article>", "<title>In pictures: the battle</title>", None, id="gallery-title"),
        pytest.param("index_page", "<ul>" + "".join(f"<li><a href='/{n}'>Rebels and soldiers clash near town number {n} again</a></li>" for n in range(30)) + "</ul>", "", "https://a.example/", id="front-page"),
        pytest.param("index_page", "".join(f"<p><a href='/{n}'>Report number {n} on the clashes in the northern region</a></p>" for n in range(30)), "<title>Category: War</title>", "https://a.example/category/war", id="category"),
        pytest.param("no_body", "<h1>Nothing here</h1>", "", None, id="no-body"),
    ],
)  # fmt: skip
def test_pages_without_a_whole_article_end_as_rejects(
    expected: str, body: str, head: str, url: str | None
) -> None:
    assert (
        outcome(body, head=head, url=url or "https://a.example/2026/03/story")
        == expected
    )


@pytest.mark.parametrize(
    ("body", "head", "url"),
    [
        pytest.param(ARTICLE, "", None, id="plain"),
        pytest.param(ARTICLE + "<div class='cookie'><p>We use cookies. We value your privacy.</p></div>", "", None, id="cookie-banner"),
        pytest.param(f"<article><p>{PROSE}</p></article><p>We and our partners use cookies. We value your privacy.</p>", "<meta property='og:type' content='article'>", None, id="short-under-a-banner"),
        pytest.param(ARTICLE + "<p>Already a subscriber? Log in.</p>", jsonld('{"@type":"NewsArticle","isAccessibleForFree":false}'), None, id="locked-but-whole"),
        pytest.param(ARTICLE, "", "https://a.example/video/clashes", id="video-with-text"),
        pytest.param(ARTICLE, "<title>Live fire kills three</title>", None, id="live-in-a-title"),
        pytest.param(ARTICLE + "<p>The app asks users to verify you are human.</p>", "", None, id="words-of-a-challenge"),
        pytest.param(ARTICLE, "", "https://a.example/topics/mali/story", id="topic-path"),
    ],
)  # fmt: skip
def test_articles_with_such_signs_stay_articles(
    body: str, head: str, url: str | None
) -> None:
    assert (
        outcome(body, head=head, url=url or "https://a.example/2026/03/story")
        == "article"
    )


def test_a_text_of_a_megabyte_is_no_article() -> None:
    body = "<article>" + "<p>word word word word word.</p>" * 30_000
    assert outcome(body) == RejectReason.TOO_LARGE.value


def test_signs_are_well_formed() -> None:
    path = Path(page_kind.__file__).with_name("page_kinds.toml")
    data = tomllib.loads(path.read_text(encoding="utf-8"))
    kinds = set(data) - {"version", "limits"}
    assert kinds <= {reason.value for reason in RejectReason}
    assert all(isinstance(limit, int | float) for limit in data["limits"].values())
    assert data["version"]
