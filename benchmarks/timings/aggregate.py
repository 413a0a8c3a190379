"""Country-month and dyad-day over 5 million events: polars against DuckDB SQL.

Both begin with the same DuckDB table and end with the same rows in a polars frame.
"""

import resource
import tempfile
import time
from datetime import date
from pathlib import Path

import duckdb
import polars as pl

from tasks.aggregation.country_month import country_month
from tasks.aggregation.dyad_day import dyad_day
from tasks.aggregation.measures import COUNTED_TYPES
from tasks.aggregation.panel import months_between
from tasks.aggregation.read import COUNTRY_COLUMNS, DYAD_COLUMNS

NUM_EVENTS = 5_000_000
_ROUNDS = 2
_FIRST, _LAST = date(2021, 1, 1), date(2025, 12, 31)

# A few countries and pairs have most of the events, as in life.
_EVENTS = f"""
    CREATE TABLE events AS
    SELECT
        'e' || i AS event_id,
        DATE '2021-01-01' + (hash(i) % 1826)::INTEGER AS event_date,
        ['Battles', 'Explosions/Remote violence', 'Violence against civilians', 'Protests',
         'Riots', 'Strategic developments'][1 + (hash(i, 1) % 6)::INTEGER] AS event_type,
        'C' || lpad((180 * pow((hash(i, 2) % 100000) / 100000.0, 3))::INTEGER::VARCHAR, 2, '0')
            AS country_iso3,
        'Region ' || (hash(i, 3) % 30) AS admin1,
        'Actor ' || (60 * pow((hash(i, 4) % 100000) / 100000.0, 3))::INTEGER AS actor1,
        'Actor ' || (60 * pow((hash(i, 5) % 100000) / 100000.0, 3))::INTEGER AS actor2,
        hash(i, 6) % 5 = 0 AS civilian_targeting, hash(i, 7) % 9 = 0 AS is_disputed,
        1 + (hash(i, 8) % 9)::INTEGER AS num_mentions,
        1 + (hash(i, 9) % 3)::INTEGER AS independent_origins,
        (hash(i, 10) % 4)::INTEGER AS fatalities_low,
        CASE WHEN hash(i, 11) % 2 = 0 THEN (hash(i, 10) % 4)::INTEGER + 1 END AS fatalities_best,
        CASE WHEN hash(i, 12) % 3 = 0 THEN (hash(i, 10) % 4)::INTEGER + 5 END AS fatalities_high
    FROM range({NUM_EVENTS}) t(i)
"""
_BEST = "coalesce(fatalities_best, fatalities_low)"
_HIGH = f"greatest(coalesce(fatalities_high, fatalities_best, fatalities_low), {_BEST})"
_IS_OPEN = "(fatalities_best IS NULL OR fatalities_high IS NULL)"
_MEASURES = ", ".join(
    [
        "count(*) AS num_events",
        *(
            f"count(*) FILTER (WHERE event_type = '{kind}') AS {name}"
            for name, kind in COUNTED_TYPES.items()
        ),
        "count(*) FILTER (WHERE civilian_targeting) AS num_civilian_targeting",
        "count(*) FILTER (WHERE is_disputed) AS num_disputed",
        "sum(num_mentions)::BIGINT AS num_mentions",
        "sum(fatalities_low)::BIGINT AS fatalities_low",
        f"sum({_BEST})::BIGINT AS fatalities_best",
        f"sum({_HIGH})::BIGINT AS fatalities_high",
        f"count(*) FILTER (WHERE {_HIGH} > 0 AND {_IS_OPEN}) AS num_open_tolls",
    ]
)
_COUNTRY_SQL = (
    "SELECT country_iso3, date_trunc('month', event_date)::DATE AS month, "
    f"{_MEASURES} FROM events GROUP BY ALL ORDER BY ALL"
)
_DYAD_SQL = (
    "SELECT md5(concat(actor_a, chr(31), actor_b)) AS dyad_id, * FROM ("
    "SELECT least(actor1, actor2) AS actor_a, greatest(actor1, actor2) AS actor_b, "
    f"event_date, {_MEASURES} FROM events GROUP BY ALL) "
    "ORDER BY actor_a, actor_b, event_date"
)


def measure() -> dict[str, object]:
    """Return the better of two turns each, and the peak memory of the process."""
    with tempfile.TemporaryDirectory() as name:
        path = Path(name) / "events.duckdb"
        with duckdb.connect(str(path)) as connection:
            _bound(connection)
            connection.execute(_EVENTS)
        with duckdb.connect(str(path), read_only=True) as connection:
            _bound(connection)
            turns = [
                (_ours(connection), _peak(), _reference(connection))
                for _ in range(_ROUNDS)
            ]
    ours, reference = min(t[0] for t in turns), min(t[2] for t in turns)
    return {
        "ours": round(ours, 2),
        "reference": round(reference, 2),
        "ratio": round(ours / reference, 2),
        "unit": "s",
        "n": NUM_EVENTS,
        "peak_megabytes": turns[0][1],
    }


def _ours(connection: duckdb.DuckDBPyConnection) -> float:
    started = time.perf_counter()
    months = months_between(_FIRST, _LAST)
    events = _events(connection, COUNTRY_COLUMNS)
    coverage = (
        events.select("country_iso3")
        .unique()
        .sort("country_iso3")
        .with_columns(
            pl.col("country_iso3").alias("country"),
            pl.lit(_FIRST).alias("covered_since"),
        )
    )
    panel = country_month(events.lazy(), coverage, months)
    del events
    days = dyad_day(_events(connection, DYAD_COLUMNS).lazy())
    elapsed = time.perf_counter() - started
    assert panel["num_events"].sum() == days["num_events"].sum() == NUM_EVENTS
    return elapsed


def _events(connection: duckdb.DuckDBPyConnection, columns: str) -> pl.DataFrame:
    frame: pl.DataFrame = connection.sql(f"SELECT {columns} FROM events").pl()
    return frame


def _bound(connection: duckdb.DuckDBPyConnection) -> None:
    connection.execute("SET memory_limit = '600MB'")
    connection.execute("SET enable_progress_bar = false")


def _peak() -> int:
    """Return the largest resident size of this process so far, in megabytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def _reference(connection: duckdb.DuckDBPyConnection) -> float:
    started = time.perf_counter()
    months = connection.sql(_COUNTRY_SQL).pl()
    days = connection.sql(_DYAD_SQL).pl()
    elapsed = time.perf_counter() - started
    assert months["num_events"].sum() == days["num_events"].sum() == NUM_EVENTS
    return elapsed
