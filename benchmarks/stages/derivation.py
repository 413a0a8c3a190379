"""Families of texts and events across articles: the whole input is one newsroom."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any

from benchmarks.stages._records import text_record_of
from benchmarks.stages._warehouse import empty_warehouse
from benchmarks.stages.events import to_document
from tasks.coding.coder import Coder
from tasks.derivation.link import derive, prepare
from tasks.derivation.neighbourhood import load_neighbourhood
from tasks.derivation.records import TextRecord
from tasks.extraction.wire_credit import find_wire_credit
from tasks.model.articles import ArticleLineage
from tasks.model.coding import EventMention
from tasks.resolution.contexts import RETOLD, MentionContext
from tasks.resolution.resolve import resolve
from tasks.settings import Settings


def predict(items: Iterable[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """Yield family, lineage and event of every article, as one night finds them."""
    rows = list(items)
    lineage, contexts = newsroom(rows, Coder.load(Settings().reference_dir))
    mentions = [context.mention for context in contexts]
    event_of = {k.mention_id: k.event_id for k in resolve(contexts).links}
    primary = {m.article_id: event_of[m.mention_id] for m in mentions if m.primary}
    for row in rows:
        found = lineage[row["id"]]
        yield {
            "id": row["id"],
            "family_id": found.family_id,
            "lineage": found.lineage,
            "derived_from": found.parent_article_id,
            "event_id": primary.get(row["id"]),
        }


def newsroom(
    rows: list[dict[str, Any]], coder: Coder
) -> tuple[dict[str, ArticleLineage], list[MentionContext]]:
    """Return the lineage of every article, and every coded mention in its context."""
    records = {row["id"]: _record(row) for row in rows}
    prepared = prepare(records.values())
    with empty_warehouse() as connection:
        hood = load_neighbourhood(connection, prepared.bands, window_days=14)
    lineage = {row.article_id: row for row in derive(prepared, hood).lineage}
    mentions = [m for row in rows for m in coder.code(to_document(row)).mentions]
    return lineage, [_context(m, records[m.article_id], lineage) for m in mentions]


def _record(row: dict[str, Any]) -> TextRecord:
    paragraphs = row["text"].split("\n\n")[1:]
    credit = find_wire_credit(paragraphs, row.get("byline"))
    return replace(text_record_of(row), wire_credit=credit)


def _context(
    mention: EventMention, record: TextRecord, lineage: dict[str, ArticleLineage]
) -> MentionContext:
    found = lineage[record.article_id]
    return MentionContext(
        mention=mention,
        publisher=record.publisher,
        published_at=record.published_at,
        first_seen_at=record.moment,
        canonical_url=record.canonical_url,
        family_id=found.family_id,
        lineage=found.lineage,
        authority=0 if found.lineage in RETOLD else 1,
    )
