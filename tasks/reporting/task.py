"""Prefect boundary of reporting: the HTML report, and the run's artifacts."""

from typing import Any

from prefect import task
from prefect.artifacts import (
    create_link_artifact,
    create_markdown_artifact,
    create_table_artifact,
)
from prefect.cache_policies import NO_CACHE

from tasks.reporting.report import write_report
from tasks.reporting.summary import feeds_table, markdown_summary, newest_events_table
from tasks.run import Run


@task(name="write report", cache_policy=NO_CACHE)
def write_reports(run: Run) -> str:
    """Write reports/latest.html from the published file; return its path."""
    settings = run.settings
    return str(write_report(settings.published_path, settings.reports_dir))


@task(name="summarise", cache_policy=NO_CACHE)
def summarise(run: Run, summary: dict[str, Any]) -> None:
    """Leave the run's figures as an artifact in Prefect."""
    create_markdown_artifact(
        markdown_summary(summary), key="run-summary", description=f"{run.flow} run"
    )


@task(name="show release", cache_policy=NO_CACHE)
def show_release(run: Run) -> None:
    """Leave the newest events, the feeds that need a look and the report as artifacts."""
    published = run.settings.published_path
    create_table_artifact(
        newest_events_table(published),
        key="newest-events",
        description="The newest events of this release",
    )
    create_table_artifact(
        feeds_table(published),
        key="feeds-to-look-at",
        description="Feeds that fail, are gone, or bring nothing",
    )
    report = (run.settings.reports_dir / "latest.html").resolve()
    create_link_artifact(report.as_uri(), key="report", link_text="HTML report")
