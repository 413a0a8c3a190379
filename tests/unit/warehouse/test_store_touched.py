"""What a night still has to do, whatever a killed run left."""

from pathlib import Path

import pytest

from tasks.loading.load import load_articles, load_coded, load_derivation
from tasks.loading.load_events import load_resolution
from tests.unit.warehouse import make
from tests.unit.warehouse.fill import fill
from warehouse.connect import Warehouse
from warehouse.store_touched import (
    DERIVATION,
    RESOLUTION,
    articles_to_link,
    mentions_to_resolve,
)


@pytest.fixture
def warehouse(tmp_path: Path) -> Warehouse:
    warehouse = make.new_warehouse(tmp_path)
    fill(warehouse)
    return warehouse


def _load(warehouse: Warehouse, *numbers: int) -> None:
    with warehouse.transaction(f"load-{numbers}", "run-2") as tx:
        load_articles(tx, [make.article(n) for n in numbers], make.NOW)


def _link(warehouse: Warehouse, number: int) -> None:
    with warehouse.transaction(f"link-{number}", "run-2", stage=DERIVATION) as tx:
        load_derivation(tx, [make.lineage(number)], [], [])


def test_articles_a_killed_derivation_left_are_linked_next_time(
    warehouse: Warehouse,
) -> None:
    _link(warehouse, 1)
    _load(warehouse, 8, 9)
    assert articles_to_link(warehouse) == ["article-8", "article-9"]
    _link(warehouse, 8)  # and killed before 9
    assert articles_to_link(warehouse) == ["article-9"]
    _link(warehouse, 9)
    assert articles_to_link(warehouse) == []


def test_articles_left_long_ago_are_found_beside_new_ones(warehouse: Warehouse) -> None:
    _load(warehouse, 7)
    _link(warehouse, 1)
    _load(warehouse, 8)
    with warehouse.transaction("third", "run-3") as tx:
        load_articles(tx, [make.article(9)], make.NOW)
    assert {"article-7", "article-9"} <= set(articles_to_link(warehouse))


def _resolve(warehouse: Warehouse, run: str, *numbers: int) -> None:
    with warehouse.transaction(f"resolve-{run}", run, stage=RESOLUTION) as tx:
        load_resolution(
            tx,
            events=[make.event(n) for n in numbers],
            revisions=[make.created(n) for n in numbers],
            redirects=[],
            links=[make.link(n) for n in numbers],
            known_at=make.NOW,
        )


def _code(warehouse: Warehouse, run: str, number: int) -> None:
    with warehouse.transaction(f"code-{run}", run) as tx:
        load_articles(tx, [make.article(number)], make.NOW)
        load_coded(tx, [make.coded(number)], make.NOW)


def test_mentions_left_long_ago_are_resolved_beside_new_ones(
    warehouse: Warehouse,
) -> None:
    old, lost, new = (make.mention(n).mention_id for n in (7, 8, 9))
    _code(warehouse, "run-2", 7)
    _code(warehouse, "run-3", 8)
    _resolve(warehouse, "run-4", 1, 2, 3, 7)  # as if killed before 8
    _code(warehouse, "run-5", 9)
    due = mentions_to_resolve(warehouse)
    assert {lost, new} <= set(due)
    assert old not in due
    _resolve(warehouse, "run-6", 8, 9)
    assert mentions_to_resolve(warehouse) == []
