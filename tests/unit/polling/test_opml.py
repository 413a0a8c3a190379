"""OPML round trip, and feeds found in pages."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tasks.errors import ConfigError
from tasks.model.feeds import Feed
from tasks.polling.discover import discover_feeds
from tasks.polling.opml import export_opml, import_opml

NAMES = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Cn"], exclude_characters="\ufffe\uffff"),
    min_size=1, max_size=30,
).filter(lambda t: t.strip() == t)  # fmt: skip
FEEDS = st.lists(
    st.builds(
        Feed,
        feed_url=st.from_regex(
            r"https://[a-z]{1,9}\.example/[a-z0-9?=&-]{0,20}", fullmatch=True
        ),
        name=NAMES,
        country_code=st.none() | st.sampled_from(["MLI", "NER"]),
        language=st.sampled_from(["en", "fr", "ar"]),
        poll_interval=st.integers(1, 100_000).map(lambda s: timedelta(seconds=s)),
        licence_note=st.just("") | NAMES,
        expect_min_items_per_week=st.integers(0, 100),
        checked_on=st.none() | st.just("2026-11-03"),
        is_sitemap=st.booleans(),
    ),
    max_size=5,
    unique_by=lambda f: f.feed_url,
)


@given(FEEDS)
def test_export_and_import_give_the_same_feeds(feeds: list[Feed]) -> None:
    assert import_opml(export_opml(feeds)) == tuple(feeds)


def test_folders_are_opened_and_repeats_dropped() -> None:
    found = import_opml(
        b"""<?xml version="1.0"?><opml version="1.0"><body><outline text="Africa">
        <outline text="A" type="rss" xmlUrl="http://a.example/feed" htmlUrl="http://a.example"/>
        <outline title="B" xmlurl="http://b.example/feed"/></outline>
        <outline text="A again" xmlUrl="http://a.example/feed"/>
        <outline text="a link" url="http://c.example"/><outline text="bad" xmlUrl="file:///etc/passwd"/>
        </body></opml>""",
        default_language="fr",
    )
    assert [(f.name, f.feed_url, f.language) for f in found] == [
        ("A", "http://a.example/feed", "fr"),
        ("B", "http://b.example/feed", "fr"),
    ]


@pytest.mark.parametrize("content", [b"", b"hello", b"<rss/>", b"\0\0", b"{}"])
def test_what_is_not_opml_is_a_config_error(content: bytes) -> None:
    with pytest.raises(ConfigError):
        import_opml(content)


def test_entities_in_opml_are_not_expanded() -> None:
    document = b"""<!DOCTYPE opml [<!ENTITY x SYSTEM "file:///etc/passwd">]>
    <opml><body><outline text="&x;" xmlUrl="http://a.example/"/></body></opml>"""
    assert "root:" not in import_opml(document)[0].name


PAGE = b"""<html><head><base href="https://paper.example/news/">
<link rel="alternate" type="application/rss+xml" title="Comments" href="comments/feed">
<link rel="alternate" type="application/atom+xml" title="All news" href="/atom.xml">
<link rel="alternate" type="application/feed+json" href="feed.json">
<link rel="stylesheet" href="x.css"><link rel="alternate" hreflang="fr" href="/fr/">
</head><body><a href="/sport/rss.xml">Sport</a><a href="/atom.xml">again</a>
<a href="javascript:x()">no</a><a href="/rss-is-great.html">no</a></body></html>"""


def test_feeds_of_a_page_are_found_declared_ones_first_comments_last() -> None:
    found = discover_feeds(PAGE, "https://paper.example/")
    assert [f.url for f in found] == [
        "https://paper.example/atom.xml",
        "https://paper.example/news/feed.json",
        "https://paper.example/sport/rss.xml",
        "https://paper.example/news/comments/feed",
    ]
    assert found[0].title == "All news"
    assert [f.is_declared for f in found] == [True, True, False, True]


@given(st.binary(max_size=300))
def test_any_page_gives_a_list_of_web_addresses(content: bytes) -> None:
    for feed in discover_feeds(content, "https://paper.example/"):
        assert feed.url.startswith(("http://", "https://"))
