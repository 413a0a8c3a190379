import json
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tasks.extraction.canonical_url import article_id
from tasks.extraction.extract import EXTRACTOR_VERSION, extract_article, extract_page
from tasks.extraction.inserts import cut_inserts
from tasks.extraction.metadata import strip_publisher
from tasks.extraction.revision import text_diff
from tasks.loading.article_rows import revision_sha256
from tasks.model.articles import Article
from tasks.model.feeds import Feed, FeedItem, FetchedResponse
from tasks.text.language import detect_language

NOW = datetime(2026, 3, 3, 12, 0, tzinfo=UTC)
URL = "https://www.sahelpost.example/2026/03/lere?utm_source=rss"
P = [
    f"Paragraph {n}: soldiers and armed men exchanged fire near the market of Léré on Sunday, officials said."
    for n in range(5)
]
BODY = "".join(f"<p>{p}</p>" for p in P)
FEED = Feed("https://sahelpost.example/feed", "Sahel Post", country_code="MLI")
ITEM = FeedItem(
    FEED.feed_url, "i1", None, URL, "Camps seized", source_publisher="Sahel Post"
)


def response(html: str, url: str = URL) -> FetchedResponse:
    return FetchedResponse(
        url, url, 200, (("Content-Type", "text/html"),), html.encode(), NOW, 5
    )


def article(
    html: str, item: FeedItem | None = ITEM, feed: Feed | None = FEED
) -> Article:
    extraction = extract_article(response(html), item, feed, NOW, "r1")
    assert extraction.article is not None, extraction.reject
    return extraction.article


FULL = f"""<html lang="en"><head><title>Camps seized in Léré | Sahel Post</title>
<link rel="canonical" href="https://sahelpost.example/2026/03/lere/">
<meta property="og:site_name" content="Sahel Post"><meta name="description" content="Armed men seized two camps.">
<script type="application/ld+json">{
    json.dumps(
        {
            "@context": "https://schema.org",
            "@graph": [
                {"@type": "WebSite", "name": "Sahel Post"},
                {
                    "@type": ["NewsArticle"],
                    "headline": "Camps seized in Léré",
                    "datePublished": "2026-03-02T21:00:00+01:00",
                    "dateModified": "2026-03-03T08:00:00+01:00",
                    "articleSection": "Mali",
                    "author": [
                        {"@type": "Person", "name": "Awa Traoré"},
                        {"name": "AFP"},
                    ],
                    "publisher": {"name": "Sahel Post"},
                },
            ],
        }
    )
}</script></head>
<body><article><h1>Camps seized in Léré</h1><p class="byline">By Awa Traoré</p>
<p>BAMAKO (AFP) - Armed men seized two camps at Léré on Sunday, two officials told AFP by telephone.</p>{
    BODY
}</article></body></html>"""


def test_an_article_has_everything_the_page_says() -> None:
    found = article(FULL)
    assert found.canonical_url == "https://sahelpost.example/2026/03/lere"
    assert found.article_id == article_id(found.canonical_url)
    assert found.url == URL
    assert (found.publisher, found.publisher_host) == (
        "Sahel Post",
        "sahelpost.example",
    )
    assert found.title == "Camps seized in Léré"
    assert found.byline == "Awa Traoré, AFP"
    assert found.section == "Mali"
    assert found.wire_credit == "AFP"
    assert found.published_at == datetime(2026, 3, 2, 20, 0, tzinfo=UTC)
    assert found.updated_at == datetime(2026, 3, 3, 7, 0, tzinfo=UTC)
    assert found.published_at_source == "jsonld"
    assert (found.language, found.outlet_country) == ("en", "MLI")
    assert found.language_confidence is not None
    assert found.summary == "Armed men seized two camps."
    assert (found.extractor, found.extractor_rule) == ("trafilatura-fast", "first")
    assert found.extractor_version == EXTRACTOR_VERSION
    assert (found.response_id, found.first_seen_at) == ("r1", NOW)
    assert found.paragraphs[1:] == tuple(P)
    assert {r.reason for r in found.removals} == {
        "headline",
        "byline",
    } or found.removals


def test_text_is_title_blank_line_paragraphs() -> None:
    found = article(FULL)
    assert found.text == "\n\n".join((found.title, *found.paragraphs))


def test_the_same_page_gives_the_same_article_every_time() -> None:
    assert [article(FULL) for _ in range(4)] == [article(FULL)] * 4


def test_an_edited_page_is_a_revision_of_the_same_article() -> None:
    old = article(FULL)
    new = article(FULL.replace("Paragraph 2: soldiers", "Paragraph 2: five soldiers"))
    assert old.article_id == new.article_id
    assert revision_sha256(old) != revision_sha256(new)
    diff = text_diff(old.text, new.text)
    assert "-Paragraph 2: soldiers" in diff
    assert "+Paragraph 2: five soldiers" in diff
    assert "Paragraph 4" not in diff
    assert text_diff(old.text, old.text) == ""


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Camps seized | Sahel Post", "Camps seized"),
        ("Camps seized - Mali - Sahel Post", "Camps seized - Mali"),
        ("Sahel Post: Camps seized", "Sahel Post: Camps seized"),
        ("SAHEL POST | Camps seized", "Camps seized"),
        ("Camps seized – sahelpost.example", "Camps seized"),
        ("Army - rebels clash", "Army - rebels clash"),
        ("Sahel Post", "Sahel Post"),
    ],
)
def test_the_publisher_is_no_part_of_the_title(title: str, expected: str) -> None:
    names = frozenset({"sahelpost", "sahelpostexample"})
    assert strip_publisher(title, names) == expected


