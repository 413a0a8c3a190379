"""Numbers beside ids: rows are found by them, and a wrong one is refused."""

from pathlib import Path

import duckdb
import polars as pl
import pytest

from tasks.errors import AssertionFailed
from tasks.loading.load import load_articles
from tests.unit.warehouse import make
from tests.unit.warehouse.fill import fill
from warehouse.assertions import assert_whole
from warehouse.connect import Warehouse
from warehouse.engine import open_file, read_frame
from warehouse.lookup import (
    LOOKUPS,
    lookup_columns,
    rows_with,
    within_stretches,
)
from warehouse.migrate import bundled_migrations, migrate
from warehouse.touched import Touched
from warehouse.verify import base_tables, content_hashes

_BEFORE_LOOKUPS = 5  # migrations of a file of the version before them


@pytest.fixture
def warehouse(tmp_path: Path) -> Warehouse:
    warehouse = make.new_warehouse(tmp_path)
    fill(warehouse, 12)
    return warehouse


def _wrong(warehouse: Warehouse) -> dict[str, int]:
    """Return how many rows of each table have another number than their id's."""
    found = {}
    for table in LOOKUPS:
        unlike = " OR ".join(
            f"{column} IS DISTINCT FROM {sql}"
            for column, sql in lookup_columns(table).items()
        )
        found[table] = warehouse.read(f"SELECT 1 FROM {table} WHERE {unlike}").height
    return {table: number for table, number in found.items() if number}


def test_every_row_a_night_writes_has_the_numbers_of_its_ids(
    warehouse: Warehouse,
) -> None:
    filled = {t for t in LOOKUPS if warehouse.read(f"FROM {t} LIMIT 1").height}
    assert len(filled) >= 12
    assert _wrong(warehouse) == {}


def test_a_filled_file_of_the_version_before_gets_them_too(
    warehouse: Warehouse, tmp_path: Path
) -> None:
    old = tmp_path / "old" / "w.duckdb"
    migrate(old, migrations=bundled_migrations()[:_BEFORE_LOOKUPS])
    with open_file(old, read_only=False) as connection:
        connection.execute(f"ATTACH '{warehouse.path}' AS new (READ_ONLY)")
        for table in base_tables(connection):
            if table == "meta.schema_migration":
                continue
            columns = ", ".join(
                f'"{row[0]}"'
                for row in connection.execute(f"DESCRIBE {table}").fetchall()
            )
            connection.execute(
                f"INSERT INTO {table} ({columns}) SELECT {columns} FROM new.{table}"
            )
    migrate(old)
    assert _wrong(Warehouse(old)) == {}
    now, then = content_hashes(warehouse.path), content_hashes(old)
    assert {t for t in now if now[t] != then[t]} <= {"meta.schema_migration"}


def test_a_wrong_number_of_an_added_row_rolls_the_load_back(
    warehouse: Warehouse,
) -> None:
    before = warehouse.read("FROM core.article").height

    def load() -> None:
        with warehouse.transaction("load", "run-2") as tx:
            load_articles(tx, [make.article(40)], make.NOW)
            tx.execute(
                "UPDATE core.article SET article_id_lookup = 7 "
                "WHERE article_id LIKE '%-40'"
            )

    with pytest.raises(AssertionFailed, match=r"core\.article: ids without their"):
        load()
    assert warehouse.read("FROM core.article").height == before


def test_a_file_with_a_missing_number_is_not_whole(warehouse: Warehouse) -> None:
    """Each publication asserts the whole file."""
    with open_file(warehouse.path, read_only=False) as connection:
        assert_whole(connection)
        connection.execute("UPDATE core.event SET event_id_lookup = NULL")
        with pytest.raises(AssertionFailed, match=r"core\.event: ids without"):
            assert_whole(connection)


def test_rows_whose_numbers_agree_by_chance_are_told_apart_by_their_ids(
    warehouse: Warehouse,
) -> None:
    """Two ids may share a number; only the id decides."""
    with open_file(warehouse.path, read_only=False) as connection:
        connection.execute("UPDATE core.article SET article_id_lookup = 1")
        wanted = "SELECT article_id FROM core.article ORDER BY 1 LIMIT 1"
        query = rows_with("core.article", "article_id", wanted)
        assert connection.execute(f"FROM {query}").fetchall() == []  # no such number
        connection.execute(
            "UPDATE core.article SET article_id_lookup = "
            "(SELECT (md5_number_lower(min(article_id)) & 4294967295)::UINTEGER "
            "FROM core.article)"
        )
        assert len(connection.execute(f"FROM {query}").fetchall()) == 1


def test_what_a_load_asserts_is_read_without_filters_of_joins(
    warehouse: Warehouse, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = "SELECT current_setting('disabled_optimizers')"
    during: list[str] = []
    check = Touched._check

    def noting(self: Touched, connection: duckdb.DuckDBPyConnection) -> None:
        during.extend(read_frame(connection, asked).to_series())
        check(self, connection)

    monkeypatch.setattr(Touched, "_check", noting)
    with warehouse.transaction("load", "run-2") as tx:
        load_articles(tx, [make.article(41)], make.NOW)
        tx.finish("test")
        assert tx.read(asked).item() == ""
    assert set(during) == {"join_filter_pushdown"}


@pytest.mark.parametrize(
    ("numbers", "stretches"),
    [
        ([7], [(7, 7)]),
        ([9, 3, 3, 5], [(3, 9)]),
        (
            [1, 2, 50_000, 50_001, 900_000],
            [(1, 2), (50_000, 50_001), (900_000, 900_000)],
        ),
        ([0, 10_000, 20_001], [(0, 10_000), (20_001, 20_001)]),
    ],
)
def test_stretches_are_parted_where_rows_are_far_apart(
    numbers: list[int], stretches: list[tuple[int, int]]
) -> None:
    parts = " OR ".join(f"rowid BETWEEN {a} AND {b}" for a, b in stretches)
    assert within_stretches(pl.Series(numbers)) == f"({parts})"


def test_many_stretches_are_few_and_lose_no_row() -> None:
    numbers = pl.Series([n * n * 20_000 for n in range(100)])
    condition = within_stretches(numbers)
    assert condition.count("BETWEEN") == 24
    with duckdb.connect() as connection:
        rows = connection.register("r", numbers.to_frame("rowid"))
        kept = rows.sql(f"SELECT count(*) FROM r WHERE {condition}").fetchall()
    assert kept == [(100,)]
