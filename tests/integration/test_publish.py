"""Publishing under readers: every read sees one whole release."""

import os
import subprocess
import sys
import textwrap
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import duckdb
import polars as pl
import pytest

from tasks.errors import AssertionFailed, WarehouseError
from tasks.loading.article_rows import article_rows
from tasks.loading.load import load_articles, load_coded
from tasks.loading.load_events import load_resolution
from tests.unit.warehouse import make
from tests.unit.warehouse.fill import fill
from warehouse.connect import Warehouse
from warehouse.publish import (
    PUBLISHED_NAME,
    PublishedFile,
    ReleaseInfo,
    dated_files,
    publish,
    release_id_of,
)
from warehouse.verify import verify_file

ROOT = Path(__file__).parent.parent.parent

# Counts what one release must agree on; ends when told to by a file.
_READER = """
    import sys, time
    from pathlib import Path
    from warehouse.query import open_published

    path, stop = Path(sys.argv[1]), Path(sys.argv[2])
    reads, last, seen = 0, -1, set()
    while not stop.exists():
        with open_published(path) as con:
            number, told = con.execute("SELECT code_version, num_articles FROM release").fetchone()
            articles = con.execute("SELECT count(*) FROM articles").fetchone()[0]
            mentions = con.execute("SELECT count(*) FROM event_mentions").fetchone()[0]
            events = con.execute("SELECT sum(num_mentions) FROM events").fetchone()[0]
        assert articles == told == mentions == events, (articles, told, mentions, events)
        assert int(number) >= last, "a release went backwards"
        last = int(number)
        seen.add(last)
        reads += 1
        time.sleep(0.01)
    print(reads, len(seen), flush=True)
"""


def _release(number: int = 1) -> ReleaseInfo:
    at = make.NOW + timedelta(minutes=number)
    return ReleaseInfo(
        release_id=release_id_of(at),
        run_id=f"run-{number}",
        published_at=at,
        code_version=str(number),
        coder_version="test-1",
        reference_version="ref-1",
    )


@pytest.fixture
def warehouse(tmp_path: Path) -> Warehouse:
    warehouse = make.new_warehouse(tmp_path)
    fill(warehouse)
    return warehouse


@pytest.fixture
def public(tmp_path: Path) -> Path:
    return tmp_path / "public"


def _publish(
    warehouse: Warehouse, public: Path, number: int = 1, keep: int = 3
) -> PublishedFile:
    return publish(warehouse.path, public, _release(number), keep, wait_s=20)


def _read(path: Path, sql: str) -> list[tuple[object, ...]]:
    with duckdb.connect(str(path), read_only=True) as connection:
        return connection.execute(sql).fetchall()


def test_the_published_file_holds_the_release(
    warehouse: Warehouse, public: Path
) -> None:
    published = _publish(warehouse, public)
    rows = _read(
        published.path,
        "SELECT release_id, run_id, num_events, num_articles, num_rejects, num_feeds "
        "FROM release",
    )
    assert rows == [("2026-03-01T063100Z", "run-1", 3, 3, 1, 2)]
    assert published.counts["core.article"] == 3
    assert published.size_bytes == published.path.stat().st_size


def test_nothing_but_whole_files_is_left_beside_it(
    warehouse: Warehouse, public: Path
) -> None:
    published = _publish(warehouse, public)
    assert sorted(p.name for p in public.iterdir()) == sorted(
        [PUBLISHED_NAME, published.dated_path.name]
    )
    assert published.path.stat().st_mode & 0o222 == 0


def test_dated_copies_are_kept_by_number(warehouse: Warehouse, public: Path) -> None:
    for number in range(1, 6):
        _publish(warehouse, public, number, keep=3)
    names = [p.name for p in dated_files(public)]
    assert names == [f"conflict-2026-03-01T063{n}00Z.duckdb" for n in (5, 4, 3)]
    assert _read(dated_files(public)[-1], "SELECT code_version FROM release") == [
        ("3",)
    ]


