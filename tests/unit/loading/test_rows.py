"""Values become rows with the tables' exact columns."""

from dataclasses import replace
from pathlib import Path

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tasks.loading.coding_rows import (
    INTER_CODES,
    coded_fields,
    inter_code,
    interaction_code,
    mention_rows,
)
from tasks.loading.frames import SCHEMAS, build_frame
from tasks.loading.ids import content_id
from tasks.model.coding import Actor, ActorKind, EventMention, Fatalities, FatalityClaim
from tasks.model.serialise import dump, load
from tests.unit.warehouse import make

_POLARS_OF = {
    "VARCHAR": "String",
    "JSON": "String",
    "INTEGER": "Int32",
    "BIGINT": "Int64",
    "DOUBLE": "Float64",
    "BOOLEAN": "Boolean",
    "DATE": "Date",
    "TIMESTAMP WITH TIME ZONE": "Datetime(time_unit='us', time_zone='UTC')",
    "VARCHAR[]": "List(String)",
    "INTEGER[]": "List(Int32)",
}


def test_every_schema_matches_its_table_column_for_column(tmp_path: Path) -> None:
    warehouse = make.new_warehouse(tmp_path)
    rows = warehouse.read(
        "SELECT schema_name || '.' || table_name AS t, column_name, data_type "
        "FROM duckdb_columns() WHERE NOT internal "
        "AND column_name NOT IN ('run_id', 'row_hash', 'evidence') "
        "AND NOT ends_with(column_name, '_lookup')"
    )
    tables: dict[str, dict[str, str]] = {}
    for table, column, kind in rows.iter_rows():
        if table in SCHEMAS:
            tables.setdefault(table, {})[column] = _POLARS_OF[kind]
    ours = {
        table: {c: str(k) for c, k in schema.items() if c != "evidence"}
        for table, schema in SCHEMAS.items()
    }
    assert ours == tables


def test_a_value_of_the_wrong_type_is_refused() -> None:
    with pytest.raises(pl.exceptions.ComputeError, match="north"):
        build_frame("core.place", [{"place_id": "p", "latitude": "north"}])


@pytest.mark.parametrize(
    ("inter1", "inter2", "expected"),
    [
        pytest.param(2, 1, 12, id="smaller-first"),
        pytest.param(1, 2, 12, id="same-both-ways"),
        pytest.param(6, 0, 60, id="sole"),
        pytest.param(0, 7, 70, id="sole-on-side-2"),
        pytest.param(3, 3, 33, id="equal"),
        pytest.param(9, 7, 79, id="unidentified"),
        pytest.param(0, 0, 0, id="nobody"),
    ],
)
def test_interaction_codes(inter1: int, inter2: int, expected: int) -> None:
    assert interaction_code(inter1, inter2) == expected


def test_inter_codes_follow_the_codebook() -> None:
    assert [INTER_CODES[k] for k in ActorKind] == list(range(1, 10))
    assert inter_code(()) == 0
    assert inter_code((Actor("x", "x", ActorKind.PROTESTERS),)) == 6


@given(st.integers(0, 9), st.integers(0, 9))
def test_interaction_does_not_depend_on_the_order_of_sides(a: int, b: int) -> None:
    assert interaction_code(a, b) == interaction_code(b, a)


def _with_claims(*claims: FatalityClaim) -> EventMention:
    return replace(make.mention(), fatalities=Fatalities(0, None, None, "", claims))


@pytest.mark.parametrize(
    ("claims", "expected"),
    [
        pytest.param((FatalityClaim("a", "5", 5, 5, side=2),), 5, id="one-figure"),
        pytest.param(
            (
                FatalityClaim("a", "5", 5, 5, side=2),
                FatalityClaim("b", "five", 5, 5, side=2),
            ),
            5,
            id="agreeing",
        ),
        pytest.param(
            (
                FatalityClaim("a", "5", 5, 5, side=2),
                FatalityClaim("b", "35", 35, 35, side=2),
            ),
            None,
            id="contradicting",
        ),
        pytest.param((FatalityClaim("a", "several", 3, 9, side=2),), None, id="vague"),
        pytest.param((FatalityClaim("a", "5", 5, 5),), None, id="side-unknown"),
    ],
)
def test_deaths_by_side_need_figures_that_agree(
    claims: tuple[FatalityClaim, ...], expected: int | None
) -> None:
    fields = coded_fields(_with_claims(*claims))
    assert fields["fatalities_side2"] == expected
    assert fields["fatalities_civilians"] == expected
    assert fields["fatalities_side1"] is None


def test_associates_follow_the_main_actor() -> None:
    side = (
        Actor("Army", "army", ActorKind.STATE_FORCES),
        Actor("Police", "police", ActorKind.STATE_FORCES),
        Actor("Guard", "guard", ActorKind.STATE_FORCES),
    )
    fields = coded_fields(replace(make.mention(), side1=side, side2=()))
    assert fields["actor1"] == "Army"
    assert fields["assoc_actor_1"] == "Police; Guard"
    assert (fields["actor2"], fields["inter2"], fields["interaction"]) == (None, 0, 10)


def test_evidence_is_stored_span_by_span() -> None:
    frame = mention_rows([make.coded(1)])
    (span,) = frame["evidence"].to_list()[0]
    text = make.article(1).text
    assert text[span["start"] : span["end"]] == span["quote"]


def test_values_survive_json() -> None:
    for value in (make.mention(1), make.event(1), make.item(1), make.article(1)):
        assert load(type(value), dump(value)) == value


def test_json_of_another_shape_is_refused() -> None:
    with pytest.raises(ValueError, match="mention_id"):
        load(EventMention, "{}")


@given(st.lists(st.one_of(st.none(), st.text()), min_size=1, max_size=4))
def test_ids_depend_on_every_part_and_on_nothing_else(
    parts: list[str | None],
) -> None:
    assert content_id(*parts) == content_id(*parts)
    assert content_id(*parts, "x") != content_id(*parts)


def test_a_missing_part_is_not_an_empty_one() -> None:
    assert content_id("a", None) != content_id("a", "")
