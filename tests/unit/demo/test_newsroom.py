"""The demo newsroom: what the issue asks it to show, asserted on its own answers."""

import json

import pytest

from tasks.demo.corpus import DAYS, articles, clock, visible
from tasks.demo.newsroom import SLOW_SECONDS, DemoResponse, respond
from tasks.demo.outlets import Outlet, feeds_toml, outlets
from tasks.feeds import load_feeds

LAST = DAYS[-1]


def feed_of(host: str, **headers: str) -> DemoResponse:
    outlet = outlets()[host]
    return respond(host, outlet.feed_url.split(host)[1], headers, LAST)


def with_format(name: str) -> Outlet:
    return next(o for o in outlets().values() if o.format == name and not o.quirks)


def test_there_are_many_outlets_templates_and_feed_formats() -> None:
    assert len(outlets()) >= 12
    assert len({o.template for o in outlets().values()}) >= 6
    assert {o.format for o in outlets().values()} >= {
        "rss2", "rdf", "atom", "jsonfeed", "sitemap",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("host", "status"),
    [("lostpage.example", 404), ("closeddesk.example", 410), ("busydesk.example", 429)],
)
def test_failing_feeds_answer_their_status(host: str, status: int) -> None:
    assert feed_of(host).status == status


def test_the_busy_feed_says_when_to_come_back() -> None:
    assert ("Retry-After", "7200") in feed_of("busydesk.example").headers


def test_the_slow_feed_takes_its_time() -> None:
    assert feed_of("slowmail.example").delay_s == SLOW_SECONDS


def test_the_empty_feed_answers_200_without_items() -> None:
    answer = feed_of("emptyherald.example")
    assert answer.status == 200
    assert b"<item>" not in answer.body


def test_one_feed_gives_every_item_the_same_guid() -> None:
    body = feed_of("onewirecollective.example").body.decode()
    assert body.count("urn:item<") == body.count("<item>") == 3


def test_an_unchanged_feed_is_304_for_its_own_etag() -> None:
    etag = dict(feed_of("meridianpress.example").headers)["ETag"]
    again = feed_of("meridianpress.example", **{"If-None-Match": etag})
    assert (again.status, again.body) == (304, b"")


def test_json_feed_is_json() -> None:
    outlet = with_format("jsonfeed")
    assert json.loads(feed_of(outlet.host).body)["items"]


def test_each_day_shows_more_than_the_day_before() -> None:
    counts = [len(visible(clock(day))) for day in range(1, len(DAYS) + 1)]
    assert counts == sorted(set(counts))
    assert counts[-1] == len(articles())


def test_a_corrected_page_changes_between_days() -> None:
    page = "/news/2026/03/katsina-road-attack"
    before = respond("savannahledger.example", page, {}, DAYS[4])
    after = respond("savannahledger.example", page, {}, DAYS[5])
    assert b"killed nine travellers" in before.body
    assert b"killed seven travellers" in after.body


def test_the_latin_1_page_is_latin_1() -> None:
    page = next(a for a in articles() if a.host == "radiofleuve.example")
    answer = respond(page.host, page.path, {}, LAST)
    assert "Léré".encode("latin-1") in answer.body
    assert ("Content-Type", "text/html; charset=iso-8859-1") in answer.headers


def test_every_article_has_a_page_with_its_text() -> None:
    for article in articles():
        answer = respond(article.host, article.path, {}, LAST)
        assert answer.status == 200, article.id


def test_nothing_is_shown_before_it_is_published() -> None:
    page = next(a for a in articles() if a.id == "l04")
    assert respond(page.host, page.path, {}, DAYS[0]).status == 404


def test_the_feeds_toml_of_the_newsroom_loads(tmp_path) -> None:
    path = tmp_path / "feeds.toml"
    path.write_text(feeds_toml(), encoding="utf-8")
    assert len(load_feeds(path)) == len(outlets())