def test_publishing_one_release_again_does_not_add_a_second_row(
    warehouse: Warehouse, public: Path
) -> None:
    _publish(warehouse, public)
    published = _publish(warehouse, public)
    assert _read(published.path, "SELECT count(*) FROM releases") == [(1,)]


def test_the_hash_of_a_release_follows_its_data(
    warehouse: Warehouse, public: Path
) -> None:
    def data_hash(number: int) -> object:
        path = _publish(warehouse, public, number).path
        return _read(path, "SELECT data_sha256 FROM release")[0][0]

    first = data_hash(1)
    assert data_hash(2) == first
    fill(warehouse, 4, run_id="run-2")
    assert data_hash(3) != first


def test_an_open_reader_keeps_its_release(warehouse: Warehouse, public: Path) -> None:
    published = _publish(warehouse, public)
    with duckdb.connect(str(published.path), read_only=True) as old:
        fill(warehouse, 5, run_id="run-2")
        _publish(warehouse, public, 2)
        assert old.execute("SELECT count(*) FROM articles").fetchall() == [(3,)]
    assert _read(published.path, "SELECT count(*) FROM articles") == [(5,)]


@pytest.mark.parametrize(
    ("damage", "told"),
    [
        ("INSERT INTO core.article FROM core.article", "occur twice"),
        ("INSERT INTO core.fatality_claim FROM core.fatality_claim", "occur twice"),
        ("DELETE FROM core.coded_article; DELETE FROM core.article", "lacks"),
        ("UPDATE core.fatality_claim SET article_id = 'none'", "lacks"),
    ],
)
def test_a_file_that_breaks_an_assertion_is_not_published(
    warehouse: Warehouse, public: Path, damage: str, told: str
) -> None:
    published = _publish(warehouse, public)
    with warehouse.session() as connection:
        connection.execute(damage)
    with pytest.raises(AssertionFailed, match=told):
        _publish(warehouse, public, 2)
    assert _read(published.path, "SELECT code_version FROM release") == [("1",)]


def test_a_damaged_block_stops_the_publication(
    warehouse: Warehouse, public: Path
) -> None:
    with warehouse.transaction("many", "run") as tx:
        many = [
            replace(make.article(n), title=f"{n} {'x' * 400}")
            for n in range(100, 3_000)
        ]
        tx.merge("core.article", article_rows(many))
    published = _publish(warehouse, public)
    damaged = public / "damaged.duckdb"
    content = bytearray(published.path.read_bytes())
    middle = content.index(b"trafilatura-fast", 12_288)
    content[middle : middle + 16] = b"\xff" * 16
    damaged.write_bytes(content)
    with pytest.raises(WarehouseError, match=r"cannot be (read|opened?)|cannot open"):
        verify_file(damaged)


def test_a_count_that_is_not_as_written_is_an_error(
    warehouse: Warehouse, public: Path
) -> None:
    published = _publish(warehouse, public)
    wrong = {**published.counts, "core.article": 4}
    with pytest.raises(WarehouseError, match=r"core\.article 3 rows, not 4"):
        verify_file(published.path, wrong)


def test_a_log_left_beside_the_published_file_is_put_aside(
    warehouse: Warehouse, public: Path
) -> None:
    published = _publish(warehouse, public)
    wal = public / f"{PUBLISHED_NAME}.wal"
    wal.write_bytes(b"somebody's session")
    _publish(warehouse, public, 2)
    assert not wal.exists()
    assert _read(published.path, "SELECT code_version FROM release") == [("2",)]


def test_what_a_killed_publisher_left_is_removed(
    warehouse: Warehouse, public: Path
) -> None:
    public.mkdir()
    (public / ".conflict-old.tmp").write_bytes(b"half a copy")
    _publish(warehouse, public)
    assert not list(public.glob(".*"))


def test_a_release_id_cannot_leave_the_folder(
    warehouse: Warehouse, public: Path
) -> None:
    with pytest.raises(WarehouseError, match="does not fit a file name"):
        publish(warehouse.path, public, replace(_release(), release_id="../x"), 3)