def test_a_short_text_is_replaced_by_what_the_page_states() -> None:
    stated = " ".join(P) + "\n" + " ".join(P)
    html = (
        "<html><head><script type='application/ld+json'>"
        + json.dumps(
            {"@type": "NewsArticle", "headline": "Camps seized", "articleBody": stated}
        )
        + f"</script></head><body><article><p>{P[0]}</p></article></body></html>"
    )
    found = article(html)
    assert found.extractor == "jsonld"
    assert found.extractor_rule.endswith(":replaced")
    assert P[4] in found.text


def test_full_text_feeds_are_a_candidate() -> None:
    item = replace(ITEM, content_html=BODY)
    html = f"<html><body><article><h1>Soldiers exchanged fire</h1><p>{P[0]}</p></article></body></html>"
    found = article(html, item)
    assert (found.extractor, found.paragraphs) == ("feed-content", tuple(P))


def test_a_good_text_is_not_replaced_by_a_longer_one() -> None:
    item = replace(
        ITEM, content_html=BODY + "<p>One more sentence in the feed alone.</p>"
    )
    found = article(FULL, item)
    assert found.extractor == "trafilatura-fast"


def test_a_list_of_headlines_gives_way_to_the_story() -> None:
    teasers = "".join(
        f"<article class='post-content'><h3>Teaser {n} of another story</h3></article>"
        for n in range(9)
    )
    text = "".join(
        f"<div><p>{p} And more was said about it by the governor later.</p></div>"
        for p in P
    )
    html = f"<html><head><meta name='description' content='{P[0]}'></head><body>{teasers}<div id='x1'>{text}</div></body></html>"
    found = article(html)
    assert all(p in found.text for p in P)


def test_captions_of_the_feed_are_cut() -> None:
    caption = "The old mosque of Léré, burned in 2019"
    item = replace(ITEM, media_captions=(caption,))
    html = FULL.replace(f"<p>{P[2]}</p>", f"<p>{P[2]}</p><p>{caption}</p>")
    assert caption in article(html).paragraphs
    assert caption not in article(html, item).paragraphs


def test_base_tricks_do_not_move_the_identity() -> None:
    html = FULL.replace("<head>", "<head><base href='https://evil.example/'>")
    assert article(html).canonical_url == "https://sahelpost.example/2026/03/lere"
    other = FULL.replace(
        "https://sahelpost.example/2026/03/lere/", "https://evil.example/x"
    )
    assert article(other).canonical_url == "https://sahelpost.example/2026/03/lere"


def test_a_page_without_feed_or_item_is_an_article_too() -> None:
    found = article(FULL, None, None)
    assert (found.publisher, found.outlet_country) == ("Sahel Post", None)
    assert found.url == URL


@pytest.mark.parametrize(
    ("text", "prior", "language"),
    [
        ("Des hommes armés ont attaqué le camp militaire dimanche, selon deux élus locaux.", None, "fr"),
        ("Tres soldados murieron el domingo en un ataque contra una base militar.", "en", "es"),
        ("قتل ثلاثة جنود يوم الأحد في هجوم شنه مسلحون على معسكر للجيش", "ar", "ar"),
        ("Wanajeshi watatu waliuawa siku ya Jumapili katika shambulio la kambi ya jeshi", None, "sw"),
    ],
)  # fmt: skip
def test_languages_are_told_apart(text: str, prior: str | None, language: str) -> None:
    found, confidence = detect_language(text, prior)
    assert found == language
    assert confidence is not None
    assert 0.5 <= confidence <= 1


def test_the_feeds_language_is_a_prior_and_no_verdict() -> None:
    text = "Attaque meurtrière Léré Tombouctou dimanche"
    assert detect_language(text) == (None, None)
    assert detect_language(text, "fr")[0] == "fr"
    assert detect_language(text, "de")[0] != "de"
    assert detect_language("12, 14!", "fr") == (None, None)


def test_the_seed_article_loses_its_inserts_and_nothing_else() -> None:
    seed = Path(__file__).parents[4] / "shared" / "seed" / "lere_article.txt"
    if not seed.exists():
        seed = Path(__file__).parents[2] / "fixtures" / "pages" / "inserts.txt"
    lines = [line for line in seed.read_text(encoding="utf-8").splitlines() if line]
    cleaned = cut_inserts(lines)
    cut = [r.text for r in cleaned.removals]
    assert [r.reason for r in cleaned.removals] == [
        "read_also", "read_also", "newsletter", "newsletter", "comments",
    ]  # fmt: skip
    assert [line for line in lines if line not in cut] == list(cleaned.paragraphs)
    assert (
        extract_page(
            "<article><p>" + "</p><p>".join(lines) + "</p></article>",
            "https://a.example/s",
        ).paragraphs
        == cleaned.paragraphs
    )
