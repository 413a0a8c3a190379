"""`data_quality`: gaps, lags, silences and yields are rows, got against expected."""

from datetime import timedelta
from pathlib import Path

from tasks.aggregation.load import load_aggregates
from tasks.loading.load import load_polls
from tests.unit.warehouse import make
from tests.unit.warehouse.fill import fill


def test_each_kind_of_gap_is_a_row(tmp_path: Path) -> None:
    warehouse = make.new_warehouse(tmp_path)
    fill(warehouse)
    later = make.NOW + timedelta(days=10)
    with warehouse.transaction("later", "run-2") as tx:
        load_polls(tx, [make.outcome(polled_at=later)])
    with warehouse.transaction("aggregate", "run-2") as tx:
        load_aggregates(tx, later)
    rows = warehouse.read(
        "SELECT metric, subject, value, expected FROM main.data_quality "
        "WHERE metric <> 'gap_without_polls'"
    )
    found = {(metric, subject): rest for metric, subject, *rest in rows.iter_rows()}
    feed = make.feed().feed_url
    assert found["lag_published_to_seen", "Sahel Courier"] == [5.0, None]
    assert found["feed_items_last_7_days", feed] == [0.0, 7.0]
    assert found["feed_silent", feed][0] == 10.0
    assert found["rejects", "retrieval: fetch_failed"] == [1.0, None]
    shares = [v for (metric, _), v in found.items() if metric == "extraction_yield"]
    assert shares == [[1.0, 1.0]]
    gaps = warehouse.read(
        "SELECT period FROM main.data_quality WHERE metric = 'gap_without_polls' "
        "ORDER BY period"
    )["period"].to_list()
    assert gaps == [make.NOW.date() + timedelta(days=n) for n in range(1, 10)]