def test_the_published_file_is_in_the_storage_version_of_duckdb_1_5(
    warehouse: Warehouse, public: Path
) -> None:
    published = _publish(warehouse, public)
    tags = _read(
        published.path, "SELECT tags FROM duckdb_databases() WHERE NOT internal"
    )
    assert "v1.5.0" in str(tags)


def test_views_work_in_a_file_attached_under_another_name(
    warehouse: Warehouse, public: Path
) -> None:
    published = _publish(warehouse, public)
    with duckdb.connect() as connection:
        connection.execute(f"ATTACH '{published.path}' AS other (READ_ONLY)")
        names = connection.execute(
            "SELECT view_name FROM duckdb_views() WHERE database_name = 'other' "
            "AND schema_name = 'main' AND NOT internal ORDER BY 1"
        ).fetchall()
        assert len(names) > 30
        for (name,) in names:
            connection.execute(f"SELECT * FROM other.{name}").fetchall()
        connection.execute("USE other")
        rows = connection.execute("SELECT event_id FROM event('event-1')").fetchall()
    assert rows == [("event-1",)]


def test_polars_and_pandas_read_it(warehouse: Warehouse, public: Path) -> None:
    published = _publish(warehouse, public)
    with duckdb.connect(str(published.path), read_only=True) as connection:
        frame = pl.DataFrame(connection.sql("FROM events"))
        table = pl.read_database("SELECT * FROM event_mentions", connection)
        pandas = connection.sql("FROM events ORDER BY event_id").df()
    assert (frame.height, table.height) == (3, 3)
    assert frame.schema["event_date"] == pl.Date
    assert pandas["event_id"].to_list() == ["event-1", "event-2", "event-3"]
    assert pandas["event_date"].dt.year.unique().tolist() == [2026]
    assert pandas["fatalities_best"].sum() == 36


def test_every_relation_has_plain_sql_types(warehouse: Warehouse, public: Path) -> None:
    """DBeaver and R show these without a driver's help; lists and structs are few."""
    published = _publish(warehouse, public)
    with duckdb.connect(str(published.path), read_only=True) as connection:
        rows = connection.execute(
            "SELECT table_name || '.' || column_name, data_type FROM duckdb_columns() "
            "WHERE schema_name = 'main' AND NOT internal "
            "AND database_name = current_database()"
        ).fetchall()
    plain = {"VARCHAR", "BOOLEAN", "TINYINT", "SMALLINT", "INTEGER", "BIGINT", "DOUBLE",
             "FLOAT", "DATE", "TIMESTAMP WITH TIME ZONE", "VARCHAR[]"}  # fmt: skip
    assert {name for name, kind in rows if kind not in plain} == {
        "event_mentions.evidence"
    }


def _add_one(warehouse: Warehouse, number: int) -> None:
    """Load one more article with its event, as a small night would."""
    with warehouse.transaction(f"one-{number}", "run") as tx:
        load_articles(tx, [make.article(number)], make.NOW)
        load_coded(tx, [make.coded(number)], make.NOW)
        load_resolution(
            tx,
            events=[make.event(number)],
            revisions=[make.created(number)],
            redirects=[],
            links=[make.link(number)],
            known_at=make.NOW,
        )


@pytest.mark.slow
def test_readers_during_30_publications_see_no_error_and_no_half_state(
    warehouse: Warehouse, public: Path, tmp_path: Path
) -> None:
    published = _publish(warehouse, public, 0)
    stop = tmp_path / "stop"
    readers = [
        subprocess.Popen(
            [
                sys.executable,
                "-c",
                textwrap.dedent(_READER),
                str(published.path),
                str(stop),
            ],
            cwd=ROOT,
            env=dict(os.environ),
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for _ in range(2)
    ]
    for number in range(1, 31):
        _add_one(warehouse, 3 + number)
        _publish(warehouse, public, number)
    stop.touch()
    for reader in readers:
        out, err = reader.communicate(timeout=60)
        assert reader.returncode == 0, err
        reads, releases = map(int, out.split())
        assert reads >= 10
        assert releases >= 3
