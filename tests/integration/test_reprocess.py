"""Reprocessing: everything again from the archive, a row-level diff, then promotion."""

import json
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from tasks.demo.corpus import DAYS, clock
from tests.integration.conftest import Newsroom
from warehouse.connect import Warehouse
from warehouse.side import side_of
from warehouse.verify import content_hashes

pytestmark = [
    pytest.mark.prefect,
    pytest.mark.slow,
    pytest.mark.usefixtures("prefect_api"),
]

LAST = len(DAYS)


def reprocess(**parameters: Any) -> dict[str, Any]:
    from flows.reprocess import reprocess as flow

    return flow(now=clock(LAST), **parameters)


def diff_of(summary: dict[str, Any]) -> pl.DataFrame:
    return pl.read_parquet(summary["changed rows"]["file"])


def test_the_same_versions_give_byte_identical_tables(newsroom: Newsroom) -> None:
    for day in (1, LAST):
        newsroom.nightly(day)
    path = newsroom.settings.warehouse_path
    before = content_hashes(path)
    asked = sum(newsroom.server.requests.values())
    release = newsroom.ask("SELECT count(*) FROM releases")

    summary = reprocess()

    pages = newsroom.ask("SELECT count(*) FROM raw.response WHERE kind = 'article'")
    assert summary["articles"]["pages"] == pages[0][0]
    assert summary["articles"]["articles"] > 50, "every page was read again"
    assert summary["events"]["resolved mentions"] > 50
    assert diff_of(summary).to_dicts() == []
    assert content_hashes(path) == before
    assert summary["promoted"] is False
    assert sum(newsroom.server.requests.values()) == asked, "from the archive alone"
    assert newsroom.ask("SELECT count(*) FROM releases") == release
