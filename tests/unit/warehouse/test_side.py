"""A copy to work in: compared row by row, then promoted or thrown away."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from tasks.errors import WarehouseError, WarehouseLocked
from tasks.loading.load import load_articles, load_coded, load_rejects
from tests.unit.warehouse import make
from tests.unit.warehouse.fill import fill
from warehouse.connect import Warehouse, lock_path
from warehouse.engine import wal_of
from warehouse.lock import WriterLock
from warehouse.row_diff import TableDiff, write_row_diff
from warehouse.side import copy_beside, discard, promote, side_of
from warehouse.verify import content_hashes


@pytest.fixture
def warehouse(tmp_path: Path) -> Warehouse:
    made = make.new_warehouse(tmp_path)
    fill(made)
    return made


def side(warehouse: Warehouse) -> tuple[Warehouse, int]:
    loads = copy_beside(warehouse.path)
    return Warehouse(side_of(warehouse.path), wait_s=5), loads


def edit(warehouse: Warehouse, number: int = 1, key: str = "redo") -> None:
    """Change the text of one article, as a changed rule does."""
    changed = make.article(number, paragraphs=("A secret text of a publisher.",))
    with warehouse.transaction(key, "run-2") as tx:
        load_articles(tx, [changed], make.NOW)


def rows(path: Path) -> list[dict[str, Any]]:
    return pl.read_parquet(path).to_dicts()


def test_the_copy_is_equal_and_work_in_it_leaves_the_warehouse_alone(
    warehouse: Warehouse, tmp_path: Path
) -> None:
    before = content_hashes(warehouse.path)
    copy, _ = side(warehouse)
    assert content_hashes(copy.path) == before
    assert write_row_diff(warehouse.path, copy.path, tmp_path / "d.parquet") == []
    assert rows(tmp_path / "d.parquet") == []
    edit(copy)
    assert content_hashes(warehouse.path) == before
    assert content_hashes(copy.path) != before


def test_added_removed_and_changed_rows_are_named_by_key(
    warehouse: Warehouse, tmp_path: Path
) -> None:
    copy, _ = side(warehouse)
    with copy.transaction("redo", "run-2") as tx:
        load_articles(tx, [make.article(4)], make.NOW)
        load_coded(
            tx, [replace(make.coded(1), relevance_score=0.25), make.coded(4)], make.NOW
        )
        tx.execute("DELETE FROM core.story_member WHERE article_id = 'article-3'")

    to = tmp_path / "d.parquet"
    found = {d.relation: d for d in write_row_diff(warehouse.path, copy.path, to)}

    assert found["core.article"] == TableDiff("core.article", 1, 0, 0)
    assert found["core.coded_article"] == TableDiff("core.coded_article", 1, 0, 1)
    assert found["core.story_member"] == TableDiff("core.story_member", 0, 1, 0)
    assert "core.event" not in found
    named = {(r["relation"], r["change"], r["key"], r["column_name"]) for r in rows(to)}
    assert {
        ("core.article", "added", '{"article_id":"article-4"}', None),
        ("core.story_member", "removed", '{"article_id":"article-3"}', None),
        (
            "core.coded_article",
            "changed",
            '{"article_id":"article-1"}',
            "relevance_score",
        ),
    } <= named
    changed = next(r for r in rows(to) if r["column_name"] == "relevance_score")
    assert (changed["old"], changed["new"]) == (
        str(make.coded(1).relevance_score),
        "0.25",
    )


def test_the_diff_shows_that_a_text_changed_and_never_the_text(
    warehouse: Warehouse, tmp_path: Path
) -> None:
    copy, _ = side(warehouse)
    edit(copy)
    to = tmp_path / "d.parquet"
    write_row_diff(warehouse.path, copy.path, to)
    [text] = [r for r in rows(to) if r["column_name"] == "text"]
    assert text["old"] != text["new"]
    assert "sha256" in text["new"]
    assert "secret" not in str(rows(to))


def test_writing_the_same_rows_again_is_no_difference(
    warehouse: Warehouse, tmp_path: Path
) -> None:
    copy, _ = side(warehouse)
    with copy.transaction("redo", "run-2") as tx:
        load_articles(tx, [make.article(1)], make.NOW)
        load_rejects(tx, [make.fetch_reject(4)], make.NOW)
    assert write_row_diff(warehouse.path, copy.path, tmp_path / "d.parquet") == []


def test_promotion_puts_the_copy_in_place_and_leaves_nothing_beside_it(
    warehouse: Warehouse,
) -> None:
    copy, loads = side(warehouse)
    edit(copy)
    wanted = content_hashes(copy.path)
    promote(warehouse.path, loads)
    assert content_hashes(warehouse.path) == wanted
    assert warehouse.is_committed("redo")
    edit(warehouse, 2, "after")  # and it takes the next load
    left = {p.name for p in warehouse.path.parent.iterdir()}
    assert not {name for name in left if name.startswith("reprocess")}


def test_a_copy_that_another_writer_overtook_is_not_promoted(
    warehouse: Warehouse,
) -> None:
    copy, loads = side(warehouse)
    edit(copy)
    edit(warehouse, 2, "meanwhile")
    before = content_hashes(warehouse.path)
    with pytest.raises(WarehouseError, match="run it again"):
        promote(warehouse.path, loads)
    assert content_hashes(warehouse.path) == before


def test_a_damaged_copy_is_not_promoted(warehouse: Warehouse) -> None:
    copy, loads = side(warehouse)
    edit(copy)
    with copy.session() as connection:
        connection.execute("CHECKPOINT")
    before = content_hashes(warehouse.path)
    data = bytearray(copy.path.read_bytes())
    for start in range(len(data) // 3, len(data), 4_096):
        data[start] ^= 0xFF
    copy.path.write_bytes(data)
    with pytest.raises(WarehouseError):
        promote(warehouse.path, loads)
    assert content_hashes(warehouse.path) == before


def test_nobody_is_overtaken_while_he_holds_the_lock(warehouse: Warehouse) -> None:
    _, loads = side(warehouse)
    with (
        WriterLock(lock_path(warehouse.path), 1),
        pytest.raises(WarehouseLocked),
    ):
        promote(warehouse.path, loads, wait_s=0.05)


def test_what_a_killed_run_left_is_overwritten_and_discarded(
    warehouse: Warehouse,
) -> None:
    copy, _ = side(warehouse)
    edit(copy)
    wal_of(copy.path).write_bytes(b"left behind")
    again, _ = side(warehouse)
    assert content_hashes(again.path) == content_hashes(warehouse.path)
    discard(warehouse.path)
    assert not copy.path.exists()
    discard(warehouse.path)  # nothing to do is no error
