"""Reprocessing: everything again from the archive, a row-level diff, then promotion."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import polars as pl
import pytest

from tasks.demo.corpus import DAYS, clock
from tasks.extraction.workers import ExtractionPool, PageInput
from tasks.model.articles import Extraction
from tests.integration.conftest import Newsroom
from warehouse.side import side_of
from warehouse.verify import content_hashes

pytestmark = [
    pytest.mark.prefect,
    pytest.mark.slow,
    pytest.mark.usefixtures("prefect_api"),
]

LAST = len(DAYS)


def reprocess(day: int, **parameters: Any) -> dict[str, Any]:
    from flows.reprocess import reprocess as flow

    return flow(now=clock(day), **parameters)


def diff_of(summary: dict[str, Any]) -> pl.DataFrame:
    return pl.read_parquet(summary["changed rows"]["file"])


@pytest.fixture
def outlet_with_a_changed_rule(monkeypatch: pytest.MonkeyPatch) -> str:
    """A new version of extraction that cuts the last paragraph of one outlet's pages."""
    host = "borealnews.example"
    extract = ExtractionPool.extract

    def changed(self: ExtractionPool, pages: Sequence[PageInput]) -> list[Extraction]:
        return [_cut_last(e, host) for e in extract(self, pages)]

    monkeypatch.setattr(ExtractionPool, "extract", changed)
    return host


def _cut_last(extraction: Extraction, host: str) -> Extraction:
    article = extraction.article
    if article is None or article.publisher_host != host:
        return extraction
    return Extraction(
        replace(article, paragraphs=article.paragraphs[:-1], extractor_version="next")
    )


def test_the_same_versions_give_byte_identical_tables(newsroom: Newsroom) -> None:
    for day in (1, LAST):
        newsroom.nightly(day)
    path = newsroom.settings.warehouse_path
    before = content_hashes(path)
    asked = sum(newsroom.server.requests.values())
    release = newsroom.ask("SELECT count(*) FROM releases")

    summary = reprocess(LAST)

    pages = newsroom.ask("SELECT count(*) FROM raw.response WHERE kind = 'article'")
    assert summary["articles"]["pages"] == pages[0][0]
    assert summary["articles"]["articles"] > 50, "every page was read again"
    assert summary["events"]["resolved mentions"] > 50
    assert diff_of(summary).to_dicts() == []
    assert content_hashes(path) == before
    assert summary["promoted"] is False
    assert sum(newsroom.server.requests.values()) == asked, "from the archive alone"
    assert newsroom.ask("SELECT count(*) FROM releases") == release


def test_a_changed_version_is_shown_row_by_row_before_it_is_promoted(
    newsroom: Newsroom, request: pytest.FixtureRequest
) -> None:
    newsroom.nightly(4)
    path = newsroom.settings.warehouse_path
    before, releases = content_hashes(path), newsroom.ask("FROM releases")
    host = request.getfixturevalue("outlet_with_a_changed_rule")
    rows = newsroom.ask(
        "SELECT article_id FROM articles WHERE publisher_host = ?", host
    )
    concerned = {f'{{"article_id":"{article_id}"}}' for (article_id,) in rows}

    summary = reprocess(4, promote=False)

    changes = diff_of(summary).filter(relation="core.article")
    assert concerned
    assert set(changes["key"]) == concerned
    assert set(changes["change"]) == {"changed"}
    assert {"text", "extractor_version"} <= set(changes["column_name"])
    assert summary["promoted"] is False
    assert content_hashes(path) == before
    assert newsroom.ask("FROM releases") == releases
    assert not side_of(path).exists()

    summary = reprocess(4)

    assert summary["promoted"] is True
    assert diff_of(summary).filter(relation="core.article").equals(changes)
    assert content_hashes(path) != before
    found = newsroom.ask(
        "SELECT DISTINCT publisher_host = ?, extractor_version = 'next' FROM articles "
        "ORDER BY ALL",
        host,
    )
    assert found == [(False, False), (True, True)]
