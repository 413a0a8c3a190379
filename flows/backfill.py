"""prefect deployment run 'backfill/backfill' -p since=2023-09-01 -p until=2023-10-01"""

from datetime import date, datetime, timedelta
from typing import Literal

from prefect import flow

from flows.start import Summary, recorded_run
from flows.steps import code_day, connect_reports, publish_and_report
from tasks.errors import ConfigError

Source = Literal["archive", "wayback", "sitemap", "warc"]


@flow
def backfill(
    since: date, until: date, source: Source = "archive", now: datetime | None = None
) -> Summary:
    """Code again what was retrieved in [since, until), a day at a time, with today's rules.

    Reads the archive, never the network. A day is a set of ledgered batches: after a
    failure run it again, what is done is skipped; with the same rules it changes
    nothing.
    """
    if source != "archive":
        raise ConfigError(f"source={source} is not built yet; use source=archive")
    days = [since + timedelta(days=n) for n in range((until - since).days)]
    if not days:
        raise ConfigError(f"nothing lies in [{since}, {until}): until is exclusive")
    parameters = {"since": since, "until": until, "source": source}
    with recorded_run("backfill", now, parameters) as (run, summary):
        summary["days"] = {str(day): code_day(run, day) for day in days}
        summary["events"] = connect_reports(run)
        summary.update(publish_and_report(run, summary))
    return summary
