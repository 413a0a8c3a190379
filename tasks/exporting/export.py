"""Writes an export: `export(kind, published file, folder)`."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from tasks.errors import ConfigError, WarehouseError
from tasks.exporting.geoparquet import write_geoparquet
from tasks.exporting.layouts import KINDS, LAYOUTS, LEFT_OUT, RELATIONS, Sheet
from tasks.exporting.safe_csv import write_csv
from warehouse.engine import open_file, read_frame


@dataclass(frozen=True, slots=True)
class ExportedFile:
    """One file written."""

    path: Path
    relation: str
    num_rows: int


def export(
    kind: str, published: Path, out_dir: Path, *, neutral_tone: bool = False
) -> list[ExportedFile]:
    """Write one kind of export of the published file into `out_dir`.

    Each file appears whole or not at all; an earlier export is replaced. We code no
    tone, so it is empty; `neutral_tone` writes 0 for readers that refuse the row then.
    """
    if kind not in KINDS:
        raise ConfigError(f"unknown export {kind!r}: one of {', '.join(KINDS)}")
    if not published.exists():
        raise WarehouseError(f"{published} does not exist: run and publish first")
    out_dir.mkdir(parents=True, exist_ok=True)
    if kind in LAYOUTS:
        return [
            _write_sheet(sheet, published, out_dir, neutral_tone=neutral_tone)
            for sheet in LAYOUTS[kind]
        ]
    return [_write_relation(r, kind, published, out_dir) for r in RELATIONS]


def _write_sheet(
    sheet: Sheet, published: Path, out_dir: Path, *, neutral_tone: bool
) -> ExportedFile:
    frame = _read(published, f"FROM {sheet.relation} ORDER BY {sheet.order_by}")
    if sheet.columns and tuple(frame.columns) != sheet.columns:
        raise WarehouseError(f"{sheet.relation} is not in the layout it is named for")
    if neutral_tone and sheet.tone:
        frame = frame.with_columns(pl.col(sheet.tone).fill_null(0.0))
    target = out_dir / sheet.file_name
    _whole(
        target,
        lambda path: write_csv(
            frame, path, separator=sheet.separator, has_header=sheet.has_header
        ),
    )
    return ExportedFile(target, sheet.relation, frame.height)


def _write_relation(
    relation: str, kind: str, published: Path, out_dir: Path
) -> ExportedFile:
    left_out = LEFT_OUT.get(relation, ())
    exclude = f"EXCLUDE ({', '.join(left_out)})" if left_out else ""
    frame = _read(published, f"SELECT * {exclude} FROM {relation} ORDER BY 1, 2")
    target = out_dir / f"{relation}.{kind}"
    _whole(target, _writer(relation, kind, frame))
    return ExportedFile(target, relation, frame.height)


def _writer(relation: str, kind: str, frame: pl.DataFrame) -> Callable[[Path], None]:
    if kind == "csv":
        return lambda path: write_csv(frame, path)
    if relation in ("events", "places"):
        return lambda path: write_geoparquet(frame, path)
    return lambda path: frame.write_parquet(path, compression="zstd")


def _read(published: Path, sql: str) -> pl.DataFrame:
    with open_file(published, read_only=True) as connection:
        return read_frame(connection, sql)


def _whole(target: Path, write: Callable[[Path], None]) -> None:
    fresh = target.with_name(f".{target.name}.tmp")
    try:
        write(fresh)
        fresh.replace(target)
    finally:
        fresh.unlink(missing_ok=True)
