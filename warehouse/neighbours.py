"""Candidates among stored texts: joins on core.text_band inside a window of days.

The cost follows the new texts and the window, never the age of the archive.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, NamedTuple

import duckdb
import numpy as np
import numpy.typing as npt
import polars as pl

from warehouse.lookup import rows_with

Connection = duckdb.DuckDBPyConnection  # for callers outside the warehouse

MINHASH_KINDS = 32
KIND_SAMPLED = 32
# Two texts are candidates with one MinHash band, two sampled shingles, or three rare
# names in common.
MIN_SAMPLED = 2
MIN_NAMES = 3
# A passage in more texts than this is compared with its earliest carriers only; a name
# in more texts is not rare. Both bound the cost of what every page carries.
MAX_CARRIERS = 200
MAX_NAME_CARRIERS = 60


class BandColumns(NamedTuple):
    """Rows of core.text_band without their version, article and day named once a text."""

    article_ids: Sequence[str]
    days: Sequence[int]
    owners: npt.NDArray[np.int64]  # of each key: the number of its text
    kinds: npt.NDArray[np.int8]
    keys: npt.NDArray[np.uint64]


class TextRow(NamedTuple):
    """What a comparison needs of a stored article."""

    article_id: str
    canonical_url: str
    publisher: str
    title: str
    text: str
    published_at: datetime | None
    first_seen_at: datetime
    language: str | None
    wire_credit: str | None
    source_publisher: str | None


class LineageRow(NamedTuple):
    """A row of core.article_lineage with its article's place in publication order."""

    article_id: str
    family_id: str
    lineage: str
    parent_article_id: str | None
    similarity: float | None
    containment: float | None
    signals: list[str]
    score: float | None
    canonical_url: str
    moment: datetime


_CANDIDATES = f"""
WITH carriers AS (
    SELECT article_id, kind, key, day FROM core.text_band
    WHERE minhash_version = $version
      AND day BETWEEN $first AND $last
      AND (kind, key) IN (SELECT (kind, key) FROM new_band)
      AND article_id NOT IN (SELECT article_id FROM new_band)
    UNION ALL SELECT article_id, kind, key, day FROM new_band
), ranked AS (
    SELECT *,
        row_number() OVER (PARTITION BY kind, key ORDER BY day, article_id) AS position,
        count(*) OVER (PARTITION BY kind, key) AS carriers
    FROM carriers
), useful AS (
    SELECT article_id, kind, key, day FROM ranked
    WHERE CASE WHEN kind <= {KIND_SAMPLED} THEN position <= {MAX_CARRIERS}
               ELSE carriers <= {MAX_NAME_CARRIERS} END
)
SELECT least(n.article_id, u.article_id) AS a, greatest(n.article_id, u.article_id) AS b
FROM new_band AS n JOIN useful AS u USING (kind, key)
WHERE n.article_id <> u.article_id AND abs(n.day - u.day) <= $window
GROUP BY n.article_id, u.article_id
HAVING count(*) FILTER (kind < {MINHASH_KINDS}) >= 1
    OR count(*) FILTER (kind = {KIND_SAMPLED}) >= {MIN_SAMPLED}
    OR count(*) FILTER (kind > {KIND_SAMPLED}) >= {MIN_NAMES}
"""

# Rows are fetched by number: a search by id then reads the column of ids alone, not the
# texts of the whole archive.
_WANTED = "SELECT article_id FROM wanted"
_TEXT_COLUMNS = ("article_id", "canonical_url", "publisher", "title", "text",
                 "published_at", "first_seen_at", "language", "wire_credit",
                 "source_publisher")  # fmt: skip
_TEXTS = f"""
SELECT {", ".join(_TEXT_COLUMNS)}
FROM {rows_with("core.article", "article_id", _WANTED, *_TEXT_COLUMNS)}
WHERE text IS NOT NULL ORDER BY article_id
"""

_LINEAGE_COLUMNS = ("article_id", "family_id", "lineage", "parent_article_id",
                    "similarity", "containment", "signals", "score")  # fmt: skip
