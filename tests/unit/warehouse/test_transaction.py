"""Loads: all or nothing, once, and asserted."""

import threading
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import polars as pl
import pytest

from tasks.errors import AssertionFailed, WarehouseError, WarehouseLocked
from tasks.loading.article_rows import article_rows, story_rows
from tasks.loading.load import load_articles
from tasks.model.articles import StoryMember
from tests.unit.warehouse import make
from warehouse.connect import Warehouse, commit_path, lock_path
from warehouse.lock import WriterLock
from warehouse.transaction import Changes


@pytest.fixture
def warehouse(tmp_path: Path) -> Warehouse:
    return make.new_warehouse(tmp_path)


def _load_article(warehouse: Warehouse, key: str = "a", number: int = 1) -> None:
    with warehouse.transaction(key, "run") as tx:
        tx.merge("core.article", article_rows([make.article(number)]))


def _count(warehouse: Warehouse, table: str) -> int:
    return int(warehouse.read(f"SELECT count(*) FROM {table}").item())


def test_data_and_ledger_row_are_committed_together(warehouse: Warehouse) -> None:
    _load_article(warehouse)
    ledger = warehouse.read("SELECT load_key, run_id, num_inserted FROM meta.load_run")
    assert ledger.rows() == [("a", "run", 1)]
    assert warehouse.is_committed("a")


def test_an_exception_leaves_neither_data_nor_ledger_row(warehouse: Warehouse) -> None:
    def fail_half_way() -> None:
        with warehouse.transaction("a", "run") as tx:
            tx.merge("core.article", article_rows([make.article()]))
            raise RuntimeError("half way")

    with pytest.raises(RuntimeError, match="half way"):
        fail_half_way()
    assert _count(warehouse, "core.article") == 0
    assert not warehouse.is_committed("a")


def test_a_committed_key_makes_every_write_a_no_op(warehouse: Warehouse) -> None:
    _load_article(warehouse)
    with warehouse.transaction("a", "run") as tx:
        assert tx.already_done
        frame = article_rows([make.article(2)])
        assert tx.merge("core.article", frame) == Changes()
        assert tx.append("core.article", frame) == Changes()
        tx.replace("core.article", frame, column="article_id", values=["article-1"])
        tx.execute("DELETE FROM core.article")
        load_articles(tx, [make.article(3)], make.NOW)
    assert warehouse.read("SELECT article_id FROM core.article").rows() == [
        ("article-1",)
    ]
    assert _count(warehouse, "meta.load_run") == 1


def test_merge_inserts_updates_changed_rows_and_leaves_equal_ones(
    warehouse: Warehouse,
) -> None:
    _load_article(warehouse)
    with warehouse.transaction("b", "run-2") as tx:
        changed = replace(make.article(1), title="Another headline")
        frame = article_rows([changed, make.article(2)])
        assert tx.merge("core.article", frame) == Changes(inserted=1, updated=1)
        assert tx.merge("core.article", frame) == Changes()
    rows = warehouse.read("SELECT title, run_id FROM core.article ORDER BY article_id")
    assert rows.rows()[0] == ("Another headline", "run-2")


def test_of_two_rows_with_one_key_in_a_batch_the_last_wins(
    warehouse: Warehouse,
) -> None:
    with warehouse.transaction("a", "run") as tx:
        second = replace(make.article(1), title="Later")
        tx.merge("core.article", article_rows([make.article(1), second]))
    assert warehouse.read("SELECT title FROM core.article").rows() == [("Later",)]


def test_merge_keeps_what_is_set_once(warehouse: Warehouse) -> None:
    _load_article(warehouse)
    later = replace(make.article(), first_seen_at=make.NOW + timedelta(days=3))
    with warehouse.transaction("b", "run") as tx:
        assert tx.merge("core.article", article_rows([later])) == Changes()
    rows = warehouse.read("SELECT first_seen_at FROM core.article")
    assert rows.item() == make.NOW


