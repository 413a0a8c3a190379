"""Stored stories: what online clustering keeps of each between runs."""

from collections.abc import Sequence
from dataclasses import dataclass

import duckdb
import polars as pl

_SCHEMA = {
    "story_id": pl.String(),
    "num_articles": pl.Int32(),
    "first_day": pl.Int32(),
    "last_day": pl.Int32(),
    "title": pl.String(),
    "terms": pl.List(pl.String()),
    "weights": pl.List(pl.Float64()),
}


@dataclass(frozen=True, slots=True)
class StoryRow:
    """A row of core.story; days count from 1970-01-01."""

    story_id: str
    num_articles: int
    first_day: int
    last_day: int
    title: str
    terms: tuple[str, ...]
    weights: tuple[float, ...]


def select_open_stories(
    connection: duckdb.DuckDBPyConnection, first_day: int, last_day: int
) -> list[StoryRow]:
    """Return stories with news inside [first_day, last_day], ordered by id."""
    rows = connection.execute(
        f"SELECT {', '.join(_SCHEMA)} FROM core.story "
        "WHERE last_day >= ? AND first_day <= ? ORDER BY story_id",
        [first_day, last_day],
    ).fetchall()
    return [
        StoryRow(key, number, first, last, title, tuple(terms), tuple(weights))
        for key, number, first, last, title, terms, weights in rows
    ]


def replace_stories(
    connection: duckdb.DuckDBPyConnection, stories: Sequence[StoryRow]
) -> None:
    """Write the new state of these stories (inside the caller's transaction)."""
    if not stories:
        return
    frame = pl.DataFrame(
        [[getattr(s, name) for name in _SCHEMA] for s in stories],
        schema=_SCHEMA,
        orient="row",
    )
    connection.register("new_story", frame)
    try:
        connection.execute(
            "DELETE FROM core.story WHERE story_id IN (SELECT story_id FROM new_story)"
        )
        connection.execute("INSERT INTO core.story BY NAME FROM new_story")
    finally:
        connection.unregister("new_story")