_FAMILIES = f"""
WITH family AS MATERIALIZED (
    SELECT DISTINCT family_id
    FROM {rows_with("core.article_lineage", "article_id", _WANTED, "family_id")}
), member AS MATERIALIZED (
    FROM {
    rows_with("core.article_lineage", "family_id", "FROM family", *_LINEAGE_COLUMNS)
}
), place AS MATERIALIZED (
    SELECT article_id, canonical_url, coalesce(published_at, first_seen_at) AS moment
    FROM {
    rows_with(
        "core.article",
        "article_id",
        "SELECT article_id FROM member",
        "canonical_url",
        "published_at",
        "first_seen_at",
    )
}
)
SELECT {", ".join(_LINEAGE_COLUMNS)}, canonical_url, moment
FROM member JOIN place USING (article_id) ORDER BY article_id
"""

_KNOWN_ROWS = rows_with(
    "core.article_lineage", "article_id", "SELECT DISTINCT article_id FROM new_band"
)
_KNOWN = f"SELECT count(*) FROM {_KNOWN_ROWS}"

_CHILDREN = f"""
SELECT article_id
FROM {rows_with("core.article_lineage", "parent_article_id", _WANTED, "article_id")}
ORDER BY article_id
"""


def find_candidates(
    connection: Connection,
    bands: BandColumns,
    *,
    version: str,
    window_days: int,
) -> list[tuple[str, str]]:
    """Return candidate pairs of new with stored and of new with new texts, sorted."""
    if not len(bands.keys):
        return []
    # As values: days that a subquery gives would not keep other days from being read.
    span = {
        "first": min(bands.days) - window_days,
        "last": max(bands.days) + window_days,
    }
    named = {"version": version, "window": window_days, **span}
    connection.register("new_band", _frame(bands))
    try:
        found = connection.execute(_CANDIDATES, named).fetchall()
    finally:
        connection.unregister("new_band")
    return sorted({(str(a), str(b)) for a, b in found})


def select_texts(connection: Connection, article_ids: Sequence[str]) -> list[TextRow]:
    """Return the stored texts of those articles; dropped texts are left out."""
    return [TextRow(*row) for row in _with_ids(connection, _TEXTS, article_ids)]


def select_families(
    connection: Connection, article_ids: Sequence[str]
) -> list[LineageRow]:
    """Return every lineage row of the families those articles belong to."""
    return [LineageRow(*row) for row in _with_ids(connection, _FAMILIES, article_ids)]


def select_children(connection: Connection, article_ids: Sequence[str]) -> list[str]:
    """Return the articles derived directly from those articles."""
    return [str(row[0]) for row in _with_ids(connection, _CHILDREN, article_ids)]


def replace_bands(connection: Connection, bands: BandColumns, *, version: str) -> None:
    """Store the bands of new texts in place of those their articles had before."""
    if not len(bands.keys):
        return
    connection.register("new_band", _frame(bands))
    try:
        # A new article has no bands: looking for some would read the whole table.
        known = connection.execute(_KNOWN).fetchone()
        if known is not None and known[0]:
            connection.execute(
                "DELETE FROM core.text_band"
                " WHERE article_id IN (SELECT DISTINCT article_id FROM new_band)"
            )
        connection.execute(
            "INSERT INTO core.text_band SELECT article_id, kind, key, day, $version"
            " FROM new_band ORDER BY day, article_id, kind, key",
            {"version": version},
        )
    finally:
        connection.unregister("new_band")


def _frame(bands: BandColumns) -> pl.DataFrame:
    texts = pl.DataFrame(
        {"article_id": bands.article_ids, "day": bands.days},
        schema={"article_id": pl.String, "day": pl.Int32},
    )
    keys = [pl.Series("kind", bands.kinds), pl.Series("key", bands.keys)]
    return texts[bands.owners].hstack(keys)


def _with_ids(
    connection: Connection, query: str, article_ids: Sequence[str]
) -> list[tuple[Any, ...]]:
    wanted = pl.DataFrame(
        {"article_id": sorted(set(article_ids))}, schema={"article_id": pl.String}
    )
    connection.register("wanted", wanted)
    try:
        return list(connection.execute(query).fetchall())
    finally:
        connection.unregister("wanted")
