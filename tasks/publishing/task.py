"""Prefect boundary of publication, and of what comes before a reprocessing is believed."""

from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from prefect import get_run_logger, task
from prefect.artifacts import create_table_artifact
from prefect.cache_policies import NO_CACHE

from tasks.coding.task import coder_version
from tasks.loading.task import warehouse_of
from tasks.reference.build import data_version
from tasks.run import Run
from tasks.version import CODE_VERSION
from warehouse.publish import ReleaseInfo, publish, release_id_of
from warehouse.row_diff import write_row_diff
from warehouse.side import copy_beside, discard, promote, side_of


@task(name="publish", cache_policy=NO_CACHE)
def publish_release(run: Run) -> dict[str, object]:
    """Publish atomically; return the file's path, release id and size."""
    moment = run.now()
    release = ReleaseInfo(
        release_id=release_id_of(moment),
        run_id=run.run_id,
        published_at=moment,
        code_version=CODE_VERSION,
        coder_version=coder_version(),
        reference_version=data_version(),
    )
    settings = run.settings
    published = publish(
        settings.warehouse_path,
        settings.public_dir,
        release,
        settings.keep_releases,
    )
    get_run_logger().info("published %s", published.path)
    return {
        "file": str(published.path),
        "release": published.release_id,
        "size_bytes": published.size_bytes,
        "events": published.counts.get("core.event", 0),
        "mentions": published.counts.get("core.event_mention", 0),
        "articles": published.counts.get("core.article", 0),
        "rejects": published.counts.get("core.reject", 0),
    }


class Side(NamedTuple):
    """A copy of the warehouse to work in."""

    path: Path
    loads: int  # in the ledger when it was copied
    released_at: datetime | None  # of the newest release; None: nothing published yet


@task(name="copy warehouse", cache_policy=NO_CACHE)
def copy_to_side(run: Run) -> Side:
    """Copy the warehouse beside itself; needs as much free space as the file takes."""
    rows = warehouse_of(run).read("SELECT max(published_at) FROM meta.release")
    path = run.warehouse_path
    return Side(side_of(path), copy_beside(path), rows.item())


@task(name="write row diff", cache_policy=NO_CACHE)
def compare_with_side(run: Run) -> dict[str, object]:
    """Write what the copy changed, row by row; return the file and counts per table."""
    before = run.warehouse_path
    folder = run.settings.reports_dir / f"reprocess-{release_id_of(run.now())}"
    path = folder / "row_diff.parquet"
    tables = write_row_diff(before, side_of(before), path)
    create_table_artifact(
        [
            {"table": t.relation, "added": t.added, "removed": t.removed, "changed": t.changed}
            for t in tables
        ],
        key="reprocess-diff",
        description=f"Rows that reprocessing adds, removes or changes; each in {path}",
    )  # fmt: skip
    get_run_logger().info("tables that differ: %d, rows in %s", len(tables), path)
    counts = {
        t.relation: f"{t.added} added, {t.removed} removed, {t.changed} changed"
        for t in tables
    }
    return {"file": str(path), "tables": len(tables), **counts}


@task(name="promote", cache_policy=NO_CACHE)
def promote_side(run: Run, loads: int) -> None:
    """Put the copy in the warehouse's place; nothing changes if that was written to."""
    promote(run.warehouse_path, loads)
    get_run_logger().info("promoted")


@task(name="discard copy", cache_policy=NO_CACHE)
def discard_side(run: Run) -> None:
    """Delete the copy, if it is still there."""
    discard(run.warehouse_path)
