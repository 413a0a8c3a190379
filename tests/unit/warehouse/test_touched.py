"""What a load asserts at its end, however its rows came in."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import polars as pl
import pytest

from tasks.errors import AssertionFailed
from tasks.loading.article_rows import article_rows
from tasks.loading.coding_rows import fatality_claim_rows, mention_rows
from tasks.loading.load import load_articles, load_coded
from tests.unit.warehouse import make
from tests.unit.warehouse.fill import fill
from warehouse.connect import Warehouse
from warehouse.staging import Staged
from warehouse.transaction import Changes, Transaction


@pytest.fixture
def warehouse(tmp_path: Path) -> Warehouse:
    warehouse = make.new_warehouse(tmp_path)
    fill(warehouse)
    return warehouse


def _load(warehouse: Warehouse, *steps: Callable[[Transaction], object]) -> None:
    with warehouse.transaction("load", "run-2") as tx:
        for step in steps:
            step(tx)


def _article(number: int) -> Callable[[Transaction], object]:
    return lambda tx: load_articles(tx, [make.article(number)], make.NOW)


def _coded(number: int) -> Callable[[Transaction], object]:
    return lambda tx: load_coded(tx, [make.coded(number)], make.NOW)


def _sql(statement: str) -> Callable[[Transaction], object]:
    return lambda tx: tx.execute(statement)


@pytest.mark.parametrize(
    "table",
    ["core.article", "core.article_revision", "core.coded_article",
     "core.event_mention", "core.fatality_claim"],
)  # fmt: skip
@pytest.mark.parametrize("number", [1, 9], ids=["held", "new"])
def test_a_key_doubled_by_plain_sql_after_its_load_rolls_back(
    warehouse: Warehouse, table: str, number: int
) -> None:
    before = warehouse.read(f"FROM {table}").height
    double = _sql(
        f"INSERT INTO {table} FROM {table} WHERE article_id LIKE '%-{number}'"
    )
    with pytest.raises(AssertionFailed, match=rf"{table}: .* occur twice"):
        _load(warehouse, _article(number), _coded(number), double)
    assert warehouse.read(f"FROM {table}").height == before


def test_a_key_put_in_before_a_load_that_takes_it_for_new_rolls_back(
    warehouse: Warehouse,
) -> None:
    early = _sql(
        "INSERT INTO core.event_mention SELECT * REPLACE ('article-9' AS article_id, "
        f"'{make.mention(9).mention_id}' AS mention_id) FROM core.event_mention LIMIT 1"
    )
    with pytest.raises(AssertionFailed, match=r"core\.event_mention: .* occur twice"):
        _load(warehouse, _article(9), early, _coded(9))


def test_loading_new_articles_twice_in_one_load_is_loading_them_once(
    warehouse: Warehouse,
) -> None:
    _load(warehouse, _article(9), _coded(9), _article(9), _coded(9))
    rows = warehouse.read("FROM core.event_mention WHERE article_id = 'article-9'")
    assert rows.height == 1


def test_a_key_that_belongs_to_another_scope_is_not_taken_over(
    warehouse: Warehouse,
) -> None:
    stolen = mention_rows([make.coded(2)]).with_columns(
        mention_id=mention_rows([make.coded(1)])["mention_id"]
    )

    def steal(tx: Transaction) -> None:
        tx.replace(
            "core.event_mention", stolen, column="article_id", values=["article-2"]
        )

    with pytest.raises(AssertionFailed, match="occur twice"):
        _load(warehouse, steal)


def test_a_row_that_names_what_the_load_deleted_rolls_back(
    warehouse: Warehouse,
) -> None:
    def drop_mentions(tx: Transaction) -> None:
        tx.replace(
            "core.event_mention", mention_rows([]), column="article_id",
            values=["article-1"],
        )  # fmt: skip

    with pytest.raises(AssertionFailed, match=r"claim\.mention_id names rows"):
        _load(warehouse, drop_mentions)
    assert warehouse.read("FROM core.event_mention").height == 3


def test_a_claim_of_an_article_that_is_not_there_rolls_back(
    warehouse: Warehouse,
) -> None:
    claims = fatality_claim_rows([make.coded(9)])
    assert claims.height > 0
    with pytest.raises(AssertionFailed, match=r"core\.fatality_claim\..* lacks"):
        _load(warehouse, lambda tx: tx.merge("core.fatality_claim", claims))


def test_a_child_loaded_with_its_new_parent_is_looked_for_in_no_table(
    warehouse: Warehouse, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked: list[str] = []
    find = Staged.find

    def noting(self: Staged, sought: pl.DataFrame) -> int:
        if len(sought):
            looked.append(self.table)
        return find(self, sought)

    monkeypatch.setattr(Staged, "find", noting)
    _load(warehouse, _article(9), _coded(9))
    assert set(looked) <= {"core.place", "core.reject"}

    looked.clear()
    with warehouse.transaction("again", "run-3") as tx:
        load_articles(tx, [make.article(9), make.article(10)], make.NOW)
    assert looked == ["core.article", "core.article_revision"]


def test_a_load_of_held_and_new_rows_writes_each_as_it_should(
    warehouse: Warehouse,
) -> None:
    changed = replace(make.article(1), title="Another headline")
    with warehouse.transaction("load", "run-2") as tx:
        rows = article_rows([changed, make.article(2), make.article(9)])
        assert tx.merge("core.article", rows) == Changes(inserted=1, updated=1)
    titles = warehouse.read("SELECT title FROM core.article WHERE run_id = 'run-2'")
    assert titles.height == 2
