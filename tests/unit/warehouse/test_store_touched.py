"""What a night still has to do, whatever a killed run left."""

from pathlib import Path

import pytest

from tasks.loading.load import load_articles, load_derivation
from tests.unit.warehouse import make
from tests.unit.warehouse.fill import fill
from warehouse.connect import Warehouse
from warehouse.store_touched import DERIVATION, articles_to_link


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
