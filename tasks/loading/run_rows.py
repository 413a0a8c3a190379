"""Runs as rows of meta.run: when a flow started, how it ended, what it counted."""

import json
from datetime import datetime
from typing import Any

import polars as pl

_SCHEMA = {
    "run_id": pl.String(),
    "flow": pl.String(),
    "started_at": pl.Datetime("us", "UTC"),
    "finished_at": pl.Datetime("us", "UTC"),
    "status": pl.String(),
    "code_version": pl.String(),
    "parameters": pl.String(),
    "summary": pl.String(),
}


def run_row(
    *,
    run_id: str,
    flow: str,
    started_at: datetime,
    status: str,
    code_version: str,
    finished_at: datetime | None = None,
    parameters: dict[str, Any] | None = None,
    summary: dict[str, Any] | None = None,
) -> pl.DataFrame:
    """Return one row of meta.run; finished_at None means running, or killed."""
    return pl.DataFrame(
        {
            "run_id": [run_id],
            "flow": [flow],
            "started_at": [started_at],
            "finished_at": [finished_at],
            "status": [status],
            "code_version": [code_version],
            "parameters": [_json(parameters)],
            "summary": [_json(summary)],
        },
        schema=_SCHEMA,
    )


def _json(value: dict[str, Any] | None) -> str | None:
    return None if value is None else json.dumps(value, default=str, sort_keys=True)
