"""`conflictwire gazetteer …`: build the place index, and add larger gazetteers to it."""

from dataclasses import fields
from pathlib import Path
from typing import Annotated

import typer
from rich.markup import escape

from flows.console import err, fail_on_expected_errors, out, show_rows
from tasks.settings import Settings

gazetteer_app = typer.Typer(
    help="The gazetteer: one SQLite file, built on first use from packaged data.",
    no_args_is_help=True,
)


@gazetteer_app.command()
@fail_on_expected_errors
def build(
    source: Annotated[
        Path | None,
        typer.Option(
            "--from",
            help="Folder with GeoNames dump files or Who's On First repositories to add.",
        ),
    ] = None,
) -> None:
    """Build the gazetteer, with the packaged data and, if given, the files of a folder."""
    from tasks.reference.build import ensure_gazetteer

    directory = Settings().reference_dir
    if source is None:
        path = ensure_gazetteer(directory)
        out.print(escape(f"gazetteer {path}"))
        return
    from tasks.reference.build_additions import build_additions

    ensure_gazetteer(directory)
    report = build_additions(source, directory, lambda m: err.print(escape(m)))
    show_rows(
        "Added to the gazetteer",
        ["what", "figure"],
        [(f.name, getattr(report, f.name)) for f in fields(report)],
    )


@gazetteer_app.command()
@fail_on_expected_errors
def download(
    countries: Annotated[
        str, typer.Option(help="ISO 3166-1 alpha-2 codes, for example ML,BF,NE.")
    ],
    into: Annotated[Path, typer.Option(help="Folder to download to.")] = Path(
        "data/geonames"
    ),
) -> None:
    """Fetch GeoNames country files (explicit, resumable, checksummed)."""
    from tasks.reference.download import download_countries

    codes = [c.strip().upper() for c in countries.split(",") if c.strip()]
    found = download_countries(codes, into, progress=lambda m: err.print(escape(m)))
    show_rows(
        "Downloaded",
        ["file", "bytes", "sha256", "resumed"],
        [(d.name, d.bytes, d.sha256, d.resumed) for d in found],
    )
    err.print(f"next: conflictwire gazetteer build --from {into}")
