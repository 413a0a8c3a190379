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

# Mentions without a date, by country and the day of their report.
_UNDATED = """
SELECT u.mention_id FROM core.event_mention u JOIN core.article a USING (article_id)
WHERE u.event_date IS NULL AND (coalesce(u.country_iso3, ''),
    (coalesce(a.published_at, a.first_seen_at) AT TIME ZONE 'UTC')::DATE) IN
    (SELECT (unnest(?::VARCHAR[]), unnest(?::DATE[])))
"""
# Rows are fetched by number: the search reads narrow columns alone, not the texts and
# payloads of the whole archive.
_MENTIONS = """
WITH hit AS MATERIALIZED (
    SELECT m.rowid AS row_number, m.mention_id, m.article_id FROM core.event_mention m
    WHERE {where}
), article AS MATERIALIZED (
    SELECT article_id, canonical_url, publisher, published_at, first_seen_at, wire_credit
    FROM core.article WHERE rowid IN (
        SELECT rowid FROM core.article WHERE article_id IN (SELECT article_id FROM hit)
        AND rowid >= {tail})
), link AS MATERIALIZED (
    SELECT mention_id, event_id FROM core.event_link
    WHERE mention_id IN (SELECT mention_id FROM hit)
), lineage AS MATERIALIZED (
    SELECT article_id, family_id, lineage FROM core.article_lineage WHERE rowid IN (
        SELECT rowid FROM core.article_lineage
        WHERE article_id IN (SELECT article_id FROM hit) AND rowid >= {tail})
)
SELECT m.payload, a.canonical_url, a.publisher, a.published_at, a.first_seen_at,
       a.wire_credit, x.family_id, x.lineage, l.event_id
FROM core.event_mention m LEFT JOIN article a USING (article_id)
LEFT JOIN lineage x USING (article_id) LEFT JOIN link l USING (mention_id)
WHERE m.rowid IN (SELECT row_number FROM hit) ORDER BY m.mention_id
"""
# Row numbers begin at 0 and may have gaps: these are the newest rows, or a few more.
_TAIL = """
SELECT greatest(0, least((SELECT count(*) FROM core.article),
    (SELECT count(*) FROM core.article_lineage)) - 100_000)
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
        "rowid IN (SELECT rowid FROM core.article "
        "WHERE article_id IN (SELECT unnest(?::VARCHAR[])))",
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
    rows = warehouse.read(
        "SELECT article_id, revision_sha256 FROM core.article "
        "WHERE article_id IN (SELECT unnest(?::VARCHAR[])) ORDER BY article_id",
        [list(article_ids)],
    )
    return {str(key): str(value) for key, value in rows.iter_rows()}


def mentions_by_id(
    warehouse: Warehouse, mention_ids: Sequence[str]
) -> list[StoredMention]:
    """Return these mentions, ordered by id; unknown ids are absent."""
    return _mentions(
        warehouse,
        "m.mention_id IN (SELECT unnest(?::VARCHAR[]))",
        [list(mention_ids)],
    )


def events_of_mentions(warehouse: Warehouse, mention_ids: Sequence[str]) -> set[str]:
    """Return the ids of the events these mentions belong to."""
    rows = warehouse.read(
        "SELECT DISTINCT event_id FROM core.event_link "
        "WHERE mention_id IN (SELECT unnest(?::VARCHAR[]))",
        [list(mention_ids)],
    )
    return set(rows["event_id"].to_list())


def mentions_in_blocks(
    warehouse: Warehouse, blocks: Sequence[tuple[str, date]]
) -> list[StoredMention]:
    """Return mentions of these (country, day) blocks; country '' where none is known.

    The day is that of the event, of the report where the event has none.
    """
    return _mentions(
        warehouse,
        "m.mention_id IN (SELECT d.mention_id FROM core.event_mention d "
        "JOIN (SELECT unnest(?::VARCHAR[]) AS country, unnest(?::DATE[]) AS day) b "
        "ON d.event_date = b.day AND coalesce(d.country_iso3, '') = b.country "
        f"UNION ALL {_UNDATED})",
        [[country for country, _ in blocks], [day for _, day in blocks]] * 2,
    )


def mentions_of_articles(
    warehouse: Warehouse, article_ids: Sequence[str]
) -> list[StoredMention]:
    """Return every mention of these articles."""
    return _mentions(
        warehouse,
        "m.article_id IN (SELECT unnest(?::VARCHAR[]))",
        [list(article_ids)],
    )


def unresolved_mentions(warehouse: Warehouse) -> list[StoredMention]:
    """Return mentions that belong to no event yet, such as a killed run leaves."""
    return _mentions(
        warehouse,
        "NOT EXISTS (FROM core.event_link k WHERE k.mention_id = m.mention_id)",
        [],
    )


def events_by_id(warehouse: Warehouse, event_ids: Sequence[str]) -> list[ResolvedEvent]:
    """Return the current state of these events, ordered by id; withdrawn ones are left out."""
    rows = warehouse.read(
        "SELECT payload FROM core.event WHERE NOT is_withdrawn AND rowid IN "
        "(SELECT rowid FROM core.event WHERE event_id IN "
        "(SELECT unnest(?::VARCHAR[]))) ORDER BY event_id",
        [list(event_ids)],
    )
    return [load(ResolvedEvent, text) for text in rows["payload"].to_list()]


def event_revision_numbers(
    warehouse: Warehouse, event_ids: Sequence[str]
) -> dict[str, int]:
    """Return the newest revision number of each of these ids, withdrawn ones included."""
    rows = warehouse.read(
        "SELECT event_id, max(revision) FROM core.event_revision WHERE event_id IN "
        "(SELECT unnest(?::VARCHAR[])) GROUP BY event_id ORDER BY event_id",
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
    warehouse: Warehouse, where: str, values: list[object]
) -> list[StoredMention]:
    # Most are of recent articles: of an old archive the newest rows are read first.
    tail = warehouse.read(_TAIL).item()
    rows = warehouse.read(_MENTIONS.format(where=where, tail=tail), values)
    if tail and (rows["canonical_url"].has_nulls() or rows["family_id"].has_nulls()):
        rows = warehouse.read(_MENTIONS.format(where=where, tail=0), values)
    return [
        StoredMention(load(EventMention, payload), *facts)
        for payload, *facts in rows.iter_rows()
    ]
