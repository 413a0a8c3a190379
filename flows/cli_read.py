"""Commands that only read: query, explain, diff, export, verify, doctor."""

import csv
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.markup import escape

from flows.console import (
    EXIT_FAILED,
    NothingThereError,
    err,
    fail_on_expected_errors,
    out,
    show_rows,
)
from tasks.settings import Settings

if TYPE_CHECKING:
    from warehouse.query import Stream

_TABLE_ROWS = 200

JsonFlag = Annotated[
    bool, typer.Option("--json", help="JSON lines on standard output.")
]


def register_read_commands(app: typer.Typer) -> None:
    """Add the reading commands to the main command."""
    for command in (query, explain, diff, export, verify, doctor):
        app.command()(fail_on_expected_errors(command))


def _published() -> Path:
    path = Settings().published_path
    if not path.exists():
        raise NothingThereError(
            f"there is no published file at {path}: run `make demo` or `make run` first"
        )
    return path


def query(
    sql: Annotated[str, typer.Argument(help="DuckDB SQL, e.g. 'FROM events LIMIT 5'.")],
    as_json: JsonFlag = False,
    as_csv: Annotated[
        bool, typer.Option("--csv", help="CSV on standard output.")
    ] = False,
) -> None:
    """Ask the published file; read-only, no other file or network within reach.

    CSV and JSON are written row by row; a table shows the first 200 rows.
    """
    from warehouse.query import stream_published

    with stream_published(_published(), sql) as result:
        if as_json:
            _write_json(result)
        elif as_csv:
            _write_csv(result)
        else:
            _show_first(result)


def _write_json(result: "Stream") -> None:
    for batch in result.batches:
        for row in batch:
            named = dict(zip(result.columns, row, strict=True))
            line = json.dumps(named, default=str, ensure_ascii=False)
            sys.stdout.write(line + "\n")


def _write_csv(result: "Stream") -> None:
    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow(result.columns)
    for batch in result.batches:
        writer.writerows([[_safe_cell(v) for v in row] for row in batch])


def _show_first(result: "Stream") -> None:
    rows = next(result.batches, [])
    show_rows("", result.columns, rows[:_TABLE_ROWS])
    if len(rows) > _TABLE_ROWS:
        err.print(f"the first {_TABLE_ROWS} rows; --csv or --json write all of them")


def explain(
    target: Annotated[str, typer.Argument(help="An event_id, or an article's URL.")],
    as_json: JsonFlag = False,
    as_html: Annotated[
        bool, typer.Option("--html", help="Write the marked texts as an HTML page.")
    ] = False,
) -> None:
    """Show where an event's numbers come from: marked texts, rules, exclusions."""
    from flows.explaining import explain_article, explain_event

    path = _published()
    found = (
        explain_article(path, target)
        if "://" in target
        else explain_event(path, target)
    )
    if found is None:
        raise NothingThereError(f"{target} is neither an event nor an article we hold")
    if as_json:
        sys.stdout.write(
            json.dumps(found.as_dict(), default=str, ensure_ascii=False) + "\n"
        )
    elif as_html:
        sys.stdout.write(found.as_html())
    else:
        found.show(out)


def diff(
    release_a: Annotated[str, typer.Argument(help="Published file or its date.")],
    release_b: Annotated[
        str, typer.Argument(help="The later one; 'latest' is today's.")
    ],
    as_json: JsonFlag = False,
) -> None:
    """Compare two releases: events added, changed (field, rule, report), merged, retracted."""
    from warehouse.diff import compare_releases

    settings = Settings()
    before = _release(settings.public_dir, release_a)
    after = _release(settings.public_dir, release_b)
    changes = compare_releases(before, after)
    if as_json:
        for change in changes:
            sys.stdout.write(json.dumps(change.as_dict(), default=str) + "\n")
        return
    show_rows(
        f"{before.name} -> {after.name}",
        ["change", "event_id", "what", "field", "old", "new", "rule", "report"],
        [change.as_row() for change in changes],
    )


def _release(public_dir: Path, name: str) -> Path:
    candidates = [Path(name), public_dir / name]
    if name == "latest":
        candidates = [public_dir / "conflict.duckdb"]
    candidates += sorted(public_dir.glob(f"conflict-{name}*.duckdb"))[-1:]
    found = next((c for c in candidates if c.is_file()), None)
    if found is None:
        held = ", ".join(p.name for p in sorted(public_dir.glob("conflict*.duckdb")))
        raise NothingThereError(
            f"no release {name!r} in {public_dir}; there are: {held}"
        )
    return found


def export(
    layout: Annotated[
        str, typer.Argument(help="acled, ucdp-ged, gdelt, polecat, parquet or csv.")
    ],
    to: Annotated[Path | None, typer.Option("--out", help="Target folder.")] = None,
    neutral_tone: Annotated[
        bool,
        typer.Option(
            "--neutral-tone",
            help="gdelt only: 0 where we code no tone; some readers drop rows without one.",
        ),
    ] = False,
) -> None:
    """Write the published events in a peer's layout, or every relation as Parquet or CSV."""
    from tasks.exporting.export import export as write_export
    from tasks.exporting.layouts import KINDS

    if layout not in KINDS:
        raise typer.BadParameter(f"{layout!r} is none of {', '.join(KINDS)}")
    if neutral_tone and layout != "gdelt":
        raise typer.BadParameter("--neutral-tone is for the gdelt layout")
    written = write_export(
        layout,
        _published(),
        to or Settings().exports_dir,
        neutral_tone=neutral_tone,
    )
    show_rows(
        "",
        ["file", "relation", "rows"],
        [(f.path, f.relation, f.num_rows) for f in written],
    )


def verify() -> None:
    """Read every block of the published file, and check that every quote is in its text."""
    from warehouse.verify import verify_file
    from warehouse.verify_evidence import dropped_texts, unsupported_evidence

    path = _published()
    verify_file(path)
    spans, wrong = unsupported_evidence(path)
    out.print(escape(f"{path}: every block reads; {spans:,} evidence spans checked"))
    dropped = dropped_texts(path)
    if dropped.articles:
        out.print(
            f"{dropped.articles:,} articles' texts were dropped by the retention setting: "
            f"{dropped.spans:,} evidence spans keep their quotes and cannot be checked"
        )
    if wrong:
        show_rows(
            "evidence that is not in its text",
            ["mention_id", "field", "quote"],
            [(w.mention_id, w.field, w.quote) for w in wrong],
        )
        raise typer.Exit(EXIT_FAILED)


def doctor() -> None:
    """Say what is wrong with this installation and its data, and what to do about it."""
    from flows.doctor import diagnose

    findings = diagnose(Settings())
    show_rows(
        "Doctor",
        ["what", "state", "what to do"],
        [(f.what, f.state, f.advice) for f in findings],
    )
    if any(f.state == "broken" for f in findings):
        raise typer.Exit(EXIT_FAILED)


def _safe_cell(value: Any) -> Any:
    """Keep spreadsheets from reading a text as a formula."""
    if isinstance(value, str) and value[:1] in {"=", "+", "-", "@", "\t", "\r"}:
        return "'" + value
    return value
