"""`conflictwire feeds …`: list, check, import-opml, export-opml."""

import asyncio
import json
import sys
from pathlib import Path
from typing import Annotated

import typer
from rich.markup import escape

from flows.console import err, fail_on_expected_errors, out, show_rows
from tasks.model.feeds import Feed, PollOutcome
from tasks.progress import ticker
from tasks.run import wall_clock
from tasks.settings import Settings

feeds_app = typer.Typer(
    help="The feeds of feeds.toml: list, check, import and export.",
    no_args_is_help=True,
)


@feeds_app.command("list")
@fail_on_expected_errors
def list_feeds(
    as_json: Annotated[bool, typer.Option("--json", help="JSON lines.")] = False,
) -> None:
    """List the configured feeds."""
    from tasks.feeds import load_feeds

    feeds = load_feeds(Settings().feeds)
    if as_json:
        for feed in feeds:
            row = {
                "feed_url": feed.feed_url,
                "name": feed.name,
                "country_code": feed.country_code,
                "language": feed.language,
                "checked_on": feed.checked_on,
            }
            sys.stdout.write(json.dumps(row, ensure_ascii=False) + "\n")
        return
    show_rows(
        f"{len(feeds)} feeds",
        ["name", "country", "language", "checked on", "url"],
        [(f.name, f.country_code, f.language, f.checked_on, f.feed_url) for f in feeds],
    )


@feeds_app.command()
@fail_on_expected_errors
def check(
    only: Annotated[str | None, typer.Option(help="Check this URL only.")] = None,
) -> None:
    """Probe every feed once, print what came back, and write `checked_on` where it worked."""
    from tasks.feeds import load_feeds, save_checked_on
    from tasks.polling.check import is_confirmed

    settings = Settings()
    feeds = [f for f in load_feeds(settings.feeds) if only in (None, f.feed_url)]
    if not feeds:
        raise typer.BadParameter(f"{only} is not in {settings.feeds}")
    outcomes = asyncio.run(_probe(settings, feeds))
    today = wall_clock().date()
    good = {o.feed.feed_url: today for o in outcomes if is_confirmed(o)}
    show_rows(
        f"{len(good)} of {len(feeds)} feeds answered with items",
        ["name", "result", "http", "items", "detail"],
        [
            (
                o.feed.name,
                o.poll.reason.value,
                o.poll.http_status,
                o.poll.num_items,
                o.poll.detail[:80],
            )
            for o in outcomes
        ],
    )
    marked = save_checked_on(settings.feeds, good)
    err.print(f"checked_on written for {marked} feeds in {settings.feeds}")


@feeds_app.command("import-opml")
@fail_on_expected_errors
def import_opml(
    file: Path,
    into: Annotated[
        Path | None, typer.Option(help="feeds.toml to append to; default: yours.")
    ] = None,
) -> None:
    """Append the feeds of an OPML file to feeds.toml; known addresses are left alone."""
    from tasks.feeds import append_feeds
    from tasks.polling.opml import import_opml as read_opml

    target = into or Settings().feeds
    added = append_feeds(target, read_opml(file.read_bytes()))
    out.print(escape(f"{added} feeds added to {target}"))


@feeds_app.command("export-opml")
@fail_on_expected_errors
def export_opml(file: Path) -> None:
    """Write the configured feeds as OPML 2.0."""
    from tasks.feeds import load_feeds
    from tasks.polling.opml import export_opml as write_opml

    feeds = load_feeds(Settings().feeds)
    file.write_bytes(write_opml(feeds))
    out.print(escape(f"{len(feeds)} feeds written to {file}"))


async def _probe(settings: Settings, feeds: list[Feed]) -> list[PollOutcome]:
    from tasks.http.client import HttpClient, policy_from_settings
    from tasks.polling.check import check_feeds

    found = []
    async with HttpClient(policy_from_settings(settings), now=wall_clock) as client:
        with ticker("checking feeds", len(feeds)) as tick:
            async for outcome in check_feeds(feeds, client, wall_clock):
                found.append(outcome)
                tick()
    return sorted(found, key=lambda o: o.feed.name)
