"""Migrations: once, in order, never edited."""

from dataclasses import replace
from pathlib import Path

import duckdb
import pytest

from tasks.errors import WarehouseError
from tests.unit.warehouse import make
from tests.unit.warehouse.fill import fill
from warehouse.connect import Warehouse
from warehouse.engine import open_file, wal_of
from warehouse.migrate import Migration, bundled_migrations, migrate, open_warehouse
from warehouse.tables import KEYS, PARENTS
from warehouse.verify import base_tables, content_hashes


def _columns(path: Path) -> list[tuple[object, ...]]:
    with open_file(path, read_only=True) as connection:
        return connection.execute(
            "SELECT schema_name, table_name, column_name, data_type, is_nullable "
            "FROM duckdb_columns() WHERE NOT internal "
            "AND database_name = current_database() ORDER BY ALL"
        ).fetchall()


def test_a_new_file_gets_every_migration_once(tmp_path: Path) -> None:
    path = tmp_path / "p" / "w.duckdb"
    versions = tuple(m.version for m in bundled_migrations())
    assert migrate(path) == versions
    assert migrate(path) == ()
    rows = Warehouse(path).read("SELECT version FROM meta.schema_migration ORDER BY 1")
    assert tuple(rows["version"].to_list()) == versions


def test_versions_are_unique_and_ascending() -> None:
    versions = [m.version for m in bundled_migrations()]
    assert versions == sorted(set(versions))


def test_a_file_of_the_oldest_schema_ends_like_a_fresh_one(tmp_path: Path) -> None:
    old, fresh = tmp_path / "old" / "w.duckdb", tmp_path / "fresh" / "w.duckdb"
    migrate(old, migrations=bundled_migrations()[:2])
    migrate(old)
    migrate(fresh)
    assert _columns(old) == _columns(fresh)


def test_an_edited_migration_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "p" / "w.duckdb"
    migrate(path)
    first, *rest = bundled_migrations()
    edited = (replace(first, sql=first.sql + "\n-- a remark"), *rest)
    with pytest.raises(WarehouseError, match="edited after it was applied"):
        migrate(path, migrations=edited)


def test_a_file_of_a_newer_version_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "p" / "w.duckdb"
    newer = Migration(9999, "future", "CREATE TABLE core.future (id INTEGER)")
    migrate(path, migrations=(*bundled_migrations(), newer))
    with pytest.raises(WarehouseError, match="upgrade before you go on"):
        migrate(path)


def test_a_failing_migration_leaves_nothing_behind(tmp_path: Path) -> None:
    path = tmp_path / "p" / "w.duckdb"
    migrate(path)
    before = _columns(path)
    broken = Migration(
        9998, "broken", "CREATE TABLE core.half (id INTEGER); SELECT no_such_column"
    )
    with pytest.raises(WarehouseError, match="9998_broken"):
        migrate(path, migrations=(*bundled_migrations(), broken))
    assert _columns(path) == before


def test_a_migration_whose_commit_fails_is_named(tmp_path: Path) -> None:
    """Nothing is open to be rolled back then; the caller must still learn which it was."""
    path = tmp_path / "p" / "w.duckdb"
    migrate(path)
    before = _columns(path)
    ended = Migration(9998, "ended", "CREATE TABLE core.half (id INTEGER); ROLLBACK")
    with pytest.raises(WarehouseError, match="9998_ended"):
        migrate(path, migrations=(*bundled_migrations(), ended))
    assert _columns(path) == before


def test_migrating_keeps_the_data(tmp_path: Path) -> None:
    warehouse = make.new_warehouse(tmp_path)
    fill(warehouse)
    before = content_hashes(warehouse.path)
    more = Migration(
        9997, "more", "ALTER TABLE core.story_member ADD COLUMN extra INTEGER"
    )
    migrate(warehouse.path, migrations=(*bundled_migrations(), more))
    after = content_hashes(warehouse.path)
    assert {t for t in before if before[t] != after[t]} == {"core.story_member"}


def test_no_log_is_left_after_migrating(tmp_path: Path) -> None:
    path = tmp_path / "p" / "w.duckdb"
    migrate(path)
    assert not wal_of(path).exists()


def test_the_writers_folder_is_closed_to_others(tmp_path: Path) -> None:
    warehouse = open_warehouse(tmp_path / "private" / "w.duckdb")
    assert warehouse.path.parent.stat().st_mode & 0o077 == 0


def test_files_are_written_in_the_storage_version_of_duckdb_1_5(tmp_path: Path) -> None:
    path = tmp_path / "p" / "w.duckdb"
    migrate(path)
    with duckdb.connect(str(path)) as connection:
        tags = connection.execute(
            "SELECT tags FROM duckdb_databases() WHERE NOT internal"
        ).fetchall()
    assert "v1.5.0" in str(tags)


def test_every_key_and_parent_names_columns_that_exist(tmp_path: Path) -> None:
    path = tmp_path / "p" / "w.duckdb"
    migrate(path)
    known = {(f"{s}.{t}", c) for s, t, c, *_ in _columns(path)}
    assert {(t, c) for t, key in KEYS.items() for c in key} <= known
    for parent in PARENTS:
        assert (parent.child, parent.column) in known
        assert (parent.table, parent.key) in known


def test_every_layered_table_of_ours_has_a_key(tmp_path: Path) -> None:
    path = tmp_path / "p" / "w.duckdb"
    migrate(path, migrations=bundled_migrations()[:4])
    with open_file(path, read_only=True) as connection:
        tables = {
            t
            for t in base_tables(connection)
            if t.split(".")[0] in ("raw", "core", "mart")
        }
    assert tables <= set(KEYS)
