"""`dyad_days`: the zeros of the pairs, over the days asked for and no others."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tasks.aggregation.load import load_aggregates
from tasks.loading.load import load_articles, load_coded
from tasks.loading.load_events import load_resolution
from tasks.model.coding import EventDate
from tests.unit.warehouse import make
from tests.unit.warehouse.fill import fill
from warehouse.connect import Warehouse

PAIRS = (("Rebels", "Army"), ("Army", "Militia"), ("Crowd", None), (None, None))
_SHOWN = "actor_a, actor_b, event_date, is_covered, num_events, fatalities_low"


@pytest.fixture(scope="module")
def warehouse(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Warehouse]:
    """Mali, polled since 1 March: one event a pair in February, and a second on 2 March."""
    warehouse = make.new_warehouse(tmp_path_factory.mktemp("dyads"))
    fill(warehouse, 1)
    days = [date(2026, 2, 20 + n) for n in range(len(PAIRS))] + [date(2026, 3, 2)]
    pairs = [*PAIRS, PAIRS[0][::-1]]
    for number, (day, pair) in enumerate(zip(days, pairs, strict=True), start=2):
        _add(warehouse, number, day, *pair)
    with warehouse.transaction("aggregate", "run") as tx:
        load_aggregates(tx, make.NOW)
    with warehouse.session():
        yield warehouse


def _add(
    warehouse: Warehouse, number: int, day: date, one: str | None, two: str | None
) -> None:
    base = make.mention(number)
    sides = [
        () if name is None else (replace(base.side1[0], name=name, mention=name),)
        for name in (one, two)
    ]
    mention = replace(
        base,
        side1=sides[0],
        side2=sides[1],
        event_date=EventDate(day, day, 1, 1, "x", "explicit"),
    )
    with warehouse.transaction(f"add-{number}", "run") as tx:
        load_articles(tx, [make.article(number)], make.NOW)
        load_coded(tx, [make.coded(number, mention)], make.NOW)
        load_resolution(
            tx,
            events=[make.event(number, coded=mention)],
            revisions=[make.created(number)],
            redirects=[],
            links=[make.link(number)],
            known_at=make.NOW,
        )


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 25), st.integers(0, 12))
def test_each_pair_has_each_covered_day_of_the_calendar(
    warehouse: Warehouse, begin: int, length: int
) -> None:
    first = date(2026, 2, 15) + timedelta(days=begin)
    last = first + timedelta(days=length)
    sparse = {
        (a, b, day): (events, low)
        for a, b, day, events, low in warehouse.read(
            "SELECT actor_a, actor_b, event_date, num_events, fatalities_low "
            "FROM main.dyad_day"
        ).iter_rows()
    }
    polled = make.NOW.date()
    expected = []
    for a, b in sorted({(a, b) for a, b, _ in sparse}):
        for day in (first + timedelta(days=n) for n in range(length + 1)):
            events, low = sparse.get((a, b, day), (0, 0))
            if events or day >= polled:
                expected.append((a, b, day, day >= polled, events, low))
    found = warehouse.read(
        f"SELECT {_SHOWN} FROM main.dyad_days(?, ?) ORDER BY ALL", [first, last]
    )
    assert found.rows() == expected


def test_both_orders_of_a_pair_are_one_and_a_missing_side_is_nobody(
    warehouse: Warehouse,
) -> None:
    found = warehouse.read(
        "SELECT actor_a, actor_b, sum(num_events)::INT AS n "
        "FROM main.dyad_days('2026-02-01', '2026-03-05') GROUP BY ALL ORDER BY ALL"
    )
    assert found.rows() == [
        ("Army", "Militia", 1),
        ("Army", "Rebels", 2),
        ("Civilians (Mali)", "Unidentified Armed Group (Mali)", 1),
        ("Crowd", "nobody", 1),
        ("nobody", "nobody", 1),
    ]


def test_it_has_the_columns_of_dyad_day_and_whether_the_day_is_covered(
    warehouse: Warehouse,
) -> None:
    filled = warehouse.read("FROM main.dyad_days('2026-03-01', '2026-03-05')")
    sparse = warehouse.read("FROM main.dyad_day")
    assert set(filled.columns) == {*sparse.columns, "is_covered"}
    zeros = filled.filter(filled["num_events"] == 0)
    assert zeros.height > 10
    assert zeros["disputed_share"].is_null().all()
    assert zeros["fatalities_high"].to_list() == [0] * zeros.height
