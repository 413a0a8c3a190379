"""prefect deployment run 'poll/poll' --watch"""

from datetime import datetime

from prefect import flow

from flows.start import Summary, recorded_run
from tasks.polling.task import poll_due_feeds
from tasks.reporting.task import summarise


@flow
def poll(now: datetime | None = None) -> Summary:
    """Poll the feeds that are due, archive what they answer, remember their new items.

    Codes and publishes nothing: the next nightly run retrieves the items' pages.
    """
    with recorded_run("poll", now, {"now": now}) as (run, summary):
        summary["feeds"] = poll_due_feeds(run)
        summarise(run, summary)
    return summary
