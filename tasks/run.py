"""One run of a flow: its id, its clock and its settings, passed to every task."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from tasks.settings import Settings


def wall_clock() -> datetime:
    """Return the present moment in UTC."""
    return datetime.now(tz=UTC)


class Run:
    """What a task needs to know about the run it belongs to.

    A plain class: Prefect walks into dataclasses and models that are passed to tasks.
    """

    __slots__ = ("clock", "flow", "run_id", "settings", "started_at", "warehouse_path")

    def __init__(
        self,
        flow: str,
        run_id: str,
        settings: Settings,
        clock: Callable[[], datetime] = wall_clock,
        warehouse_path: Path | None = None,
    ) -> None:
        self.flow = flow
        self.run_id = run_id
        self.settings = settings
        self.clock = clock
        self.warehouse_path = warehouse_path or settings.warehouse_path
        self.started_at = clock()

    def now(self) -> datetime:
        """Return the run's time; fixed when the flow was given `now`."""
        return self.clock()

    def on(self, warehouse_path: Path, as_of: datetime | None = None) -> "Run":
        """Return this run writing to another warehouse file, perhaps at another time."""
        clock = self.clock if as_of is None else fixed_clock(as_of)
        return Run(self.flow, self.run_id, self.settings, clock, warehouse_path)


def fixed_clock(moment: datetime) -> Callable[[], datetime]:
    """Return a clock that stands still, for demo days and tests."""
    return lambda: moment
