"""feeds.toml: read strictly, written back without loss; the shipped list is sound."""

from datetime import date, timedelta
from pathlib import Path

import pytest

from tasks.errors import ConfigError
from tasks.feeds import load_feeds, normal_url, save_checked_on
from tasks.http.policy import HttpPolicy
from tasks.http.urls import check_url

SHIPPED = Path(__file__).resolve().parents[2] / "feeds.toml"
FEED = """
# a known quirk
[[feed]]
url = "https://a.example/feed"  # stays
name = "A"
language = "en"
licence_note = "Copyright A"
"""


def written(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "feeds.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_least_table_gets_the_defaults(tmp_path: Path) -> None:
    (feed,) = load_feeds(written(tmp_path, FEED))
    assert feed.feed_url == "https://a.example/feed"
    assert feed.country_code is None
    assert feed.poll_interval == timedelta(minutes=30)
    assert feed.checked_on is None
    assert not feed.is_sitemap


def test_every_key_is_read(tmp_path: Path) -> None:
    text = FEED + (
        'country_code = "MLI"\npoll_interval = "6h"\nexpect_min_items_per_week = 5\n'
        "is_sitemap = true\nchecked_on = 2026-11-03\n"
    )
    (feed,) = load_feeds(written(tmp_path, text))
    assert feed.country_code == "MLI"
    assert feed.poll_interval == timedelta(hours=6)
    assert feed.expect_min_items_per_week == 5
    assert feed.is_sitemap
    assert feed.checked_on == "2026-11-03"


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ('colour = "red"', "colour"),
        ('country_code = "ML"', "country_code"),
        ('country_code = "XXX"', "country_code"),
        ('poll_interval = "soon"', "poll_interval"),
        ('poll_interval = "0m"', "poll_interval"),
        ("expect_min_items_per_week = -1", "expect_min_items_per_week"),
        ("expect_min_items_per_week = true", "expect_min_items_per_week"),
        ('is_sitemap = "yes"', "is_sitemap"),
        ('checked_on = "yesterday"', "checked_on"),
    ],
)
def test_mistake_is_named(tmp_path: Path, line: str, names: str) -> None:
    with pytest.raises(ConfigError, match=names):
        load_feeds(written(tmp_path, FEED + line))


@pytest.mark.parametrize("key", ["url", "name", "language", "licence_note"])
def test_missing_key_is_named(tmp_path: Path, key: str) -> None:
    lines = [x for x in FEED.splitlines() if not x.startswith(key)]
    with pytest.raises(ConfigError, match=key):
        load_feeds(written(tmp_path, "\n".join(lines)))


@pytest.mark.parametrize(
    "text",
    ["", "feeds = []", "feed = 5", "[[feed]\n", 'title = "x"' + FEED,
     FEED.replace("https://a.example/feed", "ftp://a.example/feed"),
     FEED.replace("https://a.example/feed", "https://u:p@a.example/feed"),
     FEED.replace('"en"', '"english"')],
)  # fmt: skip
def test_unusable_file_is_a_config_error(tmp_path: Path, text: str) -> None:
    with pytest.raises(ConfigError):
        load_feeds(written(tmp_path, text))


def test_missing_file_is_a_config_error(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="cannot be read"):
        load_feeds(tmp_path / "none.toml")


@pytest.mark.parametrize(
    "twin",
    [
        "https://a.example/feed",
        "http://www.a.example/feed/",
        "https://A.example/feed#x",
    ],
)
def test_one_feed_under_two_spellings_is_refused(tmp_path: Path, twin: str) -> None:
    text = FEED + FEED.replace("https://a.example/feed", twin)
    with pytest.raises(ConfigError, match="repeats"):
        load_feeds(written(tmp_path, text))


def test_other_query_is_another_feed() -> None:
    assert normal_url("https://a.example/?f=1") != normal_url("https://a.example/?f=2")


def test_check_dates_are_written_and_nothing_else_changes(tmp_path: Path) -> None:
    other = FEED.replace("a.example", "b.example")
    path = written(tmp_path, FEED + other)
    marked = save_checked_on(path, {"https://a.example/feed": date(2026, 11, 3)})
    assert marked == 1
    text = path.read_text(encoding="utf-8")
    assert "# a known quirk" in text
    assert "# stays" in text
    assert text.replace('checked_on = "2026-11-03"\n', "") == FEED + other
    first, second = load_feeds(path)
    assert (first.checked_on, second.checked_on) == ("2026-11-03", None)


def test_shipped_list_is_broad() -> None:
    feeds = load_feeds(SHIPPED)
    assert len(feeds) >= 80
    assert len({f.language for f in feeds}) >= 8
    assert len({f.country_code for f in feeds}) >= 35
    assert sum(f.country_code is None for f in feeds) >= 5


def test_shipped_list_claims_no_check_and_names_terms() -> None:
    feeds = load_feeds(SHIPPED)
    assert all(f.checked_on is None for f in feeds)
    assert all(f.licence_note for f in feeds)


def test_every_shipped_address_passes_the_fetcher_s_guard() -> None:
    for feed in load_feeds(SHIPPED):
        assert check_url(feed.feed_url, HttpPolicy()).scheme in {"http", "https"}
