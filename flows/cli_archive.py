"""`conflictwire archive …`: the archive out to WARC files, and WARC files in."""

import json
import sys
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Annotated, Literal

import typer

from flows import environment
from flows.console import (
    NothingThereError,
    fail_on_expected_errors,
    out,
    show_summary,
)
from tasks.settings import Settings

archive_app = typer.Typer(
    help="The archive of raw responses: to WARC files and from WARC files.",
    no_args_is_help=True,
)
_Kind = Literal["article", "feed", "twin", "robots", "refusal"]


@archive_app.command("export-warc")
@fail_on_expected_errors
def export_warc(
    to: Annotated[Path, typer.Option("--out", help="The .warc.gz file to write.")],
    since: Annotated[
        str, typer.Option(help="First UTC day of retrieval, such as 2023-09-01.")
    ] = "1990-01-01",
    until: Annotated[
        str, typer.Option(help="The day after the last; it is not exported.")
    ] = "2100-01-01",
    kind: Annotated[
        _Kind | None, typer.Option(help="Only responses of this kind.")
    ] = None,
) -> None:
    """Write archived responses to one .warc.gz, with their feed items as metadata.

    The file appears when it is whole; the same responses give the same bytes.
    """
    from tasks.archiving.warc import export_warc as export
    from tasks.progress import ticker

    begin, end = _moment(since, "--since"), _moment(until, "--until")
    with ticker("exporting responses", None) as tick:
        count = export(Settings().archive_dir, begin, end, to, kind=kind, progress=tick)
    out.print(f"{count:,} responses: {to}", markup=False, soft_wrap=True)


@archive_app.command("import-warc")
@fail_on_expected_errors
def import_warc(
    files: Annotated[
        list[Path], typer.Argument(help=".warc or .warc.gz files, CC-NEWS among them.")
    ],
    as_json: Annotated[
        bool, typer.Option("--json", help="Print one JSON object instead of a table.")
    ] = False,
) -> None:
    """Archive the responses of WARC files; code them with `conflictwire reprocess`.

    Safe to repeat, and to continue after a kill. Records that cannot be used are
    counted by reason and never stop an import.
    """
    environment.apply(environment.prefect_environment(Settings()))
    from flows.archive import import_warcs

    summary = import_warcs(files=[path.resolve() for path in files])
    if as_json:
        json.dump(summary, sys.stdout, default=str)
        sys.stdout.write("\n")
    else:
        show_summary(summary)


@archive_app.command("article")
@fail_on_expected_errors
def article(
    url: Annotated[str, typer.Argument(help="An article's address.")],
    as_json: Annotated[
        bool, typer.Option("--json", help="Print one JSON object.")
    ] = False,
) -> None:
    """Show an editor what was cut from a page and why, and every revision as a diff."""
    from flows.article_history import history_of

    found = history_of(Settings().published_path, url)
    if found is None:
        raise NothingThereError(f"no article has the address {url}")
    if as_json:
        sys.stdout.write(json.dumps(found.as_dict(), default=str) + "\n")
    else:
        found.show(out)


def _moment(text: str, name: str) -> datetime:
    try:
        return datetime.combine(date.fromisoformat(text), time(), tzinfo=UTC)
    except ValueError:
        raise typer.BadParameter(f"{name} must be an ISO day, not {text!r}") from None
