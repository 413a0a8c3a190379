"""prefect deployment run 'reprocess/reprocess' -p coder=current"""

from datetime import datetime
from typing import Literal

from prefect import flow

from flows.start import Summary, recorded_run
from flows.steps import code_archive, connect_reports, publish_and_report
from tasks.aggregation.task import aggregate
from tasks.publishing.task import (
    compare_with_side,
    copy_to_side,
    discard_side,
    promote_side,
)
from tasks.run import Run


@flow
def reprocess(
    coder: Literal["current"] = "current",
    promote: bool = True,
    now: datetime | None = None,
) -> Summary:
    """Run extraction and everything after it on the whole archive, from the archive alone.

    The work is done in a copy of the warehouse. What it changed is written down row by
    row before the copy takes the warehouse's place; with the rules that made the
    present rows there is nothing to write. `promote=False` stops after the diff.
    """
    parameters = {"coder": coder, "promote": promote}
    with recorded_run("reprocess", now, parameters) as (run, summary):
        side = copy_to_side(run)
        try:
            summary.update(_redo(run.on(side.path), side.released_at))
            changes = compare_with_side(run)
            summary["changed rows"] = changes
            if promote and changes["tables"]:
                promote_side(run, side.loads)
            summary["promoted"] = promote and bool(changes["tables"])
        finally:
            discard_side(run)
        if promote:
            summary.update(publish_and_report(run, summary))
    return summary


def _redo(run: Run, released_at: datetime | None) -> Summary:
    """Do everything again; aggregates up to the day that the present ones end at."""
    done: Summary = {
        "articles": code_archive(run),
        "events": connect_reports(run, everything=True),
    }
    aggregate(run.on(run.warehouse_path, released_at), everything=True)
    return done
