"""prefect deployment run 'nightly/nightly' --watch"""

from datetime import datetime

from prefect import flow

from flows.start import Summary, recorded_run
from flows.steps import code_new_pages, connect_reports, publish_and_report
from tasks.polling.task import poll_due_feeds
from tasks.retrieval.task import retrieve_pending


@flow
def nightly(now: datetime | None = None) -> Summary:
    """Run the main job once: from feeds over HTTP to a published file and a report.

    Polls what is due, retrieves what is new, codes it, joins reports into events,
    publishes atomically. Running it again at the same moment changes nothing. `now`
    sets the clock for demo days and tests.
    """
    with recorded_run("nightly", now, {"now": now}) as (run, summary):
        summary["feeds"] = poll_due_feeds(run)
        summary["pages"] = retrieve_pending(run)
        summary["articles"] = code_new_pages(run)
        summary["events"] = connect_reports(run)
        summary.update(publish_and_report(run, summary))
    return summary
