"""Prefect boundary of loading: the one writer's slot, and the life of a run."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from prefect import task
from prefect.cache_policies import NO_CACHE
from prefect.client.orchestration import get_client
from prefect.concurrency.sync import concurrency

from tasks.archiving.segments import remove_leftovers
from tasks.loading.run_rows import run_row
from tasks.run import Run
from tasks.version import CODE_VERSION
from warehouse.connect import Warehouse
from warehouse.migrate import migrate

WRITER_LIMIT = "duckdb-writer"
LEASE_S = 60.0  # Prefect's minimum; renewed while the run lives


@contextmanager
def writer_slot() -> Iterator[None]:
    """Hold the one writer's slot of this Prefect server for a whole run.

    It orders flows; the file's own lock is what protects the data. Strict: a missing
    limit is an error, not an unprotected load. One acquisition a run and not one a
    load: each costs about two seconds inside a task. A killed run frees its slot when
    the lease ends.
    """
    with get_client(sync_client=True) as client:
        client.upsert_global_concurrency_limit_by_name(WRITER_LIMIT, 1)
    with concurrency(WRITER_LIMIT, occupy=1, strict=True, lease_duration=LEASE_S):
        yield


def warehouse_of(run: Run) -> Warehouse:
    """Return the writer's file; its lock is held only inside sessions and loads."""
    return Warehouse(run.warehouse_path)


@task(name="open run", cache_policy=NO_CACHE)
def open_run(run: Run, parameters: dict[str, Any]) -> None:
    """Migrate, tidy what a killed run left, and record that this run has begun."""
    migrate(run.settings.warehouse_path)
    warehouse = warehouse_of(run)
    with warehouse.session() as connection:
        run.settings.archive_dir.mkdir(parents=True, exist_ok=True)
        remove_leftovers(run.settings.archive_dir)
        connection.execute(
            "UPDATE meta.run SET status = 'failed', finished_at = ? "
            "WHERE status = 'running' AND run_id != ?",
            [run.now(), run.run_id],
        )
        with warehouse.transaction(f"run:{run.run_id}", run.run_id, stage="run") as tx:
            tx.merge("meta.run", _row(run, "running", parameters=parameters))


@task(name="close run", cache_policy=NO_CACHE)
def close_run(run: Run, status: str, summary: dict[str, Any]) -> None:
    """Record how the run ended and what it counted."""
    key = f"run:{run.run_id}:{status}"
    with warehouse_of(run).transaction(key, run.run_id, stage="run") as tx:
        tx.execute(
            "UPDATE meta.run SET status = ?, finished_at = ?, summary = ? "
            "WHERE run_id = ?",
            [status, run.now(), _json(summary), run.run_id],
        )


def _row(run: Run, status: str, *, parameters: dict[str, Any]) -> Any:
    return run_row(
        run_id=run.run_id,
        flow=run.flow,
        started_at=run.started_at,
        status=status,
        code_version=CODE_VERSION,
        parameters=parameters,
    )


def _json(value: dict[str, Any]) -> str:
    import json

    return json.dumps(value, default=str, sort_keys=True)
