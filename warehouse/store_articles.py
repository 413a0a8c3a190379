"""Stored articles and mentions as values again: for derivation, resolution, reprocessing."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from tasks.model.articles import Article, DateCandidate, Removal
from tasks.model.coding import EventMention
from tasks.model.events import ResolvedEvent
from tasks.model.serialise import load
from warehouse.connect import Warehouse
from warehouse.lookup import rows_with

_IDS = "SELECT unnest(?::VARCHAR[])"
_BLOCKS = "(SELECT unnest($1::VARCHAR[]) AS country, unnest($2::DATE[]) AS day)"
_UNDATED_ARTICLES = rows_with(
    "core.article", "article_id", "SELECT article_id FROM undated",
    "published_at", "first_seen_at",
)  # fmt: skip
# Mentions without a date count by the day of their report. One query a kind: the engine
# skips rows of other days only where the search for days stands alone.
_IN_BLOCKS = f"""
SELECT d.rowid AS row_number, d.mention_id, d.article_id
FROM core.event_mention d JOIN {_BLOCKS} b
ON d.event_date = b.day AND coalesce(d.country_iso3, '') = b.country
UNION ALL (
    WITH undated AS MATERIALIZED (
        SELECT rowid AS row_number, mention_id, article_id, country_iso3
        FROM core.event_mention WHERE event_date IS NULL)
    SELECT u.row_number, u.mention_id, u.article_id
    FROM undated u JOIN {_UNDATED_ARTICLES} a USING (article_id)
    JOIN {_BLOCKS} b ON coalesce(u.country_iso3, '') = b.country
    AND (coalesce(a.published_at, a.first_seen_at) AT TIME ZONE 'UTC')::DATE = b.day)
"""
_OF_HIT = "SELECT article_id FROM hit"
_ARTICLES_HIT = rows_with(
    "core.article", "article_id", _OF_HIT,
    "canonical_url", "publisher", "published_at", "first_seen_at", "wire_credit",
)  # fmt: skip
_LINEAGES_HIT = rows_with(
    "core.article_lineage", "article_id", _OF_HIT, "family_id", "lineage"
)
_LINKS_HIT = rows_with(
    "core.event_link", "mention_id", "SELECT mention_id FROM hit", "event_id"
)
# Payloads are fetched by row number once it is known which.
_MENTIONS = f"""
WITH hit AS MATERIALIZED ({{hit}})
SELECT m.payload, a.canonical_url, a.publisher, a.published_at, a.first_seen_at,
       a.wire_credit, x.family_id, x.lineage, l.event_id
