"""Prefect boundary of reporting: the HTML report, and the run's artifacts."""

from typing import Any

from prefect import task
from prefect.artifacts import create_link_artifact, create_markdown_artifact
from prefect.cache_policies import NO_CACHE

from tasks.reporting.report import write_report
from tasks.reporting.summary import markdown_summary
from tasks.run import Run


@task(name="write report", cache_policy=NO_CACHE)
def write_reports(run: Run) -> str:
    """Write reports/latest.html from the published file; return its path."""
    settings = run.settings
    return str(write_report(settings.published_path, settings.reports_dir))


@task(name="summarise", cache_policy=NO_CACHE)
def summarise(run: Run, summary: dict[str, Any]) -> None:
    """Leave the run's figures as artifacts in Prefect."""
    create_markdown_artifact(
        markdown_summary(summary), key="run-summary", description=f"{run.flow} run"
    )
    report = (run.settings.reports_dir / "latest.html").resolve()
    create_link_artifact(report.as_uri(), key="report", link_text="HTML report")
