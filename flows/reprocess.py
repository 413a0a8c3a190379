"""prefect deployment run 'reprocess/reprocess' -p coder=current"""

from datetime import datetime
from typing import Literal

from prefect import flow

from flows.start import Summary, recorded_run
from flows.steps import code_archive, connect_reports, publish_and_report


@flow
def reprocess(
    coder: Literal["current"] = "current", now: datetime | None = None
) -> Summary:
    """Run extraction and everything after it on the whole archive, from the archive alone.

    With the rules that made the present rows every batch is already in the ledger and
    nothing changes; with changed rules the rows, events and revisions follow.
    """
    with recorded_run("reprocess", now, {"coder": coder}) as (run, summary):
        summary["articles"] = code_archive(run)
        summary["events"] = connect_reports(run)
        summary.update(publish_and_report(run, summary, everything=True))
    return summary