FROM core.event_mention m LEFT JOIN {_ARTICLES_HIT} a USING (article_id)
LEFT JOIN {_LINEAGES_HIT} x USING (article_id) LEFT JOIN {_LINKS_HIT} l USING (mention_id)
WHERE m.rowid IN (SELECT row_number FROM hit) ORDER BY m.mention_id
"""

_ARTICLE_FIELDS = (
    "article_id",
    "canonical_url",
    "url",
    "publisher",
    "publisher_host",
    "title",
    "language",
    "language_confidence",
    "published_at",
    "updated_at",
    "first_seen_at",
    "byline",
    "section",
    "wire_credit",
    "outlet_country",
    "feed_url",
    "source_publisher",
    "extractor",
    "extractor_rule",
    "extractor_version",
    "published_at_source",
    "response_id",
)


@dataclass(frozen=True, slots=True)
class StoredMention:
    """A mention with the facts of its article that resolution weighs."""

    mention: EventMention
    canonical_url: str
    publisher: str
    published_at: datetime | None
    first_seen_at: datetime
    wire_credit: str | None
    family_id: str | None  # None: derivation has not seen the article
    lineage: str | None
    event_id: str | None  # None: not resolved yet


def articles_by_id(warehouse: Warehouse, article_ids: Sequence[str]) -> list[Article]:
    """Return current revisions, ordered by id; articles without a text are left out."""
    return _articles(
        warehouse,
        "rowid IN (SELECT row_number FROM "
        f"{rows_with('core.article', 'article_id', _IDS)})",
        [list(article_ids)],
    )


def articles_first_seen(
    warehouse: Warehouse, since: datetime, until: datetime
) -> list[Article]:
    """Return articles first seen in [since, until), ordered by id."""
    return _articles(
        warehouse, "first_seen_at >= ? AND first_seen_at < ?", [since, until]
    )


def uncoded_articles(
    warehouse: Warehouse, coder_version: str, limit: int
) -> list[Article]:
    """Return articles this coder version has not coded yet, ordered by id."""
    return _articles(
        warehouse,
        "NOT EXISTS (FROM core.coded_article c WHERE c.article_id = a.article_id "
        "AND c.coder_version = ?)",
        [coder_version],
        limit,
    )


def known_revisions(warehouse: Warehouse, article_ids: Sequence[str]) -> dict[str, str]:
    """Return article_id -> revision_sha256 of the current texts we hold of these ids."""
    wanted = rows_with("core.article", "article_id", _IDS, "revision_sha256")
    rows = warehouse.read(
        f"SELECT article_id, revision_sha256 FROM {wanted} ORDER BY article_id",
        [list(article_ids)],
    )
    return {str(key): str(value) for key, value in rows.iter_rows()}


def mentions_by_id(
    warehouse: Warehouse, mention_ids: Sequence[str]
) -> list[StoredMention]:
    """Return these mentions, ordered by id; unknown ids are absent."""
    wanted = rows_with("core.event_mention", "mention_id", _IDS, "article_id")
    return _mentions(warehouse, f"FROM {wanted}", [list(mention_ids)])


def events_of_mentions(warehouse: Warehouse, mention_ids: Sequence[str]) -> set[str]:
    """Return the ids of the events these mentions belong to."""
    links = rows_with("core.event_link", "mention_id", _IDS, "event_id")
    rows = warehouse.read(f"SELECT DISTINCT event_id FROM {links}", [list(mention_ids)])
    return set(rows["event_id"].to_list())


def mentions_in_blocks(
    warehouse: Warehouse, blocks: Sequence[tuple[str, date]]
) -> list[StoredMention]:
    """Return mentions of these (country, day) blocks; country '' where none is known.

    The day is that of the event, of the report where the event has none.
    """
    countries, days = [country for country, _ in blocks], [day for _, day in blocks]
    return _mentions(warehouse, _IN_BLOCKS, [countries, days])


def mentions_of_articles(
    warehouse: Warehouse, article_ids: Sequence[str]
) -> list[StoredMention]:
    """Return every mention of these articles."""
    wanted = rows_with("core.event_mention", "article_id", _IDS, "mention_id")
    return _mentions(warehouse, f"FROM {wanted}", [list(article_ids)])


def unresolved_mentions(warehouse: Warehouse) -> list[StoredMention]:
    """Return mentions that belong to no event yet, such as a killed run leaves."""
    return _mentions(
        warehouse,
        "SELECT rowid AS row_number, mention_id, article_id FROM core.event_mention m "
        "WHERE NOT EXISTS "
        "(FROM core.event_link k WHERE k.mention_id = m.mention_id)",
        [],
    )


def events_by_id(warehouse: Warehouse, event_ids: Sequence[str]) -> list[ResolvedEvent]:
    """Return the current state of these events, ordered by id; withdrawn ones are left out."""
    wanted = rows_with("core.event", "event_id", _IDS, "payload", "is_withdrawn")
    rows = warehouse.read(
        f"SELECT payload FROM {wanted} WHERE NOT is_withdrawn ORDER BY event_id",
        [list(event_ids)],
    )
    return [load(ResolvedEvent, text) for text in rows["payload"].to_list()]


def event_revision_numbers(
    warehouse: Warehouse, event_ids: Sequence[str]
) -> dict[str, int]:
    """Return the newest revision number of each of these ids, withdrawn ones included."""
    wanted = rows_with("core.event_revision", "event_id", _IDS, "revision")
    rows = warehouse.read(
        f"SELECT event_id, max(revision) FROM {wanted} "
        "GROUP BY event_id ORDER BY event_id",
        [list(event_ids)],
    )
    return {str(key): int(value) for key, value in rows.iter_rows()}


def _articles(
    warehouse: Warehouse, where: str, values: list[object], limit: int | None = None
) -> list[Article]:
    cut = f"LIMIT {int(limit)}" if limit is not None else ""
    rows = warehouse.read(
        f"SELECT {', '.join(_ARTICLE_FIELDS)}, text, paragraph_lengths, details "
        f"FROM core.article a WHERE text IS NOT NULL AND {where} "
        f"ORDER BY article_id {cut}",
        values,
    )
    return [_article(row) for row in rows.iter_rows(named=True)]


def _article(row: dict[str, Any]) -> Article:
    details = json.loads(row["details"])
    return Article(
        **{name: row[name] for name in _ARTICLE_FIELDS},
        paragraphs=_paragraphs(row["text"], row["title"], row["paragraph_lengths"]),
        summary=details["summary"],
        removals=tuple(load(Removal, json.dumps(r)) for r in details["removals"]),
        date_candidates=tuple(
            load(DateCandidate, json.dumps(c)) for c in details["date_candidates"]
        ),
    )


def _paragraphs(text: str, title: str, lengths: list[int]) -> tuple[str, ...]:
    """Split the text at the recorded lengths: a paragraph may itself hold blank lines."""
    found, position = [], len(title)
    for length in lengths:
        position += 2
        found.append(text[position : position + length])
        position += length
    return tuple(found)


def _mentions(
    warehouse: Warehouse, hit: str, values: list[object]
) -> list[StoredMention]:
    """Return the mentions of a query that gives row_number, mention_id and article_id."""
    rows = warehouse.read(_MENTIONS.format(hit=hit), values)
    return [
        StoredMention(load(EventMention, payload), *facts)
        for payload, *facts in rows.iter_rows()
    ]