def test_replace_deletes_what_the_scope_no_longer_holds(warehouse: Warehouse) -> None:
    with warehouse.transaction("a", "run") as tx:
        tx.merge("core.article", article_rows(make.article(n) for n in (1, 2, 3)))
    with warehouse.transaction("b", "run") as tx:
        changes = tx.replace(
            "core.article",
            article_rows([make.article(1)]),
            column="article_id",
            values=["article-1", "article-2"],
        )
    assert changes == Changes(deleted=1)
    left = warehouse.read("SELECT article_id FROM core.article ORDER BY ALL")
    assert left.rows() == [("article-1",), ("article-3",)]


def test_a_row_without_its_parent_rolls_the_load_back(warehouse: Warehouse) -> None:
    with (
        pytest.raises(AssertionFailed, match=r"core\.story_member\.article_id"),
        warehouse.transaction("a", "run") as tx,
    ):
        tx.merge("core.story_member", story_rows([StoryMember("nowhere", "s")]))
    assert _count(warehouse, "core.story_member") == 0


def test_deleting_a_parent_rolls_the_load_back(warehouse: Warehouse) -> None:
    _load_article(warehouse)
    with warehouse.transaction("b", "run") as tx:
        tx.merge("core.story_member", story_rows([make.story(1)]))

    def delete_parents() -> None:
        with warehouse.transaction("c", "run") as tx:
            tx.execute("DELETE FROM core.article")
            tx.touched("core.article")

    with pytest.raises(AssertionFailed, match="lacks"):
        delete_parents()
    assert _count(warehouse, "core.article") == 1


def test_a_key_that_occurs_twice_rolls_the_load_back(warehouse: Warehouse) -> None:
    _load_article(warehouse)

    def load_twice() -> None:
        with warehouse.transaction("b", "run") as tx:
            tx.execute("INSERT INTO core.article FROM core.article")
            tx.merge("core.article", article_rows([make.article(1)]))

    with pytest.raises(AssertionFailed, match="occur twice"):
        load_twice()
    assert _count(warehouse, "core.article") == 1


def test_a_frame_with_other_columns_is_refused(warehouse: Warehouse) -> None:
    with (
        pytest.raises(WarehouseError, match=r"missing \['story_id'\].*\['colour'\]"),
        warehouse.transaction("a", "run") as tx,
    ):
        tx.merge(
            "core.story_member", pl.DataFrame({"article_id": ["x"], "colour": [1]})
        )


def test_another_holder_of_the_lock_is_named(warehouse: Warehouse) -> None:
    impatient = Warehouse(warehouse.path, wait_s=0.05)
    with (
        WriterLock(lock_path(warehouse.path), 1),
        pytest.raises(WarehouseLocked, match=r"PID \d+.*wait for that run"),
        impatient.session(),
    ):
        pass
    assert _count(impatient, "core.article") == 0


def test_sessions_nest_and_threads_take_turns(warehouse: Warehouse) -> None:
    def load(number: int) -> None:
        with warehouse.session():
            _load_article(warehouse, f"key-{number}", number)

    threads = [threading.Thread(target=load, args=(n,)) for n in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert _count(warehouse, "core.article") == 4


def test_a_missing_file_is_an_error_that_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(WarehouseError, match=r"create it with warehouse\.migrate"):
        Warehouse(tmp_path / "none.duckdb").read("SELECT 1")


def test_a_commit_that_vanished_from_the_file_is_noticed(warehouse: Warehouse) -> None:
    _load_article(warehouse)
    commit_path(warehouse.path).write_text("a load the file does not have")
    with pytest.raises(WarehouseError, match="lacks the load"):
        warehouse.read("SELECT 1")


def test_times_come_back_in_utc(warehouse: Warehouse) -> None:
    _load_article(warehouse)
    frame = warehouse.read("SELECT first_seen_at FROM core.article")
    assert frame.schema["first_seen_at"] == pl.Datetime("us", "UTC")
