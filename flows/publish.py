"""prefect deployment run 'publish/publish' --watch"""

from datetime import datetime

from prefect import flow

from flows.start import Summary, recorded_run
from flows.steps import publish_and_report


@flow
def publish(now: datetime | None = None) -> Summary:
    """Aggregate and publish the warehouse as it stands, and write the report."""
    with recorded_run("publish", now, {"now": now}) as (run, summary):
        summary.update(publish_and_report(run, summary, everything=True))
    return summary
