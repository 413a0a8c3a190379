"""The command `conflictwire`: thin over the flows and the published file.

Exit codes: 0 done; 1 the work failed (the message says what to do); 2 wrong usage;
3 nothing there yet (no published file, no such event).
"""

import json
import sys
from datetime import date
from typing import Annotated, Any, Literal

import typer

from flows import environment
from flows.cli_archive import archive_app
from flows.cli_feeds import feeds_app
from flows.cli_places import gazetteer_app
from flows.cli_read import register_read_commands
from flows.console import err, fail_on_expected_errors, show_summary
from tasks.settings import Settings

app = typer.Typer(
    name="conflictwire",
    help="From news feeds to a DuckDB file of conflict events, every number traceable "
    "to a sentence.\n\nStart with [bold]conflictwire doctor[/bold]; the published "
    "file is data/public/conflict.duckdb.\n\nExit codes: 0 done, 1 failed, 2 wrong "
    "usage, 3 nothing there yet.",
    no_args_is_help=True,
    rich_markup_mode="rich",
    pretty_exceptions_enable=False,
    add_completion=False,
)
app.add_typer(feeds_app, name="feeds")
app.add_typer(gazetteer_app, name="gazetteer")
app.add_typer(archive_app, name="archive")
register_read_commands(app)

JsonFlag = Annotated[
    bool, typer.Option("--json", help="Print one JSON object instead of tables.")
]
Day = Annotated[str, typer.Option(help="ISO day, for example 2023-09-01.")]


def _flow_settings() -> Settings:
    """Prepare the environment for Prefect; must run before a flow is imported."""
    settings = Settings()
    environment.apply(environment.prefect_environment(settings))
    return settings


def _report(summary: dict[str, Any], *, as_json: bool) -> None:
    if as_json:
        json.dump(summary, sys.stdout, default=str)
        sys.stdout.write("\n")
    else:
        show_summary(summary)


def _day(text: str, name: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise typer.BadParameter(f"{name} must be an ISO day, not {text!r}") from None


@app.command()
@fail_on_expected_errors
def run(as_json: JsonFlag = False) -> None:
    """Run the nightly job on feeds.toml: poll, retrieve, code, resolve, publish, report."""
    _flow_settings()
    from flows.home import claim_home
    from flows.nightly import nightly

    claim_home(Settings(), "live")
    _report(nightly(), as_json=as_json)


@app.command()
@fail_on_expected_errors
def poll(as_json: JsonFlag = False) -> None:
    """Poll the feeds that are due and archive what they answer; codes nothing."""
    _flow_settings()
    from flows.poll import poll as poll_flow

    _report(poll_flow(), as_json=as_json)


@app.command()
@fail_on_expected_errors
def backfill(
    since: Day,
    until: Day,
    source: Annotated[
        Literal["archive"], typer.Option(help="Where responses come from.")
    ] = "archive",
    as_json: JsonFlag = False,
) -> None:
    """Re-code what was retrieved or published in [SINCE, UNTIL), day by day.

    Safe to repeat: a day that is already coded with the current rules is skipped.
    """
    _flow_settings()
    from flows.backfill import backfill as backfill_flow

    first, last = _day(since, "--since"), _day(until, "--until")
    _report(backfill_flow(since=first, until=last, source=source), as_json=as_json)


@app.command()
@fail_on_expected_errors
def reprocess(
    promote: Annotated[
        bool,
        typer.Option(help="After the diff, put the result in the warehouse's place."),
    ] = True,
    as_json: JsonFlag = False,
) -> None:
    """Extract and code everything again, from the archive alone, with today's rules.

    Works in a copy, and writes what it changes row by row to
    reports/reprocess-…/row_diff.parquet before that copy takes the warehouse's place.
    """
    _flow_settings()
    from flows.reprocess import reprocess as reprocess_flow

    _report(reprocess_flow(promote=promote), as_json=as_json)


@app.command()
@fail_on_expected_errors
def publish(as_json: JsonFlag = False) -> None:
    """Publish the warehouse as it stands (atomic; readers never see a half state)."""
    _flow_settings()
    from flows.publish import publish as publish_flow

    _report(publish_flow(), as_json=as_json)


@app.command()
@fail_on_expected_errors
def report() -> None:
    """Write reports/latest.html again from the published file."""
    settings = Settings()
    from tasks.reporting.report import write_report

    typer.echo(write_report(settings.published_path, settings.reports_dir))


@app.command("serve-demo")
@fail_on_expected_errors
def serve_demo(day: int = 1, port: int = 8640) -> None:
    """Serve the demo newsroom on 127.0.0.1 until Ctrl-C.

    Fetch with the Host header of an outlet, or run with
    CONFLICTWIRE_HOST_MAP='*.example=127.0.0.1:PORT'.
    """
    import threading

    from tasks.demo.outlets import outlets
    from tasks.demo.server import serve_demo as serve

    with serve(day=day, port=port) as server:
        err.print(f"newsroom on http://127.0.0.1:{server.port}, {server.now:%d %B %Y}")
        err.print(
            f"{len(outlets())} outlets; CONFLICTWIRE_HOST_MAP='{server.host_map}'"
        )
        err.print("another day: GET /__day?n=N; stop with Ctrl-C")
        try:
            threading.Event().wait()
        except KeyboardInterrupt:
            err.print("stopped")


if __name__ == "__main__":
    app()
