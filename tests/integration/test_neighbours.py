"""Candidates from stored bands: found inside the window, bounded, and transactional."""

from collections.abc import Iterator
from pathlib import Path

import duckdb
import numpy as np
import pytest

from tasks.derivation.bands import bands_of
from tasks.derivation.fingerprint import MINHASH_VERSION
from tasks.derivation.link import derive, prepare
from tasks.derivation.neighbourhood import (
    children_to_rederive,
    load_neighbourhood,
    store_bands,
)
from tasks.derivation.profile import profile
from tasks.derivation.records import DerivationResult, TextRecord
from tests.unit.derivation.test_families import REWRITE
from tests.unit.derivation.texts import WIRE, bomb_report, record
from warehouse import neighbours
from warehouse.engine import open_file
from warehouse.lookup import number_of
from warehouse.migrate import migrate


@pytest.fixture
def connection(tmp_path: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    path = tmp_path / "private" / "warehouse.duckdb"
    migrate(path)
    with open_file(path, read_only=False) as opened:
        yield opened


def _add(
    connection: duckdb.DuckDBPyConnection, batch: list[TextRecord], window: int = 14
) -> DerivationResult:
    """Derive and store a batch as a night does."""
    prepared = prepare(batch)
    hood = load_neighbourhood(connection, prepared.bands, window_days=window)
    result = derive(prepared, hood)
    for r in batch:
        connection.execute(
            "DELETE FROM core.article WHERE article_id = ?", [r.article_id]
        )
        connection.execute(
            "INSERT INTO core.article BY NAME SELECT ? AS article_id, '' AS revision_sha256,"
            " ? AS canonical_url, '' AS url, ? AS publisher, '' AS publisher_host,"
            " ? AS title, ? AS text, 0 AS num_characters, ? AS language,"
            " ? AS published_at, ? AS first_seen_at, ? AS wire_credit, '' AS extractor,"
            " '' AS extractor_rule, '' AS extractor_version, 0 AS num_removals,"
            " [] AS paragraph_lengths, '' AS run_id, '' AS row_hash,"
            f" {number_of('article_id')} AS article_id_lookup",
            [r.article_id, r.canonical_url, r.publisher, r.title, r.text, r.language,
             r.published_at, r.first_seen_at, r.wire_credit],
        )  # fmt: skip
    for row in result.lineage:
        connection.execute(
            "DELETE FROM core.article_lineage WHERE article_id = ?", [row.article_id]
        )
        connection.execute(
            "INSERT INTO core.article_lineage SELECT *, '', '', "
            f"{number_of('id')}, {number_of('family')}, {number_of('parent')} "
            "FROM (VALUES (?, ?, ?, ?, ?, ?, ?, ?)) v(id, family, kind, parent)",
            [row.article_id, row.family_id, row.lineage, row.parent_article_id,
             row.similarity, row.containment, list(row.signals), row.score],
        )  # fmt: skip
    store_bands(connection, result.bands)
    return result


def _columns(
    ids: list[str], *, days: list[int], kind: int, keys: list[int]
) -> neighbours.BandColumns:
    """Return rows in which every text carries all the keys."""
    owners = np.repeat(np.arange(len(ids)), len(keys))
    return neighbours.BandColumns(
        ids,
        days,
        owners,
        np.full(len(owners), kind, dtype=np.int8),
        np.tile(np.array(keys, dtype=np.uint64), len(ids)),
    )


def test_a_copy_of_a_later_night_finds_its_stored_origin(
    connection: duckdb.DuckDBPyConnection,
) -> None:
    _add(connection, [record("wire")])
    (row,) = _add(connection, [record("copy", hours=30)]).lineage
    assert (row.parent_article_id, row.lineage) == ("wire", "identical_copy")


def test_a_brief_and_a_rewrite_find_their_stored_origin(
    connection: duckdb.DuckDBPyConnection,
) -> None:
    _add(connection, [record("wire", credit="Red Sea News Agency (RNA)")])
    later = [
        record("brief", WIRE[:1], hours=2, title="14 killed in Sudan"),
        record("rewrite", REWRITE, hours=5, title="Camel-mounted raiders kill 14"),
    ]
    kinds = {r.article_id: r.lineage for r in _add(connection, later).lineage}
    assert kinds == {"brief": "brief", "rewrite": "rewrite"}


def test_texts_of_one_batch_find_each_other(
    connection: duckdb.DuckDBPyConnection,
) -> None:
    rows = _add(connection, [record("wire"), record("copy", hours=1)]).lineage
    assert len({r.family_id for r in rows}) == 1


def test_the_result_is_the_same_as_with_everything_in_one_batch(
    connection: duckdb.DuckDBPyConnection, tmp_path: Path
) -> None:
    texts = [
        record("copy", hours=1),
        record("bomb", bomb_report(), title="Bomb", hours=2),
        record("brief", WIRE[:1], hours=3),
        record("wire"),
    ]
    for text in texts:
        _add(connection, [text])
    query = "SELECT * EXCLUDE (run_id, row_hash) FROM core.article_lineage ORDER BY 1"
    one_by_one = connection.execute(query).fetchall()
    other = tmp_path / "other" / "warehouse.duckdb"
    migrate(other)
    with open_file(other, read_only=False) as fresh:
        _add(fresh, texts)
        assert fresh.execute(query).fetchall() == one_by_one


def test_texts_further_apart_than_the_window_are_not_compared(
    connection: duckdb.DuckDBPyConnection,
) -> None:
    _add(connection, [record("wire")])
    (row,) = _add(connection, [record("copy", hours=24 * 15)]).lineage
    assert row.parent_article_id is None


def test_bands_of_another_version_are_never_compared(
    connection: duckdb.DuckDBPyConnection,
) -> None:
    _add(connection, [record("wire")])
    connection.execute("UPDATE core.text_band SET minhash_version = 'older'")
    bands = bands_of([profile(record("copy", hours=1))])
    assert load_neighbourhood(connection, bands, window_days=14).pairs == ()


def test_storing_again_replaces_the_bands_of_an_article(
    connection: duckdb.DuckDBPyConnection,
) -> None:
    for paragraphs in (WIRE, tuple(bomb_report())):
        _add(connection, [record("a", paragraphs)])
    wanted = bands_of([profile(record("a", tuple(bomb_report())))])
    stored = connection.execute(
        "SELECT article_id, kind, key, day FROM core.text_band ORDER BY ALL"
    ).fetchall()
    assert stored == sorted((b.article_id, b.kind, b.key, b.day) for b in wanted)


def test_a_dropped_text_is_no_candidate_but_keeps_its_family(
    connection: duckdb.DuckDBPyConnection,
) -> None:
    _add(connection, [record("wire"), record("copy", hours=1)])
    connection.execute("UPDATE core.article SET text = NULL WHERE article_id = 'wire'")
    rows = {r.article_id: r for r in _add(connection, [record("new", hours=2)]).lineage}
    assert rows.keys() == {"new"}
    assert rows["new"].parent_article_id == "copy"
    family = connection.execute(
        "SELECT count(DISTINCT family_id) FROM core.article_lineage"
    ).fetchone()
    assert family == (1,)


def test_a_passage_on_every_page_is_compared_with_its_earliest_carriers_only(
    connection: duckdb.DuckDBPyConnection,
) -> None:
    ids = [f"a{n:04}" for n in range(1_000)]
    rows = _columns(ids, days=[n // 100 for n in range(1_000)], kind=3, keys=[77])
    neighbours.replace_bands(connection, rows, version=MINHASH_VERSION)
    new = _columns(["new"], days=[9], kind=3, keys=[77])
    found = neighbours.find_candidates(
        connection, new, version=MINHASH_VERSION, window_days=14
    )
    assert len(found) == neighbours.MAX_CARRIERS
    assert ("a0000", "new") in found


def test_a_name_in_many_texts_makes_nobody_a_candidate(
    connection: duckdb.DuckDBPyConnection,
) -> None:
    ids = [f"a{n:03}" for n in range(100)]
    rows = _columns(ids, days=[1] * 100, kind=33, keys=[1, 2, 3])
    neighbours.replace_bands(connection, rows, version=MINHASH_VERSION)
    new = _columns(["new"], days=[1], kind=33, keys=[1, 2, 3])
    found = neighbours.find_candidates(
        connection, new, version=MINHASH_VERSION, window_days=14
    )
    assert found == []


def test_children_of_a_changed_text_are_judged_again(
    connection: duckdb.DuckDBPyConnection,
) -> None:
    _add(connection, [record("wire"), record("copy", hours=1)])
    assert [r.article_id for r in children_to_rederive(connection, ["wire"])] == [
        "copy"
    ]
    assert children_to_rederive(connection, ["wire", "copy"]) == ()
