"""Every table and column an analyst sees is explained, and the page says the same."""

from pathlib import Path

import pytest

from tests.unit.warehouse import make
from warehouse.connect import Warehouse
from warehouse.dictionary import TARGET, render
from warehouse.fields import load_fields


@pytest.fixture(scope="module")
def warehouse(tmp_path_factory: pytest.TempPathFactory) -> Warehouse:
    return make.new_warehouse(tmp_path_factory.mktemp("dictionary"))


def test_every_column_of_main_has_a_comment_that_explains_null(
    warehouse: Warehouse,
) -> None:
    bare = warehouse.read(
        "SELECT table_name, column_name FROM duckdb_columns() "
        "WHERE schema_name = 'main' AND NOT internal "
        "AND (comment IS NULL OR NOT contains(comment, 'NULL'))"
    )
    assert bare.rows() == [], "define these in warehouse/fields.toml"


def test_every_relation_of_main_has_a_comment(warehouse: Warehouse) -> None:
    bare = warehouse.read(
        "SELECT view_name FROM duckdb_views() WHERE schema_name = 'main' "
        "AND NOT internal AND comment IS NULL"
    )
    assert bare.rows() == [], "define these in warehouse/fields.toml"


def test_main_holds_views_only(warehouse: Warehouse) -> None:
    tables = warehouse.read(
        "SELECT table_name FROM duckdb_tables() WHERE schema_name = 'main'"
    )
    assert tables.rows() == []


def test_no_definition_is_left_without_its_column(warehouse: Warehouse) -> None:
    rows = warehouse.read("SELECT relation, column_name FROM main.data_dictionary")
    known = set(rows.iter_rows())
    book = load_fields()
    own = {(r, c) for r, x in book.relations.items() for c in x.columns}
    assert own - known == set()
    assert set(book.columns) - {c for _, c in known} == set()
    assert set(book.relations) == {r for r, _ in known}


def test_the_contract_relations_exist(warehouse: Warehouse) -> None:
    rows = warehouse.read("SELECT DISTINCT relation FROM main.data_dictionary")
    wanted = (
        "events event_revisions event_mentions event_actors claims mutations articles "
        "article_lineage stories rejects feeds feed_polls actors actor_aliases places "
        "country_month admin1_week dyad_day actor_month feed_health export_acled "
        "export_ucdp_ged export_gdelt_events export_gdelt_mentions export_polecat "
        "release data_dictionary data_quality"
    )
    assert set(wanted.split()) <= set(rows["relation"].to_list())


@pytest.mark.parametrize(
    ("relation", "columns"),
    [
        pytest.param(
            "events",
            "event_id revision event_date event_date_end time_precision date_prec "
            "event_type sub_event_type disorder_type country_iso3 country admin1 admin2 "
            "location latitude longitude geo_precision where_prec actor1 actor2 inter1 "
            "inter2 interaction initiator_known civilian_targeting fatalities_low "
            "fatalities_best fatalities_high fatalities_text responsibility_status "
            "num_mentions num_sources independent_origins is_disputed confidence "
            "first_reported_at known_at coder_version",
            id="events",
        ),
        pytest.param(
            "event_revisions",
            "event_id revision valid_from valid_to changed_field old_value new_value "
            "rule_id mention_id",
            id="event_revisions",
        ),
        pytest.param(
            "articles",
            "canonical_url publisher wire_credit language published_at first_seen_at "
            "extractor text_sha256",
            id="articles",
        ),
        pytest.param(
            "event_mentions",
            "mention_id event_id article_id evidence temporal_status",
            id="event_mentions",
        ),
        pytest.param("rejects", "article_id stage reason detail", id="rejects"),
        pytest.param(
            "feeds",
            "status reason http_status etag_lies items next_poll_at",
            id="feeds",
        ),
    ],
)
def test_the_contract_columns_exist(
    warehouse: Warehouse, relation: str, columns: str
) -> None:
    rows = warehouse.read(
        "SELECT column_name FROM main.data_dictionary WHERE relation = ? "
        "ORDER BY ordinal",
        [relation],
    )
    assert set(columns.split()) <= set(rows["column_name"].to_list())


def test_the_page_is_what_the_comments_say(warehouse: Warehouse) -> None:
    page = Path(TARGET).read_text(encoding="utf-8")
    assert render(warehouse) == page, "run: python -m warehouse.dictionary"


def test_usage_warnings_are_words_of_the_vocabulary(warehouse: Warehouse) -> None:
    rows = warehouse.read(
        "SELECT DISTINCT unnest(usage_warnings) AS code FROM main.data_dictionary"
    )
    book = load_fields()
    assert set(rows["code"].to_list()) == set(book.vocabulary)
    assert book.vocabulary["coverage_not_events"] == (
        "counting mentions counts coverage, not events."
    )
