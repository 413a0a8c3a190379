"""Opening a published file of 1,000,000 articles, and an analyst's first queries.

`ours` is connecting and counting the events, in a fresh process that has DuckDB loaded;
`reference` is the same on a published file without rows. The clients are the installed
DuckDB and, where its tests have fetched it, DuckDB 1.5.
"""

import json
import os
import statistics
import subprocess
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path

from benchmarks.timings.publish import bulk_warehouse
from tasks.aggregation.load import load_aggregates
from warehouse.connect import Warehouse
from warehouse.publish import ReleaseInfo, publish

NUM_ARTICLES = 1_000_000
_ROUNDS = 5
_NOW = datetime(2026, 1, 1, 4, tzinfo=UTC)
_ROOT = Path(__file__).resolve().parents[2]
_OLDER = _ROOT / ".cache" / "duckdb-1.5.5"

_OPEN = """
import sys, time
import duckdb
duckdb.connect().execute("SELECT 1").fetchall()  # the library itself is loaded
started = time.perf_counter()
connection = duckdb.connect(sys.argv[1], read_only=True)
rows = connection.execute("SELECT count(*) FROM events").fetchall()
opened = time.perf_counter() - started
seconds = []
for path in sys.argv[2:]:
    sql = open(path, encoding="utf-8").read()
    started = time.perf_counter()
    connection.execute(sql).fetchall()
    seconds.append(round(time.perf_counter() - started, 3))
import json
print(json.dumps([opened, rows[0][0], seconds, duckdb.__version__]))
"""


def measure() -> dict[str, object]:
    """Return the median seconds to open, and each first query once, per client."""
    with tempfile.TemporaryDirectory() as name:
        full = _published(Path(name) / "full", NUM_ARTICLES)
        empty = _published(Path(name) / "empty", 0)
        clients = [None, *([_OLDER] if _OLDER.is_dir() else [])]
        turns = {client: _turns(full, empty, client) for client in clients}
        size = full.stat().st_size
    ours, reference, *_ = turns[None]
    return {
        "ours": round(ours, 3),
        "reference": round(reference, 3),
        "ratio": round(ours / reference, 2),
        "unit": "s",
        "n": NUM_ARTICLES,
        "megabytes": size // 1_000_000,
        "clients": {
            version: {"open": round(opened, 3), "events": events, "queries": queries}
            for opened, _, events, queries, version in turns.values()
        },
    }


def _published(folder: Path, num_articles: int) -> Path:
    folder.mkdir()
    warehouse: Warehouse = bulk_warehouse(folder, num_articles)
    with warehouse.transaction("aggregates", "bench") as tx:
        load_aggregates(tx, _NOW)
    release = ReleaseInfo("r1", "bench", _NOW, "1", "1", "1")
    path = publish(warehouse.path, folder / "public", release, 1).path
    warehouse.path.unlink()
    return path


def _turns(
    full: Path, empty: Path, client: Path | None
) -> tuple[float, float, int, list[float], str]:
    """Open both files in turn; return medians, events, first query times and version."""
    queries = sorted((_ROOT / "warehouse" / "queries").glob("0[1-5]*.sql"))
    ours = [_open(full, client, queries) for _ in range(_ROUNDS)]
    reference = [_open(empty, client, []) for _ in range(_ROUNDS)]
    times = [list(t) for t in zip(*(o[2] for o in ours), strict=True)]
    return (
        statistics.median(o[0] for o in ours),
        statistics.median(r[0] for r in reference),
        ours[0][1],
        [statistics.median(t) for t in times],
        ours[0][3],
    )


def _open(
    path: Path, client: Path | None, queries: list[Path]
) -> tuple[float, int, list[float], str]:
    environment = dict(os.environ)
    if client is not None:
        environment["PYTHONPATH"] = str(client)
    done = subprocess.run(
        [sys.executable, "-c", _OPEN, path, *queries],
        env=environment,
        capture_output=True,
        text=True,
        timeout=120,
        check=True,
    )
    opened, events, seconds, version = json.loads(done.stdout.splitlines()[-1])
    return opened, events, seconds, version
