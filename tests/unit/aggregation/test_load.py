"""Aggregates in the warehouse: whole, incremental, and the same either way."""

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from tasks.aggregation.load import load_aggregates
from tasks.loading.load import load_articles, load_coded
from tasks.loading.load_events import load_resolution
from tasks.model.coding import EventDate, Location
from tests.unit.warehouse import make
from tests.unit.warehouse.fill import fill
from warehouse.connect import Warehouse
from warehouse.verify import content_hashes

_TABLES = ("country_month", "admin1_week", "dyad_day", "actor_month", "feed_health")


@pytest.fixture
def warehouse(tmp_path: Path) -> Warehouse:
    warehouse = make.new_warehouse(tmp_path)
    fill(warehouse)
    return warehouse


def _aggregate(
    warehouse: Warehouse,
    key: str,
    days_later: int = 0,
    touched: list[date] | None = None,
    min_origins: int = 1,
) -> None:
    with warehouse.transaction(key, key) as tx:
        load_aggregates(
            tx,
            make.NOW + timedelta(days=days_later),
            min_origins=min_origins,
            touched=touched,
        )


def _add(warehouse: Warehouse, number: int, day: date, admin1: str) -> None:
    where = Location(name="X", mention="X", country="NER", admin1=admin1)
    when = EventDate(day, day, 1, 1, "x", "explicit")
    mention = replace(make.mention(number), location=where, event_date=when)
    with warehouse.transaction(f"add-{number}", "run") as tx:
        load_articles(
            tx, [make.article(number, feed_url=make.feed().feed_url)], make.NOW
        )
        load_coded(tx, [make.coded(number, mention)], make.NOW)
        load_resolution(
            tx,
            events=[make.event(number, coded=mention)],
            revisions=[make.created(number)],
            redirects=[],
            links=[make.link(number)],
            known_at=make.NOW,
        )


def _marts(warehouse: Warehouse) -> dict[str, str]:
    hashes = content_hashes(warehouse.path)
    return {t: hashes[f"mart.{t}"] for t in _TABLES if f"mart.{t}" in hashes}


def test_every_aggregate_gets_rows(warehouse: Warehouse) -> None:
    _aggregate(warehouse, "a")
    for table in _TABLES:
        assert warehouse.read(f"FROM main.{table}").height > 0, table
    row = warehouse.read(
        "SELECT num_events, fatalities_low, fatalities_best, num_open_tolls "
        "FROM main.country_month WHERE country_iso3 = 'MLI' ORDER BY month LIMIT 1"
    )
    assert row.rows() == [(3, 36, 36, 3)]


def test_aggregating_twice_changes_nothing(warehouse: Warehouse) -> None:
    _aggregate(warehouse, "a")
    before = _marts(warehouse)
    _aggregate(warehouse, "b")
    assert _marts(warehouse) == before


@pytest.mark.parametrize(
    ("offset", "admin1"),
    [
        pytest.param(0, "Tahoua", id="same-day-new-unit"),
        pytest.param(-70, "Tahoua", id="before-the-calendar"),
        pytest.param(3, "Diffa", id="next-month"),
    ],
)
def test_a_night_gives_what_a_whole_recomputation_gives(
    warehouse: Warehouse, tmp_path: Path, offset: int, admin1: str
) -> None:
    _aggregate(warehouse, "a")
    day = make.DAY + timedelta(days=offset)
    _add(warehouse, 8, day, admin1)
    _aggregate(warehouse, "night", days_later=9, touched=[day])
    incremental = _marts(warehouse)
    _aggregate(warehouse, "whole", days_later=9)
    assert _marts(warehouse) == incremental


@pytest.mark.parametrize("min_origins", [1, 2])
def test_units_and_actors_of_years_before_keep_their_zeros(
    warehouse: Warehouse, min_origins: int
) -> None:
    # Begun long before the periods that are read: Diffa and its actors.
    _add(warehouse, 8, make.DAY - timedelta(days=800), "Diffa")
    _aggregate(warehouse, "a", min_origins=min_origins)
    _add(warehouse, 9, make.DAY, "Tahoua")
    _aggregate(warehouse, "b", 40, [make.DAY], min_origins)
    _aggregate(warehouse, "c", 75, [], min_origins)
    incremental = _marts(warehouse)
    _aggregate(warehouse, "whole", 75, min_origins=min_origins)
    assert _marts(warehouse) == incremental


def test_a_new_month_gets_its_zeros_though_nothing_happened(
    warehouse: Warehouse,
) -> None:
    _aggregate(warehouse, "a")
    _aggregate(warehouse, "b", days_later=40, touched=[])
    months = warehouse.read(
        "SELECT month FROM main.country_month WHERE country_iso3 = 'MLI' ORDER BY 1"
    )
    assert months["month"].to_list()[-1] == date(2026, 4, 1)


def test_rows_of_events_that_went_away_go_too(warehouse: Warehouse) -> None:
    _add(warehouse, 8, make.DAY - timedelta(days=70), "Tahoua")
    _aggregate(warehouse, "a")
    with warehouse.transaction("gone", "run") as tx:
        load_coded(tx, [make.rejected(8)], make.NOW)
        load_resolution(
            tx, events=[], revisions=[], redirects=[], links=[], known_at=make.NOW
        )
    _aggregate(warehouse, "b", touched=[make.DAY - timedelta(days=70)])
    left = warehouse.read("FROM main.country_month WHERE country_iso3 = 'NER'")
    assert left.is_empty()


def test_another_floor_of_origins_renews_every_row(warehouse: Warehouse) -> None:
    _aggregate(warehouse, "a")
    _aggregate(warehouse, "b", min_origins=2, touched=[])
    for table in ("country_month", "admin1_week"):
        rows = warehouse.read(
            f"SELECT DISTINCT min_origins, num_events FROM main.{table}"
        )
        assert rows.rows() == [(2, 0)], table
    assert warehouse.read("FROM main.dyad_day").is_empty()


def test_feed_health_tells_silent_from_never_polled(warehouse: Warehouse) -> None:
    _add(warehouse, 8, make.DAY, "Tahoua")
    _aggregate(warehouse, "a", days_later=30)
    rows = warehouse.read(
        "SELECT name, status, is_silent, got_items_7_days, num_articles, num_coded, "
        "median_lag_hours, days_since_new_item FROM main.feed_health ORDER BY name"
    )
    assert rows.rows() == [
        ("Quiet Post", "never_polled", False, 0, 0, 0, None, None),
        ("Sahel Courier", "active", True, 0, 1, 1, 5.0, 30.0),
    ]
