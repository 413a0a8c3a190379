"""Every query we show to analysts runs on a published file and answers something."""

import re
from dataclasses import replace
from pathlib import Path

import duckdb
import pytest

from tasks.aggregation.load import load_aggregates
from tasks.loading.load import load_articles, load_coded, load_derivation
from tasks.loading.load_events import load_resolution
from tasks.model.coding import Fatalities, FatalityClaim
from tasks.model.events import EventRevision
from tests.unit.warehouse import make
from tests.unit.warehouse.fill import fill
from warehouse.connect import Warehouse
from warehouse.publish import ReleaseInfo, publish

FOLDER = Path(__file__).parent.parent.parent / "warehouse"
QUERIES = sorted((FOLDER / "queries").glob("*.sql"))

# These may rightly find nothing: surges need eight weeks of history.
_MAY_BE_EMPTY = {"10_surges"}


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("queries")
    warehouse = make.new_warehouse(folder)
    fill(warehouse)
    _dispute_and_merge(warehouse)
    with warehouse.transaction("aggregate", "run") as tx:
        load_aggregates(tx, make.NOW)
    release = ReleaseInfo("r1", "run", make.NOW, "1", "test-1", "ref")
    return publish(warehouse.path, folder / "public", release, 1).path


def _dispute_and_merge(warehouse: Warehouse) -> None:
    """A second figure for event 1, which then absorbs event 3."""
    claims = (
        FatalityClaim("the army", "12", 12, 12, side=2),
        FatalityClaim("residents", "30", 30, 30, side=2),
    )
    disputed = replace(
        make.mention(1),
        fatalities=Fatalities(12, None, 30, "12 to 30", claims),
        responsibility_status="claimed",
        responsibility_by="the group",
    )
    revision = EventRevision(
        event_id="event-1",
        revision=2,
        valid_from=make.NOW,
        valid_to=None,
        changed_field="fatalities_high",
        old_value=None,
        new_value="30",
        rule_id="R-REV-2",
        mention_id="mention-1-0",
    )
    with warehouse.transaction("dispute", "run") as tx:
        load_articles(tx, [make.article(1)], make.NOW)
        load_coded(tx, [make.coded(1, disputed)], make.NOW)
        load_derivation(tx, [make.lineage(1)], [], [])
        load_resolution(
            tx,
            events=[
                make.event(
                    1,
                    coded=disputed,
                    is_disputed=True,
                    disputes=("fatalities",),
                    num_mentions=2,
                    num_sources=2,
                )
            ],
            revisions=[revision],
            redirects=[make.redirect(3, 1)],
            links=[make.link(3, 1)],
            known_at=make.NOW,
        )


def _expected_columns(sql: str) -> list[str]:
    found = re.search(r"^-- columns: (.+)$", sql, re.MULTILINE)
    assert found, "name the columns in a line '-- columns: …'"
    return found.group(1).split(", ")


def test_there_are_five_first_queries_and_twenty_more() -> None:
    assert len(QUERIES) == 25


@pytest.mark.parametrize("path", QUERIES, ids=lambda p: p.stem)
def test_a_query_runs_and_gives_the_columns_it_promises(
    published: Path, path: Path
) -> None:
    sql = path.read_text(encoding="utf-8")
    with duckdb.connect(str(published), read_only=True) as connection:
        cursor = connection.execute(sql)
        names = [column[0] for column in cursor.description]
        rows = cursor.fetchall()
    assert names == _expected_columns(sql)
    assert rows or path.stem in _MAY_BE_EMPTY


def test_spans_are_the_words_of_the_text(published: Path) -> None:
    sql = (FOLDER / "queries" / "05_trace_to_sentence.sql").read_text(encoding="utf-8")
    with duckdb.connect(str(published), read_only=True) as connection:
        rows = connection.execute(sql).fetchall()
    assert rows
    assert all(match for *_, match in rows)


def test_the_readme_shows_the_first_five_as_they_are() -> None:
    readme = (FOLDER / "README.md").read_text(encoding="utf-8")
    blocks = re.findall(r"```sql\n(.*?)```", readme, re.DOTALL)
    files = [
        "".join(
            line
            for line in path.read_text(encoding="utf-8").splitlines(keepends=True)
            if not line.startswith("-- ")
        )
        for path in QUERIES[:5]
    ]
    assert blocks == files


def test_the_readme_names_every_other_query() -> None:
    readme = (FOLDER / "README.md").read_text(encoding="utf-8")
    assert [p.stem for p in QUERIES[5:] if f"queries/{p.name}" not in readme] == []


def test_no_view_runs_a_subquery_per_row(published: Path) -> None:
    """Such a view reads whole tables, texts included, to show one row."""
    with duckdb.connect(str(published), read_only=True) as connection:
        views = connection.execute(
            "SELECT view_name FROM duckdb_views() WHERE schema_name = 'main' "
            "AND NOT internal"
        ).fetchall()
        plans = {
            view: connection.execute(f'EXPLAIN FROM "{view}" LIMIT 5').fetchall()
            for (view,) in views
        }
    assert len(plans) > 30
    assert [v for v, plan in plans.items() if "delim" in str(plan).lower()] == []
