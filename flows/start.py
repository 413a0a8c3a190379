"""How every flow begins and ends: a Run, a recorded life, a summary for people."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any

from prefect.runtime import flow_run

from tasks.errors import ConfigError
from tasks.loading.task import close_run, open_run, writer_slot
from tasks.run import Run, fixed_clock, wall_clock
from tasks.settings import Settings

Summary = dict[str, Any]


@contextmanager
def recorded_run(
    flow: str, now: datetime | None, parameters: dict[str, Any]
) -> Iterator[tuple[Run, Summary]]:
    """Open a run, hand out it and its summary, and record how it ended.

    `now` fixes the run's clock (demo days, tests); None is the wall clock.
    """
    run = Run(flow, _run_id(), Settings(), _clock(now))
    summary: Summary = {"title": f"{flow} {run.started_at:%Y-%m-%d %H:%M} UTC"}
    with writer_slot():
        open_run(run, parameters)
        try:
            yield run, summary
        except BaseException:
            close_run(run, "failed", summary)
            raise
        close_run(run, "completed", summary)


def _run_id() -> str:
    found = flow_run.id
    if found is None:
        raise ConfigError("a flow's steps run inside a flow: call the flow itself")
    return str(found)


def _clock(now: datetime | None) -> Any:
    if now is None:
        return wall_clock
    if now.tzinfo is None:
        raise ConfigError(f"now={now} has no time zone")
    return fixed_clock(now.astimezone(UTC))
