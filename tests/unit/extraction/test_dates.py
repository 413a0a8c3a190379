from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tasks.extraction.date_text import find_day, parse_stamp
from tasks.extraction.dates import Dates, read_dates
from tasks.extraction.html import parse_page
from tasks.extraction.structured import read_declared
from tasks.model.feeds import FeedItem

SEEN = datetime(2026, 3, 3, 12, 0, tzinfo=UTC)
URL = "https://a.example/story"


def read(html: str, url: str = URL, item: FeedItem | None = None) -> Dates:
    tree = parse_page(f"<html><body>{html}</body></html>")
    return read_dates(tree, read_declared(tree), url, item=item, first_seen_at=SEEN)


def item(published: datetime | None, *, suspect: bool = False) -> FeedItem:
    return FeedItem(
        "f", "i", None, URL, "T", published_at=published, is_date_suspect=suspect
    )


JSONLD = '<script type="application/ld+json">{"@type":"NewsArticle","datePublished":"%s","dateModified":"%s"}</script>'
META = '<meta property="article:published_time" content="%s">'


@pytest.mark.parametrize(
    ("html", "url", "day", "source"),
    [
        pytest.param(JSONLD % ("2026-03-01T10:00:00+02:00", ""), URL, "2026-03-01", "jsonld", id="jsonld"),
        pytest.param(META % "2026-03-01T10:00:00Z", URL, "2026-03-01", "meta", id="meta"),
        pytest.param('<meta name="date" content="2026-02-20"><h1>A long headline</h1><p class="date">1 March 2026</p>', URL, "2026-03-01", "time", id="visible-before-weak-meta"),
        pytest.param('<h1>A long headline</h1><time datetime="2026-03-01T10:00:00Z">Sunday</time>', URL, "2026-03-01", "time", id="time"),
        pytest.param("<h1>Eine lange Überschrift</h1><span class='datum'>1. März 2026</span>", URL, "2026-03-01", "time", id="german"),
        pytest.param("<h1>Un long titre</h1><span class='date'>Le 1er mars 2026</span>", URL, "2026-03-01", "time", id="french"),
        pytest.param("<h1>Un título largo</h1><span class='fecha'>1 de marzo de 2026</span>", URL, "2026-03-01", "time", id="spanish"),
        pytest.param("<h1>عنوان طويل هنا</h1><span class='date'>1 مارس 2026</span>", URL, "2026-03-01", "time", id="arabic"),
        pytest.param("<p>Published: 1 March 2026</p>", URL, "2026-03-01", "time", id="announced"),
        pytest.param("<p>text</p>", "https://a.example/2026/03/01/story", "2026-03-01", "url", id="url"),
    ],
)  # fmt: skip
def test_dates_are_found_with_their_source(
    html: str, url: str, day: str, source: str
) -> None:
    dates = read(html, url)
    assert dates.published is not None
    assert (dates.day, dates.published.source) == (date.fromisoformat(day), source)


def test_nothing_found_is_none_and_never_today() -> None:
    assert read("<p>No date anywhere.</p>") == Dates(None, None, ())


def test_a_date_after_first_seen_is_not_believed() -> None:
    dates = read(JSONLD % ("2031-01-01T00:00:00Z", "") + META % "2026-03-01T10:00:00Z")
    assert dates.day == date(2026, 3, 1)
    assert [c.source for c in dates.candidates] == ["meta"]


def test_the_zone_of_the_page_is_kept() -> None:
    dates = read(JSONLD % ("2026-03-01T23:30:00-05:00", ""))
    assert dates.published is not None
    assert dates.published.value.utcoffset() == timedelta(hours=-5)
    assert dates.published.has_zone
    assert dates.day == date(2026, 3, 1)


def test_a_missing_zone_is_said() -> None:
    dates = read(META % "2026-03-01 10:00")
    assert dates.published is not None
    assert (dates.published.has_time, dates.published.has_zone) == (True, False)


