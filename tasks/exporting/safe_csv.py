"""Separated files that are safe to open in a spreadsheet: UTF-8, ISO dates, no formulas."""

import json
from pathlib import Path

import polars as pl

# A cell beginning with one of these is run as a formula by spreadsheets.
_FORMULA_STARTS = "=+-@\t\r\n"
_GUARD = "'"


def write_csv(
    frame: pl.DataFrame, path: Path, *, separator: str = ",", has_header: bool = True
) -> None:
    """Write the frame; text that a spreadsheet would run gets a leading apostrophe.

    NULL is an empty cell, times are ISO 8601 in UTC, lists are JSON. In tab-separated
    files tabs and line breaks inside a cell become spaces, as such readers do not quote.
    """
    plain = frame.select(_as_cell(frame, c, separator) for c in frame.columns)
    plain.write_csv(
        path,
        separator=separator,
        include_header=has_header,
        quote_style="never" if separator == "\t" else "necessary",
        line_terminator="\n",
    )


def unguard(text: str | None) -> str | None:
    """Return the cell as it was before the apostrophe was put before it."""
    if text and text[0] == _GUARD and text[1:2] and text[1] in _FORMULA_STARTS + _GUARD:
        return text[1:]
    return text


def _as_cell(frame: pl.DataFrame, column: str, separator: str) -> pl.Expr:
    kind = frame.schema[column]
    cell = pl.col(column)
    if isinstance(kind, pl.Datetime):
        return cell.dt.strftime("%Y-%m-%dT%H:%M:%S%.fZ").alias(column)
    if isinstance(kind, pl.List | pl.Struct):
        texts = pl.Series(
            column, [_json(v) for v in frame[column].to_list()], pl.String
        )
        return _guarded(pl.lit(texts), separator).alias(column)
    if isinstance(kind, pl.String):
        return _guarded(cell, separator).alias(column)
    return cell


def _guarded(cell: pl.Expr, separator: str) -> pl.Expr:
    """Guard what looks like a formula, and what looks guarded already."""
    starts = cell.str.slice(0, 1).is_in([*_FORMULA_STARTS, _GUARD])
    guarded = pl.when(starts).then(pl.concat_str(pl.lit(_GUARD), cell)).otherwise(cell)
    if separator != "\t":
        return guarded
    return guarded.str.replace_all(r"[\t\r\n]+", " ")


def _json(value: object) -> str | None:
    return None if value is None else json.dumps(value, ensure_ascii=False, default=str)
