"""Rows found by an id without reading the ids of the whole archive.

Ids are texts of 36 characters in no order: looking for a few reads all of a column.
Beside each id that is looked for stands a number, 32 bits of its hash. The numbers are
read, an eighth as much; ids are compared only in the rows whose number fits.
"""

from collections.abc import Mapping
from types import MappingProxyType

import polars as pl

# Rows farther apart than this are read as two stretches; of many, these most at once.
_STRETCH_GAP = 10_000
_STRETCHES = 24

LOOKUPS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "raw.feed_item": ("item_id",),
        "raw.response": ("response_id",),
        "core.article": ("article_id",),
        "core.article_revision": ("article_id",),
        "core.reject": ("reject_id", "article_id", "url"),
        "core.article_lineage": ("article_id", "family_id", "parent_article_id"),
        "core.mutation": ("mutation_id", "article_id"),
        "core.story_member": ("article_id",),
        "core.coded_article": ("article_id",),
        "core.event_mention": ("mention_id", "article_id"),
        "core.claim": ("claim_id", "mention_id", "article_id"),
        "core.fatality_claim": ("claim_id", "mention_id", "article_id"),
        "core.exclusion": ("exclusion_id", "article_id"),
        "core.event": ("event_id",),
        "core.event_version": ("event_id",),
        "core.event_revision": ("event_id",),
        "core.event_link": ("mention_id", "event_id"),
        "core.event_actor": ("event_id",),
    }
)


def lookup_column(column: str) -> str:
    """Return the name of the column of numbers beside an id."""
    return f"{column}_lookup"


def lookup_columns(table: str) -> dict[str, str]:
    """Return the columns of numbers of a table, each with its SQL."""
    return {lookup_column(c): number_of(f'"{c}"') for c in LOOKUPS.get(table, ())}


def number_of(value: str) -> str:
    """Return SQL for the number of an id; the same in every version of the engine."""
    return f"(md5_number_lower({value}) & 4294967295)::UINTEGER"


def numbers_near(table: str, column: str, wanted: str) -> str:
    """Return a query for the numbers of rows that may carry a value of query `wanted`."""
    return (
        f"SELECT rowid AS row_number FROM {table} WHERE {lookup_column(column)} IN "
        f"(SELECT {number_of('w.id')} FROM ({wanted}) w(id))"
    )


def candidates(table: str, column: str, wanted: str, *others: str) -> str:
    """Return the CTE `candidate`: row_number, `column` and `others` of rows that may fit.

    Each step is made before the next: the engine would otherwise read the ids first.
    """
    names = ", ".join(f'"{c}"' for c in dict.fromkeys((column, *others)))
    return (
        f"near AS MATERIALIZED ({numbers_near(table, column, wanted)}), "
        f"candidate AS MATERIALIZED (SELECT rowid AS row_number, {names} "
        f"FROM {table} WHERE rowid IN (FROM near))"
    )


def rows_with(table: str, column: str, wanted: str, *others: str) -> str:
    """Return a query for the rows whose `column` is among the values of query `wanted`.

    It gives row_number, `column` and the `others`.
    """
    return (
        f"(WITH wanted_id(id) AS MATERIALIZED ({wanted}), "
        f"{candidates(table, column, 'FROM wanted_id', *others)} "
        f'FROM candidate WHERE "{column}" IN (FROM wanted_id))'
    )


def within_stretches(numbers: pl.Series) -> str:
    """Return a condition that leaves all but the stretches of the rows of these numbers.

    It is made of constants, so that the engine skips what lies between them; rows of
    one load lie together, and one that is there by accident of its hash lies alone.
    """
    rows = numbers.drop_nulls().unique().sort()
    gaps = rows.diff().fill_null(0)
    starts = (gaps > _STRETCH_GAP).arg_true()
    if len(starts) >= _STRETCHES:
        starts = gaps.arg_sort(descending=True).head(_STRETCHES - 1).sort()
    first = [0, *starts.to_list()]
    last = [*(i - 1 for i in first[1:]), len(rows) - 1]
    parts = [
        f"rowid BETWEEN {rows[a]} AND {rows[b]}"
        for a, b in zip(first, last, strict=True)
    ]
    return f"({' OR '.join(parts)})"