def test_the_feed_dates_a_page_that_declares_nothing() -> None:
    published = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)
    dates = read("<p>text</p>", item=item(published))
    assert dates.published is not None
    assert (dates.published.value, dates.published.source) == (published, "feed")
    assert read("<p>text</p>", item=item(published, suspect=True)).published is None


def test_an_update_is_kept_apart_from_publication() -> None:
    dates = read(JSONLD % ("2026-03-01T10:00:00Z", "2026-03-02T09:00:00Z"))
    assert dates.updated_at == datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
    same = read(JSONLD % ("2026-03-01T10:00:00Z", "2026-03-01T10:00:00Z"))
    assert same.updated_at is None


def test_the_url_gives_the_day_when_the_moment_is_in_utc() -> None:
    dates = read(META % "2026-03-02T02:30:00Z", "https://a.example/2026/03/01/story")
    assert dates.day == date(2026, 3, 1)
    assert dates.published is not None
    assert dates.published.value == datetime(2026, 3, 2, 2, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("html", "day"),
    [
        pytest.param(
            "<a class='when' href='/2026/02/20/'>20/02/2026</a><h1>A long headline</h1>"
            + "<p>Text.</p>" * 25 + "<h4>Another</h4><div><a href='/2026/02/25/'>February 25, 2026</a></div>",
            "2026-02-20", id="link-to-a-days-archive-before-the-headline",
        ),
        pytest.param(
            "<h1>A long headline</h1><dl><dd><b>Joined:</b> 18.09.2008, 05:56</dd></dl><p>20.02.2026, 05:42</p>",
            "2026-02-20", id="the-day-a-member-joined-is-none",
        ),
        pytest.param(
            "<meta name='description' content='UN ANNO DA RECORD (Notizia del 20 febbraio 2026)'><p>Testo.</p>",
            "2026-02-20", id="announced-in-the-description",
        ),
    ],
)  # fmt: skip
def test_visible_dates_are_told_from_those_of_others(html: str, day: str) -> None:
    published = read(html).published
    assert published is not None
    assert published.value.date().isoformat() == day


def test_a_date_in_the_story_is_not_its_publication() -> None:
    story = "<p>On <a href='/x'>4 December 2019</a> he was charged, and the court heard him.</p>"
    dates = read(
        f"<h1>A long headline</h1>{story}<span class='date'>1 March 2026</span>"
    )
    assert dates.day == date(2026, 3, 1)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("7 April 2020", date(2020, 4, 7)),
        ("April 7th, 2020", date(2020, 4, 7)),
        ("07.04.2020", date(2020, 4, 7)),
        ("07/04/20", date(2020, 4, 7)),
        ("2020-4-7", date(2020, 4, 7)),
        ("2020年4月7日", date(2020, 4, 7)),
        ("31/12/2019 and 1/1/2020", date(2019, 12, 31)),
        ("12/31/2019", date(2019, 12, 31)),
        ("1 января 2026", date(2026, 1, 1)),
        ("99.99.2020", None),
        ("no date", None),
    ],
)
def test_days_are_read_as_written(text: str, day: date | None) -> None:
    assert find_day(text) == day


def test_american_pages_put_the_month_first() -> None:
    assert find_day("03/04/2026", month_first=True) == date(2026, 3, 4)
    assert find_day("03/04/2026") == date(2026, 4, 3)
    assert find_day("25/04/2026", month_first=True) == date(2026, 4, 25)


@pytest.mark.parametrize(
    "stamp",
    ["2026-03-01T10:00:00+0200", "2026-03-01T10:00:00.123+02:00", "20260301T100000+02", "Sun, 01 Mar 2026 10:00:00 +0200", "2026-03-01 10:00:00 +02:00"],
)  # fmt: skip
def test_machine_dates_in_their_corruptions(stamp: str) -> None:
    zone = timezone(timedelta(hours=2))
    assert parse_stamp(stamp) == (datetime(2026, 3, 1, 10, tzinfo=zone), True, True)


@given(st.text(max_size=60))
def test_any_stamp_is_a_time_with_a_zone_or_none(text: str) -> None:
    parsed = parse_stamp(text)
    assert parsed is None or parsed[0].tzinfo is not None
