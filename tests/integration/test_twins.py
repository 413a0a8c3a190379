"""A page without a text is read from its AMP or print twin, in the same night."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from tasks.demo.corpus import articles
from tests.integration.conftest import prepare_home
from tests.integration.small_site import HOST, feed, page, serve
from warehouse.query import read_published
from warehouse.verify import content_hashes

pytestmark = [
    pytest.mark.prefect,
    pytest.mark.slow,
    pytest.mark.usefixtures("prefect_api"),
]

STORY = next(a for a in articles() if a.id == "l02")
PUBLISHED = datetime(2023, 9, 18, 6, 0, tzinfo=UTC)
NIGHT = PUBLISHED + timedelta(hours=3)
HTML = "text/html; charset=utf-8"


def shell(twin: str, text: str = "") -> tuple[str, bytes]:
    """Return a page that a script would fill in, with a link to its twin."""
    return HTML, (
        f"<html lang='en'><head><title>{STORY.title} | Desk</title>"
        f"<link rel='amphtml' href='{twin}'></head>"
        f"<body><div id='app'></div><p>{text}</p></body></html>"
    ).encode()


def documents() -> dict[str, tuple[str, bytes]]:
    paths = ("/shell", "/locked", "/barred", "/away", "/gone")
    items = [(path, STORY.title, PUBLISHED) for path in paths]
    return {
        "/robots.txt": ("text/plain", b"User-agent: *\nDisallow: /private/\n"),
        "/feed": ("application/rss+xml", feed(items)),
        "/shell": shell("/amp/shell"),
        "/amp/shell": (HTML, page(STORY.title, list(STORY.body), PUBLISHED)),
        "/locked": shell("/amp/locked", "Subscribe to continue reading this article."),
        "/amp/locked": (HTML, page(STORY.title, list(STORY.body), PUBLISHED)),
        "/barred": shell("/private/amp"),
        "/private/amp": (HTML, page(STORY.title, list(STORY.body), PUBLISHED)),
        "/away": shell("https://elsewhere.example/amp/away"),
        "/amp/away": (HTML, page(STORY.title, list(STORY.body), PUBLISHED)),
        "/gone": shell("/amp/gone"),
    }


@dataclass
class Desk:
    home: Path
    asked: list[str] = field(default_factory=list)

    def ask(self, sql: str) -> list[tuple[Any, ...]]:
        return read_published(self.home / "public" / "conflict.duckdb", sql).rows


@pytest.fixture
def desk(
    tmp_path: Path, reference_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Desk]:
    """A home folder after one night at a desk whose pages lack their texts."""
    found = Desk(tmp_path / "home")
    prepare_home(found.home, reference_dir)
    (found.home / "feeds.toml").write_text(
        f'[[feed]]\nurl = "https://{HOST}/feed"\nname = "Desk"\nlanguage = "en"\n'
        'licence_note = "test"\n',
        encoding="utf-8",
    )
    with serve(documents(), found.asked) as host_map:
        monkeypatch.setenv("CONFLICTWIRE_HOME", str(found.home))
        monkeypatch.setenv("CONFLICTWIRE_FEEDS", str(found.home / "feeds.toml"))
        monkeypatch.setenv("CONFLICTWIRE_HOST_MAP", host_map)
        monkeypatch.setenv("CONFLICTWIRE_PER_HOST_SPACING_S", "0.01")
        from flows.nightly import nightly

        found.asked.append(str(nightly(now=NIGHT)["articles"]))
    return found


def test_a_twin_mends_its_page_and_only_where_it_may(desk: Desk) -> None:
    found = desk.ask(
        "SELECT canonical_url, title, extractor, extractor_rule FROM articles"
    )
    assert found == [
        (
            f"https://{HOST}/shell",
            STORY.title,
            "twin:trafilatura-fast",
            "empty:replaced",
        )
    ]
    [(text,)] = desk.ask("SELECT text FROM articles")
    assert all(paragraph in text for paragraph in STORY.body)
    assert desk.ask("SELECT count(*) > 0 FROM events") == [(True,)]
    assert desk.ask("SELECT url, reason FROM rejects ORDER BY url") == [
        (f"https://{HOST}/away", "no_body"),
        (f"https://{HOST}/barred", "no_body"),
        (f"https://{HOST}/gone", "no_body"),
        (f"https://{HOST}/locked", "paywall"),
    ]

    asked = {path: desk.asked.count(path) for path in documents()}
    assert asked["/amp/shell"] == 1
    assert asked["/shell"] == 1
    assert (asked["/amp/locked"], asked["/amp/away"], asked["/private/amp"]) == (
        0,
        0,
        0,
    ), "a wall, another site and robots.txt are respected"
    assert desk.asked.count("/amp/gone") == 1
    kinds = dict(
        desk.ask("SELECT kind, string_agg(url, ' ' ORDER BY url) FROM raw.response "
                 "WHERE kind NOT IN ('feed', 'article') GROUP BY kind")
    )  # fmt: skip
    assert kinds == {
        "twin": f"https://{HOST}/amp/shell",
        "refusal": f"https://{HOST}/amp/gone",
        "robots": f"https://{HOST}/robots.txt",
    }, "every answer is archived"

    # The site is gone: reprocessing has the archive alone.
    from flows.reprocess import reprocess

    before = content_hashes(desk.home / "private" / "warehouse.duckdb")
    summary = reprocess(now=NIGHT)
    assert summary["articles"]["articles"] == 1
    assert summary["promoted"] is False
    assert content_hashes(desk.home / "private" / "warehouse.duckdb") == before
